// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace assay {

/// Two subjects' means over the same items, and what their difference is worth.
struct PairedMeans
{
    size_t items = 0;
    size_t units = 0; ///< that stand by themselves: clusters, or items where there are none
    double first = NAN, second = NAN;
    double firstError = NAN, secondError = NAN; ///< standard errors: clustered (Miller) where there are clusters, else sd / sqrt(n)
    double error = NAN;       ///< of the difference, from the items' differences: sqrt(SEa^2 + SEb^2 - 2 rho SEa SEb)
    double correlation = NAN; ///< rho of the two means; NaN where one does not vary
    /// First minus second, 95 %. For scores between 0 and 1 it is Newcombe's method 10 (1998), whose two Wilson intervals and
    /// correlation are taken from the means' own errors; of rights and wrongs that stand by themselves it is that method itself.
    /// So it holds for few items, too, and does not shrink to nothing where no two answers differ. For scores on any other scale
    /// it is difference +- 1.96 error.
    Estimate difference;
};

/// One mean an item and subject (itemMeans); a cluster number an item, or none. Lists of unequal lengths: n = 0.
PairedMeans pairedMeans(std::span<const double> first, std::span<const double> second, std::span<const uint32_t> clusters = {});

/// First mean as a share of the second, 95 %, from the logarithm's error (delta method): for scores that are graded or clustered.
/// n = 0 where the second is not above 0.
Estimate ratioOfMeans(const PairedMeans &pair);

} // namespace assay
