// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/power.h"

#include "core/evaluate/statistics/distributions.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr double kMostItems = 1e15;

std::optional<uint64_t> needed(double distance, double variance, double alpha, double power)
{
    const double z = normalQuantile(1 - alpha / 2) + normalQuantile(power);
    const double items = std::ceil(z * z * variance / (distance * distance));
    return std::isfinite(items) && items < kMostItems ? std::optional(uint64_t(items)) : std::nullopt;
}

/// Mean over items of the variance of the mean of their samples.
double noise(const ItemMeans &items)
{
    if (std::isnan(items.within))
        return 0;
    double sum = 0;
    for (uint32_t samples : items.samples)
        sum += samples > 0 ? items.within / samples : 0;
    return sum / double(items.samples.size());
}

} // namespace

PairedVariances pairedVariances(const ItemMeans &first, const ItemMeans &second)
{
    PairedVariances out;
    const size_t n = std::min(first.means.size(), second.means.size());
    if (n < 2)
        return out;
    std::vector<double> differences(n);
    for (size_t i = 0; i < n; ++i)
        differences[i] = first.means[i] - second.means[i];
    const double error = standardError(differences);
    out.first = std::isnan(first.within) ? 0 : first.within;
    out.second = std::isnan(second.within) ? 0 : second.within;
    out.between = std::max(error * error * double(n) - noise(first) - noise(second), 0.0);
    return out;
}

std::optional<uint64_t> itemsNeeded(double difference, const PairedVariances &variances, size_t firstSamples, size_t secondSamples,
                                    double alpha, double power)
{
    const double variance = variances.between + (firstSamples > 0 ? variances.first / double(firstSamples) : 0)
                            + (secondSamples > 0 ? variances.second / double(secondSamples) : 0);
    return needed(difference, variance, alpha, power);
}

std::optional<uint64_t> moreItemsToDecide(double difference, double error, size_t items, double margin, double power)
{
    const auto all = needed(difference + margin, error * error * double(items), kAlpha, power);
    return all ? std::optional(*all > items ? *all - items : 0) : std::nullopt;
}

} // namespace assay
