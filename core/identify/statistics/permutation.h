// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/statistics/resampling.h"

#include <functional>

namespace assay {

/// What a test by permutations found.
struct PermutationTest
{
    double statistic = 0;
    double p = 1;       ///< one-sided: large statistics speak against "both are the same"
    size_t prompts = 0; ///< independent blocks behind it; with 0 nothing was tested
    size_t draws = 0;
    bool exact = false; ///< every permutation was tried, instead of some drawn
};

inline constexpr size_t kPreviewDraws = 999; ///< 9999 in reports

/// (1 + found) / (1 + draws), found: drawn statistics of at least the observed one less 1e-12 (Phipson and Smyth 2010): never 0, and
/// of the level that it says.
double permutationP(size_t found, size_t draws);
bool isAsFar(double drawn, double observed);

/// One statistic with labels dealt anew. Makes what one thread needs; what it gives is called once a draw, with bits of that draw alone.
using DealAgain = std::function<double(RandomBits &)>;
/// p of `observed` against draws dealt on all cores; neither their number nor the threads change what a draw is.
PermutationTest testByPermutations(double observed, size_t prompts, const Resampling &how, const std::function<DealAgain()> &dealer);

/// Deals `chosen` of 0 ... size - 1 to the front of `order`, each subset as likely, whatever stood there before.
void dealFront(std::vector<uint32_t> &order, size_t size, size_t chosen, RandomBits &random);

/// One-sided sign flips over prompts: p that differences whose signs are a matter of chance sum up to as much. Exact up to 14 prompts.
/// Values that are not finite are left out.
PermutationTest signFlipsAbove(std::span<const double> differences, const Resampling &how = {});

} // namespace assay
