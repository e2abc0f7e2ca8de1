// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/exchange.h"

#include "core/base/text.h"
#include "core/endpoint/address.h"
#include "core/endpoint/curlhandle.h"
#include "core/endpoint/eventreader.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay {
namespace {

constexpr int kMostRedirects = 3;
constexpr size_t kMostHeaderBytes = 256 << 10;
constexpr int kRoundMs = 50; // how late a limit may be noticed

struct FreeMulti
{
    void operator()(CURLM *multi) const { curl_multi_cleanup(multi); }
};

/// One request under way; each redirect is another.
class Exchange
{
public:
    Exchange(const EndpointTarget &target, const ExchangeRequest &request, const std::string &url, const curl_slist *headers);
    /// libcurl's code; the answer has its failure where a limit or a stop ended it.
    CURLcode run(std::stop_token stop);
    ExchangeAnswer answer(CURLcode code);
    CURL *handle() const { return m_easy.get(); }

private:
    static int onSend(void *self, char *, char *, int, int);
    static size_t onHeader(char *data, size_t size, size_t count, void *self);
    static size_t onBody(char *data, size_t size, size_t count, void *self);
    void setMethod();
    Failure late() const;

    const EndpointTarget &m_target;
    const ExchangeRequest &m_request;
    CurlEasy m_easy;
    ExchangeAnswer m_answer;
    std::array<char, CURL_ERROR_SIZE> m_words{};
    size_t m_headerBytes = 0;
    int64_t m_begun = 0, m_sent = 0, m_status = 0, m_lastRead = 0; ///< moments; 0: not yet
};

Exchange::Exchange(const EndpointTarget &target, const ExchangeRequest &request, const std::string &url,
                   const curl_slist *headers)
    : m_target(target), m_request(request), m_easy(curl_easy_init())
{
    CURL *easy = m_easy.get();
    setTransport(easy, target, url);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_words.data());
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Exchange::onSend);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Exchange::onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Exchange::onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    setMethod();
}

void Exchange::setMethod()
{
    CURL *easy = m_easy.get();
    if (m_request.method == "HEAD")
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else if (m_request.method != "GET" && m_request.method != "POST")
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, m_request.method.c_str());
    if (m_request.method == "POST") {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, m_request.body.data());
    }
}

int Exchange::onSend(void *self, char *, char *, int, int)
{
    static_cast<Exchange *>(self)->m_sent = momentNow();
    return CURL_PREREQFUNC_OK;
}

size_t Exchange::onHeader(char *data, size_t size, size_t count, void *self)
{
    auto &exchange = *static_cast<Exchange *>(self);
    const std::string_view line(data, size * count);
    ExchangeAnswer &answer = exchange.m_answer;
    exchange.m_headerBytes += line.size();
    if (exchange.m_headerBytes > kMostHeaderBytes) {
        answer.failure = Failure::Endless;
        return 0;
    }
    if (line.starts_with("HTTP/")) {
        answer.headers.clear();
        exchange.m_status = exchange.m_lastRead = momentNow();
    } else if (const size_t colon = line.find(':'); colon != std::string_view::npos) {
        std::string name(line.substr(0, colon)), value(line.substr(colon + 1));
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
        const size_t first = std::min(value.find_first_not_of(" \t\r\n"), value.size());
        const size_t end = value.find_last_not_of(" \t\r\n") + 1;
        answer.headers.emplace_back(std::move(name), end > first ? value.substr(first, end - first) : std::string());
    }
    return line.size();
}

size_t Exchange::onBody(char *data, size_t size, size_t count, void *self)
{
    auto &exchange = *static_cast<Exchange *>(self);
    ExchangeAnswer &answer = exchange.m_answer;
    exchange.m_lastRead = momentNow();
    const uint64_t left = exchange.m_request.bodyLimit - answer.body.size();
    answer.body.append(data, size_t(std::min<uint64_t>(left, size * count)));
    answer.cut = size * count > left;
    return answer.cut ? 0 : size * count;
}

/// Which limit is over; None while none is.
Failure Exchange::late() const
{
    const Transport &transport = m_target.transport;
    const int64_t now = momentNow();
    const auto isOver = [now](int64_t since, double limit) { return now - since >= nanoseconds(limit); };
    if (isOver(m_begun, transport.totalLimit))
        return Failure::TotalTimeout;
    if (m_sent == 0)
        return isOver(m_begun, transport.connectLimit) ? Failure::ConnectTimeout : Failure::None;
    if (m_status == 0)
        return isOver(m_sent, transport.headerLimit) ? Failure::HeaderTimeout : Failure::None;
    return isOver(m_lastRead, transport.stallLimit) ? Failure::StallTimeout : Failure::None;
}

