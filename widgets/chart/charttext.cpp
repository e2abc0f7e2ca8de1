// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/charttext.h"

#include "core/report/report.h"
#include "core/service/translation.h"

#include <QStringList>

namespace assay {
namespace {

constexpr size_t kToldPoints = 24; ///< of each series

/// The chart with few points of each series, evenly chosen, the first and last among them.
ChartSpec outlined(const ChartSpec &spec)
{
    ChartSpec few = spec;
    for (size_t s = 0; s < spec.series.size(); ++s) {
        const auto &all = spec.series[s].points;
        if (all.size() <= kToldPoints)
            continue;
        few.series[s].points.clear();
        for (size_t i = 0; i < kToldPoints; ++i)
            few.series[s].points.push_back(all[i * (all.size() - 1) / (kToldPoints - 1)]);
    }
    return few;
}

QString asTsv(const ReportTable &table)
{
    QStringList lines;
    const auto add = [&lines](const std::vector<std::string> &cells) {
        QStringList line;
        for (const std::string &cell : cells)
            line << toQString(cell).replace(u'\t', u' ').replace(u'\n', u' ');
        lines << line.join(u'\t');
    };
    add(table.header);
    for (const auto &row : table.rows)
        add(row);
    return lines.join(u'\n') + u'\n';
}

} // namespace

QString tableText(const ChartSpec &spec)
{
    return asTsv(tableTwin(spec, qtTranslate()));
}

QString toldText(const ChartSpec &spec)
{
    return tableText(outlined(spec));
}

} // namespace assay
