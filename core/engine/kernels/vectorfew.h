// SPDX-License-Identifier: GPL-3.0-or-later
// Products with few vectors: each weight is read from memory once and widened in registers.
#include "core/engine/kernels/vectorbase.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

// Bytes: what is asked for earlier would be pushed out again.
constexpr int64_t kFarthest = 128 * 1024;

/// Adds one vector of columns of all rows.
template <class From, int kCount, int kRows>
inline void addColumns(const typename From::Element *const (&rows)[kRows], const float *x, int64_t columns,
                       int64_t at, Floats (&sums)[kRows][kCount])
{
#pragma GCC unroll 4
    for (int r = 0; r < kRows; ++r) {
        const Floats weights = From::widen(rows[r] + at);
#pragma GCC unroll 4
        for (int v = 0; v < kCount; ++v)
            sums[r][v] += weights * load<Floats>(x + v * columns + at);
    }
}

/// Some rows side by side, so that the vectors are loaded once for all of them. Every loop over the sums is
/// unrolled, or they would live in memory.
template <class From, int kCount, int kRows> void fewRows(const FewProblem &problem, int64_t first, bool last)
{
    using Element = typename From::Element;
    constexpr int64_t kLine = 64 / int64_t(sizeof(Element));
    const int64_t columns = problem.columns, whole = columns / kLanes * kLanes,
                  lines = columns / kLine * kLine;
    const Element *rows[kRows];
    for (int r = 0; r < kRows; ++r)
        rows[r] = reinterpret_cast<const Element *>(problem.weights + (first + r) * problem.rowBytes);
    // Of several rows at once the processor foresees little: the next ones are asked for, but not what is
    // another thread's.
    const int64_t next = kRows * problem.rowBytes < kFarthest ? kRows * problem.rowBytes : kFarthest;
    const int64_t ahead = last ? 0 : next / int64_t(sizeof(Element));
    Floats sums[kRows][kCount] = {};
    int64_t at = 0;
    for (; at < lines; at += kLine) {
#pragma GCC unroll 4
        for (int r = 0; r < kRows; ++r)
            __builtin_prefetch(rows[r] + at + ahead);
#pragma GCC unroll 16
        for (int64_t k = 0; k < kLine; k += kLanes)
            addColumns<From, kCount, kRows>(rows, problem.x, columns, at + k, sums);
    }
    for (; at < whole; at += kLanes)
        addColumns<From, kCount, kRows>(rows, problem.x, columns, at, sums);
#pragma GCC unroll 4
    for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 4
        for (int v = 0; v < kCount; ++v) {
            const float *const x = problem.x + v * columns;
            if (whole < columns)
                sums[r][v] += widenSome<From>(rows[r] + whole, columns - whole) *
                              widenSome<FromFloat>(x + whole, columns - whole);
            problem.result[v * problem.resultStride + first + r] = sumOf(sums[r][v]);
        }
    }
}

template <class From, int kCount> void fewVectors(const FewProblem &problem, int64_t begin, int64_t end)
{
    // Sixteen sums of 32 registers, eight of 16.
    constexpr int kRows = ASSAY_VECTOR_BYTES == 64 || kCount <= 2 ? 4 : 2;
    for (; begin + kRows <= end; begin += kRows)
        fewRows<From, kCount, kRows>(problem, begin, begin + 2 * kRows > end);
    for (; begin < end; ++begin)
        fewRows<From, kCount, 1>(problem, begin, true);
}

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
