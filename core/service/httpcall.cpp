// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/httpcall.h"

#include "core/service/remotefile.h"

#include <algorithm>
#include <numeric>

namespace assay {
namespace {

constexpr int kPollMilliseconds = 100;         // what is shown of it is not older
constexpr int64_t kLongestAsked = 1'000'000'000; // seconds; a larger Retry-After says no more

bool isBusy(const Result<HttpAnswer> &answer)
{
    return answer && (answer->status == 429 || answer->status == 503);
}

} // namespace

HttpCall::HttpCall(std::span<const HttpRequest> requests, const HttpSettings &settings, FetchCounts &counts, CURLM *multi)
    : m_requests(requests), m_settings(settings), m_counts(counts), m_multi(multi),
      m_answers(requests.size(), failure(ErrorCode::Cancelled)), m_tries(requests.size(), 1), m_waiting(requests.size())
{
    std::iota(m_waiting.begin(), m_waiting.end(), size_t(0));
}

HttpCall::~HttpCall()
{
    for (const auto &[place, transfer] : m_active) {
        m_counts.bytes += transfer->receivedSince();
        curl_multi_remove_handle(m_multi, transfer->handle());
    }
}

void HttpCall::start()
{
    while (m_active.size() < m_atOnce && !m_waiting.empty() && millisecondsLeft() == 0) {
        begin(m_waiting.front());
        m_waiting.pop_front();
    }
}

void HttpCall::begin(size_t place)
{
    auto transfer = std::make_unique<HttpTransfer>(m_requests[place], m_settings);
    curl_multi_add_handle(m_multi, transfer->handle());
    m_places[transfer->handle()] = place;
    m_active[place] = std::move(transfer);
}

void HttpCall::collect()
{
    for (const auto &[place, transfer] : m_active)
        m_counts.bytes += transfer->receivedSince();
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result; // the message is gone with the handle
        const auto place = m_places.extract(message->easy_handle);
        const auto transfer = m_active.extract(place.mapped());
        m_counts.requests += transfer.mapped()->requests();
        Result<HttpAnswer> answer = transfer.mapped()->answer(code);
        curl_multi_remove_handle(m_multi, transfer.mapped()->handle());
        arrived(place.mapped(), std::move(answer), connectionLost(code));
    }
}

void HttpCall::arrived(size_t place, Result<HttpAnswer> answer, bool lost)
{
    const bool busy = isBusy(answer);
    if (!busy && !lost) {
        if (answer) {
            m_paused = 0;
            m_counts.tired = false;
        }
        m_answers[place] = std::move(answer);
        return;
    }
    const int64_t asked = busy ? std::clamp<int64_t>(answer->retryAfter, 0, kLongestAsked) * 1000 : 0;
    const int64_t usual = m_settings.firstPause << std::min(m_tries[place] - 1, 20);
    if (repeat(place, asked > 0 ? asked : usual))
        return;
    if (answer)
        answer->tries = m_tries[place];
    const bool othersAnswered = m_paused == 0 && m_tries[place] > m_settings.repeats && !m_counts.tired;
    if (!othersAnswered)
        giveUp(answer ? refusal(*answer, {}) : Error{ErrorCode::ServerUnreachable, {{}, answer.error().arguments.back()}, {}});
    m_answers[place] = std::move(answer);
}

/// Whether the request is asked again after the pause. All others wait as well: it is one server.
bool HttpCall::repeat(size_t place, int64_t pause)
{
    const int64_t longer = std::max<int64_t>(pause - millisecondsLeft(), 0);
    if (m_counts.tired || m_tries[place] > m_settings.repeats || m_paused + longer > m_settings.longestPauses)
        return false;
    if (millisecondsLeft() == 0)
        m_atOnce = std::max<size_t>(m_atOnce / 2, 1); // it was too much for the server
    m_paused += longer;
    m_notBefore = std::max(m_notBefore, Clock::now() + std::chrono::milliseconds(pause));
    ++m_tries[place];
    ++m_counts.repeated;
    m_waiting.push_front(place);
    return true;
}

/// What has not been asked yet is not: the server would answer the same.
void HttpCall::giveUp(const Error &error)
{
    m_counts.tired = true;
    for (const size_t place : m_waiting) {
        Error own = error;
        own.arguments.front() = m_requests[place].url;
        m_answers[place] = tl::unexpected(std::move(own));
    }
    m_waiting.clear();
}

int64_t HttpCall::millisecondsLeft() const
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_notBefore - Clock::now());
    return std::max<int64_t>(left.count(), 0);
}

int HttpCall::pollMilliseconds() const
{
    const bool pausing = m_active.empty() && !m_waiting.empty();
    return pausing ? int(std::min<int64_t>(millisecondsLeft(), kPollMilliseconds)) : kPollMilliseconds;
}

FetchStatus HttpCall::status() const
{
    FetchStatus status;
    status.fetched = m_counts.now();
    status.left = m_waiting.size() + m_active.size();
    if (!m_active.empty())
        status.reading = m_active.begin()->second->url();
    else if (!m_waiting.empty())
        status.pauseSeconds = double(millisecondsLeft()) / 1000;
    return status;
}

} // namespace assay
