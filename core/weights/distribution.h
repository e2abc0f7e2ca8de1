// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/statistics.h"
#include "core/weights/statisticskernels.h"

namespace assay {

/// A finite value with how often it occurs. Of a bucket of values the one nearest to zero stands for all, and the
/// magnitudes reach up to `end`.
struct CountedValue
{
    double value = 0;
    double end = 0; ///< |value| itself when all are equal
    uint64_t count = 0;
};

/// What the patterns of 16-bit floats stand for, without NaN and Inf, ascending by value.
std::vector<CountedValue> valuesOf(const std::vector<PatternCounts::Entry> &entries, HalfKind kind);
/// The same where the patterns are the upper halves of float32 values.
std::vector<CountedValue> bucketsOf(const std::vector<PatternCounts::Entry> &entries);
/// The values themselves, sorted and counted.
std::vector<CountedValue> valuesOf(std::vector<float> values);

/// Quantiles, distinct values and histogram from values in ascending order; min, max and finite must be known.
void describeDistribution(const std::vector<CountedValue> &values, TensorStatistics &statistics);

} // namespace assay
