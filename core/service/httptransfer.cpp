// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/httptransfer.h"

#include "core/endpoint/address.h"
#include "core/service/remoteaddress.h"

#include <algorithm>
#include <cctype>
#include <cstring>

namespace assay {
namespace {

constexpr size_t kHeaderLimit = 1'000'000; // bytes of all headers of one answer
constexpr uint64_t kIgnoredLimit = 1'000'000; // bytes of a redirect's own body, which nobody reads
constexpr long kSlowestBytes = 1;          // a second; less counts as standing still

std::string trimmed(std::string_view text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

} // namespace

HttpTransfer::HttpTransfer(const HttpRequest &request, const HttpSettings &settings)
    : m_request(request), m_redirects(settings.redirects), m_easy(curl_easy_init())
{
    setOptions(settings);
    setToken(settings);
}

void HttpTransfer::setOptions(const HttpSettings &settings)
{
    CURL *easy = m_easy.get();
    curl_easy_setopt(easy, CURLOPT_URL, m_request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    // Who asked for a secured connection is not led to an open one.
    const bool secured = m_request.url.starts_with("https:");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, secured ? "https" : "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, settings.redirects);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, settings.connectSeconds);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, kSlowestBytes);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, settings.stallSeconds);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // who cancels does not wait for the name to be looked up
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "assay/" ASSAY_VERSION);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_reason.data());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &HttpTransfer::writeBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &HttpTransfer::writeHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &HttpTransfer::watch);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
    if (leadsToThisMachine(m_request.url))
        curl_easy_setopt(easy, CURLOPT_PROXY, ""); // a proxy would look for the server on its own machine
    if (m_request.range) {
        const ByteRange &range = *m_request.range;
        const std::string text = std::to_string(range.offset) + "-" + std::to_string(range.offset + range.bytes - 1);
        curl_easy_setopt(easy, CURLOPT_RANGE, text.c_str());
    }
}

void HttpTransfer::setToken(const HttpSettings &settings)
{
    if (settings.token.empty())
        return;
    m_token = originOf(m_request.url) == settings.tokenOrigin ? TokenUse::Sent : TokenUse::Elsewhere;
    if (m_token != TokenUse::Sent)
        return;
    // libcurl keeps this to the first host, whatever it redirects to.
    curl_easy_setopt(m_easy.get(), CURLOPT_HTTPAUTH, long(CURLAUTH_BEARER));
    curl_easy_setopt(m_easy.get(), CURLOPT_XOAUTH2_BEARER, settings.token.c_str());
}

size_t HttpTransfer::writeBody(char *data, size_t size, size_t count, void *self)
{
    auto &transfer = *static_cast<HttpTransfer *>(self);
    const uint64_t left = transfer.m_request.bodyLimit - transfer.m_answer.body.size();
    const size_t bytes = size * count;
    curl_off_t declared = -1;
    curl_easy_getinfo(transfer.handle(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &declared);
    const bool tooLong = declared >= 0 && uint64_t(declared) > transfer.m_request.bodyLimit;
    if (bytes > left || tooLong) {
        transfer.m_answer.cut = true;
        transfer.m_answer.body.append(data, size_t(std::min<uint64_t>(bytes, left)));
        return 0;
    }
    transfer.m_answer.body.append(data, bytes);
    return bytes;
}

int HttpTransfer::watch(void *self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t)
{
    const auto &transfer = *static_cast<HttpTransfer *>(self);
    return received > 0 && uint64_t(received) > transfer.m_request.bodyLimit + kIgnoredLimit ? 1 : 0;
}

size_t HttpTransfer::writeHeader(char *data, size_t size, size_t count, void *self)
{
    auto &transfer = *static_cast<HttpTransfer *>(self);
    transfer.m_headerBytes += size * count;
    if (transfer.m_headerBytes > kHeaderLimit)
        return 0;
    transfer.takeHeader({data, size * count});
    return size * count;
}

void HttpTransfer::takeHeader(std::string_view line)
{
    if (line.starts_with("HTTP/")) { // the answer after a redirect begins anew
        m_answer = {};
        return;
    }
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    const std::string value = trimmed(line.substr(colon + 1));
    if (name == "content-type")
        m_answer.contentType = value;
    else if (name == "content-range")
        m_answer.contentRange = value;
    else if (name == "etag")
        m_answer.etag = value;
    else if (name == "link")
        m_answer.link = value;
}

Result<HttpAnswer> HttpTransfer::answer(CURLcode code)
{
    const std::string &url = m_request.url;
    const std::string reason = m_reason[0] != '\0' ? m_reason.data() : curl_easy_strerror(code);
    if (code == CURLE_TOO_MANY_REDIRECTS)
        return failure(ErrorCode::TooManyRedirects, {url, std::to_string(m_redirects)});
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
        return failure(ErrorCode::UrlInvalid, {url, reason});
    if (code == CURLE_PARTIAL_FILE)
        return failure(ErrorCode::ServerLied, {url, ASSAY_TEXT("Reason", "the answer ended too early")});
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return failure(ErrorCode::ServerLied, {url, ASSAY_TEXT("Reason", "more or fewer than it says")});
    if (code != CURLE_OK && !(code == CURLE_WRITE_ERROR && m_answer.cut))
        return failure(ErrorCode::ServerUnreachable, {url, reason});
    curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &m_answer.status);
    const char *last = nullptr;
    curl_easy_getinfo(handle(), CURLINFO_EFFECTIVE_URL, &last);
    m_answer.url = last != nullptr ? last : url;
    curl_off_t seconds = 0;
    curl_easy_getinfo(handle(), CURLINFO_RETRY_AFTER, &seconds); // of a date, too
    m_answer.retryAfter = int64_t(seconds);
    m_answer.token = m_token;
    return std::move(m_answer);
}

uint64_t HttpTransfer::receivedSince()
{
    curl_off_t body = 0;
    long headers = 0;
    curl_easy_getinfo(handle(), CURLINFO_SIZE_DOWNLOAD_T, &body);
    curl_easy_getinfo(handle(), CURLINFO_HEADER_SIZE, &headers);
    const uint64_t all = uint64_t(std::max<curl_off_t>(body, 0)) + uint64_t(std::max(headers, 0L));
    const uint64_t more = all > m_received ? all - m_received : 0; // a redirect begins to count anew
    m_received += more;
    return more;
}

uint64_t HttpTransfer::requests() const
{
    long redirects = 0;
    curl_easy_getinfo(handle(), CURLINFO_REDIRECT_COUNT, &redirects);
    return 1 + uint64_t(std::max(redirects, 0L));
}

bool connectionLost(CURLcode code)
{
    return code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR || code == CURLE_GOT_NOTHING || code == CURLE_PARTIAL_FILE
           || code == CURLE_HTTP2 || code == CURLE_HTTP2_STREAM;
}

} // namespace assay
