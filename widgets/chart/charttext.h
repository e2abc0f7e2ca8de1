// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"

#include <QString>

namespace assay {

/// The table twin, tab-separated, for the clipboard.
QString tableText(const ChartSpec &spec);
/// The same for a screen reader: few points of each series.
QString toldText(const ChartSpec &spec);

} // namespace assay
