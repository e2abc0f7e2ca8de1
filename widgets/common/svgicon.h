// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace assay {

/// A one-colour icon of resources/icons, drawn in the palette's text colour of the moment, sharp at any
/// scale.
QIcon themedIcon(const char *name);
/// The same in a fixed colour.
QIcon coloredIcon(const char *name, const QColor &color);
/// The program's own icon.
QIcon assayIcon();

} // namespace assay
