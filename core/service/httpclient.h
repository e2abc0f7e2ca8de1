// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/format/fileset.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <stop_token>

namespace assay {

struct ByteRange
{
    uint64_t offset = 0;
    uint64_t bytes = 0; ///< at least 1
};

/// One GET.
struct HttpRequest
{
    std::string url; ///< http or https
    std::optional<ByteRange> range;
    uint64_t bodyLimit = 0; ///< bytes of the body that are taken; where it is longer, the transfer is cut off
};

/// What became of the token that the settings hold.
enum class TokenUse { None, Elsewhere, Sent }; ///< there is none; it is for another server; this one got it

/// What the last server of a chain of redirects answered, whatever its status is.
struct HttpAnswer
{
    long status = 0;
    std::string url; ///< where the redirects led
    std::string body;
    bool cut = false; ///< the body is longer than the limit
    std::string contentType, contentRange, etag, link;
    int64_t retryAfter = 0; ///< seconds that the server wants to be left alone; 0: it does not say
    int tries = 1;          ///< how often it was asked
    TokenUse token = TokenUse::None;
};

struct HttpSettings
{
    long connectSeconds = 15;
    long stallSeconds = 30; ///< without a byte, until the server is given up
    long redirects = 5;
    int repeats = 4;                ///< of a request that a busy server (429, 503) refused or a lost connection ended
    int64_t firstPause = 1000;      ///< ms before it is repeated where no Retry-After tells, then twice as long each time
    int64_t longestPauses = 120'000; ///< ms of all pauses while nothing is answered, Retry-After's too; then it is given up
    std::string token;       ///< sent as bearer to tokenOrigin alone, never to where it redirects
    std::string tokenOrigin; ///< "https://host:port"
};

/// Where fetching stands.
struct FetchStatus
{
    Fetched fetched;         ///< with what has come so far of the requests under way
    uint64_t left = 0;       ///< requests that are known and not answered yet
    std::string reading;     ///< the address that was asked first of those under way; empty when there is none
    double pauseSeconds = 0; ///< until a busy server is asked again; 0: nothing waits
};

/// Called on the thread that fetches: when it begins and ends, and some ten times a second in between.
using FetchProgress = std::function<void(const FetchStatus &)>;

/// What a client has received, over all its threads.
struct FetchCounts
{
    std::atomic<uint64_t> bytes = 0, requests = 0, repeated = 0;
    std::atomic<bool> tired = false; ///< a server was given up as busy: it is asked once each, until it answers
    Fetched now() const { return {bytes, requests, repeated}; }
};

/// GETs over http and https, several at once, over connections that are kept. Safe to use from several threads.
class HttpClient
{
public:
    /// How many requests are under way at once, at most: what hub clients use, and what servers bear.
    static constexpr size_t kParallel = 16;

    explicit HttpClient(HttpSettings settings, std::stop_token stop = {}, FetchProgress progress = {});
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /// Errors: UrlInvalid, ServerUnreachable, ServerLied, ServerBusy, TooManyRedirects, Cancelled. A stop ends what is
    /// under way, and pauses too.
    Result<HttpAnswer> get(const HttpRequest &request) const;
    /// The answers in the order of the requests; each may fail for itself.
    std::vector<Result<HttpAnswer>> getAll(std::span<const HttpRequest> requests) const;
    Fetched fetched() const { return m_counts.now(); }

private:
    void *takeConnections() const; ///< a CURLM
    void giveConnections(void *multi) const;

    HttpSettings m_settings;
    std::stop_token m_stop;
    FetchProgress m_progress;
    mutable std::mutex m_mutex;
    mutable std::vector<void *> m_idle; ///< CURLMs with their open connections
    mutable FetchCounts m_counts;
};

} // namespace assay
