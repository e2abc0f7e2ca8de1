// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/comparison.h"

#include <vector>

namespace assay {

/// One column of the comparison: a subject as it is named and marked.
struct ComparedColumn
{
    std::string name, path;
    std::string dtype; ///< where the subject is compared in several; else empty
    Role role = Role::Other;
    int order = 0; ///< tells subjects of the same role apart
};

/// All that the page shows of a comparison, computed from snapshots away from the window's thread.
struct ComparisonView
{
    std::vector<ComparedColumn> subjects;
    size_t reference = 0;
    std::string headline;
    std::vector<std::string> warnings;
    std::vector<ChartSpec> charts;
    std::vector<ComparisonRow> rows;
    std::vector<PairRow> pairs;
};

std::vector<ComparedColumn> columnsOf(const Comparison &comparison);
ComparisonView viewOf(const Comparison &comparison, const Translate &translate);

} // namespace assay
