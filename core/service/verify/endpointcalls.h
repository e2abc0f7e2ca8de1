// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/tokenizer/probes.h"
#include "core/service/verify/endpointplan.h"

namespace assay {

/// One generating request of a verification.
struct PlannedCall
{
    std::string id;       ///< "count.A.1", "copy.logprobs", "parameter.seed.2"
    std::string path, body;
    int64_t promptTokens = 0, outputTokens = 0; ///< at most
    std::string insteadOf = {}; ///< asked only where this one told nothing
    std::string uses = {};      ///< a field of the body whose refusal is an answer: "seed", "stop"
};

/// All that needs no reference, in an order that the seed shuffles; substitutes stand behind what they stand for.
struct EndpointCalls
{
    TokenProbes probes;
    std::vector<PlannedCall> all;
    const PlannedCall *find(std::string_view id) const; ///< null: not planned
};
/// server's dialect and model as they were found.
EndpointCalls planCalls(const EndpointVerificationPlan &plan, uint64_t seed, const std::string &dialect, const std::string &model);

inline constexpr int64_t kCutOffTokens = 12;
inline constexpr int kSameCalls = 5, kCountCalls = 14;
inline constexpr const char *kStopText = "7";
/// "count.A.2" of message "A" and time 2.
std::string countId(const std::string &message, int time);

} // namespace assay
