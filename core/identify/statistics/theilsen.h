// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"

#include <optional>
#include <span>

namespace assay {

/// A line through points of which some may be far off.
struct TheilSenLine
{
    Estimate slope;       ///< median of the slopes of all pairs, with Sen's 95 % interval (1968)
    double intercept = 0; ///< median of y - slope x
};
/// Of time to first token over prompt length: the ratio of two slopes is about that of active parameters on equal hardware
/// (identity.md 7.12). Nothing with fewer than three points, fewer than two places x, more than 2000 points, or values that are not finite.
std::optional<TheilSenLine> theilSen(std::span<const double> x, std::span<const double> y);

} // namespace assay
