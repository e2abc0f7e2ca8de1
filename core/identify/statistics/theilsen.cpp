// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/theilsen.h"

#include "core/evaluate/statistics/distributions.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace assay {
namespace {

constexpr size_t kLeastPoints = 3, kMostPoints = 2000; // pairs grow as the square

/// Variance of Kendall's S when y does not depend on x, for values that occur more than once on either side.
double kendallVariance(std::span<const double> x, std::span<const double> y)
{
    const auto term = [](double count) { return count * (count - 1) * (2 * count + 5); };
    double variance = term(double(x.size()));
    for (const auto side : {x, y}) {
        std::map<double, size_t> counts;
        for (const double value : side)
            ++counts[value];
        for (const auto &[value, count] : counts)
            variance -= term(double(count));
    }
    return std::max(variance, 0.0) / 18;
}

bool finite(std::span<const double> values)
{
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

} // namespace

std::optional<TheilSenLine> theilSen(std::span<const double> x, std::span<const double> y)
{
    if (x.size() != y.size() || x.size() < kLeastPoints || x.size() > kMostPoints || !finite(x) || !finite(y))
        return std::nullopt;
    std::vector<double> slopes;
    for (size_t i = 0; i < x.size(); ++i) {
        for (size_t j = 0; j < i; ++j) {
            if (x[i] != x[j])
                slopes.push_back((y[i] - y[j]) / (x[i] - x[j]));
        }
    }
    if (slopes.empty())
        return std::nullopt;
    std::sort(slopes.begin(), slopes.end());
    TheilSenLine out;
    out.slope.value = out.slope.low = out.slope.high = sortedQuantile(slopes, 0.5);
    out.slope.n = x.size();
    const double pairs = double(slopes.size()), reach = kNormal975 * std::sqrt(kendallVariance(x, y));
    const double below = std::floor((pairs - reach) / 2), above = std::ceil((pairs + reach) / 2);
    if (below >= 1 && above < pairs) {
        out.slope.low = slopes[size_t(below) - 1];
        out.slope.high = slopes[size_t(above)];
        out.slope.hasInterval = true;
    }
    std::vector<double> rests(x.size());
    for (size_t i = 0; i < x.size(); ++i)
        rests[i] = y[i] - out.slope.value * x[i];
    out.intercept = quantile(std::move(rests), 0.5);
    return out;
}

} // namespace assay
