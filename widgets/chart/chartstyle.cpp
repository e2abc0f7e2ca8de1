// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/chartstyle.h"

#include "widgets/common/theme.h"

#include <algorithm>
#include <cmath>

namespace assay {

ChartStyle ChartStyle::fromPalette(const QPalette &palette, const QFont &font)
{
    ChartStyle style;
    style.font = font;
    style.text = palette.color(QPalette::Text);
    style.background = palette.color(QPalette::Base);
    style.muted = mutedColor(palette);
    style.grid = mixedColor(style.background, lineColor(palette), 0.6);
    return style;
}

ChartStyle ChartStyle::onWhite(QFont font)
{
    font.setHintingPreference(QFont::PreferNoHinting);
    ChartStyle style;
    style.font = font;
    style.text = QColor(0x1b, 0x1d, 0x21);
    style.muted = QColor(0x4a, 0x50, 0x5c);
    style.grid = QColor(0xdd, 0xe0, 0xe5);
    style.background = Qt::white;
    return style;
}

QFont scaledFont(QFont font, double factor)
{
    if (font.pixelSize() > 0)
        font.setPixelSize(std::max(1, int(std::lround(font.pixelSize() * factor))));
    else
        font.setPointSizeF(std::max(1.0, font.pointSizeF() * factor));
    return font;
}

} // namespace assay
