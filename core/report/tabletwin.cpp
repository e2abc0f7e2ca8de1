// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/report/sections.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr std::array kShares{0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 1.0};

/// Bars and forests: a row a category, a column a series.
void addCategories(const ChartSpec &chart, ReportTable &table)
{
    const bool along = chart.kind == ChartKind::Forest;
    for (size_t category = 0; category < chart.categories.size(); ++category) {
        std::vector<std::string> cells{chart.categories[category]};
        for (const ChartSeries &series : chart.series) {
            const auto point = std::find_if(series.points.begin(), series.points.end(),
                                            [&](const ChartPoint &p) { return (along ? p.y : p.x) == double(category); });
            cells.push_back(point == series.points.end() ? "-" : point->label);
        }
        table.rows.push_back(std::move(cells));
    }
}

/// Whether each line of a forest is a subject's own: a column for each would be empty but for one cell.
bool namesSubjects(const ChartSpec &chart)
{
    bool out = chart.kind == ChartKind::Forest && chart.categories.size() == chart.series.size() && !chart.series.empty();
    for (size_t i = 0; out && i < chart.series.size(); ++i)
        out = chart.series[i].name == chart.categories[i] && chart.series[i].points.size() == 1 && chart.series[i].points[0].y == double(i);
    return out;
}

/// A row a row, a column a category.
void addCells(const ChartSpec &chart, ReportTable &table)
{
    for (size_t row = 0; row < chart.rows.size(); ++row) {
        std::vector<std::string> cells(chart.categories.size() + 1, "-");
        cells.front() = chart.rows[row];
        for (const ChartSeries &series : chart.series) {
            for (const ChartPoint &point : series.points) {
                if (point.y == double(row) && point.x >= 0 && size_t(point.x) < chart.categories.size())
                    cells[size_t(point.x) + 1] = point.mark.empty() ? point.label : point.label + " (" + point.mark + ")";
            }
        }
        table.rows.push_back(std::move(cells));
    }
}

/// A cumulative line: where it reaches certain shares.
void addShares(const ChartSpec &chart, ReportTable &table)
{
    for (double share : kShares) {
        std::vector<std::string> cells{formatPercent(share)};
        for (const ChartSeries &series : chart.series) {
            const auto point = std::find_if(series.points.begin(), series.points.end(),
                                            [&](const ChartPoint &p) { return p.y >= share - 1e-9; });
            cells.push_back(point == series.points.end() ? "-" : threeDigits(point->x));
        }
        table.rows.push_back(std::move(cells));
    }
}

std::string rangeText(double value, double low, double high, double factor)
{
    return threeDigits(value * factor) + " [" + threeDigits(low * factor) + ", " + threeDigits(high * factor) + "]";
}

bool anyMark(const ChartSpec &chart)
{
    return std::any_of(chart.series.begin(), chart.series.end(), [](const ChartSeries &series) {
        return std::any_of(series.points.begin(), series.points.end(), [](const ChartPoint &point) { return !point.mark.empty(); });
    });
}

/// Of a cloud of dots: nobody reads thousands of rows, and a document must not grow with them.
constexpr size_t kMostListed = 100;

/// Lines and scatters: a row a point, of many dots a hundred evenly taken.
void addPoints(const ChartSpec &chart, ReportTable &table, const ReportWords &words)
{
    const bool marked = anyMark(chart);
    const double factor = chart.percent ? 100 : 1;
    for (const ChartSeries &series : chart.series) {
        const size_t step = chart.kind == ChartKind::Scatter ? (series.points.size() + kMostListed - 1) / kMostListed : 1;
        const size_t first = table.rows.size();
        for (size_t i = 0; i < series.points.size(); ++i) {
            const ChartPoint &point = series.points[i];
            if (step > 1 && i % step != 0 && point.mark.empty())
                continue;
            const std::string y = point.low && point.high ? rangeText(point.y, *point.low, *point.high, factor)
                                                          : threeDigits(point.y * factor);
            std::vector<std::string> cells{series.name, threeDigits(point.x), chart.percent ? y + " %" : y, std::to_string(point.n)};
            if (chart.kind == ChartKind::Scatter)
                cells.push_back(point.size > 0 ? formatBytes(point.size) : "-");
            if (marked)
                cells.push_back(point.mark);
            table.rows.push_back(std::move(cells));
        }
        if (step > 1) {
            const std::string left = groupedDigits(int64_t(series.points.size() - (table.rows.size() - first)));
            table.rows.emplace_back(table.header.size());
            table.rows.back().front() = words(ASSAY_TEXT("Report", "%1: %2 more are drawn"), {series.name, left});
        }
    }
}

} // namespace

ReportTable tableTwin(const ChartSpec &chart, const Translate &translate)
{
    const ReportWords words{translate};
    ReportTable table;
    table.title = chart.title;
    if (chart.kind == ChartKind::Lines || chart.kind == ChartKind::Scatter) {
        table.header = {words(ASSAY_TEXT("Report", "Subject")), chart.xLabel, chart.yLabel, words(ASSAY_TEXT("Report", "n"))};
        table.numeric = {false, true, true, true};
        if (chart.kind == ChartKind::Scatter) {
            table.header.push_back(words(ASSAY_TEXT("Report", "Memory")));
            table.numeric.push_back(true);
        }
        if (anyMark(chart)) {
            table.header.push_back(words(ASSAY_TEXT("Report", "What it marks")));
            table.numeric.push_back(false);
        }
        addPoints(chart, table, words);
        return table;
    }
    if (chart.kind == ChartKind::Matrix) {
        table.header = {chart.yLabel};
        table.header.insert(table.header.end(), chart.categories.begin(), chart.categories.end());
        table.numeric.assign(table.header.size(), true);
        table.numeric.front() = false;
        addCells(chart, table);
        return table;
    }
    if (namesSubjects(chart)) {
        const bool marked = anyMark(chart);
        table.header = {chart.yLabel, chart.xLabel};
        table.numeric = {false, true};
        if (marked) {
            table.header.push_back(words(ASSAY_TEXT("Report", "What it marks")));
            table.numeric.push_back(false);
        }
        for (const ChartSeries &series : chart.series) {
            table.rows.push_back({series.name, series.points[0].label});
            if (marked)
                table.rows.back().push_back(series.points[0].mark);
        }
        return table;
    }
    const bool shares = chart.kind == ChartKind::Distribution;
    table.header = {shares ? chart.yLabel : std::string()};
    table.numeric = {shares};
    for (const ChartSeries &series : chart.series) {
        table.header.push_back(shares ? words(ASSAY_TEXT("Report", "%1: %2"), {series.name, chart.xLabel}) : series.name);
        table.numeric.push_back(true);
    }
    if (shares)
        addShares(chart, table);
    else
        addCategories(chart, table);
    return table;
}

} // namespace assay
