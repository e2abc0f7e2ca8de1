// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"

namespace assay {

/// Two medians set against each other, with seeded bootstrap percentile intervals at 95 %; below 6 samples there are none. The
/// ratio is NaN with n = 0 where the second median is 0.
struct MedianContrast
{
    Estimate ratio;      ///< of the first to the second
    Estimate difference; ///< first minus second
};
/// Of samples that have nothing to do with each other: each is resampled by itself.
MedianContrast contrastOfMedians(const std::vector<double> &first, const std::vector<double> &second);
/// Of samples that belong together one by one (the same prompt, the same turn): pairs are resampled, so that what both have in
/// common is in neither interval. Both have the same size.
MedianContrast contrastOfPairs(const std::vector<double> &first, const std::vector<double> &second);

} // namespace assay
