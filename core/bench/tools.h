// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/sample.h"
#include "core/bench/tooltrace.h"

#include <vector>

namespace assay {

enum class Statistic : uint8_t { Mean, Median, P90, P95, P99, Least, Most };

/// What a tool calls a statistic: "Mean", "avg", "p50".
struct StatisticName
{
    Statistic statistic;
    const char *name;
};

/// One thing that a tool prints. Exactly one of the sources is set.
struct ToolMetric
{
    const char *pattern;    ///< "%1 TTFT (ms)": %1 is the statistic's name; without it the tool prints one number
    double scale = 1;       ///< from our unit (s, tokens/s, requests/s) to the tool's
    const char *ours = "";  ///< id of our metric of the same thing; percentiles follow it (".p99")
    const char *differs = ""; ///< translation context "Translator"
    std::optional<double> (*perRequest)(const ToolRequest &) = nullptr;
    GapKind gaps = GapKind::None; ///< one such metric a tool
    double (*ofTrace)(const ToolTrace &) = nullptr;
    std::optional<double> (*perSample)(const MeasureSample &) = nullptr;
};

struct Tool
{
    const char *id;
    const char *name;
    const char *note; ///< translation context "Translator"
    std::vector<StatisticName> statistics;
    std::vector<ToolMetric> metrics;
};
const std::vector<Tool> &tools();

} // namespace assay
