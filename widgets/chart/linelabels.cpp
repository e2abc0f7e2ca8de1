// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/linelabels.h"

#include <algorithm>

namespace assay {
namespace {

constexpr double kAside = 3;     ///< pixels between a label's text and its edge
constexpr double kAboveFoot = 2; ///< pixels
constexpr int kMostWidths = 4;   ///< of the plot, one below the other: what is longer is cut, and said to be

/// Across x, inside the plot, above what is there already.
QRectF placeFor(double x, const QSizeF &size, const QRectF &plot, const std::vector<QRectF> &taken)
{
    const double left = std::clamp(x - size.width() / 2, plot.left(), std::max(plot.left(), plot.right() - size.width()));
    QRectF place(QPointF(left, plot.bottom() - kAboveFoot - size.height()), size);
    for (size_t moves = 0; moves <= taken.size(); ++moves) {
        const auto other = std::ranges::find_if(taken, [&](const QRectF &one) { return one.intersects(place); });
        if (other == taken.end())
            break;
        place.moveBottom(other->top() - 1);
    }
    place.moveTop(std::max(place.top(), plot.top()));
    return place;
}

} // namespace

LineLabels::LineLabels(QCustomPlot *plot, std::vector<Line> lines, const ChartStyle &style)
    : QCPAbstractItem(plot), m_lines(std::move(lines)), m_style(style)
{
    setSelectable(false);
}

double LineLabels::selectTest(const QPointF &, bool, QVariant *) const
{
    return -1;
}

void LineLabels::draw(QCPPainter *painter)
{
    const QRectF plot = mParentPlot->axisRect()->rect();
    const QFont font = scaledFont(m_style.font, 0.85);
    const QFontMetricsF metrics(font);
    const int flags = Qt::AlignHCenter | Qt::TextWordWrap;
    std::vector<QRectF> taken;
    for (const Line &line : m_lines) {
        const double x = mParentPlot->xAxis->coordToPixel(line.at);
        if (line.label.isEmpty() || x < plot.left() - 1 || x > plot.right() + 1)
            continue;
        const double room = plot.width() - 2 * kAside;
        const QString shown = metrics.elidedText(line.label, Qt::ElideRight, kMostWidths * room);
        const QSizeF text = metrics.boundingRect(QRectF(0, 0, room, 1e5), flags, shown).size();
        const QRectF place = placeFor(x, QSizeF(std::min(text.width() + 1, room) + 2 * kAside, text.height()), plot, taken);
        painter->fillRect(place, m_style.background);
        painter->setFont(font);
        painter->setPen(m_style.text);
        painter->drawText(place.adjusted(kAside - 1, 0, 1 - kAside, 0), flags | Qt::TextDontClip, shown);
        taken.push_back(place);
    }
}

} // namespace assay
