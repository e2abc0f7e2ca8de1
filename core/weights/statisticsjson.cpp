// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/modelstatistics.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

json number(double value)
{
    return std::isfinite(value) ? json(value) : json();
}

/// Smallest, median and largest of the norms; of down-sampled ones the median is that of the means.
json profileToJson(const NormProfile &profile)
{
    if (profile.count == 0 || profile.mean.empty())
        return nullptr;
    std::vector<float> means = profile.mean;
    const auto middle = means.begin() + ptrdiff_t(means.size() / 2);
    std::nth_element(means.begin(), middle, means.end());
    return json{{"count", profile.count},
                {"min", number(*std::min_element(profile.min.begin(), profile.min.end()))},
                {"median", number(*middle)},
                {"max", number(*std::max_element(profile.max.begin(), profile.max.end()))}};
}

json histogramToJson(const Histogram &histogram)
{
    return json{{"scale", histogram.scale == Histogram::Scale::Linear ? "linear" : "symmetric_log"},
                {"edges", histogram.edges},
                {"counts", histogram.counts}};
}

} // namespace

json statisticsToJson(const TensorOutcome &outcome)
{
    if (!outcome.statistics)
        return nullptr;
    const TensorStatistics &statistics = *outcome.statistics;
    const bool any = statistics.finite > 0;
    const auto of = [&](double value) { return any ? number(value) : json(); };
    json quantiles = json::object();
    constexpr const char *kNames[] = {"50", "90", "99", "99.9", "100"};
    for (size_t i = 0; i < std::size(kNames); ++i)
        quantiles[kNames[i]] = of(statistics.absoluteQuantiles[i]);
    return json{{"count", statistics.count},
                {"shape", outcome.shape},
                {"decoded_from", *weightSchemeName(outcome.scheme) ? json(weightSchemeName(outcome.scheme)) : json()},
                {"min", of(statistics.min)},
                {"max", of(statistics.max)},
                {"mean", of(statistics.mean)},
                {"std", of(statistics.std)},
                {"norm", of(statistics.norm)},
                {"absolute_quantiles", quantiles},
                {"quantile_error", statistics.quantileError},
                {"zeros", statistics.zeros},
                {"counted", statistics.counted},
                {"negatives", statistics.negatives},
                {"nan", statistics.nans},
                {"inf", statistics.infinities},
                {"distinct", statistics.distinct},
                {"distinct_exact", statistics.distinctExact},
                {"zero_rows", statistics.zeroRows},
                {"row_norms", profileToJson(statistics.rows)},
                {"column_norms", profileToJson(statistics.columns)},
                {"histogram", !statistics.histogram.counts.empty() ? histogramToJson(statistics.histogram) : json()}};
}

} // namespace assay
