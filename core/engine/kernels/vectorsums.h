// SPDX-License-Identifier: GPL-3.0-or-later
// Weighted sums of rows, as of values in attention: each row is read once for up to four sums.
#include "core/engine/kernels/vectorbase.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

template <class From, int kCount, int kVectors> void sumChunk(const SumProblem &problem, int64_t column)
{
    using Element = typename From::Element;
    Floats sums[kCount][kVectors];
#pragma GCC unroll 4
    for (int v = 0; v < kCount; ++v) {
#pragma GCC unroll 4
        for (int k = 0; k < kVectors; ++k)
            sums[v][k] = load<Floats>(problem.sums + v * problem.sumDistance + column + k * kLanes);
    }
    // Rows are taken in part, which the processor does not foresee; asking beyond the last harms nothing.
    const int64_t ahead = 8 * problem.rowBytes;
    for (int64_t r = 0; r < problem.rows; ++r) {
        const auto *row = reinterpret_cast<const Element *>(problem.values + r * problem.rowBytes) + column;
#pragma GCC unroll 4
        for (int k = 0; k < kVectors; ++k) {
            __builtin_prefetch(reinterpret_cast<const std::byte *>(row + k * kLanes) + ahead);
            const Floats values = From::widen(row + k * kLanes);
#pragma GCC unroll 4
            for (int v = 0; v < kCount; ++v)
                sums[v][k] += values * problem.factors[v * problem.factorDistance + r];
        }
    }
#pragma GCC unroll 4
    for (int v = 0; v < kCount; ++v) {
#pragma GCC unroll 4
        for (int k = 0; k < kVectors; ++k)
            store(problem.sums + v * problem.sumDistance + column + k * kLanes, sums[v][k]);
    }
}

template <class From, int kCount> void sumRows(const SumProblem &problem)
{
    constexpr int kVectors = ASSAY_VECTOR_BYTES == 64 ? 4 : 2;
    int64_t column = 0;
    for (; column + kVectors * kLanes <= problem.columns; column += kVectors * kLanes)
        sumChunk<From, kCount, kVectors>(problem, column);
    for (; column + kLanes <= problem.columns; column += kLanes)
        sumChunk<From, kCount, 1>(problem, column);
    if (column == problem.columns)
        return;
    const int64_t left = problem.columns - column;
    for (int64_t r = 0; r < problem.rows; ++r) {
        const auto *row =
            reinterpret_cast<const typename From::Element *>(problem.values + r * problem.rowBytes) + column;
        const Floats values = widenSome<From>(row, left);
        for (int v = 0; v < kCount; ++v) {
            for (int64_t i = 0; i < left; ++i)
                problem.sums[v * problem.sumDistance + column + i] +=
                    values[i] * problem.factors[v * problem.factorDistance + r];
        }
    }
}

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
