// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/charts.h"
#include "core/model/weightvariant.h"

#include <algorithm>

namespace assay {

ChartSpec ChartMaker::make(const char *id, const std::string &title, ChartKind kind) const
{
    ChartSpec chart;
    chart.id = id;
    chart.title = title;
    chart.kind = kind;
    return chart;
}

ChartSeries ChartMaker::seriesOf(size_t subject) const
{
    const auto &subjects = joined.comparison.subjects;
    ChartSeries series;
    series.name = subjectTitle(subjects[subject], words.translate);
    series.role = subjects[subject].role;
    series.order = int(std::count_if(subjects.begin(), subjects.begin() + std::ptrdiff_t(subject),
                                     [&](const ComparedSubject &other) { return other.role == series.role; }));
    return series;
}

std::string ChartMaker::machine() const
{
    std::vector<std::string> found;
    for (const ComparedSubject &subject : joined.comparison.subjects) {
        if (!subject.bench)
            continue;
        const Environment &environment = subject.bench->header.environment;
        const std::string text = environment.dtype.empty() ? environment.device : environment.device + ", " + dtypeText(environment.dtype, words.translate);
        if (std::find(found.begin(), found.end(), text) == found.end())
            found.push_back(text);
    }
    std::string out;
    for (const std::string &text : found)
        out += (out.empty() ? "" : " / ") + text;
    return out;
}

std::string ChartMaker::load(const BenchPoint &point) const
{
    return words(ASSAY_TEXT("Compare", "%1; %2"), {comparedText(joined.comparison, point, words.translate), machine()});
}

void ChartMaker::finish(ChartSpec &chart, std::vector<ChartSeries> series, const std::string &missing) const
{
    for (ChartSeries &one : series) {
        if (!one.points.empty())
            chart.series.push_back(std::move(one));
    }
    if (chart.series.empty())
        chart.missing = missing;
}

ChartPoint chartPoint(double x, const Estimate &estimate, double scale, const std::string &label)
{
    ChartPoint point;
    point.x = x;
    point.y = estimate.value * scale;
    point.n = estimate.n;
    point.label = label;
    if (estimate.hasInterval) {
        point.low = estimate.low * scale;
        point.high = estimate.high * scale;
    }
    return point;
}

std::vector<ChartPoint> cumulativePoints(std::vector<double> seconds)
{
    std::sort(seconds.begin(), seconds.end());
    constexpr size_t kMostSteps = 400; // finer than any screen shows
    const size_t steps = std::min(seconds.size(), kMostSteps);
    std::vector<ChartPoint> points;
    for (size_t i = 0; i < steps; ++i) {
        const size_t rank = steps == 1 ? seconds.size() - 1 : i * (seconds.size() - 1) / (steps - 1);
        ChartPoint point;
        point.x = seconds[rank] * 1e3;
        point.y = double(rank + 1) / double(seconds.size());
        point.n = seconds.size();
        point.label = formatSeconds(seconds[rank]) + ", " + formatPercent(point.y);
        points.push_back(std::move(point));
    }
    return points;
}

std::vector<ChartSpec> comparisonCharts(const Comparison &comparison, const Translate &translate)
{
    if (comparison.subjects.empty())
        return {};
    const Joined joined(comparison);
    const ChartMaker maker{joined, Words{translate}};
    std::vector<ChartSpec> charts = benchCharts(maker);
    for (const auto &more : {loadCharts(maker), rooflineCharts(maker)})
        charts.insert(charts.end(), more.begin(), more.end());
    // What generates nothing answers no questions.
    if (joined.point && joined.point->isPass() && suitesOf(comparison).empty())
        return charts;
    for (ChartSpec &chart : accuracyCharts(maker))
        charts.push_back(std::move(chart));
    charts.push_back(tradeoffChart(maker));
    return charts;
}

std::vector<ChartSpec> accuracyCharts(const Comparison &comparison, const Translate &translate)
{
    if (comparison.subjects.empty())
        return {};
    const Joined joined(comparison);
    return accuracyCharts(ChartMaker{joined, Words{translate}});
}

} // namespace assay
