// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace assay::engine {

/// A bfloat16 as its bits: the upper half of a float.
enum class BFloat16Bits : uint16_t {};

/// Vectors that one pass over the weights serves.
inline constexpr int64_t kRowDotVectors = 4;

/// result[v, r] = sum over c of weight[r, c] * vectors[v, c].
struct RowDotProblem
{
    const float *vectors; ///< [count, columns]
    float *result;        ///< [count, rows]
    int64_t count;        ///< at most kRowDotVectors
    int64_t columns;
    int64_t rows;
};

/// Computes the rows [begin, end) with sums in float: each weight is read from memory once, as fast as the
/// memory gives it. The instruction set is chosen at run time.
void rowDot(const float *weight, const RowDotProblem &problem, int64_t begin, int64_t end);
void rowDot(const BFloat16Bits *weight, const RowDotProblem &problem, int64_t begin, int64_t end);

/// sums[v, c] += sum over r of factors[v, r] * row[r, c].
struct RowSumProblem
{
    const float *factors; ///< [count, rows]
    float *sums;          ///< [count, columns]
    int64_t count;
    int64_t columns;
    int64_t rows;
};

/// Each row is read from memory once.
void rowSum(const float *row, const RowSumProblem &problem);
void rowSum(const BFloat16Bits *row, const RowSumProblem &problem);

} // namespace assay::engine
