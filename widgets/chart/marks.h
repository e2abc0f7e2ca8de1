// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"

#include <QColor>
#include <QPen>
#include <QPointF>
#include <QRectF>
#include <QString>

class QPainter;

namespace assay {

enum class Hatch { None, Rising, Falling, Crossed, Level };
enum class Marker { Circle, Square, Triangle, Diamond, TriangleDown };

/// How one subject is told apart: colour, and letter, hatching, marker and line pattern for those who cannot
/// see the colour.
struct MarkStyle
{
    QColor color;
    QString letter; ///< "F"; "F2" for the second full subject
    Hatch hatch = Hatch::None;
    Marker marker = Marker::Circle;
    QList<qreal> dashes; ///< empty: a solid line
};
MarkStyle markStyle(Role role, int order);

/// A pen for lines and outlines of this subject.
QPen markPen(const MarkStyle &mark, double width);

/// A filled bar. Hatching is drawn as lines: a brush texture becomes a bitmap in a PDF.
void drawHatchedBar(QPainter *painter, const QRectF &rect, const MarkStyle &mark, const QColor &background);
void drawMarker(QPainter *painter, const QPointF &center, double radius, const MarkStyle &mark, const QColor &fill,
                const QColor &edge);
/// A vertical interval with caps at both ends, in pixels.
void drawErrorBar(QPainter *painter, double x, double yLow, double yHigh, double cap, const QColor &color);
/// The letter on the subject's colour, centred, when there is room for it.
void drawLetter(QPainter *painter, const QRectF &rect, const MarkStyle &mark, const QFont &font);

} // namespace assay
