// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/statistics/standarderrors.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace assay {

/// What makes paired differences vary (E. Miller, arXiv 2411.00640).
struct PairedVariances
{
    double between = 0;             ///< w^2: variance over items of the difference of the two true means of an item
    double first = 0, second = 0;   ///< variance of one sample of each around its item's mean
};
/// From what was measured: `between` is the variance of the differences of means less the noise of the samples behind them, never
/// below 0. With one sample an item that noise cannot be told apart; then `between` is all of it and the others are 0.
PairedVariances pairedVariances(const ItemMeans &first, const ItemMeans &second);

inline constexpr double kPower = 0.8;  ///< chance to find a difference that is there
inline constexpr double kAlpha = 0.05; ///< two-sided chance to find one that is not

/// Items needed to tell a difference from nothing: (z_alpha/2 + z_power)^2 (w^2 + a / ka + b / kb) / difference^2, rounded up.
/// Samples of 0 stand for infinitely many. Nothing when the difference is 0 or not finite, or the number exceeds 10^15.
std::optional<uint64_t> itemsNeeded(double difference, const PairedVariances &variances, size_t firstSamples = 1, size_t secondSamples = 1,
                                    double alpha = kAlpha, double power = kPower);

/// "n more items would decide": how many items beyond those measured it takes until an interval of the same spread would leave out
/// -margin with the given power, if the difference stays. `error` is the standard error of the difference over `items` items.
/// Nothing when the difference lies on -margin, where no number is enough.
std::optional<uint64_t> moreItemsToDecide(double difference, double error, size_t items, double margin, double power = kPower);

} // namespace assay
