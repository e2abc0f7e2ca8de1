// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/target.h"
#include "core/identify/statistics/logprobdistance.h"
#include "core/service/verify/asking.h"

namespace assay {

/// What an endpoint tells of the likeliest first tokens after each of some prompts.
struct AskedLogprobs
{
    std::vector<TopTokens> byPrompt; ///< one each of the prompts, by the tokens' bytes; empty where none came
    int64_t top = 0;                 ///< how many it tells at most
    Spending spent;
    std::optional<Told> why;         ///< nothing came, or it ended early: in a sentence
};

/// Asks one token after each prompt at temperature 0, with as many of the likeliest as the endpoint grants: 20, else 5. Reads OpenAI's chat form and its
/// older one of completions. Blocks; three failures in a row end it.
AskedLogprobs askLogprobs(const EndpointTarget &target, const std::vector<std::string> &prompts, const AskProgress &progress = {}, std::stop_token stop = {});
/// Of one answer's body; empty where it tells none. Bounded, whatever came.
TopTokens firstTokensIn(std::string_view body);

/// The bundle's first tokens by their bytes: vocabularies spell blanks and bytes in their own ways.
TopTokens firstTokensOf(const ReferenceBundle &bundle, size_t prompt);

inline constexpr int64_t kMostLogprobPrompts = 50;

} // namespace assay
