// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/curlhandle.h"

#include "core/endpoint/address.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <ctime>
#include <limits>
#include <vector>

namespace assay {
namespace {

constexpr long kBufferBytes = 128 << 10; // of a read; the kernel's own buffer grows by itself as long as nobody sets it
constexpr long kNameSeconds = 600;       // a name that was looked up is kept so long

bool isPlain(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

bool append(CurlHeaders &headers, const std::string &line)
{
    if (!isPlain(line))
        return false;
    curl_slist *const longer = curl_slist_append(headers.get(), line.c_str());
    if (longer != nullptr) {
        (void)headers.release();
        headers.reset(longer);
    }
    return longer != nullptr;
}

long versionOption(HttpVersion version, const std::string &url)
{
    switch (version) {
    case HttpVersion::One:
        return CURL_HTTP_VERSION_1_1;
    case HttpVersion::Two:
        return url.starts_with("https:") ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
    case HttpVersion::Auto:
        break;
    }
    return CURL_HTTP_VERSION_2TLS;
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

bool isTls(CURLcode code)
{
    switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_CLIENTCERT:
    case CURLE_USE_SSL_FAILED:
        return true;
    default:
        return false;
    }
}

Failure failureOfConnecting(CURL *easy)
{
    long number = 0;
    curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
    switch (number) {
    case ECONNREFUSED:
        return Failure::Refused;
    case ETIMEDOUT:
        return Failure::ConnectTimeout;
    case ECONNRESET:
        return Failure::Reset;
    default:
        return Failure::Unreachable;
    }
}

constexpr size_t kShortestSecret = 8;    // less is no secret, and would blank out common words
constexpr size_t kShortestBeginning = 6; // of a secret at the end of words that were cut

bool soundsSecret(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    static constexpr std::string_view kParts[] = {"auth", "key", "token", "secret", "cookie", "password"};
    return std::any_of(std::begin(kParts), std::end(kParts), [&](std::string_view one) { return contains(name, one); });
}

/// The key and what the user's own headers hold: of all of them, or of those that carry keys by their names.
std::vector<std::string> secretsOf(const EndpointTarget &target, bool ofAllHeaders)
{
    std::vector<std::string> secrets;
    if (target.key.reveal().size() >= kShortestSecret)
        secrets.push_back(target.key.reveal());
    for (const auto &[name, value] : target.headers)
        if (value.size() >= kShortestSecret && (ofAllHeaders || soundsSecret(name)))
            secrets.push_back(value);
    return secrets;
}

} // namespace

void startCurl()
{
    static const CURLcode kStarted = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)kStarted;
}

void FreeHeaders::operator()(curl_slist *list) const
{
    for (const curl_slist *one = list; one != nullptr; one = one->next)
        explicit_bzero(one->data, std::strlen(one->data));
    curl_slist_free_all(list);
}

Result<CurlHeaders> requestHeaders(const EndpointTarget &target, const Dialect *dialect, bool streamed, bool sendKey)
{
    CurlHeaders headers;
    bool good = append(headers, "Content-Type: application/json") && append(headers, "Expect:");
    // Whoever compresses a stream holds it back; what comes compressed all the same is unpacked.
    if (streamed)
        good = good && append(headers, "Accept-Encoding: identity") &&
               append(headers, "Accept: text/event-stream, application/x-ndjson, application/json, */*;q=0.5");
    if (dialect != nullptr)
        for (const auto &[name, value] : dialect->headers)
            good = good && append(headers, std::string(name) + ": " + value);
    for (const auto &[name, value] : target.headers)
        good = good && append(headers, name + (value.empty() ? ";" : ": " + value));
    if (sendKey && !target.key.empty()) {
        std::string line = dialect != nullptr ? dialect->keyHeader : "Authorization";
        line.append(": ").append(dialect != nullptr ? dialect->keyPrefix : "Bearer ");
        line.reserve(line.size() + target.key.reveal().size());
        line.append(target.key.reveal());
        good = append(headers, line) && good;
        explicit_bzero(line.data(), line.size());
    }
    if (!good)
        return failure(ErrorCode::BadUsage,
                       {ASSAY_TEXT("Reason", "A header or the key holds a line break or another control character")});
    return headers;
}

void setTransport(CURL *easy, const EndpointTarget &target, const std::string &url)
{
    const Transport &transport = target.transport;
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, versionOption(transport.version, url));
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, url.starts_with("https:") && transport.version != HttpVersion::One ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); // a proxy's are not the server's
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // who cancels does not wait for the name to be looked up
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, kBufferBytes);
    curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, kNameSeconds);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, ""); // all that libcurl can unpack
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "assay/" ASSAY_VERSION);
    // The limits of every stage are ours; libcurl's own one comes after it.
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, long(std::clamp(transport.connectLimit * 1000 + 1000, 1000.0, 1e9)));
    if (!transport.caFile.empty())
        curl_easy_setopt(easy, CURLOPT_CAINFO, transport.caFile.c_str());
    if (!transport.proxy.empty())
        curl_easy_setopt(easy, CURLOPT_PROXY, transport.proxy.c_str());
    else if (leadsToThisMachine(url))
        curl_easy_setopt(easy, CURLOPT_PROXY, ""); // a proxy would look for the server on its own machine
}

