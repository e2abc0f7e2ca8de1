// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"
#include "core/evaluate/statistics/distributions.h"

#include <cstddef>
#include <cstdint>

namespace assay {

/// Rate with its Wilson score interval at 95 % (Wilson 1927). n = 0 gives no interval.
Estimate wilson(size_t right, size_t n);

/// Wilson's interval for a rate that n independent trials support, where neither need be whole: of a mean whose error is known,
/// n is the number of trials that would have that error (Korn and Graubard 1998). n <= 0 gives no interval.
Estimate scoreInterval(double rate, double n, double z = kNormal975);

/// What is held of a rate before anything is seen.
enum class RatePrior : uint8_t {
    Uniform,  ///< Beta(1, 1): Bayes and Laplace
    Jeffreys, ///< Beta(1/2, 1/2)
};
/// The equal-tailed 95 % interval of the rate's posterior, Beta(right + prior, wrong + prior). As Brown, Cai and DasGupta (2001) do
/// with Jeffreys' prior, the interval reaches 0 where nothing is right and 1 where everything is. For few items, where intervals
/// from a normal distribution mislead (arXiv 2503.01747). n = 0 gives no interval.
Estimate betaInterval(size_t right, size_t n, RatePrior prior = RatePrior::Jeffreys);

} // namespace assay
