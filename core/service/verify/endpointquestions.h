// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/verify/asking.h"
#include "core/service/verify/endpointasker.h"

#include <mutex>

namespace assay {

/// Answers to questions in a verification's raw file: written as they come, and found again by a session that goes on.
class QuestionLog
{
public:
    QuestionLog(const RawEarlier &earlier, std::optional<RawLog> log) : m_earlier(earlier), m_log(std::move(log)) {}

    /// Of the row of this id that was asked with this very body; nothing: it is to be asked.
    std::optional<KeptAnswer> find(const std::string &id, const std::string &body) const;
    /// failure: None for an answer. Error: FileUnwritable.
    Result<void> add(const std::string &id, const std::string &path, const std::string &body, const KeptAnswer &answer, const RequestRecord &record = {});

private:
    const RawEarlier &m_earlier;
    std::optional<RawLog> m_log;
    std::mutex m_mutex;
};
/// "reference.sample.3.7": whose answer, kind, prompt or item, draw.
std::string questionId(const std::string &who, const QuestionRow &row);

/// One who is asked: a subject, or an endpoint that serves as its reference.
struct AskedEndpoint
{
    std::string who; ///< "subject", "reference"
    EndpointTarget target;
    Answers answers; ///< its questions; gets what comes
    uint64_t seed = 1; ///< of the answers' rows
};

/// Asks endpoints the same kind of questions at the same time, each in an order of its own, within what may still be spent. What an
/// earlier session has is not asked again; a request that failed for a passing reason is made up to three times.
class QuestionAsker
{
public:
    using End = EndpointAsker::End;
    /// left: of the run; 0: no limit.
    QuestionAsker(PlanLimits left, std::optional<Prices> prices, QuestionLog &log, std::stop_token stop);
    ~QuestionAsker();

    /// Blocks until all is answered or why not.
    void ask(std::span<AskedEndpoint> sides, int64_t together, const AskProgress &progress = {});
    End ended() const;
    Spending spent() const;
    std::vector<Told> notes() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The most requests of so many questions, those that are made again among them.
int64_t mostRequests(int64_t questions);
/// What one question is asked with. prompt: as the subject gets it.
LoadRequest loadRequestOf(const protocol::GenerateItem &item);

} // namespace assay