CURLcode Exchange::run(std::stop_token stop)
{
    const std::unique_ptr<CURLM, FreeMulti> multi(curl_multi_init());
    const std::stop_callback onStop(stop, [&] { curl_multi_wakeup(multi.get()); });
    m_begun = momentNow();
    curl_multi_add_handle(multi.get(), m_easy.get());
    CURLcode code = CURLE_OK;
    for (int running = 1; running > 0;) {
        curl_multi_perform(multi.get(), &running);
        int left = 0;
        while (const CURLMsg *message = curl_multi_info_read(multi.get(), &left))
            code = message->msg == CURLMSG_DONE ? message->data.result : code;
        if (running > 0 && m_answer.failure == Failure::None)
            m_answer.failure = stop.stop_requested() ? Failure::Cancelled : late();
        if (m_answer.failure != Failure::None)
            break;
        if (running > 0)
            curl_multi_poll(multi.get(), nullptr, 0, kRoundMs, nullptr);
    }
    curl_multi_remove_handle(multi.get(), m_easy.get());
    return code;
}

ExchangeAnswer Exchange::answer(CURLcode code)
{
    long status = 0, version = 0;
    curl_off_t seconds = 0;
    curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle(), CURLINFO_HTTP_VERSION, &version);
    curl_easy_getinfo(handle(), CURLINFO_RETRY_AFTER, &seconds);
    m_answer.status = int32_t(status);
    m_answer.httpVersion = status == 0 ? 0 : version == CURL_HTTP_VERSION_2_0 ? 20 : version == CURL_HTTP_VERSION_1_0 ? 10 : 11;
    m_answer.retryAfterMs = int64_t(std::clamp<curl_off_t>(seconds, 0, 1'000'000)) * 1000;
    m_answer.seconds = m_status > m_sent && m_sent > 0 ? double(m_status - m_sent) * 1e-9 : 0;
    if (code == CURLE_WRITE_ERROR && m_answer.cut)
        code = CURLE_OK;
    std::string words = m_words[0] != '\0' ? m_words.data() : code != CURLE_OK ? curl_easy_strerror(code) : "";
    if (m_answer.failure == Failure::None && code != CURLE_OK) {
        m_answer.failure = failureOfTransfer(handle(), code, m_sent != 0, words);
    } else if (m_answer.failure == Failure::None) {
        m_answer.failure = failureOfStatus(m_answer.status, m_answer.body);
        words = m_answer.failure == Failure::None ? std::string() : wordsOfError(m_answer.body);
    }
    m_answer.detail = redacted(m_target, shortWords(words));
    mask(m_target, m_answer.body); // whoever sends the key back must not bring it into a file
    for (auto &[name, value] : m_answer.headers)
        mask(m_target, value);
    return std::move(m_answer);
}

ExchangeAnswer refused(const Error &error)
{
    ExchangeAnswer answer;
    answer.failure = Failure::Rejected;
    answer.detail = error.sentence();
    return answer;
}

} // namespace

ExchangeAnswer exchange(const EndpointTarget &target, const ExchangeRequest &request, std::stop_token stop)
{
    startCurl();
    const auto entered = endpointAddress(target.url, request.path, target.model);
    if (!entered)
        return refused(entered.error());
    const auto headers = requestHeaders(target, findDialect(target.dialect), false, request.sendKey);
    if (!headers)
        return refused(headers.error());
    std::string url = *entered;
    for (int redirects = 0;; ++redirects) {
        Exchange one(target, request, url, headers->get());
        const CURLcode code = one.run(stop);
        const auto next = followable(one.handle(), url, request.method == "POST");
        if (code == CURLE_OK && next && redirects < kMostRedirects && !stop.stop_requested()) {
            url = *next;
            continue;
        }
        ExchangeAnswer answer = one.answer(code);
        answer.keySent =
            request.sendKey && !target.key.empty() && code != CURLE_COULDNT_CONNECT && code != CURLE_COULDNT_RESOLVE_HOST;
        return answer;
    }
}

} // namespace assay
