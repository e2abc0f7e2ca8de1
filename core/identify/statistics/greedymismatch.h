// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/statistics/permutation.h"

namespace assay {

/// One prompt answered at temperature 0 and read by the reference under teacher forcing: by token max_v l_v - l_y, what the reference's
/// likeliest token is ahead of the one that was sent, nats; 0 where they are the same.
struct ForcedPrompt
{
    std::vector<double> subject, honest; ///< margins of the subject's tokens, and of those of an honest stack
};

struct GreedyMismatch
{
    PermutationTest test;             ///< sign flips over prompts of `differences`
    std::vector<double> differences;  ///< by prompt: mean margin of the subject less that of the honest stack, winsorised
    double level = 0;                 ///< what margins are cut off at: the 99.9th percentile of the honest run
    bool counted = false;             ///< the honest run never missed: mismatches are counted instead of margins
    Estimate subjectRate, honestRate; ///< share of tokens that are not the reference's likeliest; tokens of a prompt depend on each other
};

/// arXiv 2511.20621, tested over prompts, never over tokens: tokens of one answer depend on each other, and taken as independent they
/// accuse an honest stack in 25 of 100 cases at 5 % (identity.md, section 9). It supposes that the subject's stack and the honest one
/// could be exchanged; otherwise conformalP over several stacks. Prompts without tokens on a side are left out.
GreedyMismatch greedyMismatch(std::span<const ForcedPrompt> prompts, const Resampling &how = {});

/// Mean margin over all tokens, cut off at `level`: the score of a stack for conformalP. NaN of none.
double meanMargin(std::span<const double> margins, double level);

} // namespace assay
