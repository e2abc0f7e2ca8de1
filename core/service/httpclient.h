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

/// What the last server of a chain of redirects answered, whatever its status is.
struct HttpAnswer
{
    long status = 0;
    std::string url; ///< where the redirects led
    std::string body;
    bool cut = false; ///< the body is longer than the limit
    std::string contentType, contentRange, etag, link;
};

struct HttpSettings
{
    long connectSeconds = 15;
    long stallSeconds = 30; ///< without a byte, until the server is given up
    long redirects = 5;
    std::string token;       ///< sent as bearer to tokenOrigin alone, never to where it redirects
    std::string tokenOrigin; ///< "https://host:port"
};

/// Called on the thread that fetches, after each answer.
using FetchProgress = std::function<void(const Fetched &)>;

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

    /// Errors: UrlInvalid, ServerUnreachable, ServerLied, TooManyRedirects, Cancelled.
    Result<HttpAnswer> get(const HttpRequest &request) const;
    /// The answers in the order of the requests; each may fail for itself.
    std::vector<Result<HttpAnswer>> getAll(std::span<const HttpRequest> requests) const;
    Fetched fetched() const;

private:
    void *takeConnections() const; ///< a CURLM
    void giveConnections(void *multi) const;

    HttpSettings m_settings;
    std::stop_token m_stop;
    FetchProgress m_progress;
    mutable std::mutex m_mutex;
    mutable std::vector<void *> m_idle; ///< CURLMs with their open connections
    mutable std::atomic<uint64_t> m_bytes = 0, m_requests = 0;
};

} // namespace assay
