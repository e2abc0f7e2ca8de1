// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/accuracy/pairedcharts.h"
#include "core/compare/fidelity/fidelitycomparison.h"

#include <algorithm>
#include <set>

namespace assay {
namespace {

/// One group of bars: a suite, or one of its tasks.
struct Group
{
    const SuiteView *suite;
    std::string task;
};

std::string notEvaluated(const ChartMaker &maker)
{
    return maker.words(ASSAY_TEXT("Compare", "No suite has been answered yet: evaluate on a suite."));
}

ChartSpec accuracyBars(const ChartMaker &maker, const std::vector<SuiteView> &suites)
{
    ChartSpec chart = maker.make("accuracy", maker.words(ASSAY_TEXT("Compare", "Accuracy")), ChartKind::GroupedBars);
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "right answers"));
    chart.yMaximum = 1;
    chart.percent = true;
    chart.note = maker.words(ASSAY_TEXT("Compare", "Whiskers are Wilson intervals at 95 %. Unparsed, truncated and failed items count as "
                                                   "not right."));
    std::vector<Group> groups;
    for (const SuiteView &suite : suites) {
        groups.push_back({&suite, {}});
        for (const std::string &task : suite.tasks)
            groups.push_back({&suite, task});
    }
    // Titles that begin alike cannot be told apart where many bars leave each little room.
    for (const Group &group : groups)
        chart.categories.push_back(group.task.empty()      ? (suites.size() == 1 ? group.suite->title : group.suite->name)
                                   : suites.size() == 1 ? group.task
                                                        : maker.words(ASSAY_TEXT("Compare", "%1: %2"), {group.suite->name, group.task}));
    std::vector<ChartSeries> series;
    for (size_t i = 0; i < maker.joined.size(); ++i) {
        series.push_back(maker.seriesOf(i));
        for (size_t category = 0; category < groups.size(); ++category) {
            const EvaluationRun *run = evaluationOf(maker.joined.comparison.subjects[i], groups[category].suite->name);
            const Estimate rate = run ? accuracyOf(run->items, groups[category].task) : Estimate{};
            if (rate.n == 0)
                continue;
            series.back().points.push_back(chartPoint(double(category), rate, 1,
                                                        maker.words(ASSAY_TEXT("Compare", "%1; %2"),
                                                                    {formatEstimate(Unit::Rate, rate),
                                                                     sharesText(maker.words, answerShares(*run, groups[category].task))})));
        }
    }
    maker.finish(chart, std::move(series), notEvaluated(maker));
    return chart;
}

/// Accuracy over one axis of one suite.
ChartSpec curveChart(const ChartMaker &maker, const SuiteView &suite, const std::string &axis, const std::string &id)
{
    ChartSpec chart = maker.make(id.c_str(), maker.words(ASSAY_TEXT("Compare", "Accuracy over %1"), {axis}), ChartKind::Lines);
    chart.subtitle = suite.title;
    chart.xLabel = axisLabel(maker.words, suite, axis);
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "right answers"));
    chart.yMaximum = 1;
    chart.percent = true;
    std::vector<ChartSeries> series;
    bool binned = false;
    double least = 0;
    double most = 0;
    for (size_t i = 0; i < maker.joined.size(); ++i) {
        series.push_back(maker.seriesOf(i));
        const EvaluationRun *run = evaluationOf(maker.joined.comparison.subjects[i], suite.name);
        for (const CurvePoint &point : run ? accuracyCurve(run->items, axis) : std::vector<CurvePoint>{}) {
            const double middle = (point.from + point.to) / 2;
            binned = binned || point.from != point.to;
            least = least == 0 ? middle : std::min(least, middle);
            most = std::max(most, middle);
            const std::string at = point.from == point.to ? threeDigits(point.from)
                                                          : threeDigits(point.from) + "-" + threeDigits(point.to);
            series.back().points.push_back(
                chartPoint(middle, point.accuracy, 1, at + ": " + formatEstimate(Unit::Rate, point.accuracy)));
        }
    }
    chart.logX = least > 0 && most > 50 * least;
    chart.note = binned ? maker.words(ASSAY_TEXT("Compare", "Each point is the middle of a bin of about as many items; whiskers are Wilson "
                                                            "intervals at 95 %."))
                        : maker.words(ASSAY_TEXT("Compare", "Whiskers are Wilson intervals at 95 %."));
    maker.finish(chart, std::move(series), notEvaluated(maker));
    return chart;
}

