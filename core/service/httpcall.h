// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/httptransfer.h"

#include <chrono>
#include <deque>
#include <map>

namespace assay {

/// The requests of one HttpClient::getAll: which wait, which are under way, which are repeated after a pause, and what
/// came of them. Ending it ends what is under way.
class HttpCall
{
public:
    using Clock = std::chrono::steady_clock;

    HttpCall(std::span<const HttpRequest> requests, const HttpSettings &settings, FetchCounts &counts, CURLM *multi);
    ~HttpCall();
    HttpCall(const HttpCall &) = delete;
    HttpCall &operator=(const HttpCall &) = delete;

    bool over() const { return m_waiting.empty() && m_active.empty(); }
    void start();   ///< what may be under way now
    void collect(); ///< what has arrived
    FetchStatus status() const;
    int pollMilliseconds() const; ///< how long nothing needs to be done here but for what arrives
    std::vector<Result<HttpAnswer>> takeAnswers() { return std::move(m_answers); }

private:
    void begin(size_t place);
    void arrived(size_t place, Result<HttpAnswer> answer, bool lost);
    bool repeat(size_t place, int64_t pause);
    void giveUp(const Error &error);
    int64_t millisecondsLeft() const;

    std::span<const HttpRequest> m_requests;
    const HttpSettings &m_settings;
    FetchCounts &m_counts;
    CURLM *m_multi;
    std::vector<Result<HttpAnswer>> m_answers;
    std::vector<int> m_tries;
    std::deque<size_t> m_waiting;
    std::map<size_t, std::unique_ptr<HttpTransfer>> m_active; ///< by place in the requests
    std::map<CURL *, size_t> m_places;
    size_t m_atOnce = HttpClient::kParallel;
    Clock::time_point m_notBefore; ///< no request is begun
    int64_t m_paused = 0;          ///< ms in a row without an answer
};

} // namespace assay
