// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/loadanalysis.h"
#include "widgets/runs/groupedrows.h"
#include "widgets/runs/runline.h"

namespace assay {

/// Everything that is shown of one run, made on a thread of its own.
struct RunDetails
{
    RunLine line;
    std::vector<RowGroup> numbers;  ///< metric, value, n, definition; a group a point, or the outcomes of an evaluation
    std::vector<RowGroup> protocol; ///< setting, value: protocol, then environment
    std::shared_ptr<const LoadAnalysis> analysis; ///< of an endpoint's run
    std::vector<QString> points;    ///< in words; what they all have in common is left out
};
std::shared_ptr<const RunDetails> detailsOf(const RunLine &line);

} // namespace assay
