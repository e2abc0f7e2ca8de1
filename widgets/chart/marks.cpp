// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/marks.h"

#include "widgets/common/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPolygonF>

#include <array>

namespace assay {
namespace {

constexpr double kHatchStep = 6;

struct Pattern
{
    Hatch hatch;
    Marker marker;
};
// The first of a role is always the same; further ones walk on.
constexpr std::array<Pattern, 5> kPatterns{{
    {Hatch::None, Marker::Circle},
    {Hatch::Rising, Marker::Square},
    {Hatch::Falling, Marker::Triangle},
    {Hatch::Crossed, Marker::Diamond},
    {Hatch::Level, Marker::TriangleDown},
}};

size_t firstPattern(Role role)
{
    switch (role) {
    case Role::Full: return 0;
    case Role::Base: return 1;
    case Role::Distilled: return 2;
    case Role::Other: break;
    }
    return 3;
}

QList<qreal> dashesOf(size_t pattern)
{
    switch (pattern) {
    case 0: return {};
    case 1: return {6, 3};
    case 2: return {2, 2};
    case 3: return {6, 2, 1.5, 2};
    default: return {10, 3};
    }
}

/// Lines of slope +1 (rising to the right) or -1 inside the rectangle, cut to it by arithmetic: clipping paths
/// are lost in some vector formats.
void drawDiagonals(QPainter *painter, const QRectF &rect, bool rising)
{
    QList<QLineF> lines;
    const double span = rect.width() + rect.height();
    for (double offset = kHatchStep / 2; offset < span; offset += kHatchStep) {
        // From the left or lower edge to the upper or right edge, then mirrored for the other slope.
        const double x1 = std::max(0.0, offset - rect.height()), y1 = std::min(offset, rect.height());
        const double x2 = std::min(offset, rect.width()), y2 = std::max(0.0, offset - rect.width());
        if (rising)
            lines << QLineF(rect.left() + x1, rect.top() + y1, rect.left() + x2, rect.top() + y2);
        else
            lines << QLineF(rect.left() + x1, rect.bottom() - y1, rect.left() + x2, rect.bottom() - y2);
    }
    painter->drawLines(lines);
}

void drawLevels(QPainter *painter, const QRectF &rect)
{
    for (double y = rect.bottom() - kHatchStep / 2; y > rect.top(); y -= kHatchStep)
        painter->drawLine(QLineF(rect.left(), y, rect.right(), y));
}

QPolygonF outline(Marker marker, const QPointF &c, double r)
{
    const double wide = r * 1.1;
    switch (marker) {
    case Marker::Square:
        return QPolygonF({c + QPointF(-r, -r) * 0.88, c + QPointF(r, -r) * 0.88, c + QPointF(r, r) * 0.88,
                          c + QPointF(-r, r) * 0.88});
    case Marker::Triangle:
        return QPolygonF({c + QPointF(0, -wide), c + QPointF(wide, r * 0.85), c + QPointF(-wide, r * 0.85)});
    case Marker::TriangleDown:
        return QPolygonF({c + QPointF(0, wide), c + QPointF(wide, -r * 0.85), c + QPointF(-wide, -r * 0.85)});
    case Marker::Diamond:
        return QPolygonF({c + QPointF(0, -r * 1.25), c + QPointF(r * 1.25, 0), c + QPointF(0, r * 1.25),
                          c + QPointF(-r * 1.25, 0)});
    case Marker::Circle:
        break;
    }
    return {};
}

} // namespace

MarkStyle markStyle(Role role, int order)
{
    const int nth = std::max(order, 0);
    const size_t pattern = (firstPattern(role) + size_t(nth)) % kPatterns.size();
    MarkStyle mark;
    mark.color = roleColor(role, nth);
    mark.letter = QString::fromLatin1(roleLetter(role));
    if (nth > 0)
        mark.letter += QString::number(nth + 1);
    mark.hatch = kPatterns[pattern].hatch;
    mark.marker = kPatterns[pattern].marker;
    mark.dashes = dashesOf(pattern);
    return mark;
}

QPen markPen(const MarkStyle &mark, double width)
{
    QPen pen(mark.color, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (!mark.dashes.isEmpty())
        pen.setDashPattern(mark.dashes);
    return pen;
}

void drawHatchedBar(QPainter *painter, const QRectF &rect, const MarkStyle &mark, const QColor &background)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mark.color);
    painter->drawRect(rect);
    painter->setPen(QPen(mixedColor(mark.color, background, 0.65), 1.2, Qt::SolidLine, Qt::FlatCap));
    if (mark.hatch == Hatch::Rising || mark.hatch == Hatch::Crossed)
        drawDiagonals(painter, rect, true);
    if (mark.hatch == Hatch::Falling || mark.hatch == Hatch::Crossed)
        drawDiagonals(painter, rect, false);
    if (mark.hatch == Hatch::Level)
        drawLevels(painter, rect);
    painter->restore();
}

void drawMarker(QPainter *painter, const QPointF &center, double radius, const MarkStyle &mark, const QColor &fill,
                const QColor &edge)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(edge, 1.5));
    painter->setBrush(fill);
    if (mark.marker == Marker::Circle)
        painter->drawEllipse(center, radius, radius);
    else
        painter->drawPolygon(outline(mark.marker, center, radius));
    painter->restore();
}

void drawErrorBar(QPainter *painter, double x, double yLow, double yHigh, double cap, const QColor &color)
{
    painter->setPen(QPen(color, 1.2, Qt::SolidLine, Qt::FlatCap));
    painter->drawLine(QLineF(x, yLow, x, yHigh));
    painter->drawLine(QLineF(x - cap, yLow, x + cap, yLow));
    painter->drawLine(QLineF(x - cap, yHigh, x + cap, yHigh));
}

void drawLetter(QPainter *painter, const QRectF &rect, const MarkStyle &mark, const QFont &font)
{
    const QFontMetricsF metrics(font);
    const QRectF text = metrics.tightBoundingRect(mark.letter);
    if (text.width() + 3 > rect.width() || text.height() + 4 > rect.height())
        return;
    painter->save();
    // A plate of the plain colour keeps the letter off the hatching.
    QRectF plate(0, 0, std::min(rect.width(), text.width() + 5), text.height() + 4);
    plate.moveCenter(rect.center());
    painter->setPen(Qt::NoPen);
    painter->setBrush(mark.color);
    painter->drawRect(plate);
    painter->setFont(font);
    painter->setPen(textColorOn(mark.color));
    painter->drawText(rect.center() - text.center(), mark.letter);
    painter->restore();
}

} // namespace assay
