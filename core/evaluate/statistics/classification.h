// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace assay {

/// One figure of all items together, as GLUE has them. Classes are numbers; a negative given one is an answer in which no class was
/// found: a wrong class of its own, which no item expects. Lists of unequal lengths, or none: nothing.

/// Matthews' correlation, of any number of classes (Gorodkin 2004); of two it is the phi coefficient. 0 where one side has a single
/// class, as scikit-learn has it.
std::optional<double> matthews(std::span<const int64_t> expected, std::span<const int64_t> given);
/// F1 of one class: 2 tp / (2 tp + fp + fn); 0 where that class neither occurs nor is given, as scikit-learn has it.
std::optional<double> f1Of(std::span<const int64_t> expected, std::span<const int64_t> given, int64_t positive = 1);

/// Pearson's correlation. Pairs with a value that is not finite are left out; nothing below two pairs or where a side does not vary.
std::optional<double> pearson(std::span<const double> first, std::span<const double> second);
/// Spearman's: Pearson's of the ranks, equal values sharing their mean rank.
std::optional<double> spearman(std::span<const double> first, std::span<const double> second);

/// Means of scores in groups (subjects of MMLU, say): over all items, so that large groups count more, and over the groups' means,
/// so that each counts the same. They differ where groups differ in size; a figure must say which it is.
struct GroupedMeans
{
    double micro = 0, macro = 0;
    size_t items = 0, groups = 0;
};
GroupedMeans groupedMeans(std::span<const double> scores, std::span<const uint32_t> groups);

} // namespace assay
