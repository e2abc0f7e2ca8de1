// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/evaluation.h"
#include "core/evaluate/scorer.h"

namespace assay {

/// The one figure of a scorer over a run's rows, as the tool that it matches prints it.
struct RunFigure
{
    const Scorer *scorer = nullptr;
    double value = NAN;    ///< NaN where there is none: no row, a correlation of a side that does not vary
    size_t items = 0;      ///< it is over; the samples of an item are averaged first
    size_t leftOut = 0;    ///< rows that have nothing to measure: errors, and, of correlations, answers without a number
};
/// Errors are left out and counted; a row that is neither right nor wrong has the score 0, as in the tools. Matthews and F1 count an
/// answer in which no class was found as a wrong class of its own. Perplexity and bits per byte are of all texts' sums.
RunFigure figureOf(const Scorer &scorer, const Suite &suite, const ItemRows &rows);
/// The figures of the suite's scorer and of those that are shown beside it. The rows are judged anew by each: nothing is asked.
std::vector<RunFigure> figuresOf(const Suite &suite, const ItemRows &rows);

} // namespace assay
