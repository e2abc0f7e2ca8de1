// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/finding.h"
#include "core/compare/chartspec.h"

#include <QColor>
#include <QPalette>

/// Every colour of the window is declared here (UI.md: Okabe-Ito for subjects, the palette for the rest).
namespace assay {

enum class ColorScheme { System, Light, Dark };
const char *colorSchemeName(ColorScheme scheme); ///< "system", "light", "dark": for the settings file
ColorScheme colorSchemeFromName(const QString &name);

/// The colour of a subject. order tells several subjects of one role apart.
QColor roleColor(Role role, int order = 0);
/// Black or white, whichever reads better on this colour (WCAG contrast).
QColor textColorOn(const QColor &background);
QColor severityColor(Severity severity, const QPalette &palette);
/// What was found of a claim: in its favour, against it, or neither; beside a word and a symbol.
enum class Judged { For, Against, Unsettled, Untested };
QColor judgedColor(Judged judged, const QPalette &palette);
/// The fill of bars that stand for parts of one subject (components, dtypes).
QColor barColor(const QPalette &palette);
/// Text of second rank: labels, hints.
QColor mutedColor(const QPalette &palette);
/// Lines between panes and around tiles; also the grid of a chart.
QColor lineColor(const QPalette &palette);
/// t = 0 gives a, t = 1 gives b.
QColor mixedColor(const QColor &a, const QColor &b, double t);

bool isDark(const QPalette &palette);
QPalette lightPalette();
QPalette darkPalette();
/// Sets the application's palette. System follows the desktop's lightness; call it again on
/// QEvent::ThemeChange.
void applyColorScheme(ColorScheme scheme);

} // namespace assay
