// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"

namespace assay {

/// True when both would be drawn and told alike: a refresh that changes nothing costs nothing.
bool sameChart(const ChartSpec &a, const ChartSpec &b);

} // namespace assay
