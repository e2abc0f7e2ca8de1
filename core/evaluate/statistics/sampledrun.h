// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/itemrows.h"
#include "core/evaluate/statistics/repeatedsampling.h"

#include <vector>

namespace assay {

/// A run whose items were asked several times: what came back of each item, in the order in which items occur first. Of rows with the same
/// item and sample number the first counts.
struct SampledRun
{
    std::vector<SampleCounts> counts;
    /// Of each item 1 where the answer that most samples give is right, else 0; also 0 where no sample has an answer. Empty where answers are
    /// too long to be among the columns.
    std::vector<double> consensus;
    size_t most() const; ///< samples of an item; 1: nothing was asked again

    Estimate average() const { return overSamples(counts, OfSamples::Average, 0); } ///< avg@k: share of right samples, averaged over items
    Estimate passAt(size_t k) const { return overSamples(counts, OfSamples::AtLeastOne, k); }
    Estimate allOf(size_t k) const { return overSamples(counts, OfSamples::All, k); }
    Estimate agreed() const; ///< cons@k; n = 0 where it is not known
};
/// Whether any item was asked more than once.
bool askedAgain(const ItemRows &rows);
/// Of the items of this task; of all where it is empty.
SampledRun sampledRun(const ItemRows &rows, const std::string &task = {});

} // namespace assay
