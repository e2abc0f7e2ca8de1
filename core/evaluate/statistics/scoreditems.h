// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/itemrows.h"
#include "core/evaluate/statistics/standarderrors.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// The score of a row: what its scorer gave; where it gave none, 1 for a right answer and 0 for every other outcome.
double scoreOf(Outcome outcome, double score);

/// The rows of a run by item, in the order in which they occur first, the samples of each averaged. Of rows with the same item and
/// sample number the first counts: an item that occurs twice is no second item. A row without an
/// id is an item of its own, which pairs with none.
struct ScoredItems
{
    std::vector<std::string_view> ids; ///< they live in the rows
    ItemMeans scores;
    std::vector<uint8_t> right;      ///< 1: more than half of the samples are
    std::vector<uint32_t> clusters;  ///< an item without one is a cluster of its own
    std::vector<double> axis;        ///< where an axis was asked for; NaN for items that have none
    bool clustered = false;          ///< some cluster has several items
    bool graded = false;             ///< some mean is neither 0 nor 1

    /// What the functions of numbers take: none where items stand by themselves.
    std::span<const uint32_t> clusterSpan() const { return clustered ? std::span<const uint32_t>(clusters) : std::span<const uint32_t>(); }
};
using RowFilter = std::function<bool(const RowChunk &chunk, size_t row)>;
ScoredItems scoredItems(const ItemRows &rows, const RowFilter &filter = {}, const std::string &axis = {});

/// The items that both have, in the first's order, with the first's clusters.
struct JoinedItems
{
    std::vector<uint32_t> first, second; ///< indices
    std::vector<double> firstScores, secondScores;
    std::vector<uint32_t> clusters;      ///< empty where items stand by themselves
    bool graded = false;
};
JoinedItems joinItems(const ScoredItems &first, const ScoredItems &second);

} // namespace assay
