// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// What a subject stands for in a comparison; always the same colour, letter and marker.
enum class Role { Base, Full, Distilled, Other };
const char *roleName(Role role);   ///< "base", "full", "distilled", "other"; translation context "Role"
const char *roleLetter(Role role); ///< "B", "F", "D", "O"
std::optional<Role> roleFromName(std::string_view name);

/// One mark of a chart. Bars use category (index into ChartSpec::categories) as x.
struct ChartPoint
{
    double x = 0, y = 0;
    std::optional<double> low, high; ///< error bar
    size_t n = 0;
    std::string label; ///< for the hover read-out and the table twin: the value as text
    double size = 0;   ///< scatter: what the marker's area stands for (bytes)
    double base = 0;   ///< stacked bars and waterfalls: where it begins
    /// Not empty where the point stands out, and why. Lines: "knee". Forest: the verdict. Matrix: why the cell is hatched.
    std::string mark = {};
    double value = 0; ///< Matrix: what the cell's tint stands for
};

struct ChartSeries
{
    std::string name; ///< the subject
    Role role = Role::Other;
    int order = 0; ///< tells several subjects of the same role apart
    std::vector<ChartPoint> points;
    bool joined = true; ///< Lines: whether the points are joined, else markers alone
    bool band = false;  ///< Lines: intervals are a band around the line, which has no markers
};

enum class ChartKind {
    GroupedBars, ///< a group per category, a bar per series, error bars; the axis starts at 0
    Distribution, ///< cumulative step lines
    Lines,        ///< points with error bars joined by lines
    Scatter,      ///< markers with error bars, area by size
    Forest,       ///< a line a category (its index is y), from the top down: a marker at x with its interval along x
    Waterfall,    ///< bars from ChartPoint::base to y, each of which goes on where the one before ended
    Matrix,       ///< cells: x is the index of the category, y that of the row, from the top down
};
/// Whether a bar stands over each category.
inline bool hasBars(ChartKind kind) { return kind == ChartKind::GroupedBars || kind == ChartKind::Waterfall; }

/// A line across the chart: what a device holds, how far something reaches.
struct ChartLine
{
    double at = 0;
    std::string label;
    bool vertical = false;
    std::string handle = {}; ///< it can be dragged, and is called so then
};

/// A chart as data: the window draws it with QCustomPlot, the report as vectors, and its table twin from the
/// same points. Texts are already translated.
struct ChartSpec
{
    std::string id; ///< "latency", "memory", "accuracy", "tpot_cdf", "accuracy_difficulty", ...
    std::string title;    ///< what
    std::string subtitle; ///< under which load
    std::string xLabel, yLabel; ///< with units
    ChartKind kind = ChartKind::GroupedBars;
    std::vector<std::string> categories;
    std::vector<std::string> rows; ///< Matrix
    std::vector<ChartSeries> series;
    std::optional<double> yMaximum; ///< 1 for rates
    bool percent = false;           ///< y is a rate; of a Matrix the cells' values
    bool diverging = false;         ///< Matrix: values below 0 have another colour
    bool logX = false;
    bool stacked = false;           ///< bars of a category stand on each other, from ChartPoint::base on
    std::vector<ChartLine> lines;
    std::string note;               ///< what is left out, what size means
    std::string missing;            ///< not empty: nothing to draw yet, and why
};

} // namespace assay
