// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace assay {

/// Why a request gave no usable answer. Failed requests are counted by kind and never averaged into latency.
enum class Failure : uint8_t {
    None,
    Dns,             ///< the host's name is not known
    Refused,         ///< nothing listens there
    Unreachable,     ///< no route, network down
    Tls,             ///< certificate or handshake
    ConnectTimeout,
    HeaderTimeout,   ///< connected and sent, but no status line
    FirstTokenTimeout, ///< headers, but no generated text
    StallTimeout,    ///< the stream stood still
    TotalTimeout,
    Reset,           ///< the connection was lost before the end
    Unauthorized,    ///< 401, 403
    NotFound,        ///< 404, 405
    TooLarge,        ///< 413, or a prompt beyond the context
    RateLimited,     ///< 429
    Rejected,        ///< any other 4xx
    ServerError,     ///< 5xx
    Overloaded,      ///< 503, 529
    Redirected,      ///< to another host, which is not followed: the key would go there
    NotTheProtocol,  ///< HTML or other text where JSON or a stream should be
    Malformed,       ///< half a line, broken JSON, invalid UTF-8, broken compression
    CutShort,        ///< the body ends before its declared length, or the stream without its end mark
    Endless,         ///< more than a request may give: bytes or chunks
    ErrorInStream,   ///< an error event within a 200
    NoText,          ///< a well-formed answer without any generated text
    Cancelled,       ///< by us: the user, a limit, the end of the time
    Count_
};

/// One row of the failures: name for files and scripts, words for people (translation context "Failure").
struct FailureDefinition
{
    Failure failure;
    const char *id;    ///< "rate_limited"
    const char *label; ///< "Rate limited (429)"
    const char *meaning; ///< one sentence: what it says of the server or the network
};
const std::vector<FailureDefinition> &failureDefinitions();
const FailureDefinition &definitionOf(Failure failure);
/// Failure::Count_ when there is none of this name.
Failure failureFromId(std::string_view id);

} // namespace assay
