// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart had no room for, for the pointer's read-out: nothing is lost to those who look.
#include "widgets/chart/chartscene.h"

#include <cmath>

namespace assay {
namespace {

QString words(const QString &text)
{
    return QString(text).remove(u'\n').remove(u' ');
}

/// The whole text where not all of it is shown, however its lines are broken.
QString ifCut(const QString &shown, const QString &whole)
{
    return words(shown) == words(whole) ? QString() : whole;
}

QString ifCut(QCPAxisTickerText &ticker, double at, const std::vector<std::string> &names)
{
    const double index = std::round(at);
    if (!(index >= 0 && index < double(names.size())))
        return {};
    return ifCut(ticker.ticks().value(index), QString::fromStdString(names[size_t(index)]));
}

} // namespace

QString ChartScene::cutTextAt(const QPointF &position) const
{
    const QRect plot = m_plot->axisRect()->rect();
    for (const auto &[label, whole] : m_lineLabels) {
        if (QRectF(label->topLeft->pixelPosition(), label->bottomRight->pixelPosition()).contains(position))
            return ifCut(label->text(), whole);
    }
    if (m_plot->legend->visible()) {
        for (SeriesPlot *series : m_series) {
            const QCPPlottableLegendItem *item = m_plot->legend->itemWithPlottable(series);
            if (item && QRectF(item->outerRect()).contains(position))
                return ifCut(series->name(), series->fullName());
        }
    }
    const bool beside = position.x() < plot.left() && position.y() >= plot.top() && position.y() <= plot.bottom();
    const bool below = position.y() > plot.bottom() && position.x() >= plot.left() && position.x() <= plot.right();
    if (beside && m_rowTicker)
        return ifCut(*m_rowTicker, m_plot->yAxis->pixelToCoord(position.y()), m_spec.kind == ChartKind::Forest ? m_spec.categories : m_spec.rows);
    if (beside)
        return ifCut(m_plot->yAxis->label(), QString::fromStdString(m_spec.yLabel));
    if (below && m_categoryTicker)
        return ifCut(*m_categoryTicker, m_plot->xAxis->pixelToCoord(position.x()), m_spec.categories);
    return {};
}

} // namespace assay
