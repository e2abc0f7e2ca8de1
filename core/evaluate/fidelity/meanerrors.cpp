// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/fidelity/meanerrors.h"

#include "core/evaluate/statistics/distributions.h"

#include <numeric>

namespace assay {
namespace {

constexpr size_t kFewValues = 10, kFewParts = 5;

double meanOf(size_t n, const std::function<double(size_t)> &value)
{
    double sum = 0;
    for (size_t i = 0; i < n; ++i)
        sum += value(i);
    return sum / double(n);
}

} // namespace

double meanCovariance(size_t n, const std::function<double(size_t)> &x, const std::function<double(size_t)> &y)
{
    if (n < 2)
        return 0;
    // By deviations, which lose nothing where the means are large.
    const double meanX = meanOf(n, x), meanY = meanOf(n, y);
    double sum = 0;
    for (size_t i = 0; i < n; ++i)
        sum += (x(i) - meanX) * (y(i) - meanY);
    return sum / double(n) / double(n - 1);
}

MeanError meanError(size_t n, const std::function<double(size_t)> &value)
{
    if (n == 0)
        return {};
    return {meanOf(n, value), n > kFewValues ? std::sqrt(meanCovariance(n, value, value)) : 0};
}

double studentHalf(size_t parts, double error)
{
    // Of Student's t with v degrees of freedom t^2 / (v + t^2) is Beta(1/2, v/2).
    const double freedom = double(parts - 1), x = betaQuantile(.95, .5, freedom / 2);
    return std::sqrt(freedom * x / (1 - x)) * error;
}

Estimate ratioOverParts(std::span<const double> values, std::span<const double> weights)
{
    const double weight = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double ratio = std::accumulate(values.begin(), values.end(), 0.0) / weight;
    const size_t n = values.size();
    if (n < kFewParts)
        return {ratio, ratio, ratio, n, false};
    double squares = 0;
    for (size_t i = 0; i < n; ++i)
        squares += (values[i] - ratio * weights[i]) * (values[i] - ratio * weights[i]);
    const double half = studentHalf(n, std::sqrt(squares * double(n) / double(n - 1)) / weight);
    return {ratio, ratio - half, ratio + half, n, true};
}

} // namespace assay
