// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/statistics/numbertable.h"

#include <optional>

namespace assay {

/// How many dimensions logits or log-probabilities have: the hidden size (arXiv 2403.06634, 2403.09539).
struct RankGap
{
    size_t rank = 0;   ///< after which the logarithm of the singular values falls most
    double gap = 0;    ///< by how much, ln
    bool clear = false; ///< the gap exceeds 1; log-probabilities of few digits blur it
    std::vector<double> singular; ///< values, the largest first
};

/// The mean of each row is taken off first, which removes a log-probability's normaliser. Rows are prefixes, columns tokens; both must
/// outnumber the rank that is looked for: with k columns no more than k - 2 can be seen. Nothing for tables that do not fit, values
/// that are not finite, fewer than 3 rows or columns, or more than 10,000 of either (the work grows as their cube).
std::optional<RankGap> numericalRank(const NumberTable &table);

} // namespace assay
