// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"

#include <QIcon>
#include <QRectF>

class QPainter;

namespace assay {

/// "Base", "Full", ... in the user's language.
QString roleText(Role role);
/// A filled square with the role's letter: never colour alone.
void paintRoleChip(QPainter &painter, const QRectF &rect, Role role, int order = 0);
QIcon roleIcon(Role role, int order = 0);

} // namespace assay
