// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/joined.h"
#include "core/compare/runcomparison.h"

namespace assay {

/// Relative differences with their intervals, a chart a point in the order of the rows; rows without any are left out.
std::vector<ChartSpec> forestCharts(const std::vector<std::string> &names, const std::vector<RunDifference> &rows, const Words &words);

} // namespace assay
