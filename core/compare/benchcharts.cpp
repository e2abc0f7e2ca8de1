// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/charts.h"

#include <algorithm>
#include <array>
#include <set>

namespace assay {
namespace {

constexpr size_t kMostCategories = 8; // groups of bars that still read well
constexpr double kMilliseconds = 1e3;

enum class Load { Generation, Passes };

/// Every such point that a subject has counted samples of, in the order of its plan, without repetition.
std::vector<BenchPoint> measuredPoints(const Joined &joined, Load load)
{
    std::vector<BenchPoint> points;
    for (const ComparedSubject &subject : joined.comparison.subjects) {
        for (const BenchPoint &point : countedPoints(subject)) {
            if (point.isPass() == (load == Load::Passes) && std::find(points.begin(), points.end(), point) == points.end())
                points.push_back(point);
        }
    }
    return points;
}

std::string notMeasured(const ChartMaker &maker)
{
    for (const ComparedSubject &subject : maker.joined.comparison.subjects) {
        if (subject.bench && subject.bench->header.state == RunState::Failed)
            return maker.words(ASSAY_TEXT("Compare", "The measurement of %1 failed: %2"),
                               {subjectTitle(subject), subject.bench->header.error});
    }
    return maker.words(ASSAY_TEXT("Compare", "No benchmark has samples yet: measure speed and memory."));
}

std::string medianNote(const ChartMaker &maker)
{
    return maker.words(ASSAY_TEXT("Compare", "Bars are medians, whiskers their 95 % intervals; no whisker where fewer than 6 runs "
                                             "give none."));
}

/// Whether the points are levels of requests in flight, one stands for a model by itself: their names can be short.
bool areLevels(const ChartMaker &maker, const std::vector<BenchPoint> &points)
{
    const auto &subjects = maker.joined.comparison.subjects;
    return points.size() > 1
           && std::all_of(points.begin(), points.end(), [](const BenchPoint &p) { return p.rate == 0 && p.batch == 1 && p.depth == 0 && !p.isPass(); })
           && std::any_of(subjects.begin(), subjects.end(), [](const auto &s) { return s.bench && !s.bench->requests.empty(); });
}

/// What each group of bars is called, and the load of all of them in the line below the title.
void nameLevels(const ChartMaker &maker, const std::vector<BenchPoint> &points, ChartSpec &chart)
{
    const Words &words = maker.words;
    const auto inFlight = [](const BenchPoint &p) { return std::max<int64_t>(p.concurrency, 1); };
    const auto [least, most] = std::minmax_element(points.begin(), points.end(), [&](const auto &a, const auto &b) { return inFlight(a) < inFlight(b); });
    for (const BenchPoint &point : points)
        chart.categories.push_back(words(ASSAY_TEXT("Compare", "%1 + %2: %3"),
                                         {std::to_string(point.promptTokens), std::to_string(point.outputTokens), std::to_string(inFlight(point))}));
    chart.xLabel = words(ASSAY_TEXT("Compare", "prompt + output tokens: requests in flight"));
    chart.subtitle = words(ASSAY_TEXT("Compare", "%1; %2"), {sweepText(*least, *most, words.translate), maker.machine()});
}

/// A bar a subject for one metric, a group for each measured load.
ChartSpec metricBars(const ChartMaker &maker, const char *id, const char *metricId, const std::string &yLabel, double scale,
                     Load load = Load::Generation)
{
    const MetricDefinition &metric = *findMetric(metricId);
    ChartSpec chart = maker.make(id, maker.words.translate("Metric", metric.label), ChartKind::GroupedBars);
    chart.yLabel = yLabel;
    std::vector<BenchPoint> points = measuredPoints(maker.joined, load);
    const size_t all = points.size();
    points.resize(std::min(all, kMostCategories));
    chart.subtitle = maker.machine();
    chart.note = all > points.size()
                     ? maker.words(ASSAY_TEXT("Compare", "Bars are medians, whiskers their 95 % intervals. Only the first %1 of %2 loads are drawn."),
                                   {std::to_string(points.size()), std::to_string(all)})
                     : medianNote(maker);
    if (areLevels(maker, points))
        nameLevels(maker, points, chart);
    for (const BenchPoint &point : chart.categories.empty() ? points : std::vector<BenchPoint>{})
        chart.categories.push_back(comparedText(maker.joined.comparison, point, maker.words.translate));
    if (points.size() == 1) {
        chart.subtitle = maker.load(points.front());
        chart.categories = {maker.words.translate("Metric", metric.label)};
    }
    std::vector<ChartSeries> series;
    for (size_t i = 0; i < maker.joined.size(); ++i) {
        series.push_back(maker.seriesOf(i));
        const auto &bench = maker.joined.comparison.subjects[i].bench;
        for (size_t category = 0; bench && category < points.size(); ++category) {
            const std::vector<MetricValue> values = metricsAt(*bench, points[category]);
            if (const MetricValue *value = findValue(values, metricId))
                series.back().points.push_back(
                    chartPoint(double(category), value->estimate, scale, formatEstimate(metric.unit, value->estimate)));
        }
    }
    maker.finish(chart, std::move(series), notMeasured(maker));
    return chart;
}

ChartSpec loadChart(const ChartMaker &maker)
{
    const MetricDefinition &metric = *findMetric("load_time");
    ChartSpec chart = maker.make("load", maker.words.translate("Metric", metric.label), ChartKind::GroupedBars);
    chart.subtitle = maker.machine();
    chart.categories = {chart.title};
    chart.note = medianNote(maker);
    std::vector<ChartSeries> series;
    // Seconds for models of gigabytes, milliseconds for small ones.
    double longest = 0;
    for (const ComparedSubject &subject : maker.joined.comparison.subjects) {
        for (const LoadSample &load : subject.bench ? subject.bench->loads : std::vector<LoadSample>{})
            longest = std::max(longest, load.seconds);
    }
    const bool inSeconds = longest >= 1;
    chart.yLabel = inSeconds ? maker.words(ASSAY_TEXT("Compare", "load time (s)"))
                             : maker.words(ASSAY_TEXT("Compare", "load time (ms)"));
    for (size_t i = 0; i < maker.joined.size(); ++i) {
        series.push_back(maker.seriesOf(i));
        const auto &bench = maker.joined.comparison.subjects[i].bench;
        const std::vector<MetricValue> values = bench ? summarize(*bench, {}) : std::vector<MetricValue>{};
        if (const MetricValue *value = findValue(values, metric.id))
            series.back().points.push_back(chartPoint(0, value->estimate, inSeconds ? 1 : 1000, formatEstimate(metric.unit, value->estimate)));
    }
    maker.finish(chart, std::move(series), notMeasured(maker));
    return chart;
}

/// Throughput over the batch size where several were measured; else bars.
ChartSpec throughputChart(const ChartMaker &maker)
{
    const std::string yLabel = maker.words(ASSAY_TEXT("Compare", "output tokens per second"));
    std::vector<BenchPoint> points = measuredPoints(maker.joined, Load::Generation);
    const auto other = [&](const BenchPoint &p) {
        return p.isLoad() || p.promptTokens != maker.joined.point->promptTokens || p.outputTokens != maker.joined.point->outputTokens;
    };
    points.erase(std::remove_if(points.begin(), points.end(), other), points.end());
    if (points.size() < 2)
        return metricBars(maker, "throughput", "throughput", yLabel, 1);
    std::sort(points.begin(), points.end());
    const MetricDefinition &metric = *findMetric("throughput");
    ChartSpec chart = maker.make("throughput", maker.words.translate("Metric", metric.label), ChartKind::Lines);
    chart.subtitle = maker.words(ASSAY_TEXT("Compare", "%1 prompt tokens, %2 output tokens; %3"),
                                 {std::to_string(points.front().promptTokens), std::to_string(points.front().outputTokens),
                                  maker.machine()});
    chart.xLabel = maker.words(ASSAY_TEXT("Compare", "batch size"));
    chart.yLabel = yLabel;
    chart.logX = points.back().batch >= 16;
    std::vector<ChartSeries> series;
    for (size_t i = 0; i < maker.joined.size(); ++i) {
        series.push_back(maker.seriesOf(i));
        const auto &bench = maker.joined.comparison.subjects[i].bench;
        for (const BenchPoint &point : bench ? points : std::vector<BenchPoint>{}) {
            const std::vector<MetricValue> values = metricsAt(*bench, point);
            if (const MetricValue *value = findValue(values, metric.id))
                series.back().points.push_back(
                    chartPoint(double(point.batch), value->estimate, 1, formatEstimate(metric.unit, value->estimate)));
        }
    }
    maker.finish(chart, std::move(series), notMeasured(maker));
    return chart;
}

ChartSpec memoryChart(const ChartMaker &maker)
{
    const Joined &joined = maker.joined;
    ChartSpec chart = maker.make("memory", maker.words(ASSAY_TEXT("Compare", "Memory")), ChartKind::GroupedBars);
    chart.subtitle = joined.point ? maker.load(*joined.point) : std::string();
    std::vector<const MetricDefinition *> shown;
    double most = 0;
    for (const MetricDefinition &metric : metricDefinitions()) {
        bool any = false;
        for (size_t i = 0; metric.unit == Unit::Bytes && i < joined.size(); ++i) {
            if (const MetricValue *value = joined.metric(i, metric.id)) {
                any = true;
                most = std::max(most, value->estimate.value);
            }
        }
        if (any)
            shown.push_back(&metric);
    }
    const bool large = most >= 1024.0 * 1048576.0;
    chart.yLabel = large ? maker.words(ASSAY_TEXT("Compare", "memory (GiB)")) : maker.words(ASSAY_TEXT("Compare", "memory (MiB)"));
    const double scale = 1.0 / (large ? 1073741824.0 : 1048576.0);
    for (const MetricDefinition *metric : shown)
        chart.categories.push_back(maker.words.translate("Metric", metric->label));
    std::vector<ChartSeries> series;
    for (size_t i = 0; i < joined.size(); ++i) {
        series.push_back(maker.seriesOf(i));
        for (size_t category = 0; category < shown.size(); ++category) {
            if (const MetricValue *value = joined.metric(i, shown[category]->id))
                series.back().points.push_back(
                    chartPoint(double(category), value->estimate, scale, formatEstimate(Unit::Bytes, value->estimate)));
        }
    }
    maker.finish(chart, std::move(series), notMeasured(maker));
    return chart;
}

/// Of whom a read brought several tokens, a sentence each: their gaps are those between reads (benchmarking.md 1, ICL).
std::string readsInWords(const ChartMaker &maker)
{
    const Joined &joined = maker.joined;
    std::string out;
    for (size_t i = 0; i < joined.size(); ++i) {
        const MetricValue *gap = joined.metric(i, "icl.p50"), *tokens = joined.metric(i, "tokens_per_read");
        if (gap && !gap->qualifier.empty() && tokens)
            out += " " + maker.words(ASSAY_TEXT("Compare", "A read of %1 brought %2 tokens on average."),
                                     {subjectTitle(joined.comparison.subjects[i], maker.words.translate), threeDigits(tokens->estimate.value)});
    }
    return out;
}

ChartSpec distributionChart(const ChartMaker &maker)
{
    const Joined &joined = maker.joined;
    const std::string reads = readsInWords(maker);
    ChartSpec chart = maker.make("tpot_cdf",
                                 reads.empty() ? maker.words(ASSAY_TEXT("Compare", "Distribution of the time between tokens"))
                                               : maker.words(ASSAY_TEXT("Compare", "Distribution of the time between reads")),
                                 ChartKind::Distribution);
    chart.subtitle = joined.point ? maker.load(*joined.point) : std::string();
    chart.xLabel = reads.empty() ? maker.words(ASSAY_TEXT("Compare", "time between tokens (ms)")) : maker.words(ASSAY_TEXT("Compare", "time between reads (ms)"));
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "share of gaps not longer"));
    chart.yMaximum = 1;
    chart.percent = true;
    std::vector<ChartSeries> series;
    double least = 0;
    double most = 0;
    for (size_t i = 0; i < joined.size(); ++i) {
        series.push_back(maker.seriesOf(i));
        const auto &bench = joined.comparison.subjects[i].bench;
        if (!bench || !joined.point)
            continue;
        series.back().points = cumulativePoints(gapsAt(*bench, *joined.point));
        if (series.back().points.empty())
            continue;
        least = least == 0 ? series.back().points.front().x : std::min(least, series.back().points.front().x);
        most = std::max(most, series.back().points.back().x);
    }
    chart.logX = least > 0 && most > 30 * least;
    chart.note = maker.words(ASSAY_TEXT("Compare", "All gaps of the counted runs pooled. A steep line is an even speed, a long tail "
                                                   "are stalls.")) + reads;
    maker.finish(chart, std::move(series), notMeasured(maker));
    return chart;
}

} // namespace

std::vector<ChartSpec> benchCharts(const ChartMaker &maker)
{
    const std::string milliseconds = maker.words(ASSAY_TEXT("Compare", "time (ms)"));
    const bool passes = !measuredPoints(maker.joined, Load::Passes).empty();
    std::vector<ChartSpec> charts;
    // Before anything is measured, it is generation that is waited for.
    if (!passes || !measuredPoints(maker.joined, Load::Generation).empty()) {
        charts = {metricBars(maker, "latency_ttft", "ttft", milliseconds, kMilliseconds),
                  metricBars(maker, "latency_tpot", "tpot", milliseconds, kMilliseconds), distributionChart(maker),
                  throughputChart(maker)};
    }
    if (passes) {
        charts.push_back(metricBars(maker, "latency_pass", "pass_time", milliseconds, kMilliseconds, Load::Passes));
        charts.push_back(metricBars(maker, "input_speed", "input_speed",
                                    maker.words(ASSAY_TEXT("Compare", "inputs per second")), 1, Load::Passes));
    }
    charts.push_back(memoryChart(maker));
    if (auto stack = memoryStack(maker))
        charts.push_back(std::move(*stack));
    charts.push_back(loadChart(maker));
    return charts;
}

} // namespace assay
