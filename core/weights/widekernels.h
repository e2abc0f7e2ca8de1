// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/statisticskernels.h"

/// The kernels of statisticskernels.cpp for processors with AVX-512: the same sums, twice as wide. Counts are multiples
/// of kStep.
namespace assay::wide {

constexpr size_t kStep = 32;

bool available();

/// Largest magnitude pattern and number of zeros of a part.
struct PatternScan
{
    uint16_t largest = 0;
    uint64_t zeros = 0;
};
PatternScan scanPatterns(const uint16_t *values, size_t count);
/// Values that were found to fit float32; columns may be null. Zeros are not counted.
ValueSums sumHalves(const uint16_t *values, size_t count, HalfKind kind, float *columns);
/// The sums are not finite when a value is not.
ValueSums sumValues(const float *values, size_t count);
/// Squares of values that were found to fit float32.
void addSquares(const float *values, size_t count, float *columns);

} // namespace assay::wide
