// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/bench/metrics.h"

#include <array>
#include <cmath>

namespace assay {
namespace {

struct Scale
{
    double size;
    const char *name;
};

constexpr std::array kSecondScales{Scale{1, " s"}, Scale{1e-3, " ms"}, Scale{1e-6, " us"}};
constexpr std::array kByteScales{Scale{1099511627776.0, " TiB"}, Scale{1073741824.0, " GiB"}, Scale{1048576.0, " MiB"},
                                 Scale{1024.0, " KiB"}, Scale{1.0, " B"}};

/// The largest scale that the value fills, with the rounding rule of units.cpp (999.6 ms is 1 s).
template <size_t N>
Scale scaleFor(double value, const std::array<Scale, N> &scales)
{
    for (const Scale &scale : scales) {
        if (std::abs(value) >= scale.size * 0.9995)
            return scale;
    }
    return scales.back();
}

Scale scaleOf(Unit unit, double value)
{
    switch (unit) {
    case Unit::Seconds: return scaleFor(value, kSecondScales);
    case Unit::Bytes: return scaleFor(value, kByteScales);
    case Unit::TokensPerSecond: return {1, " tokens/s"};
    case Unit::InputsPerSecond: return {1, " inputs/s"};
    case Unit::RequestsPerSecond: return {1, " requests/s"};
    case Unit::Rate: return {0.01, " %"};
    case Unit::Joules: return {1, " J"};
    case Unit::Watts: return {1, " W"};
    case Unit::Count:
    case Unit::Money: break;
    }
    return {1, ""};
}

const char *betterName(Better better)
{
    switch (better) {
    case Better::Lower: return "lower";
    case Better::Higher: return "higher";
    case Better::Neither: break;
    }
    return "-";
}

} // namespace

std::string formatValue(Unit unit, double value)
{
    switch (unit) {
    case Unit::Seconds: return formatSeconds(value);
    case Unit::Bytes: return formatBytes(value);
    case Unit::Rate: return formatPercent(value);
    case Unit::Count: return formatCount(value);
    case Unit::TokensPerSecond:
    case Unit::InputsPerSecond:
    case Unit::RequestsPerSecond:
    case Unit::Joules:
    case Unit::Watts:
    case Unit::Money: break;
    }
    return std::isfinite(value) ? threeDigits(value) + scaleOf(unit, value).name : "-";
}

std::string formatEstimate(Unit unit, const Estimate &estimate)
{
    if (estimate.n == 0 || !std::isfinite(estimate.value))
        return "-";
    if (!estimate.hasInterval)
        return formatValue(unit, estimate.value) + " (n = " + std::to_string(estimate.n) + ")";
    const Scale scale = scaleOf(unit, estimate.value == 0 ? estimate.high : estimate.value);
    return threeDigits(estimate.value / scale.size) + " [" + threeDigits(estimate.low / scale.size) + ", "
           + threeDigits(estimate.high / scale.size) + "]" + scale.name;
}

std::string metricsMarkdown()
{
    std::string out = "# Metrics\n\n"
                      "Written from `metricDefinitions()` (core/bench/*rows.cpp); `tests/bench/tst_metrics` checks that "
                      "it is current.\n\n"
                      "A median carries the exact distribution-free 95 % interval of its order statistics (from 6 samples "
                      "on); a percentile is printed only when a sample lies beyond it with 95 % confidence. Warm-up runs "
                      "are kept but never counted. Failed requests are in no latency; a retry is a request of its own, counted apart.\n"
                      "A value with a name in brackets, \"Goodput (chat)\", is one of several: of the named SLO, in the named currency.\n";
    const char *group = "";
    for (const MetricDefinition &metric : metricDefinitions()) {
        if (std::string_view(group) != metric.group) {
            group = metric.group;
            out += std::string("\n## ") + group + "\n\n| id | metric | better | definition |\n| --- | --- | --- | --- |\n";
        }
        out += std::string("| `") + metric.id + "` | " + metric.label + " | " + betterName(metric.better)
               + " | " + metric.definition + " |\n";
    }
    return out;
}

} // namespace assay
