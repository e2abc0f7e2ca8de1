// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/charts.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kMostDots = 6'000; ///< of all subjects: more is no more to see, and a document must not grow with a run
constexpr double kMilliseconds = 1e3;

/// The requests of one subject, judged.
struct Judged
{
    std::vector<ChartPoint> dots;
    size_t counted = 0, good = 0;
    size_t dotted = 0; ///< that could be drawn
    double seconds = 0; ///< in which they were answered
};

void addDot(Judged &judged, double ttft, double tpot)
{
    ChartPoint dot;
    dot.x = ttft * kMilliseconds;
    dot.y = tpot * kMilliseconds;
    dot.label = formatSeconds(ttft) + ", " + formatSeconds(tpot);
    judged.dots.push_back(std::move(dot));
}

Judged judgeLevel(const LevelAnalysis &level, const Slo &goals, size_t mostDots)
{
    Judged judged;
    judged.seconds = level.seconds;
    const size_t step = (level.rows.size() + mostDots - 1) / mostDots;
    for (size_t i = 0; i < level.rows.size(); ++i) {
        const RequestRow &row = level.rows[i];
        if (!row.counted() || row.failure == Failure::Cancelled)
            continue;
        ++judged.counted;
        judged.good += meets(row.metrics, goals) ? 1 : 0;
        const auto &ttft = goals.fromSchedule ? row.metrics.scheduledTtft : row.metrics.ttft;
        if (!row.good() || !ttft || !row.metrics.tpot)
            continue;
        ++judged.dotted;
        if (i % step == 0)
            addDot(judged, *ttft, *row.metrics.tpot);
    }
    return judged;
}

/// Runs of a model by itself: nothing waits and nothing fails.
Judged judgeSamples(const BenchRun &run, const BenchPoint &point, const Slo &goals)
{
    Judged judged;
    for (const MeasureSample &sample : run.samples) {
        if (sample.warmup || pointOf(sample) != point || sample.outputTokens < 2)
            continue;
        RequestMetrics metrics;
        metrics.ttft = metrics.ttfa = metrics.scheduledTtft = sample.firstToken;
        metrics.e2e = metrics.scheduledE2e = sample.total;
        metrics.tpot = (sample.total - sample.firstToken) / double(sample.outputTokens - 1);
        metrics.longestGap = sample.gaps.empty() ? 0 : *std::max_element(sample.gaps.begin(), sample.gaps.end());
        ++judged.counted;
        ++judged.dotted;
        judged.good += meets(metrics, goals) ? 1 : 0;
        judged.seconds += sample.total;
        addDot(judged, *metrics.ttft, *metrics.tpot);
    }
    return judged;
}

Slo goalsOf(const Comparison &comparison)
{
    if (comparison.goals)
        return *comparison.goals;
    for (const ComparedSubject &subject : comparison.subjects) {
        if (subject.bench && subject.bench->plan.load && !subject.bench->plan.load->slos.empty())
            return subject.bench->plan.load->slos.front();
    }
    return sloPresets().front().slo;
}

std::string judgementOf(const ChartMaker &maker, const std::string &name, const Judged &judged)
{
    const double share = double(judged.good) / double(judged.counted);
    std::string text = maker.words(ASSAY_TEXT("Compare", "%1: %2 of %3 meet all goals"),
                                   {name, formatPercent(share), std::to_string(judged.counted)});
    if (judged.seconds > 0)
        text += ", " + formatValue(Unit::RequestsPerSecond, double(judged.good) / judged.seconds);
    if (judged.dots.size() < judged.dotted)
        text += ", " + maker.words(ASSAY_TEXT("Compare", "%1 of them drawn, %2 left out"),
                                   {groupedDigits(int64_t(judged.dots.size())), groupedDigits(int64_t(judged.dotted - judged.dots.size()))});
    return text;
}

} // namespace

std::optional<ChartSpec> goodputMap(const ChartMaker &maker)
{
    const Joined &joined = maker.joined;
    const bool anyEndpoint = std::any_of(joined.comparison.subjects.begin(), joined.comparison.subjects.end(),
                                         [](const ComparedSubject &subject) { return subject.bench && !subject.bench->requests.empty(); });
    if (!anyEndpoint || !joined.point)
        return {};
    const Slo goals = goalsOf(joined.comparison);
    ChartSpec chart = maker.make(kGoodputMap, maker.words(ASSAY_TEXT("Compare", "Goals met: each request by its times")), ChartKind::Scatter);
    chart.subtitle = maker.words(ASSAY_TEXT("Compare", "%1; goals: %2"), {maker.load(*joined.point), goals.name});
    chart.xLabel = goals.fromSchedule ? maker.words(ASSAY_TEXT("Compare", "time to first token from the schedule (ms)"))
                                      : maker.words(ASSAY_TEXT("Compare", "time to first token (ms)"));
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "time per output token (ms)"));
    std::vector<ChartSeries> series;
    std::string judgements;
    for (size_t i = 0; i < joined.size(); ++i) {
        series.push_back(maker.seriesOf(i));
        const auto &bench = joined.comparison.subjects[i].bench;
        if (!bench)
            continue;
        const auto level = levelAt(*bench, *joined.point);
        Judged judged = level ? judgeLevel(*level, goals, std::max<size_t>(kMostDots / joined.size(), 1)) : judgeSamples(*bench, *joined.point, goals);
        if (judged.counted > 0)
            judgements += (judgements.empty() ? "" : "; ") + judgementOf(maker, series.back().name, judged);
        series.back().points = std::move(judged.dots);
    }
    chart.note = judgements + ". " + maker.words(ASSAY_TEXT("Compare", "Drag the lines to judge the same requests by other goals."));
    const auto line = [&](const std::optional<double> &limit, const char *handle, const char *label, bool vertical) {
        if (limit)
            chart.lines.push_back({*limit * kMilliseconds, maker.words(label, {formatSeconds(*limit)}), vertical, handle});
    };
    line(goals.ttft, kTtftHandle, ASSAY_TEXT("Compare", "TTFT %1"), true);
    line(goals.tpot, kTpotHandle, ASSAY_TEXT("Compare", "TPOT %1"), false);
    maker.finish(chart, std::move(series), {});
    return chart.series.empty() ? std::nullopt : std::optional(std::move(chart));
}

std::optional<ChartSpec> goodputMap(const Comparison &comparison, const Translate &translate)
{
    const Joined joined(comparison);
    return goodputMap(ChartMaker{joined, Words{translate}});
}

void moveGoal(Comparison &comparison, std::string_view handle, double milliseconds)
{
    Slo goals = goalsOf(comparison);
    const double seconds = std::max(milliseconds, 0.0) / kMilliseconds;
    (handle == kTtftHandle ? goals.ttft : goals.tpot) = seconds;
    comparison.goals = std::move(goals);
}

} // namespace assay
