// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/charts.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr std::array kShares{"mbu", "mfu"};

/// How much of what this machine was measured to be able to do each subject uses: decode against memory, prefill against
/// products.
std::optional<ChartSpec> shareChart(const ChartMaker &maker)
{
    const Joined &joined = maker.joined;
    ChartSpec chart = maker.make("roofline", maker.words(ASSAY_TEXT("Compare", "Speed against this machine's limits")), ChartKind::GroupedBars);
    chart.subtitle = joined.point ? maker.load(*joined.point) : std::string();
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "share of the measured limit"));
    chart.percent = true;
    for (const char *id : kShares)
        chart.categories.push_back(maker.words.translate("Metric", findMetric(id)->label));
    chart.lines.push_back({1, maker.words(ASSAY_TEXT("Compare", "measured limit")), false});
    chart.note = maker.words(ASSAY_TEXT("Compare", "The limits were measured on the same machine before the run. Models that stay in the "
                                                   "processor's caches have no limit by memory."));
    std::vector<ChartSeries> series;
    for (size_t i = 0; i < joined.size(); ++i) {
        series.push_back(maker.seriesOf(i));
        for (size_t category = 0; category < kShares.size(); ++category) {
            if (const MetricValue *value = joined.metric(i, kShares[category]))
                series.back().points.push_back(
                    chartPoint(double(category), value->estimate, 1, formatEstimate(value->metric->unit, value->estimate)));
        }
    }
    maker.finish(chart, std::move(series), {});
    return chart.series.empty() ? std::nullopt : std::optional(std::move(chart));
}

/// The parts of a decode step that a sample of the point tells; the last such sample.
const std::vector<TimeShare> *partsOf(const ComparedSubject &subject, const BenchPoint &point)
{
    const std::vector<TimeShare> *parts = nullptr;
    if (!subject.bench)
        return parts;
    for (const MeasureSample &sample : subject.bench->samples) {
        if (!sample.shares.empty() && pointOf(sample) == point)
            parts = &sample.shares;
    }
    return parts;
}

/// Where the time of a decode step goes: parts on each other, a bar a subject.
std::optional<ChartSpec> partsChart(const ChartMaker &maker)
{
    const Joined &joined = maker.joined;
    if (!joined.point)
        return {};
    ChartSpec chart = maker.make("step_parts", maker.words(ASSAY_TEXT("Compare", "Where the time of a token goes")), ChartKind::GroupedBars);
    chart.subtitle = maker.load(*joined.point);
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "time (ms)"));
    chart.stacked = true;
    chart.note = maker.words(ASSAY_TEXT("Compare", "Timed apart in one more run of the same load, which looking at the clock makes a little longer."));
    std::vector<ChartSeries> series;
    for (size_t i = 0; i < joined.size(); ++i) {
        const std::vector<TimeShare> *parts = partsOf(joined.comparison.subjects[i], *joined.point);
        if (!parts)
            continue;
        const double category = double(chart.categories.size());
        chart.categories.push_back(subjectTitle(joined.comparison.subjects[i], maker.words.translate));
        double base = 0;
        for (const TimeShare &part : *parts) {
            const std::string name = maker.words.translate("StepPart", part.part.c_str());
            auto found = std::find_if(series.begin(), series.end(), [&](const ChartSeries &one) { return one.name == name; });
            if (found == series.end())
                found = series.insert(series.end(), ChartSeries{name, Role::Other, int(series.size()), {}});
            ChartPoint point;
            point.x = category;
            point.base = base;
            point.y = base + part.seconds * 1e3;
            point.label = formatSeconds(part.seconds);
            base = point.y;
            found->points.push_back(std::move(point));
        }
    }
    maker.finish(chart, std::move(series), {});
    return chart.series.empty() ? std::nullopt : std::optional(std::move(chart));
}

} // namespace

std::vector<ChartSpec> rooflineCharts(const ChartMaker &maker)
{
    std::vector<ChartSpec> charts;
    for (auto &chart : {shareChart(maker), partsChart(maker)}) {
        if (chart)
            charts.push_back(*chart);
    }
    return charts;
}

} // namespace assay
