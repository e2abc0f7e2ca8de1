// SPDX-License-Identifier: GPL-3.0-or-later
// Where a subject falls off: its score and the difference to the reference over one axis and over two.
#include "core/base/units.h"
#include "core/compare/accuracy/pairedcharts.h"
#include "core/evaluate/statistics/standarderrors.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr size_t kFewItems = 10; ///< a cell of fewer is hatched: its interval spans most of the scale

/// Two axes of a suite as columns and rows, and the items in each cell.
struct Grid
{
    std::string columnAxis, rowAxis;
    AxisBins columns, rows;
    std::vector<std::vector<uint32_t>> cells = {}; ///< row by row
};

/// A grid only where most of its cells have items: two axes that rise together are a line.
std::optional<Grid> gridOf(const Ledger &ledger, const std::string &columns, const std::string &rows)
{
    const std::span<const double> x = ledger.axis(columns), y = ledger.axis(rows);
    Grid grid{columns, rows, AxisBins(x), AxisBins(y)};
    if (grid.columns.count() < 2 || grid.rows.count() < 2)
        return std::nullopt;
    grid.cells.resize(grid.columns.count() * grid.rows.count());
    for (uint32_t item = 0; item < ledger.items(); ++item) {
        if (std::isfinite(x[item]) && std::isfinite(y[item]))
            grid.cells[grid.rows.binOf(y[item]) * grid.columns.count() + grid.columns.binOf(x[item])].push_back(item);
    }
    const auto filled = size_t(std::count_if(grid.cells.begin(), grid.cells.end(), [](const auto &cell) { return !cell.empty(); }));
    const bool spread = 2 * filled >= grid.cells.size() && filled > std::max(grid.columns.count(), grid.rows.count());
    return spread ? std::optional(std::move(grid)) : std::nullopt;
}

/// Columns and rows: context over depth where the suite has them, else its first two axes that make a grid.
std::optional<Grid> chooseGrid(const Ledger &ledger)
{
    const std::vector<std::string> axes = ledger.axes();
    const auto has = [&](const char *axis) { return std::find(axes.begin(), axes.end(), axis) != axes.end(); };
    if (has("context") && has("depth")) {
        if (auto grid = gridOf(ledger, "context", "depth"))
            return grid;
    }
    for (size_t i = 0; i < axes.size(); ++i) {
        for (size_t j = i + 1; j < axes.size(); ++j) {
            if (auto grid = gridOf(ledger, axes[i], axes[j]))
                return grid;
        }
    }
    return std::nullopt;
}

ChartSpec gridChart(const ChartMaker &maker, const SuiteLedger &suite, const Grid &grid, const std::string &id, const std::string &title)
{
    ChartSpec chart = maker.make(id.c_str(), title, ChartKind::Matrix);
    chart.subtitle = suite.suite.title;
    chart.xLabel = axisLabel(maker.words, suite.suite, grid.columnAxis);
    chart.yLabel = axisLabel(maker.words, suite.suite, grid.rowAxis);
    chart.percent = true;
    for (size_t bin = 0; bin < grid.columns.count(); ++bin)
        chart.categories.push_back(grid.columns.name(bin));
    for (size_t bin = 0; bin < grid.rows.count(); ++bin)
        chart.rows.push_back(grid.rows.name(bin));
    return chart;
}

/// Tasks differ in difficulty: where each has its own corner of the grid, cells tell tasks apart and not places.
std::string withTasks(const ChartMaker &maker, const SuiteLedger &suite, const std::string &note)
{
    if (suite.suite.tasks.empty())
        return note;
    return maker.words(ASSAY_TEXT("Compare", "%1 The suite has %2 tasks, and not every cell has items of all: cells also differ by task."),
                       {note, std::to_string(suite.suite.tasks.size())});
}

ChartPoint cellPoint(const ChartMaker &maker, const Grid &grid, size_t cell, const Estimate &estimate, const std::string &text)
{
    ChartPoint point;
    point.x = double(cell % grid.columns.count());
    point.y = double(cell / grid.columns.count());
    point.value = estimate.value;
    point.n = estimate.n;
    point.label = maker.words(ASSAY_TEXT("Compare", "%1; n = %2"), {text, std::to_string(estimate.n)});
    return point;
}

ChartSpec accuracySurface(const ChartMaker &maker, const SuiteLedger &suite, const Grid &grid, size_t subject)
{
    const std::string name = subjectTitle(maker.joined.comparison.subjects[subject], maker.words.translate);
    ChartSpec chart = gridChart(maker, suite, grid, "surface_" + suite.suite.name + "_" + std::to_string(subject),
                                maker.words(ASSAY_TEXT("Compare", "Accuracy of %1 over %2 and %3"), {name, grid.columnAxis, grid.rowAxis}));
    chart.note = withTasks(maker, suite, maker.words(ASSAY_TEXT("Compare", "Right answers in percent; hatched where fewer than ten items are behind it.")));
    ChartSeries series = maker.seriesOf(subject);
    for (size_t cell = 0; cell < grid.cells.size(); ++cell) {
        const PairedItems items = pairedItems(suite, subject, subject, grid.cells[cell]);
        if (items.first.empty())
            continue;
        const Estimate rate = meanScore(items.first, items.clusters);
        series.points.push_back(cellPoint(maker, grid, cell, rate, formatEstimate(Unit::Rate, rate)));
        if (items.first.size() < kFewItems)
            series.points.back().mark = maker.words(ASSAY_TEXT("Compare", "few items"));
    }
    chart.series.push_back(std::move(series));
    return chart;
}