std::vector<std::string> axesOfSuite(const Comparison &comparison, const std::string &suite)
{
    std::set<std::string> axes;
    for (const ComparedSubject &subject : comparison.subjects) {
        if (const EvaluationRun *run = evaluationOf(subject, suite)) {
            for (const std::string &axis : axesOf(run->items))
                axes.insert(axis);
        }
    }
    return {axes.begin(), axes.end()};
}

/// Models that generate nothing have no time per token.
bool measuresPasses(const Joined &joined)
{
    bool passes = false, tokens = false;
    for (size_t i = 0; i < joined.size(); ++i) {
        passes = passes || joined.metric(i, "pass_time");
        tokens = tokens || joined.metric(i, "tpot");
    }
    return passes && !tokens;
}

} // namespace

std::vector<ChartSpec> accuracyCharts(const ChartMaker &maker)
{
    const std::vector<SuiteView> suites = suitesOf(maker.joined.comparison);
    std::vector<ChartSpec> charts{accuracyBars(maker, suites)};
    for (ChartSpec &chart : pairedCharts(maker))
        charts.push_back(std::move(chart));
    for (ChartSpec &chart : fidelityCharts(maker))
        charts.push_back(std::move(chart));
    std::set<std::string> taken;
    for (const SuiteView &suite : suites) {
        for (const std::string &axis : axesOfSuite(maker.joined.comparison, suite.name)) {
            // The same axis of another suite counts other things: a chart of its own.
            const std::string id = "accuracy_" + axis;
            charts.push_back(curveChart(maker, suite, axis, taken.insert(id).second ? id : id + "_" + suite.name));
        }
    }
    return charts;
}

ChartSpec tradeoffChart(const ChartMaker &maker)
{
    const Joined &joined = maker.joined;
    const bool passes = measuresPasses(joined);
    ChartSpec chart = maker.make("tradeoff",
                                 passes ? maker.words(ASSAY_TEXT("Compare", "Accuracy over time per pass"))
                                        : maker.words(ASSAY_TEXT("Compare", "Accuracy over time per token")),
                                 ChartKind::Scatter);
    chart.subtitle = joined.point ? maker.load(*joined.point) : std::string();
    chart.xLabel = passes ? maker.words(ASSAY_TEXT("Compare", "time per pass (ms)")) : maker.words(ASSAY_TEXT("Compare", "time per output token (ms)"));
    const std::string suite = headlineSuite(joined);
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "right answers, %1"), {suite});
    chart.yMaximum = 1;
    chart.percent = true;
    chart.note = maker.words(ASSAY_TEXT("Compare", "Up and to the left is better. The area of a marker is the peak of memory."));
    std::vector<ChartSeries> series;
    for (size_t i = 0; i < joined.size(); ++i) {
        series.push_back(maker.seriesOf(i));
        const EvaluationRun *run = evaluationOf(joined.comparison.subjects[i], suite);
        const MetricValue *time = joined.metric(i, passes ? "pass_time" : "tpot");
        const MetricValue *peak = peakMemory(joined, i);
        if (!run || run->items.empty() || !time)
            continue;
        const Estimate rate = accuracyOf(run->items);
        const std::string bytes = peak ? formatValue(Unit::Bytes, peak->estimate.value) : "-";
        ChartPoint point = chartPoint(time->estimate.value * 1e3, rate, 1,
                                      formatEstimate(Unit::Rate, rate) + ", " + formatEstimate(Unit::Seconds, time->estimate) + ", " + bytes);
        point.size = peak ? peak->estimate.value : 0;
        series.back().points.push_back(std::move(point));
    }
    maker.finish(chart, std::move(series), maker.words(ASSAY_TEXT("Compare", "This needs both: a benchmark and an evaluation of a subject.")));
    return chart;
}

} // namespace assay
