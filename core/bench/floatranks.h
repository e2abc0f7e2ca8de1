// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace assay {

/// Pieces of numbers that together are one sample; each piece is given once a call.
using FloatPieces = std::function<void(const std::function<void(std::span<const float>)> &)>;

/// Quantile estimates of many numbers of at least 0, exact, in two passes whatever their distribution: ten million gaps take
/// some tens of milliseconds. One estimate for each p; nothing where the sample does not support it; p = 0.5 is the median,
/// which every sample supports.
std::vector<std::optional<Estimate>> quantilesOf(const FloatPieces &pieces, const std::vector<double> &ps);

} // namespace assay
