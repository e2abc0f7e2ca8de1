// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/theme.h"

#include <QApplication>

#include <array>
#include <cmath>

namespace assay {
namespace {

constexpr QRgb kBase = 0xffe69f00, kFull = 0xff0072b2, kDistilled = 0xff009e73;
constexpr std::array<QRgb, 4> kOthers{0xffcc79a7, 0xff56b4e9, 0xffd55e00, 0xff999999};

/// What differs between light and dark.
struct Shades
{
    QRgb window, base, alternate, text, muted, button, line, highlight, highlightedText, link;
};
constexpr Shades kLight{0xfff3f4f6, 0xffffffff, 0xfff7f8fa, 0xff1b1d21, 0xff5b6270,
                        0xfffafbfc, 0xffc9ced6, 0xff2f6fb3, 0xffffffff, 0xff0b5cad};
constexpr Shades kDark{0xff202328, 0xff17191d, 0xff1c1f24, 0xffe6e8eb, 0xff9aa3b0,
                       0xff2a2e35, 0xff434953, 0xff3b78b8, 0xffffffff, 0xff7db9f5};

QPalette paletteOf(const Shades &shades)
{
    QPalette palette(QColor::fromRgb(shades.button), QColor::fromRgb(shades.window));
    const auto set = [&palette](QPalette::ColorRole role, QRgb color) {
        palette.setColor(role, QColor(color));
    };
    set(QPalette::Window, shades.window);
    set(QPalette::WindowText, shades.text);
    set(QPalette::Base, shades.base);
    set(QPalette::AlternateBase, shades.alternate);
    set(QPalette::Text, shades.text);
    set(QPalette::PlaceholderText, shades.muted);
    set(QPalette::Button, shades.button);
    set(QPalette::ButtonText, shades.text);
    set(QPalette::BrightText, shades.highlightedText);
    set(QPalette::ToolTipBase, shades.base);
    set(QPalette::ToolTipText, shades.text);
    set(QPalette::Highlight, shades.highlight);
    set(QPalette::HighlightedText, shades.highlightedText);
    set(QPalette::Link, shades.link);
    set(QPalette::LinkVisited, shades.link);
    set(QPalette::Mid, shades.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role,
                         mixedColor(QColor(shades.text), QColor(shades.window), 0.55));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(shades.line));
    return palette;
}

/// Relative luminance, WCAG 2.1.
double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

const char *colorSchemeName(ColorScheme scheme)
{
    switch (scheme) {
    case ColorScheme::System:
        return "system";
    case ColorScheme::Light:
        return "light";
    case ColorScheme::Dark:
        return "dark";
    }
    return "system";
}

ColorScheme colorSchemeFromName(const QString &name)
{
    for (const ColorScheme scheme : {ColorScheme::Light, ColorScheme::Dark}) {
        if (name == QLatin1String(colorSchemeName(scheme)))
            return scheme;
    }
    return ColorScheme::System;
}

QColor roleColor(Role role, int order)
{
    if (role == Role::Other)
        return QColor(kOthers[size_t(std::max(order, 0)) % kOthers.size()]);
    const QColor color(role == Role::Base ? kBase : role == Role::Full ? kFull : kDistilled);
    // Further subjects of the same role keep the hue and step towards black and white in turn.
    if (order <= 0)
        return color;
    const double step = std::min(0.25 * ((order + 1) / 2), 0.6);
    return mixedColor(color, order % 2 ? QColor(Qt::white) : QColor(Qt::black), step);
}

QColor textColorOn(const QColor &background)
{
    const double l = luminance(background);
    return 1.05 / (l + 0.05) >= (l + 0.05) / 0.05 ? QColor(Qt::white) : QColor(Qt::black);
}

QColor severityColor(Severity severity, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (severity) {
    case Severity::Info:
        return QColor(dark ? 0xff7db9f5 : 0xff0b5cad);
    case Severity::Warning:
        return QColor(dark ? 0xffe9b44c : 0xff8a5a00);
    case Severity::Problem:
        return QColor(dark ? 0xffff8a80 : 0xffb3261e);
    }
    return palette.color(QPalette::WindowText);
}

QColor judgedColor(Judged judged, const QPalette &palette)
{
    switch (judged) {
    case Judged::For:
        return QColor(isDark(palette) ? 0xff4cc9a0 : 0xff00664a);
    case Judged::Against:
        return severityColor(Severity::Problem, palette);
    case Judged::Unsettled:
        return severityColor(Severity::Warning, palette);
    case Judged::Untested:
        return mutedColor(palette);
    }
    return palette.color(QPalette::WindowText);
}

QColor barColor(const QPalette &palette)
{
    // Between the highlight and the paper: text over it keeps its contrast.
    return mixedColor(palette.color(QPalette::Highlight), palette.color(QPalette::Base),
                      isDark(palette) ? 0.45 : 0.68);
}

QColor mutedColor(const QPalette &palette)
{
    return palette.color(QPalette::PlaceholderText);
}

QColor lineColor(const QPalette &palette)
{
    return palette.color(QPalette::Mid);
}

QColor mixedColor(const QColor &a, const QColor &b, double t)
{
    const auto mix = [t](float x, float y) { return float(x + (y - x) * t); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window)) < luminance(palette.color(QPalette::WindowText));
}

QPalette lightPalette()
{
    return paletteOf(kLight);
}

QPalette darkPalette()
{
    return paletteOf(kDark);
}

void applyColorScheme(ColorScheme scheme)
{
    bool dark = scheme == ColorScheme::Dark;
    if (scheme == ColorScheme::System) {
        QApplication::setPalette(QPalette()); // back to the desktop's own, to read its lightness
        dark = isDark(QApplication::palette());
    }
    QApplication::setPalette(dark ? darkPalette() : lightPalette());
}

} // namespace assay
