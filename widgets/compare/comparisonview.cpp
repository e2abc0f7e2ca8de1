// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/comparisonview.h"

#include "core/service/translation.h"

#include <map>

namespace assay {

std::vector<ComparedColumn> columnsOf(const Comparison &comparison)
{
    std::vector<ComparedColumn> columns;
    std::map<Role, int> seen;
    for (const ComparedSubject &subject : comparison.subjects)
        columns.push_back({subjectTitle(subject, qtTranslate()), subject.subject.path, subject.dtype, subject.role, seen[subject.role]++});
    return columns;
}

ComparisonView viewOf(const Comparison &comparison, const Translate &translate)
{
    ComparisonView view;
    view.subjects = columnsOf(comparison);
    view.reference = comparison.reference;
    view.headline = headline(comparison, translate);
    view.warnings = comparisonWarnings(comparison, translate);
    view.charts = comparisonCharts(comparison, translate);
    view.rows = comparisonTable(comparison, translate);
    view.pairs = pairedComparisons(comparison, translate);
    return view;
}

} // namespace assay
