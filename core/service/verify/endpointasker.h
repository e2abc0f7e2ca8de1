// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/answertokens.h"
#include "core/evaluate/generators/randomdraw.h"
#include "core/service/verify/endpointcalls.h"
#include "core/service/verify/rawlog.h"

#include <chrono>
#include <stop_token>

namespace assay {

/// One call that was answered, in whatever way.
struct AskedCall
{
    std::string id;
    ExchangeAnswer answer;
    AnswerTokens tokens;
    bool good() const { return answer.failure == Failure::None && tokens.understood; }
    /// The endpoint said that it does not take the request as it is.
    bool refused() const { return answer.failure == Failure::Rejected || answer.failure == Failure::NotFound; }
};

/// Sends the calls one after the other, within the limits, and keeps what came. What an earlier session has is not asked again.
class EndpointAsker
{
public:
    enum class End : uint8_t { None, Stopped, Requests, Tokens, Money, Time, Busy, Gone, Unwritable, Failed };

    EndpointAsker(EndpointTarget target, const EndpointVerificationPlan &plan, uint64_t seed, RawEarlier earlier, std::optional<RawLog> log,
                  std::stop_token stop);
    /// Requests that were made before the first call.
    void countProbing(int64_t requests) { m_spent.requests += requests; }
    /// Whether it may go on afterwards.
    bool ask(const PlannedCall &call);
    const AskedCall *find(std::string_view id) const; ///< null: not answered
    const std::vector<AskedCall> &answered() const { return m_answered; }
    Spending spent() const;
    End ended() const { return m_end; }
    /// Why it ended, and how many requests failed with what.
    std::vector<Told> notes() const;

private:
    ExchangeAnswer exchangeOnce(const PlannedCall &call);
    bool reserve(const PlannedCall &call);
    void settle(const PlannedCall &call, const ExchangeAnswer &answer, const AnswerTokens &tokens);
    bool pause(double seconds);
    bool end(End why);
    void keep(const PlannedCall &call, ExchangeAnswer answer);

    EndpointTarget m_target;
    const EndpointVerificationPlan &m_plan;
    RandomDraw m_draw;
    RawEarlier m_earlier;
    std::optional<RawLog> m_log;
    std::stop_token m_stop;
    Budget m_budget;
    Spending m_spent;
    std::vector<AskedCall> m_answered;
    std::map<Failure, int64_t> m_failures;
    std::string m_lastWords;
    End m_end = End::None;
    int64_t m_index = 0, m_reused = 0;
    std::chrono::steady_clock::time_point m_begun;
};

/// Why asking ended, how many answers were there already and how many requests failed with what.
std::vector<Told> notesOf(EndpointAsker::End end, int64_t reused, const std::map<Failure, int64_t> &failures, const std::string &lastWords);

} // namespace assay
