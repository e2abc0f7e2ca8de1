// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/runforest.h"

#include <algorithm>

namespace assay {
namespace {

bool drawn(const RunDifference &row)
{
    return row.reason.empty() && row.difference.ratio.n > 0 && row.difference.ratio.hasInterval;
}

/// Places of the metrics on the chart's list, each once however many runs have it.
size_t placeOf(std::vector<std::string> &places, const std::string &label)
{
    const auto found = std::find(places.begin(), places.end(), label);
    if (found != places.end())
        return size_t(found - places.begin());
    places.push_back(label);
    return places.size() - 1;
}

ChartSeries &seriesOf(ChartSpec &chart, size_t run, const std::vector<std::string> &names)
{
    const auto found = std::find_if(chart.series.begin(), chart.series.end(), [&](const ChartSeries &one) { return one.order + 1 == int(run); });
    if (found != chart.series.end())
        return *found;
    chart.series.push_back({names[run], Role::Other, int(run) - 1, {}});
    return chart.series.back();
}

} // namespace

std::vector<ChartSpec> forestCharts(const std::vector<std::string> &names, const std::vector<RunDifference> &rows, const Words &words)
{
    std::vector<ChartSpec> charts;
    for (const RunDifference &row : rows) {
        if (!drawn(row))
            continue;
        auto chart = std::find_if(charts.begin(), charts.end(), [&](const ChartSpec &one) { return one.subtitle == row.point; });
        if (chart == charts.end()) {
            ChartSpec &added = charts.emplace_back();
            added.id = "run_differences." + std::to_string(charts.size());
            added.title = words(ASSAY_TEXT("Compare", "Difference to %1"), {names.front()});
            added.subtitle = row.point;
            added.xLabel = words(ASSAY_TEXT("Compare", "difference, % of the reference"));
            added.kind = ChartKind::Forest;
            added.lines = {{0, words(ASSAY_TEXT("Compare", "no difference")), true, {}}};
            added.note = words(ASSAY_TEXT("Compare", "Bars are 95 % intervals; one that crosses the line is a difference smaller than noise."));
            chart = charts.end() - 1;
        }
        const Estimate &ratio = row.difference.ratio;
        ChartPoint point;
        point.x = (ratio.value - 1) * 100;
        point.y = double(placeOf(chart->categories, row.label));
        point.low = (ratio.low - 1) * 100;
        point.high = (ratio.high - 1) * 100;
        point.n = ratio.n;
        point.label = row.percentText;
        seriesOf(*chart, row.run, names).points.push_back(std::move(point));
    }
    return charts;
}

} // namespace assay
