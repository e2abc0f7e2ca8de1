// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
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

/// Where a quantile of n sorted samples and the ends of its 95 % interval lie: the value is interpolated between `below` and the
/// next one (type 7 of Hyndman and Fan), the interval is that of binomial order statistics.
struct QuantileRanks
{
    size_t below = 0;
    double fraction = 0;
    size_t low = 0, high = 0;
    bool hasInterval = false;
};
/// n > 0.
QuantileRanks quantileRanks(size_t n, double p);
/// Whether n samples support the p-quantile: a sample beyond it is expected with 95 % confidence (benchmarking.md 4, pitfall 14).
bool supportsQuantile(size_t n, double p);

/// Samples whose order statistics are asked one by one: what is between two that are known is sorted no further.
class RankedSamples
{
public:
    explicit RankedSamples(std::vector<double> samples) : m_samples(std::move(samples)) {}
    size_t size() const { return m_samples.size(); }
    double at(size_t rank); ///< the rank-th smallest, from 0
    Estimate median();
    std::optional<Estimate> quantile(double p); ///< nothing when the sample does not support it
    double interpolated(double p);              ///< linear at p (n - 1); NaN when empty

private:
    Estimate estimate(double p);

    std::vector<double> m_samples;
    std::vector<size_t> m_known; ///< sorted ranks that are in their place
};

double mean(const std::vector<double> &samples);
double standardDeviation(const std::vector<double> &samples); ///< n - 1 in the denominator
/// Linear interpolation at p (n - 1) (type 7 of Hyndman and Fan). Samples need not be sorted.
double quantile(std::vector<double> samples, double p);
double sortedQuantile(const std::vector<double> &sorted, double p); ///< the same of sorted samples
/// Median with the exact distribution-free interval from binomial order statistics; below 6 samples no
/// interval reaches 95 %, so hasInterval is false and low/high are minimum and maximum.
Estimate medianEstimate(const std::vector<double> &samples);
/// A quantile with its order-statistic interval; nothing when the sample cannot support it (fewer than
/// one sample expected beyond it with 95 % confidence: benchmarking.md 4, pitfall 14).
std::optional<Estimate> quantileEstimate(const std::vector<double> &samples, double p);
/// k of n with Wilson's 95 % interval; n > 0.
Estimate shareEstimate(size_t k, size_t n);
/// The mean of slices of one long measurement with the interval of Student's t over them (batch means); `value` is that of the
/// whole, which slices of unequal content need not average to.
Estimate batchMeans(double value, const std::vector<double> &slices);
/// Ratio of two medians with a seeded bootstrap percentile interval.
Estimate ratioOfMedians(const std::vector<double> &numerator, const std::vector<double> &denominator);
/// log of the binomial coefficient, P(X <= k) for X ~ Binomial(n, p).
double binomialCdf(int k, int n, double p);

} // namespace assay
