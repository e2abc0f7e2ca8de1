// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/marklabels.h"

#include <algorithm>

namespace assay {
namespace {

constexpr double kAside = 10; ///< pixels from the point's middle: its ring is between

/// The first free place of a label around its point: above, below, then further away; nothing when there is none.
std::optional<QRectF> placeFor(const QPointF &point, const QSizeF &size, const QRectF &plot, const std::vector<QRectF> &taken)
{
    for (int step = 0; step < 8; ++step) {
        const double away = kAside + step * size.height();
        for (const double top : {point.y() - away - size.height(), point.y() + away}) {
            for (const double left : {point.x() - size.width() / 2, point.x() - size.width() - 2, point.x() + 2}) {
                QRectF place(QPointF(std::clamp(left, plot.left() + 2, std::max(plot.left() + 2, plot.right() - size.width() - 2)), top), size);
                const bool free = std::none_of(taken.begin(), taken.end(), [&](const QRectF &other) { return other.intersects(place); });
                if (free && place.top() >= plot.top() && place.bottom() <= plot.bottom())
                    return place;
            }
        }
    }
    return std::nullopt;
}

} // namespace

MarkLabels::MarkLabels(QCustomPlot *plot, std::vector<SeriesPlot *> series, const ChartStyle &style)
    : QCPAbstractItem(plot), m_series(std::move(series)), m_style(style)
{
    setSelectable(false);
}

double MarkLabels::selectTest(const QPointF &, bool, QVariant *) const
{
    return -1;
}

void MarkLabels::draw(QCPPainter *painter)
{
    const QRectF plot = mParentPlot->axisRect()->rect();
    const QFont font = scaledFont(m_style.font, 0.85);
    const QFontMetricsF metrics(font);
    std::vector<QRectF> taken; // markers are not written on
    for (const SeriesPlot *series : m_series) {
        for (size_t i = 0; i < series->points().size(); ++i) {
            const QPointF at = series->positionOf(i);
            taken.emplace_back(at - QPointF(4, 4), QSizeF(8, 8));
        }
    }
    for (const SeriesPlot *series : m_series) {
        for (size_t i = 0; i < series->points().size(); ++i) {
            if (series->points()[i].mark.empty())
                continue;
            const QString text = series->mark().letter + QStringLiteral(": ") + QString::fromStdString(series->points()[i].mark);
            const QPointF at = series->positionOf(i);
            const auto place = plot.contains(at) ? placeFor(at, QSizeF(metrics.horizontalAdvance(text) + 4, metrics.height()), plot, taken) : std::nullopt;
            if (!place)
                continue;
            painter->setFont(font);
            painter->setPen(m_style.text);
            painter->drawText(*place, Qt::AlignCenter | Qt::TextDontClip, text);
            taken.push_back(*place);
        }
    }
}

} // namespace assay
