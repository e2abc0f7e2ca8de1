// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/failure.h"
#include "core/endpoint/dialect.h"
#include "core/endpoint/target.h"

#include <curl/curl.h>
#include <memory>
#include <optional>

namespace assay {

/// Starts libcurl, once. What it needs to be told must be known before any thread of ours uses it.
void startCurl();

struct FreeEasy
{
    void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
};
using CurlEasy = std::unique_ptr<CURL, FreeEasy>;

/// Headers of a request; overwrites them at the end, since one of them holds the key.
struct FreeHeaders
{
    void operator()(curl_slist *list) const;
};
using CurlHeaders = std::unique_ptr<curl_slist, FreeHeaders>;

/// Those of the dialect and the user, and the key unless it is not wanted. No dialect: the key goes as bearer.
/// Error: BadUsage (control characters in one of them).
Result<CurlHeaders> requestHeaders(const EndpointTarget &target, const Dialect *dialect, bool streamed, bool sendKey);

/// What is the same for every request to the target: limits of libcurl's own, TLS, proxy, version, nothing followed.
void setTransport(CURL *easy, const EndpointTarget &target, const std::string &url);

/// The words without the key and what the user's own headers hold, also where their end cuts one off.
std::string redacted(const EndpointTarget &target, std::string words);
/// Generated text, whose bytes are counted, without the key and headers that carry one: each byte of it becomes "*".
void mask(const EndpointTarget &target, std::string &text);

/// Where a redirect leads that stays within scheme, host and port and repeats the request as it is; else nothing.
std::optional<std::string> followable(CURL *easy, const std::string &url, bool post);

/// What a status says; its body may tell that a prompt was too long.
Failure failureOfStatus(int32_t status, std::string_view body);
/// What libcurl's code says. sent: the request went out.
Failure failureOfTransfer(CURL *easy, CURLcode code, bool sent, std::string_view words);

/// ns of CLOCK_MONOTONIC: setting the clock does not move it.
int64_t momentNow();
/// A limit of a transport in ns; none where it is not positive.
int64_t nanoseconds(double seconds);

} // namespace assay
