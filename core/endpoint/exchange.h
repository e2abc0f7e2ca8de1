// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/failure.h"
#include "core/endpoint/target.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace assay {

/// A single question that is not streamed: of the probing, of a tokenizer, of a health check.
struct ExchangeRequest
{
    std::string method = "GET";             ///< "GET", "HEAD", "POST", "OPTIONS"
    std::string path;                       ///< "/v1/models", added to the target's address by endpointAddress()
    std::string body;                       ///< JSON, of a POST
    uint64_t bodyLimit = uint64_t(1) << 20; ///< what is longer is cut, and told so
    bool sendKey = true;                    ///< in the header of the target's dialect; as bearer where that is not known yet
};

struct ExchangeAnswer
{
    Failure failure = Failure::None; ///< statuses of 400 and above are failures, too; the body is there all the same
    int32_t status = 0;              ///< 0: no answer
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case, in their order
    std::string body;                                         ///< decompressed
    bool cut = false;                                         ///< there is more of it
    std::string detail;                                       ///< the server's or the library's own words, short, without keys
    double seconds = 0;                                       ///< from sending to the status line
    int64_t retryAfterMs = 0;                                 ///< that the server asks to wait
    int32_t httpVersion = 0;                                  ///< 11, 20
    bool keySent = false;
};

/// Asks, and waits for the answer. Every stage has its limit of the target's transport. Redirects are followed within the
/// same scheme, host and port alone; another one is Failure::Redirected, and nothing goes there. Never throws.
ExchangeAnswer exchange(const EndpointTarget &target, const ExchangeRequest &request, std::stop_token stop = {});

} // namespace assay
