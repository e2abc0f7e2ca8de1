// SPDX-License-Identifier: GPL-3.0-or-later
// Where two subjects part: which outcomes met, and what each class takes from the accuracy.
#include "core/base/units.h"
#include "core/compare/accuracy/pairedcharts.h"

#include <charconv>

namespace assay {
namespace {

const std::string kFlips = "flips_";

/// What takes something from a score, in the order in which it is told: first what is no answer at all.
struct Loss
{
    Outcome outcome;
    double GapWaterfall::*step;
};
constexpr std::array kLosses{Loss{Outcome::Truncated, &GapWaterfall::truncated}, Loss{Outcome::Unparsed, &GapWaterfall::unparsed},
                             Loss{Outcome::Refused, &GapWaterfall::refused}, Loss{Outcome::Error, &GapWaterfall::error},
                             Loss{Outcome::Wrong, &GapWaterfall::wrong}};

std::string nameOf(const ChartMaker &maker, size_t subject)
{
    return subjectTitle(maker.joined.comparison.subjects[subject], maker.words.translate);
}

std::string outcomeWord(const ChartMaker &maker, Outcome outcome)
{
    return maker.words.translate("Outcome", outcomeName(outcome));
}

/// Classes that either subject has; right and wrong always.
std::vector<Outcome> classesOf(const FlipMatrix &flips)
{
    std::vector<Outcome> classes;
    for (const Outcome outcome : kOutcomes) {
        size_t count = 0;
        for (const Outcome other : kOutcomes)
            count += flips.of[size_t(outcome)][size_t(other)] + flips.of[size_t(other)][size_t(outcome)];
        if (count > 0 || outcome == Outcome::Right || outcome == Outcome::Wrong)
            classes.push_back(outcome);
    }
    return classes;
}

std::string countText(const ChartMaker &maker, const SuiteLedger &suite, size_t n)
{
    return maker.words(ASSAY_TEXT("Compare", "%1; %2 items that both answered"), {suite.suite.title, std::to_string(n)});
}

ChartPoint step(size_t category, double from, double to, double value, size_t n)
{
    ChartPoint point;
    point.x = double(category);
    point.base = from;
    point.y = to;
    point.value = value;
    point.n = n;
    return point;
}

} // namespace

std::optional<size_t> flipSubject(std::string_view chart)
{
    size_t subject = 0;
    if (!chart.starts_with(kFlips))
        return std::nullopt;
    const char *end = chart.data() + chart.size();
    const auto read = std::from_chars(chart.data() + kFlips.size(), end, subject);
    return read.ec == std::errc() && (read.ptr == end || *read.ptr == '_') ? std::optional(subject) : std::nullopt;
}

std::optional<ChartSpec> flipMatrix(const ChartMaker &maker, const SuiteLedger &suite, size_t subject)
{
    const size_t reference = maker.joined.reference;
    if (!suite.has(reference) || !suite.has(subject))
        return std::nullopt;
    const FlipMatrix flips = suite.ledger.flips(*suite.places[reference], *suite.places[subject]);
    if (flips.n == 0)
        return std::nullopt;
    const std::string first = nameOf(maker, reference), second = nameOf(maker, subject);
    ChartSpec chart = maker.make((kFlips + std::to_string(subject) + suite.idEnd).c_str(),
                                 maker.words(ASSAY_TEXT("Compare", "What became of the same questions: %1 and %2"), {first, second}),
                                 ChartKind::Matrix);
    chart.subtitle = countText(maker, suite, flips.n);
    chart.xLabel = second;
    chart.yLabel = first;
    const std::vector<Outcome> classes = classesOf(flips);
    ChartSeries series = maker.seriesOf(subject);
    for (size_t row = 0; row < classes.size(); ++row) {
        chart.categories.push_back(outcomeWord(maker, classes[row]));
        chart.rows.push_back(chart.categories.back());
        for (size_t column = 0; column < classes.size(); ++column) {
            const size_t count = flips.of[size_t(classes[row])][size_t(classes[column])];
            ChartPoint point;
            point.x = double(column);
            point.y = double(row);
            point.value = double(count);
            point.n = flips.n;
            point.label = std::to_string(count);
            series.points.push_back(std::move(point));
        }
    }
    chart.note = maker.words(ASSAY_TEXT("Compare", "%1 of the items flip between right and not right: %2 are lost, %3 gained."),
                             {formatPercent(flips.flipRate()), std::to_string(flips.rightToElse), std::to_string(flips.elseToRight)});
    chart.series.push_back(std::move(series));
    return chart;
}

std::optional<ChartSpec> gapWaterfall(const ChartMaker &maker, const SuiteLedger &suite, size_t subject)
{
    const size_t reference = maker.joined.reference;
    if (!suite.has(reference) || !suite.has(subject))
        return std::nullopt;
    const GapWaterfall gap = suite.ledger.waterfall(*suite.places[reference], *suite.places[subject]);
    if (gap.n == 0)
        return std::nullopt;
    ChartSpec chart = maker.make(("gap_" + std::to_string(subject) + suite.idEnd).c_str(),
                                 maker.words(ASSAY_TEXT("Compare", "Where the gap comes from: %1 and %2"),
                                             {nameOf(maker, reference), nameOf(maker, subject)}),
                                 ChartKind::Waterfall);
    chart.subtitle = countText(maker, suite, gap.n);
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "right answers"));
    chart.percent = true;
    chart.yMaximum = 1;
    double level = gap.first;
    ChartSeries first = maker.seriesOf(reference), last = maker.seriesOf(subject);
    ChartSeries steps{maker.words(ASSAY_TEXT("Compare", "difference by class")), Role::Other, 0, {}};
    first.points.push_back(step(0, 0, level, level, gap.n));
    first.points.back().label = formatPercent(level);
    chart.categories.push_back(nameOf(maker, reference));
    for (const Loss &loss : kLosses) {
        const double change = -(gap.*loss.step);
        if (change == 0 && loss.outcome != Outcome::Wrong)
            continue;
        steps.points.push_back(step(chart.categories.size(), level, level + change, change, gap.n));
        steps.points.back().label = maker.words(ASSAY_TEXT("Compare", "%1 points"), {threeDigits(change * 100)});
        level += change;
        chart.categories.push_back(outcomeWord(maker, loss.outcome));
    }
    last.points.push_back(step(chart.categories.size(), 0, gap.second, gap.second, gap.n));
    last.points.back().label = formatPercent(gap.second);
    chart.categories.push_back(nameOf(maker, subject));
    chart.note = maker.words(ASSAY_TEXT("Compare", "Each step is what this class of outcomes takes or gives. Only the last one, wrong, is the "
                                                   "model itself: the others are limits, formats, refusals and faults."));
    chart.series = {std::move(first), std::move(steps), std::move(last)};
    return chart;
}

} // namespace assay
