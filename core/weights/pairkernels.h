// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay {

/// Sums over pairs of values that are finite.
struct PairSums
{
    double squaresA = 0, squaresB = 0, squaresDifference = 0, dot = 0;
    double maximum = 0; ///< largest |a - b|
    uint64_t equal = 0, zerosA = 0, zerosB = 0;
    uint64_t notFinite = 0; ///< pairs left out of the sums: NaN or Inf in one of the two; of these both NaN, and the same Inf, count as equal

    void join(const PairSums &other);
};

/// Sums in float64.
PairSums pairSums(const float *a, const float *b, size_t count);
/// The same of bfloat16: their products are exact in float32, of which 8 at a time are summed there, the rest in float64. Against sums in
/// float64 alone that is at worst 9 * 2^-24 of the norms away, of weights about 1e-8 (docs/identity/weights.md).
PairSums pairSums(const uint16_t *a, const uint16_t *b, size_t count);

} // namespace assay
