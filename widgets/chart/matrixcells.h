// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"
#include "widgets/chart/chartstyle.h"

#include <QRectF>

class QPainter;

namespace assay {

/// What all cells of a matrix share.
struct CellScale
{
    double largest = 1; ///< the value of the strongest tint
    bool percent = false;
};

/// A tinted cell with its number, hatched where the point has a mark. Values below 0 are orange, others blue.
void drawCell(QPainter *painter, const QRectF &rect, const ChartPoint &point, const CellScale &scale, const ChartStyle &style);

} // namespace assay
