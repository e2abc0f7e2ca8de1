// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/httpclient.h"

#include "core/base/crypto.h"
#include "core/service/httpcall.h"

namespace assay {
namespace {

constexpr std::chrono::milliseconds kTellEvery{100};

void startCurl()
{
    startCrypto();
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

Result<HttpAnswer> HttpClient::get(const HttpRequest &request) const
{
    return std::move(getAll(std::span(&request, 1)).front());
}

std::vector<Result<HttpAnswer>> HttpClient::getAll(std::span<const HttpRequest> requests) const
{
    auto *multi = static_cast<CURLM *>(takeConnections());
    std::vector<Result<HttpAnswer>> answers;
    {
        // Cancelling is heard at once, not at the next look.
        const std::stop_callback wake(m_stop, [multi] { curl_multi_wakeup(multi); });
        HttpCall call(requests, m_settings, m_counts, multi);
        HttpCall::Clock::time_point told{};
        while (!call.over() && !m_stop.stop_requested()) {
            call.start();
            int running = 0;
            curl_multi_perform(multi, &running);
            call.collect();
            if (m_progress && HttpCall::Clock::now() - told >= kTellEvery) {
                told = HttpCall::Clock::now();
                m_progress(call.status());
            }
            if (!call.over() && !m_stop.stop_requested())
                curl_multi_poll(multi, nullptr, 0, call.pollMilliseconds(), nullptr);
        }
        if (m_progress)
            m_progress(call.status());
        answers = call.takeAnswers();
    }
    giveConnections(multi);
    return answers;
}

} // namespace assay
