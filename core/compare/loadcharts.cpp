// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/bench/saturation.h"
#include "core/compare/charts.h"
#include "core/compare/sweepends.h"

#include <algorithm>
#include <array>
#include <map>

namespace assay {
namespace {

constexpr size_t kLeastForCurve = 20; ///< values of a cumulative line: below, bars with intervals say as much
constexpr double kMilliseconds = 1e3;

/// A metric drawn over one field of the loads, the others held still.
struct Sweep
{
    const char *id, *metric;
    const char *title, *xLabel, *yLabel; ///< translation context "Compare"
    double scale;
    double (*x)(const BenchPoint &);
    void (*clear)(BenchPoint &); ///< takes the field away, so that what remains tells the loads that belong together
    bool rate = false;
};

double promptOf(const BenchPoint &p) { return double(p.promptTokens); }
double depthOf(const BenchPoint &p) { return double(p.depth); }
/// A compared point without a rate has at least one request in flight.
double inFlightOf(const BenchPoint &p) { return p.rate > 0 ? 0 : p.batch > 1 ? 0 : double(std::max<int64_t>(p.concurrency, 1)); }
double rateOf(const BenchPoint &p) { return p.rate; }
void clearPrompt(BenchPoint &p) { p.promptTokens = 0; }
void clearDepth(BenchPoint &p) { p.depth = 0; }
void clearInFlight(BenchPoint &p) { p.concurrency = 0; }
void clearRate(BenchPoint &p) { p.rate = 0; }

constexpr const char *kPrompt = ASSAY_TEXT("Compare", "prompt tokens");
constexpr const char *kDepth = ASSAY_TEXT("Compare", "tokens in the context before");
constexpr const char *kInFlight = ASSAY_TEXT("Compare", "requests in flight");
constexpr const char *kArrivals = ASSAY_TEXT("Compare", "arrivals per second");
constexpr const char *kMs = ASSAY_TEXT("Compare", "time (ms)");
constexpr const char *kTokens = ASSAY_TEXT("Compare", "output tokens per second");
constexpr const char *kShare = ASSAY_TEXT("Compare", "share that meets all goals");

const std::array kSweeps{
    Sweep{"sweep_ttft_prompt", "ttft", ASSAY_TEXT("Compare", "Time to first token over the prompt's length"), kPrompt, kMs, kMilliseconds,
          promptOf, clearPrompt},
    Sweep{"sweep_decode_depth", "decode_speed", ASSAY_TEXT("Compare", "Decode speed over the context before"), kDepth, kTokens, 1, depthOf,
          clearDepth},
    Sweep{"sweep_throughput_concurrency", "throughput", ASSAY_TEXT("Compare", "Throughput over the requests in flight"), kInFlight, kTokens,
          1, inFlightOf, clearInFlight},
    Sweep{"sweep_ttft_concurrency", "ttft", ASSAY_TEXT("Compare", "Time to first token over the requests in flight"), kInFlight, kMs,
          kMilliseconds, inFlightOf, clearInFlight},
    Sweep{"sweep_goodput_concurrency", "goodput.share", ASSAY_TEXT("Compare", "Goals met over the requests in flight"), kInFlight, kShare, 1,
          inFlightOf, clearInFlight, true},
    Sweep{"sweep_throughput_rate", "throughput", ASSAY_TEXT("Compare", "Throughput over the rate of arrivals"), kArrivals, kTokens, 1, rateOf,
          clearRate},
    Sweep{"sweep_ttft_rate", "scheduled_ttft", ASSAY_TEXT("Compare", "Time to first token, from the schedule, over the rate of arrivals"),
          kArrivals, kMs, kMilliseconds, rateOf, clearRate},
    Sweep{"sweep_goodput_rate", "goodput.share", ASSAY_TEXT("Compare", "Goals met over the rate of arrivals"), kArrivals, kShare, 1, rateOf,
          clearRate, true},
};

/// The loads that differ in the sweep's field alone: those of the shown point if there are two, else the longest such row.
std::vector<BenchPoint> pointsOfSweep(const Joined &joined, const Sweep &sweep)
{
    std::map<BenchPoint, std::vector<BenchPoint>> groups;
    for (const ComparedSubject &subject : joined.comparison.subjects) {
        for (const BenchPoint &point : countedPoints(subject)) {
            if (point.isPass() || (sweep.x(point) <= 0 && sweep.x != depthOf))
                continue;
            BenchPoint rest = point;
            sweep.clear(rest);
            std::vector<BenchPoint> &group = groups[rest];
            if (std::find(group.begin(), group.end(), point) == group.end())
                group.push_back(point);
        }
    }
    std::vector<BenchPoint> longest;
    BenchPoint shown = joined.point.value_or(BenchPoint{});
    sweep.clear(shown);
    for (auto &[rest, group] : groups) {
        if (group.size() < 2)
            continue;
        if (rest == shown)
            return group;
        if (group.size() > longest.size())
            longest = group;
    }
    return longest;
}

/// Whether the sweep is over rising load, so that it has a knee.
bool overLoad(const Sweep &sweep)
{
    return sweep.x == inFlightOf || sweep.x == rateOf;
}

/// The level from which on the answers count as good (bench/saturation.h).
void addGoodShare(ChartSpec &chart, const Words &words)
{
    chart.lines.push_back({kGoodShare, words(ASSAY_TEXT("Compare", "good: %1 of the requests"), {formatPercent(kGoodShare)}), false});
}

/// Of a sweep over lengths: what is held still.
std::string heldText(const ChartMaker &maker, const Sweep &sweep, BenchPoint point)
{
    sweep.clear(point);
    const std::string lengths = sweep.x == promptOf ? maker.words(ASSAY_TEXT("Compare", "%1 output tokens"), {std::to_string(point.outputTokens)})
                                                    : lengthsText(point, maker.words.translate);
    return maker.words(ASSAY_TEXT("Compare", "%1; %2"), {lengths, comparedLoad(maker.joined.comparison, point, maker.words.translate)});
}

/// What is held still and the load model: "64 prompt tokens, 32 output tokens; closed loop, 1 to 8 in flight; cpu".
std::string subtitleOf(const ChartMaker &maker, const Sweep &sweep, const std::vector<BenchPoint> &points)
{
    const Words &words = maker.words;
    const auto join = [&](const std::string &first, const std::string &second) { return words(ASSAY_TEXT("Compare", "%1; %2"), {first, second}); };
    const std::string load = overLoad(sweep) ? join(lengthsText(points.front(), words.translate),
                                                    sweepText(points.front(), points.back(), words.translate))
                                             : heldText(maker, sweep, points.front());
    return join(load, maker.machine());
}

/// The points of one subject, those marked that end what is worth while.
void addSwept(const ChartMaker &maker, const Sweep &sweep, const std::vector<BenchPoint> &points, const BenchRun &run, ChartSeries &series,
              std::string &note)
{
    const MetricDefinition &metric = *findMetric(sweep.metric);
    const SweepEnds ends = overLoad(sweep) ? sweepEnds(run, points.front(), maker.words) : SweepEnds{};
    for (const BenchPoint &point : points) {
        const std::vector<MetricValue> values = metricsAt(run, point);
        const MetricValue *value = findValue(values, metric.id);
        if (!value)
            continue;
        series.points.push_back(chartPoint(sweep.x(point), value->estimate, sweep.scale, formatEstimate(metric.unit, value->estimate)));
        series.points.back().mark = markAt(ends, point, maker.words);
    }
    // Once is enough: the other charts over the same loads show the same marks.
    if (!series.points.empty() && !ends.text.empty() && metric.id == std::string_view("throughput"))
        note += (note.empty() ? "" : " ") + maker.words(ASSAY_TEXT("Compare", "%1: %2"), {series.name, ends.text});
}

std::optional<ChartSpec> sweepChart(const ChartMaker &maker, const Sweep &sweep)
{
    std::vector<BenchPoint> points = pointsOfSweep(maker.joined, sweep);
    if (points.size() < 2)
        return {};
    std::sort(points.begin(), points.end(), [&](const BenchPoint &a, const BenchPoint &b) { return sweep.x(a) < sweep.x(b); });
    ChartSpec chart = maker.make(sweep.id, maker.words(sweep.title), ChartKind::Lines);
    chart.subtitle = subtitleOf(maker, sweep, points);
    chart.xLabel = maker.words(sweep.xLabel);
    chart.yLabel = maker.words(sweep.yLabel);
    chart.percent = sweep.rate;
    if (sweep.rate) {
        chart.yMaximum = 1;
        addGoodShare(chart, maker.words);
    }
    chart.logX = sweep.x(points.front()) > 0 && sweep.x(points.back()) >= 16 * sweep.x(points.front());
    std::vector<ChartSeries> series;
    for (size_t i = 0; i < maker.joined.size(); ++i) {
        const auto &bench = maker.joined.comparison.subjects[i].bench;
        series.push_back(maker.seriesOf(i));
        if (bench)
            addSwept(maker, sweep, points, *bench, series.back(), chart.note);
    }
    maker.finish(chart, std::move(series), {});
    return chart.series.empty() ? std::nullopt : std::optional(std::move(chart));
}

/// Shares of the requests' values not longer than x, where the sample is large enough for a curve.
std::optional<ChartSpec> valuesCurve(const ChartMaker &maker, const char *id, const char *metricId, const char *title, const char *xLabel)
{
    const Joined &joined = maker.joined;
    ChartSpec chart = maker.make(id, maker.words(title), ChartKind::Distribution);
    chart.subtitle = joined.point ? maker.load(*joined.point) : std::string();
    chart.xLabel = maker.words(xLabel);
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "share of requests not longer"));
    chart.yMaximum = 1;
    chart.percent = true;
    std::vector<ChartSeries> series;
    for (size_t i = 0; i < joined.size(); ++i) {
        series.push_back(maker.seriesOf(i));
        const MetricValue *value = joined.metric(i, metricId);
        if (value && value->samples.size() >= kLeastForCurve)
            series.back().points = cumulativePoints(value->samples);
    }
    maker.finish(chart, std::move(series), {});
    return chart.series.empty() ? std::nullopt : std::optional(std::move(chart));
}

} // namespace

std::vector<ChartSpec> loadCharts(const ChartMaker &maker)
{
    std::vector<ChartSpec> charts;
    const auto add = [&](std::optional<ChartSpec> chart) {
        if (chart)
            charts.push_back(std::move(*chart));
    };
    add(valuesCurve(maker, "ttft_cdf", "ttft", ASSAY_TEXT("Compare", "Distribution of the time to first token"),
                    ASSAY_TEXT("Compare", "time to first token (ms)")));
    add(valuesCurve(maker, "e2e_cdf", "e2e", ASSAY_TEXT("Compare", "Distribution of the end-to-end time"),
                    ASSAY_TEXT("Compare", "end-to-end time (ms)")));
    add(goodputMap(maker));
    for (const Sweep &sweep : kSweeps)
        add(sweepChart(maker, sweep));
    return charts;
}

} // namespace assay
