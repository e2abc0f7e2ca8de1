// SPDX-License-Identifier: GPL-3.0-or-later
// Products with few vectors: each weight is read from memory once and widened in registers.
#include "core/engine/kernels/vectorbase.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

template <class From, int kCount> void fewVectors(const FewProblem &problem, int64_t begin, int64_t end)
{
    // Several sums in turn: one would wait for itself.
    constexpr int kSums = kCount == 1 ? 4 : 2;
    const int64_t columns = problem.columns;
    for (int64_t r = begin; r < end; ++r) {
        const auto *row = reinterpret_cast<const typename From::Element *>(problem.weights + r * problem.rowBytes);
        Floats sums[kCount][kSums] = {};
        int64_t at = 0;
        for (; at + kSums * kLanes <= columns; at += kSums * kLanes) {
#pragma GCC unroll 4
            for (int s = 0; s < kSums; ++s) {
                const Floats weights = From::widen(row + at + s * kLanes);
#pragma GCC unroll 4
                for (int v = 0; v < kCount; ++v)
                    sums[v][s] += weights * load<Floats>(problem.x + v * columns + at + s * kLanes);
            }
        }
        for (; at < columns; at += kLanes) {
            const int64_t rest = columns - at < kLanes ? columns - at : kLanes;
            const Floats weights = widenSome<From>(row + at, rest);
            for (int v = 0; v < kCount; ++v)
                sums[v][0] += weights * widenSome<FromFloat>(problem.x + v * columns + at, rest);
        }
        for (int v = 0; v < kCount; ++v) {
            for (int s = 1; s < kSums; ++s)
                sums[v][0] += sums[v][s];
            problem.result[v * problem.resultStride + r] = sumOf(sums[v][0]);
        }
    }
}

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
