// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/paireddifference.h"

#include "core/evaluate/statistics/intervals.h"
#include "core/evaluate/statistics/standarderrors.h"

#include <algorithm>
#include <vector>

namespace assay {
namespace {

bool areShares(std::span<const double> values)
{
    return std::all_of(values.begin(), values.end(), [](double value) { return value >= 0 && value <= 1; });
}

double meanOf(std::span<const double> values)
{
    double sum = 0;
    for (double value : values)
        sum += value;
    return sum / double(values.size());
}

/// sqrt(x^2 - 2 rho x y + y^2); rounding may push it below zero.
double joined(double x, double y, double rho)
{
    return std::sqrt(std::max(x * x - 2 * rho * x * y + y * y, 0.0));
}

/// The correlation as Newcombe's method 10 corrects it. There a d - b c, which is n^2 times the covariance, is moved towards zero by
/// n / 2; with variances of means, which are smaller by n, that is 1 / (2 n^2), n being the trials that have these errors.
double correctedCorrelation(double covariance, double firstVariance, double secondVariance, double squaredTrials)
{
    const double product = firstVariance * secondVariance;
    if (!(product > 0))
        return 0;
    if (covariance > 0)
        covariance = std::max(covariance - 1 / (2 * squaredTrials), 0.0);
    return std::clamp(covariance / std::sqrt(product), -1.0, 1.0);
}

void setInterval(PairedMeans &out, std::span<const double> first, std::span<const double> second, std::span<const uint32_t> clusters)
{
    Estimate &difference = out.difference;
    difference = {out.first - out.second, out.first - out.second, out.first - out.second, out.items, false};
    if (!areShares(first) || !areShares(second)) {
        if (!std::isfinite(out.error))
            return;
        difference.low -= kNormal975 * out.error;
        difference.high += kNormal975 * out.error;
        difference.hasInterval = true;
        return;
    }
    const double widened = clusters.empty() ? 1 : betweenClusters(out.units);
    const Estimate one = meanScore(first, clusters), two = meanScore(second, clusters);
    const double oneVariance = widened * clusteredCovariance(first, first, clusters);
    const double twoVariance = widened * clusteredCovariance(second, second, clusters);
    const double squaredTrials = effectiveTrials(one.value, oneVariance, out.units) * effectiveTrials(two.value, twoVariance, out.units);
    const double rho = correctedCorrelation(widened * clusteredCovariance(first, second, clusters), oneVariance, twoVariance, squaredTrials);
    difference.low -= joined(one.value - one.low, two.high - two.value, rho);
    difference.high += joined(one.high - one.value, two.value - two.low, rho);
    difference.hasInterval = true;
}

} // namespace

PairedMeans pairedMeans(std::span<const double> first, std::span<const double> second, std::span<const uint32_t> clusters)
{
    PairedMeans out;
    if (first.empty() || first.size() != second.size() || (!clusters.empty() && clusters.size() != first.size()))
        return out;
    out.items = first.size();
    out.units = clusterCount(first.size(), clusters);
    std::vector<double> differences(first.size());
    for (size_t i = 0; i < first.size(); ++i)
        differences[i] = first[i] - second[i];
    const auto errorOf = [&](std::span<const double> values) {
        return clusters.empty() ? standardError(values) : clusteredError(values, clusters);
    };
    out.first = meanOf(first);
    out.second = meanOf(second);
    out.firstError = errorOf(first);
    out.secondError = errorOf(second);
    out.error = errorOf(differences);
    const double covariance = clusteredCovariance(first, second, clusters);
    const double product = clusteredError(first, clusters) * clusteredError(second, clusters);
    if (product > 0)
        out.correlation = std::clamp(covariance / product, -1.0, 1.0);
    setInterval(out, first, second, clusters);
    return out;
}

Estimate ratioOfMeans(const PairedMeans &pair)
{
    Estimate out;
    if (pair.items == 0 || !(pair.second > 0))
        return out;
    out.n = pair.items;
    out.value = out.low = out.high = pair.first / pair.second;
    if (!(pair.first > 0) || !std::isfinite(pair.error))
        return out;
    const double one = pair.firstError / pair.first, two = pair.secondError / pair.second;
    const double covariance = (pair.firstError * pair.firstError + pair.secondError * pair.secondError - pair.error * pair.error) / 2;
    const double half = kNormal975 * std::sqrt(std::max(one * one + two * two - 2 * covariance / (pair.first * pair.second), 0.0));
    out.low = out.value * std::exp(-half);
    out.high = out.value * std::exp(half);
    out.hasInterval = true;
    return out;
}

} // namespace assay
