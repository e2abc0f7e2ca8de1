// SPDX-License-Identifier: GPL-3.0-or-later
// Products with few vectors: each weight is read from memory once and widened in registers.
#include "core/engine/kernels/vectorbase.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

/// Some rows side by side, so that the vectors are loaded once for all of them. Every loop over the sums is unrolled, or
/// they would live in memory.
template <class From, int kCount, int kRows> void fewRows(const FewProblem &problem, int64_t first)
{
    using Element = typename From::Element;
    const int64_t columns = problem.columns, whole = columns / kLanes * kLanes;
    const Element *rows[kRows];
    for (int r = 0; r < kRows; ++r)
        rows[r] = reinterpret_cast<const Element *>(problem.weights + (first + r) * problem.rowBytes);
    Floats sums[kRows][kCount] = {};
    for (int64_t at = 0; at < whole; at += kLanes) {
#pragma GCC unroll 4
        for (int r = 0; r < kRows; ++r) {
            const Floats weights = From::widen(rows[r] + at);
#pragma GCC unroll 4
            for (int v = 0; v < kCount; ++v)
                sums[r][v] += weights * load<Floats>(problem.x + v * columns + at);
        }
    }
#pragma GCC unroll 4
    for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 4
        for (int v = 0; v < kCount; ++v) {
            const float *const x = problem.x + v * columns;
            if (whole < columns)
                sums[r][v] += widenSome<From>(rows[r] + whole, columns - whole) * widenSome<FromFloat>(x + whole, columns - whole);
            problem.result[v * problem.resultStride + first + r] = sumOf(sums[r][v]);
        }
    }
}

template <class From, int kCount> void fewVectors(const FewProblem &problem, int64_t begin, int64_t end)
{
    // Sixteen sums of 32 registers, eight of 16.
    constexpr int kRows = ASSAY_VECTOR_BYTES == 64 || kCount <= 2 ? 4 : 2;
    for (; begin + kRows <= end; begin += kRows)
        fewRows<From, kCount, kRows>(problem, begin);
    for (; begin < end; ++begin)
        fewRows<From, kCount, 1>(problem, begin);
}

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
