// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay {

/// How the first of two stands to the second, by the 95 % interval of their difference and a margin: the loss that was said to be
/// acceptable before the run. "Is the distilled one good enough?" asks for not inferior, not for a difference.
enum class Standing : uint8_t {
    Better,      ///< the interval lies above 0
    NotInferior, ///< it lies above -margin
    Inferior,    ///< it lies below -margin
    Undecided,   ///< it holds -margin, or there is none
};
const char *standingName(Standing standing); ///< "better", ...; translation context "Standing"

/// The margin where nobody set one: one point.
inline constexpr double kDefaultMargin = 0.01;

/// margin >= 0, in the unit of the difference. With a margin of 0 "not inferior" cannot come out.
Standing standingOf(const Estimate &difference, double margin);

/// One-sided p of "the first is worse by the margin or more", for Holm's correction over benchmarks: the smallest error rate at which
/// the difference would be not inferior, by its normal distribution with this standard error.
double nonInferiorityP(double difference, double error, double margin);

/// Holm's step-down correction (1979): p values adjusted so that the chance of even one false finding among all of them stays below
/// the level that they are compared with. In the given order; a NaN stays one and does not count.
std::vector<double> holmAdjusted(std::span<const double> p);

} // namespace assay
