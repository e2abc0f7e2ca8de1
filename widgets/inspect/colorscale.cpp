// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/colorscale.h"

#include "widgets/common/theme.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

// Okabe-Ito blue and vermillion; a darker end gives the far values more steps.
constexpr QRgb kBelow = 0xff0072b2, kBelowEnd = 0xff003a63, kAbove = 0xffd55e00, kAboveEnd = 0xff7a2a00;
constexpr QRgb kBelowEndDark = 0xff9ad4ff, kAboveEndDark = 0xffffc49a;
constexpr double kMiddle = 0.65; ///< where the pure colour stands

QColor side(double t, const QColor &paper, const QColor &pure, const QColor &end)
{
    return t < kMiddle ? mixedColor(paper, pure, t / kMiddle) : mixedColor(pure, end, (t - kMiddle) / (1 - kMiddle));
}

} // namespace

ColorScale::ColorScale(double limit, const QPalette &palette) : m_limit(limit > 0 ? limit : 1)
{
    const bool dark = isDark(palette);
    const QColor paper = palette.color(QPalette::Base);
    const int half = int(m_steps.size()) / 2;
    for (int i = -half; i <= half; ++i) {
        const double t = std::abs(double(i)) / half;
        const QColor color = i < 0 ? side(t, paper, QColor(kBelow), QColor(dark ? kBelowEndDark : kBelowEnd))
                                   : side(t, paper, QColor(kAbove), QColor(dark ? kAboveEndDark : kAboveEnd));
        m_steps[size_t(i + half)] = color.rgb();
    }
}

QRgb ColorScale::operator()(double value) const
{
    if (std::isnan(value))
        return notFinite().rgb();
    const double half = double(m_steps.size() - 1) / 2;
    const double place = std::clamp(value / m_limit, -1.0, 1.0) * half + half;
    return m_steps[size_t(std::lround(place))];
}

} // namespace assay
