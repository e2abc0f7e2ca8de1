// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/comparison.h"

namespace assay {

/// Evaluations by themselves: their models need not be at hand, as those that other tools asked.
using EvaluationList = std::vector<std::shared_ptr<const EvaluationRun>>;

/// A suite that runs are on.
struct StoredSuite
{
    std::string name, title;
    size_t subjects = 0;
};
/// The suites of these runs that have answers, in their order.
std::vector<StoredSuite> storedSuites(const EvaluationList &runs);

/// The first run of each subject and suite: of a list that has the newest first, the newest. Runs that differ in subject, dtype, tool or, of
/// other tools, scorer are several subjects'.
EvaluationList newestOfEach(const EvaluationList &runs);
/// The runs as a comparison that knows nothing else of its subjects. A second run of the same subject and suite is a subject of its own; of
/// subjects with one name each is told apart by what it differs in. Roles are guessed from the names; the first subject is the reference.
Comparison comparisonOf(const EvaluationList &runs);
/// The subject that others are held against where nobody chose one: the first full one, else the most accurate on the headline's suite.
size_t likelyReference(const Comparison &comparison);

} // namespace assay
