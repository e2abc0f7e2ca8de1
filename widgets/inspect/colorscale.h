// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

#include <array>

namespace assay {

/// Colours of values around zero: blue below, orange above (told apart with any colour vision), the paper at zero, each
/// stronger with the distance. Beyond the limit they stay as they are.
class ColorScale
{
public:
    ColorScale(double limit, const QPalette &palette);
    double limit() const { return m_limit; }
    QRgb operator()(double value) const; ///< NaN has a colour of its own
    static QColor notFinite() { return QColor(0xffcc79a7); }

private:
    double m_limit;
    std::array<QRgb, 257> m_steps; ///< from -limit to limit
};

} // namespace assay
