// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/distribution/answers.h"
#include "core/identify/evidence.h"

#include <span>

namespace assay {

/// T6 against a reference that answered the same questions: exact one-sided McNemar, p = P(Bin(b + c, 1/2) >= b), b = reference right and
/// subject wrong (identity.md 7.11). Of the items of one group; exact power against each alternative
/// whose rates are known, detectable difference by detectableGap(). Without items: a note that says so.
Evidence pairedItemsEvidence(std::span<const PairedItem> items, const std::string &group, const TestPlan &plan);

/// The items of one group by one of their axes (difficulty, length of the context): how many of each place either side has right. A note, for people to see
/// where a difference lies; nothing where the items have fewer than two places of the axis.
std::optional<Evidence> itemsByAxis(std::span<const PairedItem> items, const std::string &group, const std::string &axis);

/// T6 against rates that were calibrated for the claim (a) and for an alternative (b): sum of x ln(a/b) + (1-x) ln((1-a)/(1-b)), rates
/// clipped to [0.02, 0.98]; one ratio an alternative (identity.md 7.11).
std::vector<Evidence> itemRatioEvidence(std::span<const PairedItem> items);

} // namespace assay
