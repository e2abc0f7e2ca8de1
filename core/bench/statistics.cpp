// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <numeric>

namespace assay {
namespace {

constexpr double kTail = 0.025; // on each side of a 95 % interval
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// std::lgamma writes the global signgam, which two threads must not do at once.
double logGamma(double x)
{
    int sign = 0;
    return ::lgamma_r(x, &sign);
}

double logBinomial(double n, double k, double p)
{
    return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * std::log(p) + (n - k) * std::log1p(-p);
}

/// How many of the smallest (or largest) order statistics lie outside an interval for the p-quantile:
/// the largest d with P(X <= d - 1) <= 2.5 %, X ~ Binomial(n, p). 0 when even the extreme is inside.
size_t tailCount(size_t n, double p)
{
    // 12 standard deviations below the mean nothing is left that 2.5 % could notice.
    const double start = double(n) * p - 12 * std::sqrt(double(n) * p * (1 - p)) - 12;
    const auto first = size_t(std::max(start, 0.0));
    double term = std::exp(logBinomial(double(n), double(first), p)), below = 0;
    for (size_t k = first; k < n; ++k) {
        below += term;
        if (below > kTail)
            return k;
        term *= double(n - k) / double(k + 1) * p / (1 - p);
    }
    return n;
}

double interpolate(double below, double above, double fraction)
{
    return below + fraction * (above - below);
}

} // namespace

double sortedQuantile(const std::vector<double> &sorted, double p)
{
    if (sorted.empty())
        return kNaN;
    const double position = std::clamp(p, 0.0, 1.0) * double(sorted.size() - 1);
    const size_t below = size_t(position);
    return interpolate(sorted[below], sorted[std::min(below + 1, sorted.size() - 1)], position - double(below));
}

double mean(const std::vector<double> &samples)
{
    if (samples.empty())
        return kNaN;
    return std::accumulate(samples.begin(), samples.end(), 0.0) / double(samples.size());
}

double standardDeviation(const std::vector<double> &samples)
{
    if (samples.size() < 2)
        return kNaN;
    const double centre = mean(samples);
    double sum = 0;
    for (double value : samples)
        sum += (value - centre) * (value - centre);
    return std::sqrt(sum / double(samples.size() - 1));
}

QuantileRanks quantileRanks(size_t n, double p)
{
    const double position = std::clamp(p, 0.0, 1.0) * double(n - 1);
    const size_t lower = tailCount(n, p), upper = tailCount(n, 1 - p);
    QuantileRanks ranks;
    ranks.below = size_t(position);
    ranks.fraction = position - double(ranks.below);
    ranks.hasInterval = lower > 0 && upper > 0;
    ranks.low = lower > 0 ? lower - 1 : 0;
    ranks.high = upper > 0 ? n - upper : n - 1;
    return ranks;
}

bool supportsQuantile(size_t n, double p)
{
    return n > 0 && p > 0 && p < 1 && std::pow(std::max(p, 1 - p), double(n)) <= 0.05;
}

double RankedSamples::at(size_t rank)
{
    const auto after = std::lower_bound(m_known.begin(), m_known.end(), rank);
    if (after == m_known.end() || *after != rank) {
        const auto begin = m_samples.begin() + (after == m_known.begin() ? 0 : std::ptrdiff_t(*(after - 1)) + 1);
        const auto end = after == m_known.end() ? m_samples.end() : m_samples.begin() + std::ptrdiff_t(*after);
        std::nth_element(begin, m_samples.begin() + std::ptrdiff_t(rank), end);
        m_known.insert(after, rank);
    }
    return m_samples[rank];
}

Estimate RankedSamples::estimate(double p)
{
    const QuantileRanks ranks = quantileRanks(size(), p);
    Estimate out;
    out.n = size();
    out.value = interpolate(at(ranks.below), at(std::min(ranks.below + 1, size() - 1)), ranks.fraction);
    out.hasInterval = ranks.hasInterval;
    out.low = at(ranks.low);
    out.high = at(ranks.high);
    return out;
}

Estimate RankedSamples::median()
{
    return m_samples.empty() ? Estimate{kNaN, kNaN, kNaN, 0, false} : estimate(0.5);
}

std::optional<Estimate> RankedSamples::quantile(double p)
{
    return supportsQuantile(size(), p) ? std::optional(estimate(p)) : std::nullopt;
}

double RankedSamples::interpolated(double p)
{
    if (m_samples.empty())
        return kNaN;
    const double position = std::clamp(p, 0.0, 1.0) * double(size() - 1);
    const size_t below = size_t(position);
    return interpolate(at(below), at(std::min(below + 1, size() - 1)), position - double(below));
}

double quantile(std::vector<double> samples, double p)
{
    return RankedSamples(std::move(samples)).interpolated(p);
}

Estimate medianEstimate(const std::vector<double> &samples)
{
    return RankedSamples(samples).median();
}

std::optional<Estimate> quantileEstimate(const std::vector<double> &samples, double p)
{
    return RankedSamples(samples).quantile(p);
}

Estimate shareEstimate(size_t k, size_t n)
{
    constexpr double z = 1.959963984540054;
    const double share = double(k) / double(n), count = double(n);
    const double centre = (share + z * z / (2 * count)) / (1 + z * z / count);
    const double half = z / (1 + z * z / count) * std::sqrt(share * (1 - share) / count + z * z / (4 * count * count));
    return {share, k == 0 ? 0 : centre - half, k == n ? 1 : centre + half, n, true};
}

Estimate batchMeans(double value, const std::vector<double> &slices)
{
    // Student's t at 97.5 % for 4 to 15 degrees of freedom; fewer slices say too little.
    constexpr double kStudent[]{2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131};
    const size_t n = slices.size();
    if (n < 5)
        return {value, value, value, n, false};
    const double t = kStudent[std::min(n - 5, std::size(kStudent) - 1)];
    const double half = t * standardDeviation(slices) / std::sqrt(double(n));
    return {value, std::max(value - half, 0.0), value + half, n, true};
}

double binomialCdf(int k, int n, double p)
{
    if (n < 0 || std::isnan(p))
        return kNaN;
    if (k < 0)
        return 0;
    if (k >= n || p <= 0)
        return 1;
    if (p >= 1)
        return 0;
    double sum = 0;
    for (int i = 0; i <= k; ++i)
        sum += std::exp(logBinomial(n, i, p));
    return std::min(sum, 1.0);
}

} // namespace assay
