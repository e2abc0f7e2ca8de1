// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/weightvalues.h"

namespace assay {

/// Bins side by side from the smallest to the largest value. A value on an edge is in the bin further from zero; every
/// finite value is in one bin.
struct Histogram
{
    enum class Scale { Linear, SymmetricLog };
    static constexpr size_t kBins = 128; ///< at most; fewer where neighbouring edges would be equal

    Scale scale = Scale::Linear;   ///< how the edges were laid: evenly, or evenly in asinh(v / median of |v|)
    std::vector<double> edges;     ///< ascending, one more than counts; empty without finite values
    std::vector<uint64_t> counts;
};

/// The L2 norms of all rows, or of all columns, brought to at most kEntries entries.
struct NormProfile
{
    static constexpr size_t kEntries = 4096;

    uint64_t count = 0;    ///< rows or columns; 0 when they were not looked at (fewer than two axes)
    uint64_t perEntry = 1; ///< consecutive ones that each entry stands for
    std::vector<float> mean, min, max;
};

/// How quantiles, histogram and different values are counted; all else is always from every value.
enum class CountingDetail {
    Exact,  ///< from every value
    Sampled ///< of large 16- and 32-bit weights from 1/2 to 1/16 of the values, in blocks chosen by chance
};

/// What one weight's values are like. Moments, quantiles and histogram are over the finite values.
struct TensorStatistics
{
    /// Shares of |v| below the absolute quantiles: median, 90 %, 99 %, 99.9 %, all.
    static constexpr std::array<double, 5> kQuantiles{0.5, 0.9, 0.99, 0.999, 1.0};

    uint64_t count = 0; ///< elements
    uint64_t finite = 0, zeros = 0, nans = 0, infinities = 0;
    uint64_t counted = 0;   ///< finite values behind quantiles, histogram, negatives and different values
    uint64_t negatives = 0; ///< of the counted ones
    double min = 0, max = 0, mean = 0;
    double std = 0;     ///< of the population
    double norm = 0;    ///< L2
    std::array<double, 5> absoluteQuantiles{};
    double quantileError = 0; ///< relative, at most; 0 for exact ones. The last is always exact. Chance adds to it where fewer were counted
    uint64_t distinct = 0;    ///< different finite values
    bool distinctExact = true; ///< else `distinct` is a lower bound
    Histogram histogram;
    NormProfile rows, columns; ///< of the matrix that WeightReader gives; NaN and Inf left out
    uint64_t zeroRows = 0;
    uint64_t fingerprint = 0; ///< equal values give equal fingerprints
};

/// One pass over the values, about 1 MB held beside the norms of the columns (up to 12 MB). Errors: those of reading, Cancelled.
Result<TensorStatistics> computeStatistics(WeightReader &weight, const StreamControl &control = {},
                                           CountingDetail detail = CountingDetail::Exact);

} // namespace assay
