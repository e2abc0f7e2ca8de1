// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>

namespace assay {
namespace {

constexpr double kTail = 0.025; // on each side of a 95 % interval
constexpr size_t kLeastForInterval = 6;
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

double sortedQuantile(const std::vector<double> &sorted, double p)
{
    if (sorted.empty())
        return kNaN;
    const double position = std::clamp(p, 0.0, 1.0) * double(sorted.size() - 1);
    const size_t below = size_t(position);
    const size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (position - double(below)) * (sorted[above] - sorted[below]);
}

/// How many of the smallest (or largest) order statistics lie outside an interval for the p-quantile:
/// the largest d with P(X <= d - 1) <= 2.5 %, X ~ Binomial(n, p). 0 when even the extreme is inside.
size_t tailCount(size_t n, double p)
{
    // 12 standard deviations below the mean nothing is left that 2.5 % could notice.
    const double start = double(n) * p - 12 * std::sqrt(double(n) * p * (1 - p)) - 12;
    double below = 0;
    for (size_t k = size_t(std::max(start, 0.0)); k < n; ++k) {
        below += std::exp(logBinomial(double(n), double(k), p));
        if (below > kTail)
            return k;
    }
    return n;
}

Estimate orderStatistics(const std::vector<double> &sorted, double p)
{
    Estimate out;
    out.n = sorted.size();
    out.value = sortedQuantile(sorted, p);
    const size_t lower = tailCount(out.n, p);
    const size_t upper = tailCount(out.n, 1 - p);
    out.hasInterval = lower > 0 && upper > 0;
    out.low = sorted[lower > 0 ? lower - 1 : 0];
    out.high = sorted[upper > 0 ? out.n - upper : out.n - 1];
    return out;
}

double resampledMedian(const std::vector<double> &samples, std::mt19937_64 &random, std::vector<double> &buffer)
{
    buffer.resize(samples.size());
    for (double &value : buffer)
        value = samples[size_t(random() % samples.size())];
    std::sort(buffer.begin(), buffer.end());
    return sortedQuantile(buffer, 0.5);
}

} // namespace

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

double quantile(std::vector<double> samples, double p)
{
    std::sort(samples.begin(), samples.end());
    return sortedQuantile(samples, p);
}

Estimate medianEstimate(const std::vector<double> &samples)
{
    if (samples.empty())
        return {kNaN, kNaN, kNaN, 0, false};
    std::vector<double> sorted = samples;
    std::sort(sorted.begin(), sorted.end());
    return orderStatistics(sorted, 0.5);
}

std::optional<Estimate> quantileEstimate(const std::vector<double> &samples, double p)
{
    const double n = double(samples.size());
    const double farther = std::max(p, 1 - p);
    if (samples.empty() || p <= 0 || p >= 1 || std::pow(farther, n) > 0.05)
        return std::nullopt;
    std::vector<double> sorted = samples;
    std::sort(sorted.begin(), sorted.end());
    return orderStatistics(sorted, p);
}

Estimate ratioOfMedians(const std::vector<double> &numerator, const std::vector<double> &denominator)
{
    constexpr int kResamples = 2000;
    constexpr uint64_t kSeed = 20240917;
    Estimate out{kNaN, kNaN, kNaN, std::min(numerator.size(), denominator.size()), false};
    const double divisor = quantile(denominator, 0.5);
    if (out.n == 0 || divisor == 0 || !std::isfinite(divisor))
        return out;
    out.value = quantile(numerator, 0.5) / divisor;
    out.low = out.high = out.value;
    if (out.n < kLeastForInterval)
        return out;
    std::mt19937_64 random(kSeed);
    std::vector<double> buffer;
    std::vector<double> ratios;
    for (int i = 0; i < kResamples; ++i) {
        const double above = resampledMedian(numerator, random, buffer);
        const double below = resampledMedian(denominator, random, buffer);
        if (below != 0)
            ratios.push_back(above / below);
    }
    std::sort(ratios.begin(), ratios.end());
    out.low = sortedQuantile(ratios, kTail);
    out.high = sortedQuantile(ratios, 1 - kTail);
    out.hasInterval = true;
    return out;
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
