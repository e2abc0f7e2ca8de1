// SPDX-License-Identifier: GPL-3.0-or-later
// Products with few vectors: each weight is read from memory once and widened in registers. Rows are read one after the
// other, as they lie: memory is fastest when a thread reads it in one go.
#include "core/engine/kernels/vectorbase.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

// Bytes that are asked for before they are needed: what the processor foresees by itself ends with a page.
constexpr int64_t kAhead = 4096;
// Sums of a row that do not wait for each other. They do not depend on how many vectors there are: each vector gets the
// same bits alone and beside others.
constexpr int kParts = 4;

/// One row times some vectors. Every loop over the sums is unrolled, or they would live in memory.
template <class From, int kCount> inline void fewOfRow(const FewProblem &problem, int64_t row, const float *x, float *result)
{
    using Element = typename From::Element;
    constexpr int64_t kStep = kParts * kLanes, kLine = 64 / int64_t(sizeof(Element));
    const auto *const weights = reinterpret_cast<const Element *>(problem.weights + row * problem.rowBytes);
    const int64_t columns = problem.columns, steps = columns / kStep * kStep, whole = columns / kLanes * kLanes;
    Floats sums[kParts][kCount] = {};
    const auto add = [&](int part, int64_t at) {
        const Floats some = From::widen(weights + at);
#pragma GCC unroll 4
        for (int v = 0; v < kCount; ++v)
            sums[part][v] += some * load<Floats>(x + v * columns + at);
    };
    for (int64_t at = 0; at < steps; at += kStep) {
#pragma GCC unroll 4
        for (int64_t line = 0; line < kStep; line += kLine)
            __builtin_prefetch(reinterpret_cast<const std::byte *>(weights + at + line) + kAhead);
#pragma GCC unroll 4
        for (int part = 0; part < kParts; ++part)
            add(part, at + part * kLanes);
    }
    for (int64_t at = steps; at < whole; at += kLanes)
        add(0, at);
#pragma GCC unroll 4
    for (int v = 0; v < kCount; ++v) {
        if (whole < columns)
            sums[1][v] += widenSome<From>(weights + whole, columns - whole) *
                          widenSome<FromFloat>(x + v * columns + whole, columns - whole);
        result[v * problem.resultStride + row] = sumOf((sums[0][v] + sums[1][v]) + (sums[2][v] + sums[3][v]));
    }
}

template <class From, int kCount> void fewVectors(const FewProblem &problem, int64_t begin, int64_t end)
{
    // Sixteen sums of 32 registers, eight of 16; the rest then reads the row again, from the first cache.
    constexpr int kAtOnce = ASSAY_VECTOR_BYTES == 64 || kCount <= 2 ? kCount : 2;
    const float *const rest = problem.x + kAtOnce * problem.columns;
    for (; begin < end; ++begin) {
        fewOfRow<From, kAtOnce>(problem, begin, problem.x, problem.result);
        if constexpr (kAtOnce < kCount)
            fewOfRow<From, kCount - kAtOnce>(problem, begin, rest, problem.result + kAtOnce * problem.resultStride);
    }
}

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
