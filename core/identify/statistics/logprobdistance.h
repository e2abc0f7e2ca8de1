// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/statistics/permutation.h"

#include <map>
#include <string>

namespace assay {

/// The likeliest tokens at one place of one answer, with their log-probabilities.
using TopTokens = std::map<std::string, double>;

/// Answers of two subjects, or of one at two times, behind the same prefix.
struct LogprobPrompt
{
    std::vector<TopTokens> first, second;
};

/// Mean over the tokens that any answer lists of |mean of first - mean of second|; what an answer does not list has its least value
/// (arXiv 2512.03816). Nats. NaN where a side has no answer with tokens.
double logprobDistance(const LogprobPrompt &prompt);
/// The mean distance over prompts, answers dealt anew within each prompt. Prompts without answers on a side are left out.
PermutationTest logprobTest(std::span<const LogprobPrompt> prompts, const Resampling &how = {});

} // namespace assay
