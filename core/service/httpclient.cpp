// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/httpclient.h"

#include "core/service/httptransfer.h"

#include <map>

namespace assay {
namespace {

constexpr int kPollMilliseconds = 100; // so that cancelling is heard

void startCurl()
{
    static const CURLcode kStarted = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(kStarted);
}

} // namespace

HttpClient::HttpClient(HttpSettings settings, std::stop_token stop, FetchProgress progress)
    : m_settings(std::move(settings)), m_stop(std::move(stop)), m_progress(std::move(progress))
{
    startCurl();
}

HttpClient::~HttpClient()
{
    for (void *multi : m_idle)
        curl_multi_cleanup(static_cast<CURLM *>(multi));
}

void *HttpClient::takeConnections() const
{
    const std::lock_guard lock(m_mutex);
    if (m_idle.empty()) {
        CURLM *multi = curl_multi_init();
        curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, long(kParallel));
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, long(kParallel)); // else it keeps fewer as requests end
        return multi;
    }
    void *multi = m_idle.back();
    m_idle.pop_back();
    return multi;
}

void HttpClient::giveConnections(void *multi) const
{
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(multi);
}

Fetched HttpClient::fetched() const
{
    return {m_bytes, m_requests};
}

Result<HttpAnswer> HttpClient::get(const HttpRequest &request) const
{
    return std::move(getAll(std::span(&request, 1)).front());
}

std::vector<Result<HttpAnswer>> HttpClient::getAll(std::span<const HttpRequest> requests) const
{
    std::vector<Result<HttpAnswer>> answers(requests.size(), failure(ErrorCode::Cancelled));
    std::map<size_t, std::unique_ptr<HttpTransfer>> active;
    std::map<CURL *, size_t> places;
    CURLM *multi = static_cast<CURLM *>(takeConnections());
    size_t next = 0;
    while ((next < requests.size() || !active.empty()) && !m_stop.stop_requested()) {
        for (; active.size() < kParallel && next < requests.size(); ++next) {
            auto transfer = std::make_unique<HttpTransfer>(requests[next], m_settings);
            curl_multi_add_handle(multi, transfer->handle());
            places[transfer->handle()] = next;
            active[next] = std::move(transfer);
        }
        int running = 0, left = 0;
        curl_multi_perform(multi, &running);
        while (CURLMsg *message = curl_multi_info_read(multi, &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            const CURLcode code = message->data.result;
            const auto place = places.extract(message->easy_handle);
            const auto transfer = active.extract(place.mapped());
            const Fetched cost = transfer.mapped()->cost();
            m_bytes += cost.bytes;
            m_requests += cost.requests;
            answers[place.mapped()] = transfer.mapped()->answer(code);
            curl_multi_remove_handle(multi, transfer.mapped()->handle());
            if (m_progress)
                m_progress(fetched());
        }
        if (running > 0)
            curl_multi_poll(multi, nullptr, 0, kPollMilliseconds, nullptr);
    }
    for (const auto &[place, transfer] : active)
        curl_multi_remove_handle(multi, transfer->handle());
    giveConnections(multi);
    return answers;
}

} // namespace assay
