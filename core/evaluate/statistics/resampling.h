// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"
#include "core/evaluate/statistics/randombits.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace assay {

/// How often to draw, and from which seed. The number of threads changes nothing.
struct Resampling
{
    size_t draws = 9999;
    uint64_t seed = kStatisticsSeed;
};

/// 95 % percentile interval of a mean by the bootstrap (Efron 1979): items, or whole clusters, are drawn with replacement. Of paired
/// differences it is the paired bootstrap. No interval below 6 units, or when the values are not finite.
Estimate bootstrapMean(std::span<const double> values, std::span<const uint32_t> clusters = {}, const Resampling &how = {10000});

/// A test of paired differences that supposes only that their signs could as well be the other way round.
struct SignFlips
{
    double p = 1;       ///< two-sided, that the mean is 0: share of sign changes whose sum is no smaller, (1 + found) / (1 + draws)
    Estimate mean;      ///< with the 95 % interval of the values that the same test does not reject; none below 6 units
    bool exact = false; ///< every change of signs was tried: there were 14 units or fewer
};
/// Signs change by item, or by whole cluster. The interval follows from Hartigan (1969): a mean above the observed one is rejected by
/// as many sign changes as there are subsets of units with a smaller mean, so its ends are quantiles of subsets' means. Where few
/// of the units differ at all it is too short (it knows of no other values): pairedMeans has one that is not.
SignFlips signFlips(std::span<const double> values, std::span<const uint32_t> clusters = {}, const Resampling &how = {});

} // namespace assay
