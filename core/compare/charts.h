// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/joined.h"

namespace assay {

/// What every chart of one comparison starts from.
struct ChartMaker
{
    const Joined &joined;
    Words words;

    ChartSpec make(const char *id, const std::string &title, ChartKind kind) const;
    /// An empty series for a subject: its name, its role, its number among those of the role.
    ChartSeries seriesOf(size_t subject) const;
    /// "64 prompt tokens, ...; cpu, bfloat16"; the devices and dtypes of all subjects.
    std::string load(const BenchPoint &point) const;
    std::string machine() const;
    /// Adds the series that have points; without any the chart says why there is nothing.
    void finish(ChartSpec &chart, std::vector<ChartSeries> series, const std::string &missing) const;
};

/// A mark for a measured value; `scale` brings it to the axis' unit. No error bar without an interval.
ChartPoint chartPoint(double x, const Estimate &estimate, double scale, const std::string &label);

/// Shares of the values not longer than x, which is in milliseconds: a few hundred steps, the extremes always among them.
std::vector<ChartPoint> cumulativePoints(std::vector<double> seconds);

std::vector<ChartSpec> benchCharts(const ChartMaker &maker);
/// Distributions over requests, and metrics over prompt length, context, concurrency and rate, where several were measured.
std::vector<ChartSpec> loadCharts(const ChartMaker &maker);
/// What share of the machine's measured limits is used, and where the time of a token goes; none where it was not measured.
std::vector<ChartSpec> rooflineCharts(const ChartMaker &maker);
/// Each model's predicted memory, part on part, beside what was measured; nothing where nothing was predicted.
std::optional<ChartSpec> memoryStack(const ChartMaker &maker);
std::optional<ChartSpec> goodputMap(const ChartMaker &maker);
std::vector<ChartSpec> accuracyCharts(const ChartMaker &maker);
ChartSpec tradeoffChart(const ChartMaker &maker);

} // namespace assay
