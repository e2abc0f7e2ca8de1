// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace assay {

/// After n checks of single requests without a finding, the largest share of substituted answers that is not excluded at this
/// confidence: 1 - (1 - confidence)^(1/n). 1 of none.
double cleanRunBound(size_t n, double confidence = 0.95);
/// How many clean checks exclude a share: the smallest n with (1 - share)^n <= 1 - confidence. 0 where share is not in (0, 1).
size_t cleanRunsNeeded(double share, double confidence = 0.95);

} // namespace assay
