// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/standarderrors.h"

#include "core/evaluate/statistics/intervals.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace assay {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kNoVariance = 1e-20; // what rounding leaves of none

double meanOf(std::span<const double> values)
{
    double sum = 0;
    for (double value : values)
        sum += value;
    return sum / double(values.size());
}

} // namespace

ItemMeans itemMeans(std::span<const double> scores, std::span<const uint32_t> items, size_t itemCount)
{
    ItemMeans out;
    out.means.assign(itemCount, 0);
    out.samples.assign(itemCount, 0);
    const size_t n = std::min(scores.size(), items.size());
    const auto scoreAt = [&](size_t i) { return std::isfinite(scores[i]) ? scores[i] : 0; };
    for (size_t i = 0; i < n; ++i) {
        if (items[i] >= itemCount)
            continue;
        out.means[items[i]] += scoreAt(i);
        ++out.samples[items[i]];
    }
    for (size_t i = 0; i < itemCount; ++i)
        out.means[i] /= out.samples[i]; // 0 / 0 is the NaN that is promised
    std::vector<double> squares(itemCount, 0);
    for (size_t i = 0; i < n; ++i) {
        if (items[i] < itemCount)
            squares[items[i]] += (scoreAt(i) - out.means[items[i]]) * (scoreAt(i) - out.means[items[i]]);
    }
    size_t repeated = 0;
    for (size_t i = 0; i < itemCount; ++i) {
        if (out.samples[i] < 2)
            continue;
        out.within += squares[i] / (out.samples[i] - 1);
        ++repeated;
    }
    out.within = repeated == 0 ? kNaN : out.within / double(repeated);
    return out;
}

double standardError(std::span<const double> values)
{
    if (values.size() < 2)
        return kNaN;
    const double n = double(values.size());
    return clusteredError(values, {}) * std::sqrt(n / (n - 1));
}

double clusteredCovariance(std::span<const double> first, std::span<const double> second, std::span<const uint32_t> clusters)
{
    const size_t n = first.size();
    if (n == 0 || second.size() != n || (!clusters.empty() && clusters.size() != n))
        return kNaN;
    const double one = meanOf(first), two = meanOf(second);
    double sum = 0;
    if (clusters.empty()) {
        for (size_t i = 0; i < n; ++i)
            sum += (first[i] - one) * (second[i] - two);
        return sum / (double(n) * double(n));
    }
    std::unordered_map<uint32_t, std::pair<double, double>> sums;
    for (size_t i = 0; i < n; ++i) {
        auto &[a, b] = sums[clusters[i]];
        a += first[i] - one;
        b += second[i] - two;
    }
    for (const auto &[cluster, both] : sums)
        sum += both.first * both.second;
    return sum / (double(n) * double(n));
}

double clusteredError(std::span<const double> values, std::span<const uint32_t> clusters)
{
    return std::sqrt(std::max(clusteredCovariance(values, values, clusters), 0.0));
}

size_t clusterCount(size_t values, std::span<const uint32_t> clusters)
{
    if (clusters.empty())
        return values;
    std::vector<uint32_t> sorted(clusters.begin(), clusters.end());
    std::sort(sorted.begin(), sorted.end());
    return size_t(std::unique(sorted.begin(), sorted.end()) - sorted.begin());
}

double betweenClusters(size_t clusters)
{
    return clusters < 2 ? 1 : double(clusters) / double(clusters - 1);
}

double effectiveTrials(double rate, double variance, size_t units)
{
    return variance > kNoVariance ? rate * (1 - rate) / variance : double(units);
}

Estimate meanScore(std::span<const double> means, std::span<const uint32_t> clusters)
{
    if (means.empty())
        return {};
    const size_t units = clusterCount(means.size(), clusters);
    const double rate = std::clamp(meanOf(means), 0.0, 1.0);
    const double variance = clusteredCovariance(means, means, clusters) * (clusters.empty() ? 1 : betweenClusters(units));
    Estimate out = scoreInterval(rate, effectiveTrials(rate, variance, units));
    out.n = means.size();
    return out;
}

} // namespace assay
