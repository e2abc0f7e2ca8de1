// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/samechart.h"

#include <algorithm>
#include <tuple>

namespace assay {
namespace {

auto fields(const ChartPoint &p)
{
    return std::tie(p.x, p.y, p.low, p.high, p.n, p.label, p.size, p.base, p.mark, p.value);
}

auto fields(const ChartSpec &s)
{
    return std::tie(s.id, s.title, s.subtitle, s.xLabel, s.yLabel, s.kind, s.categories, s.rows, s.yMaximum, s.percent, s.logX,
                    s.diverging, s.stacked, s.note, s.missing);
}

bool sameLine(const ChartLine &a, const ChartLine &b)
{
    return std::tie(a.at, a.label, a.vertical, a.handle) == std::tie(b.at, b.label, b.vertical, b.handle);
}

bool sameSeries(const ChartSeries &a, const ChartSeries &b)
{
    const auto samePoint = [](const ChartPoint &p, const ChartPoint &q) { return fields(p) == fields(q); };
    return std::tie(a.name, a.role, a.order, a.joined, a.band) == std::tie(b.name, b.role, b.order, b.joined, b.band)
           && std::equal(a.points.begin(), a.points.end(), b.points.begin(), b.points.end(), samePoint);
}

} // namespace

bool sameChart(const ChartSpec &a, const ChartSpec &b)
{
    return fields(a) == fields(b)
           && std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(), sameLine)
           && std::equal(a.series.begin(), a.series.end(), b.series.begin(), b.series.end(), sameSeries);
}

} // namespace assay
