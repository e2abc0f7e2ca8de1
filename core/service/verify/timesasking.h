// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/target.h"
#include "core/identify/distribution/timing.h"
#include "core/service/verify/asking.h"

namespace assay {

/// What T5 asks and holds against what (identity.md, 7.12).
struct TimesPlan
{
    std::vector<int64_t> words{32, 64, 128, 256, 384, 512, 768, 1024}; ///< lengths of prompts; every one begins otherwise, so that no cache of prefixes helps
    int64_t repeats = 5;
    int64_t outputTokens = 24;
    std::optional<EndpointTarget> reference;      ///< the claimed model on hardware at least as good: asked the same, one after the other
    std::optional<double> floorSeconds;           ///< that reading the claimed active weights takes on the stated hardware
    std::string hardware;                         ///< that the floor is of, in words
};

struct TimesFound
{
    std::vector<Evidence> evidence; ///< "timing.first_token", "timing.token_floor"; never registered, against a claim only
    std::vector<Told> notes;
    Spending spent;
};

/// What asking will cost at most; of prompts two tokens a word.
Spending costOf(const TimesPlan &plan);
/// Asks request after request, none beside another, in an order that the seed shuffles. Blocks; a stop or failing requests leave what came.
TimesFound askTimes(const EndpointTarget &target, const TimesPlan &plan, uint64_t seed, const AskProgress &progress = {}, std::stop_token stop = {});

} // namespace assay
