// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/accuracy/pairedcharts.h"

namespace assay {
namespace {

constexpr size_t kMostLines = 12; ///< with more, tasks are left out: a chart's height is given

struct Line
{
    const SuiteLedger *suite;
    std::string task; ///< empty: the whole suite
};

std::vector<Line> linesOf(const std::vector<SuiteLedger> &suites)
{
    std::vector<Line> lines;
    for (const SuiteLedger &suite : suites) {
        lines.push_back({&suite, {}});
        for (const std::string &task : suite.suite.tasks)
            lines.push_back({&suite, task});
    }
    if (lines.size() > kMostLines)
        std::erase_if(lines, [](const Line &line) { return !line.task.empty(); });
    return lines;
}

ChartPoint pointOf(const ChartMaker &maker, size_t category, const PairedItems &items)
{
    const ScoreDifference difference = differenceOf(items, maker.joined.comparison.margin);
    const Estimate &estimate = difference.estimate;
    ChartPoint point;
    point.x = estimate.value * 100;
    point.y = double(category);
    point.low = estimate.low * 100;
    point.high = estimate.high * 100;
    point.n = estimate.n;
    point.mark = maker.words.translate("Standing", standingName(difference.standing));
    point.label = maker.words(ASSAY_TEXT("Compare", "%1: %2; n = %3"), {formatPoints(estimate), point.mark, std::to_string(estimate.n)});
    if (difference.p)
        point.label += ", " + formatP(*difference.p);
    if (difference.moreItems)
        point.label = maker.words(ASSAY_TEXT("Compare", "%1; about %2 more items would decide"),
                                  {point.label, groupedDigits(int64_t(*difference.moreItems))});
    return point;
}

} // namespace

std::optional<ChartSpec> differenceForest(const ChartMaker &maker, const std::vector<SuiteLedger> &suites)
{
    const Joined &joined = maker.joined;
    const Comparison &comparison = joined.comparison;
    const std::vector<Line> lines = linesOf(suites);
    ChartSpec chart = maker.make(kAccuracyForest, maker.words(ASSAY_TEXT("Compare", "Difference of accuracy to %1"),
                                                              {spokenName(comparison, joined.reference, maker.words.translate)}),
                                 ChartKind::Forest);
    chart.subtitle = maker.words(ASSAY_TEXT("Compare", "the same items, paired; margin %1 points"), {threeDigits(comparison.margin * 100)});
    chart.xLabel = maker.words(ASSAY_TEXT("Compare", "difference (percentage points)"));
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "suite"));
    chart.lines = {{0, {}, true, {}}, {-comparison.margin * 100, maker.words(ASSAY_TEXT("Compare", "margin")), true, kMarginHandle}};
    chart.note = maker.words(ASSAY_TEXT("Compare", "Intervals are at 95 %. Not inferior: the whole interval is above the margin. Inferior: all "
                                                   "of it is below. Undecided: more items are needed."));
    for (const Line &line : lines)
        chart.categories.push_back(line.task.empty()     ? line.suite->suite.title
                                   : suites.size() == 1 ? line.task
                                                        : maker.words(ASSAY_TEXT("Compare", "%1: %2"), {line.suite->suite.title, line.task}));
    std::vector<ChartSeries> series;
    for (size_t subject = 0; subject < joined.size(); ++subject) {
        series.push_back(maker.seriesOf(subject));
        for (size_t i = 0; subject != joined.reference && i < lines.size(); ++i) {
            const SuiteLedger &suite = *lines[i].suite;
            const PairedItems items = pairedItems(suite, subject, joined.reference, itemsOf(suite, lines[i].task));
            if (!items.first.empty())
                series.back().points.push_back(pointOf(maker, i, items));
        }
    }
    maker.finish(chart, std::move(series), {});
    return chart.series.empty() ? std::nullopt : std::optional(std::move(chart));
}

} // namespace assay
