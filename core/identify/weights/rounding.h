// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace assay {

/// |rounded - x| / |x| over many values that are rounded to the nearest number with so many bits of significand (the hidden one among them:
/// bfloat16 8, fp8 e4m3 4): errors are even over a step of 2^(1-p), significands m lie as 1/m in [1, 2).
double floatRounding(int significandBits);

/// The same of normal values in groups of so many, rounded to 2^(b-1) - 1 whole steps on each side of zero under a scale that brings the largest
/// of a group to the last step: errors are even over a step.
double integerRounding(int bits, size_t group);

/// The root of the mean square of the largest of so many normal values, signs left out, in standard deviations.
double largestNormal(size_t count);

/// The larger of what integers of so many bits in groups of 128 and floats of that size make of weights; 0 above 16 bits.
double expectedRounding(int bits);

/// Up to which |A - B| / |B| two weights may be the same ones, rounded: cutting off instead of rounding doubles the error. At most a half.
double roundingLimit(int bits);

} // namespace assay
