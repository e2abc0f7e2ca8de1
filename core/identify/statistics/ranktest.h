// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/statistics/permutation.h"

namespace assay {

/// One answer of the subject to a prompt, scored by the reference, beside the scores of many of the reference's own.
struct ScoredPrompt
{
    double score = 0;
    std::vector<double> reference;
};

/// Mean over tokens of ln(rank of the token under the reference), ranks from 1. NaN of none.
double logRankScore(std::span<const uint32_t> ranks);
/// Where a score stands among those of the reference: (#{s < score} + u (1 + #{s = score})) / (S + 1), uniform if it is one of them.
double randomizedRank(double score, std::span<const double> reference, double u);
/// Cramér-von Mises: W^2 = 1 / (12 n) + sum of ((2i - 1) / (2n) - r_(i))^2 over sorted ranks; how far they are from uniform.
double cramerVonMises(std::vector<double> ranks);
/// Rank-based uniformity test (arXiv 2506.06975): the ranks of all prompts, p by drawing as many uniform numbers. Prompts without
/// reference scores, or with a score that is no number, are left out.
PermutationTest rankUniformity(std::span<const ScoredPrompt> prompts, const Resampling &how = {});

} // namespace assay
