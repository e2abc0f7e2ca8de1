// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/comparisonview.h"

#include <map>

namespace assay {

ComparisonView viewOf(const Comparison &comparison, const Translate &translate)
{
    ComparisonView view;
    std::map<Role, int> seen;
    for (const ComparedSubject &subject : comparison.subjects)
        view.subjects.push_back({subjectTitle(subject), subject.subject.path, subject.dtype, subject.role, seen[subject.role]++});
    view.reference = comparison.reference;
    view.headline = headline(comparison, translate);
    view.warnings = comparisonWarnings(comparison, translate);
    view.charts = comparisonCharts(comparison, translate);
    view.rows = comparisonTable(comparison, translate);
    view.pairs = pairedComparisons(comparison, translate);
    return view;
}

} // namespace assay