std::string redacted(const EndpointTarget &target, std::string words)
{
    words = target.key.redact(std::move(words));
    for (const std::string &secret : secretsOf(target, true)) {
        words = Secret(secret).redact(std::move(words));
        for (size_t begun = std::min(secret.size(), words.size()); begun >= kShortestBeginning; --begun)
            if (words.ends_with(std::string_view(secret).substr(0, begun))) {
                words.replace(words.size() - begun, begun, "(key)");
                break;
            }
    }
    return words;
}

void mask(const EndpointTarget &target, std::string &text)
{
    for (const std::string &secret : secretsOf(target, false))
        for (size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
            text.replace(at, secret.size(), secret.size(), '*');
}

std::optional<std::string> followable(CURL *easy, const std::string &url, bool post)
{
    long status = 0;
    char *next = nullptr;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &next);
    const bool repeats = status == 307 || status == 308 || (!post && status >= 301 && status <= 303);
    if (next == nullptr || !repeats || endpointOrigin(next) != endpointOrigin(url))
        return std::nullopt;
    return std::string(next);
}

Failure failureOfStatus(int32_t status, std::string_view body)
{
    // The servers' words for a prompt beyond the context: llama.cpp, OpenAI, vLLM and SGLang, TGI, Anthropic.
    static constexpr std::string_view kTooLong[] = {"exceed_context_size",
                                                    "context_length_exceeded",
                                                    "maximum context length",
                                                    "context length",
                                                    "must have less than",
                                                    "prompt is too long",
                                                    "exceeds the available context size"};
    if (status < 300)
        return Failure::None;
    if (status < 400)
        return Failure::Redirected;
    switch (status) {
    case 401:
    case 403:
        return Failure::Unauthorized;
    case 404:
    case 405:
        return Failure::NotFound;
    case 413:
        return Failure::TooLarge;
    case 429:
        return Failure::RateLimited;
    case 503:
    case 529:
        return Failure::Overloaded;
    default:
        break;
    }
    if (status >= 500)
        return Failure::ServerError;
    const bool tooLong =
        std::any_of(std::begin(kTooLong), std::end(kTooLong), [&](std::string_view one) { return contains(body, one); });
    return tooLong ? Failure::TooLarge : Failure::Rejected;
}

Failure failureOfTransfer(CURL *easy, CURLcode code, bool sent, std::string_view words)
{
    if (isTls(code))
        return Failure::Tls;
    switch (code) {
    case CURLE_OK:
        return Failure::None;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return Failure::Dns;
    case CURLE_COULDNT_CONNECT:
        return failureOfConnecting(easy);
    case CURLE_OPERATION_TIMEDOUT:
        return sent ? Failure::TotalTimeout : Failure::ConnectTimeout;
    case CURLE_PARTIAL_FILE:
        return Failure::CutShort;
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:
        return Failure::Malformed;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return Failure::NotTheProtocol;
    case CURLE_PROXY:
        return Failure::Unreachable;
    default:
        break;
    }
    if (contains(words, "chunked-encoding"))
        return Failure::Malformed;
    return sent ? Failure::Reset : Failure::Unreachable;
}

int64_t momentNow()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return int64_t(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

int64_t nanoseconds(double seconds)
{
    constexpr double kMost = 1e9; // 30 years
    return seconds > 0 && seconds < kMost ? int64_t(std::llround(seconds * 1e9)) : std::numeric_limits<int64_t>::max() / 4;
}

} // namespace assay
