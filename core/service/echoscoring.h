// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/failure.h"
#include "core/endpoint/target.h"

#include <cmath>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace assay {

/// A text behind a context; blanks at the context's end count to the text, as lm-evaluation-harness has it.
struct EchoItem
{
    std::string context, continuation;
};

/// What an endpoint gives it.
struct EchoAnswer
{
    double logLikelihood = NAN, squares = NAN; ///< natural, summed over its tokens
    int64_t tokens = 0, contextTokens = 0;
    bool greedy = false;
    Failure failure = Failure::None; ///< of the requests for it
    std::string error;               ///< a sentence; not empty: there is no likelihood
    int64_t tries = 0;               ///< requests that were sent for it; a context that several have in common counts to the first
};

struct EchoLimits
{
    int64_t inFlight = 16, retries = 4;
};

/// Whether an endpoint echoes prompts with their log-probabilities; why not, in words (the server's own where it has some).
struct EchoProbe
{
    bool given = false;
    std::string why; ///< translation context "Reason", or the server's words
    int64_t tries = 0;
};

/// One small request to /v1/completions, which is never part of a figure.
EchoProbe probeEcho(const EndpointTarget &target, const std::stop_token &stop = {});
/// One each item; blocks. Contexts that are alike are asked once. 429, 503 and lost connections are repeated after the pause that the server asks for.
std::vector<EchoAnswer> scoreByEcho(const EndpointTarget &target, const std::vector<EchoItem> &items, const EchoLimits &limits, const std::stop_token &stop = {});

} // namespace assay
