// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/matrixcells.h"

#include "core/base/units.h"
#include "widgets/common/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr double kStrongest = 0.85, kHatchStep = 7;

/// Rising lines, cut by hand: a clip or a brush's texture becomes a bitmap in a PDF.
void drawHatch(QPainter *painter, const QRectF &rect, const QColor &color)
{
    painter->setPen(QPen(color, 0.7));
    for (double offset = kHatchStep; offset < rect.width() + rect.height(); offset += kHatchStep) {
        const double left = std::max(0.0, offset - rect.height()), right = std::min(offset, rect.width());
        painter->drawLine(QPointF(rect.left() + left, rect.top() + offset - left),
                          QPointF(rect.left() + right, rect.top() + offset - right));
    }
}

QString cellText(const ChartPoint &point, bool percent)
{
    if (percent)
        return QString::number(point.value * 100, 'f', 0);
    return point.value == std::floor(point.value) && std::abs(point.value) < 1e9 ? QString::number(point.value, 'f', 0)
                                                                                 : QString::fromStdString(threeDigits(point.value));
}

} // namespace

void drawCell(QPainter *painter, const QRectF &rect, const ChartPoint &point, const CellScale &scale, const ChartStyle &style)
{
    const double share = scale.largest > 0 ? std::clamp(std::abs(point.value) / scale.largest, 0.0, 1.0) : 0;
    const QColor fill = mixedColor(style.background, roleColor(point.value < 0 ? Role::Base : Role::Full), kStrongest * share);
    const QRectF cell = rect.adjusted(1, 1, -1, -1);
    if (cell.width() <= 0 || cell.height() <= 0)
        return;
    painter->setPen(Qt::NoPen);
    painter->setBrush(fill);
    painter->drawRect(cell);
    painter->setBrush(Qt::NoBrush);
    if (!point.mark.empty())
        drawHatch(painter, cell, mixedColor(fill, style.text, 0.45));
    const QFont font = scaledFont(style.font, 0.85);
    const QFontMetricsF metrics(font);
    const QString text = cellText(point, scale.percent);
    const QSizeF size(metrics.horizontalAdvance(text) + 6, metrics.height());
    if (size.width() > cell.width() || size.height() > cell.height())
        return;
    const QRectF plate(cell.center() - QPointF(size.width(), size.height()) / 2, size);
    if (!point.mark.empty()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(fill);
        painter->drawRect(plate);
        painter->setBrush(Qt::NoBrush);
    }
    painter->setFont(font);
    painter->setPen(textColorOn(fill));
    painter->drawText(plate, Qt::AlignCenter, text);
}

} // namespace assay
