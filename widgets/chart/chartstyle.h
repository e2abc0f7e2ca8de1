// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

namespace assay {

/// What a chart takes from where it is drawn; the subjects' colours are the same everywhere.
struct ChartStyle
{
    QFont font;
    QColor text;       ///< labels, axes, error bars
    QColor muted;      ///< subtitle, note
    QColor grid;
    QColor background;

    /// In the window: text and grid from the palette.
    static ChartStyle fromPalette(const QPalette &palette, const QFont &font);
    /// In exports: dark on white, whatever the window looks like. The font needs a pixel size, which stands for
    /// 1/96 inch; it is laid out without hinting, so that it scales.
    static ChartStyle onWhite(QFont font);
};

/// The font with its size times this factor, be it in points or in pixels.
QFont scaledFont(QFont font, double factor);

} // namespace assay