std::optional<ChartSpec> differenceSurface(const ChartMaker &maker, const SuiteLedger &suite, const Grid &grid, size_t subject)
{
    const auto &subjects = maker.joined.comparison.subjects;
    const size_t reference = maker.joined.reference;
    ChartSpec chart = gridChart(maker, suite, grid, "surface_difference_" + suite.suite.name + "_" + std::to_string(subject),
                                maker.words(ASSAY_TEXT("Compare", "%1 minus %2 over %3 and %4"),
                                            {subjectTitle(subjects[subject], maker.words.translate), subjectTitle(subjects[reference], maker.words.translate), grid.columnAxis, grid.rowAxis}));
    chart.diverging = true;
    chart.note = withTasks(maker, suite,
                           maker.words(ASSAY_TEXT("Compare", "Difference of the right answers in percentage points on the same items; hatched where it is "
                                                             "not resolved: its interval holds 0.")));
    ChartSeries series = maker.seriesOf(subject);
    for (size_t cell = 0; cell < grid.cells.size(); ++cell) {
        const PairedItems items = pairedItems(suite, subject, reference, grid.cells[cell]);
        if (items.first.empty())
            continue;
        const Estimate difference = differenceOf(items, maker.joined.comparison.margin).estimate;
        series.points.push_back(cellPoint(maker, grid, cell, difference, formatPoints(difference)));
        if (!difference.hasInterval || (difference.low <= 0 && difference.high >= 0))
            series.points.back().mark = maker.words(ASSAY_TEXT("Compare", "not resolved"));
    }
    if (series.points.empty())
        return std::nullopt;
    chart.series.push_back(std::move(series));
    return chart;
}

/// The items in each bin of an axis.
std::vector<std::vector<uint32_t>> binned(const AxisBins &bins, std::span<const double> values)
{
    std::vector<std::vector<uint32_t>> items(bins.count());
    for (uint32_t item = 0; item < values.size(); ++item) {
        if (std::isfinite(values[item]))
            items[bins.binOf(values[item])].push_back(item);
    }
    return items;
}

} // namespace

std::vector<ChartSpec> accuracySurfaces(const ChartMaker &maker, const SuiteLedger &suite)
{
    std::vector<ChartSpec> charts;
    const std::optional<Grid> grid = chooseGrid(suite.ledger); // one for all, so that cells can be compared
    for (size_t subject = 0; grid && subject < maker.joined.size(); ++subject) {
        if (suite.has(subject))
            charts.push_back(accuracySurface(maker, suite, *grid, subject));
    }
    for (size_t subject = 0; grid && subject < maker.joined.size(); ++subject) {
        if (subject == maker.joined.reference)
            continue;
        if (auto chart = differenceSurface(maker, suite, *grid, subject))
            charts.push_back(std::move(*chart));
    }
    return charts;
}

std::optional<ChartSpec> differenceCurve(const ChartMaker &maker, const SuiteLedger &suite, const std::string &axis)
{
    const Joined &joined = maker.joined;
    const std::span<const double> values = suite.ledger.axis(axis);
    const AxisBins bins(values);
    if (bins.count() < 2)
        return std::nullopt;
    ChartSpec chart = maker.make(("difference_" + axis + suite.idEnd).c_str(), maker.words(ASSAY_TEXT("Compare", "Difference of accuracy over %1"), {axis}),
                                 ChartKind::Lines);
    chart.subtitle = maker.words(ASSAY_TEXT("Compare", "%1; to %2, on the same items"),
                                 {suite.suite.title, subjectTitle(joined.comparison.subjects[joined.reference], maker.words.translate)});
    chart.xLabel = axisLabel(maker.words, suite.suite, axis);
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "difference (percentage points)"));
    chart.note = maker.words(ASSAY_TEXT("Compare", "Whiskers are paired intervals at 95 %; where one crosses 0 the difference is not resolved."));
    chart.lines = {{0, {}, false, {}}, {-joined.comparison.margin * 100, maker.words(ASSAY_TEXT("Compare", "margin")), false, {}}};
    const std::vector<std::vector<uint32_t>> items = binned(bins, values);
    std::vector<ChartSeries> series;
    for (size_t subject = 0; subject < joined.size(); ++subject) {
        if (subject == joined.reference)
            continue;
        series.push_back(maker.seriesOf(subject));
        for (size_t bin = 0; bin < bins.count(); ++bin) {
            const PairedItems paired = pairedItems(suite, subject, joined.reference, items[bin]);
            const Estimate difference = differenceOf(paired, joined.comparison.margin).estimate;
            if (difference.n > 0)
                series.back().points.push_back(
                    chartPoint(bins.middle(bin), difference, 100,
                               maker.words(ASSAY_TEXT("Compare", "%1: %2; n = %3"),
                                           {bins.name(bin), formatPoints(difference), std::to_string(difference.n)})));
        }
    }
    maker.finish(chart, std::move(series), {});
    return chart.series.empty() ? std::nullopt : std::optional(std::move(chart));
}

} // namespace assay
