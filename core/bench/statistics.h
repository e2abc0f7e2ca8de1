// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace assay {

/// A value with its 95 % interval and the number of samples behind it.
struct Estimate
{
    double value = 0;
    double low = 0, high = 0;
    size_t n = 0;
    bool hasInterval = false; ///< false: too few samples for an interval at 95 %
};

double mean(const std::vector<double> &samples);
double standardDeviation(const std::vector<double> &samples); ///< n - 1 in the denominator
/// Linear interpolation at p (n - 1) (type 7 of Hyndman and Fan). Samples need not be sorted.
double quantile(std::vector<double> samples, double p);
/// Median with the exact distribution-free interval from binomial order statistics; below 6 samples no
/// interval reaches 95 %, so hasInterval is false and low/high are minimum and maximum.
Estimate medianEstimate(const std::vector<double> &samples);
/// A quantile with its order-statistic interval; nothing when the sample cannot support it (fewer than
/// one sample expected beyond it with 95 % confidence: benchmarking.md 4, pitfall 14).
std::optional<Estimate> quantileEstimate(const std::vector<double> &samples, double p);
/// Ratio of two medians with a seeded bootstrap percentile interval.
Estimate ratioOfMedians(const std::vector<double> &numerator, const std::vector<double> &denominator);
/// log of the binomial coefficient, P(X <= k) for X ~ Binomial(n, p).
double binomialCdf(int k, int n, double p);

} // namespace assay
