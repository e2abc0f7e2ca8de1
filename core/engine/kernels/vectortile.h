// SPDX-License-Identifier: GPL-3.0-or-later
// Products with many vectors: panels of weights whose lanes are rows, times activations spread from memory,
// all sums of a tile in registers.
#include "core/engine/kernels/vectorbase.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

// 24 sums of AVX-512's 32 registers, 12 of the others' 16.
constexpr int kPanelVectors = ASSAY_VECTOR_BYTES == 64 ? 4 : 2;
constexpr int64_t kPanelRows = kPanelVectors * kLanes;

struct FloatUnit
{
    static Floats add(Floats sum, Words weights, uint32_t x)
    {
        return sum + Floats(weights) * spread(floatOf(x));
    }
};

template <class Unit, int kColumns> void tileOf(const TileProblem &problem)
{
    Floats sums[kColumns][kPanelVectors] = {};
    const uint32_t *panel = problem.panel, *x = problem.x;
    for (int64_t u = 0; u < problem.units; ++u, panel += kPanelRows, x += kTileColumns) {
        Words weights[kPanelVectors];
#pragma GCC unroll 4
        for (int v = 0; v < kPanelVectors; ++v)
            weights[v] = load<Words>(panel + v * kLanes);
#pragma GCC unroll 6
        for (int c = 0; c < kColumns; ++c) {
#pragma GCC unroll 4
            for (int v = 0; v < kPanelVectors; ++v)
                sums[c][v] = Unit::add(sums[c][v], weights[v], x[c]);
        }
    }
#pragma GCC unroll 6
    for (int c = 0; c < kColumns; ++c) {
        float *to = problem.result + c * problem.stride;
#pragma GCC unroll 4
        for (int v = 0; v < kPanelVectors; ++v) {
            const int64_t rows = problem.rows - v * kLanes;
            if (rows >= kLanes) {
                store(to + v * kLanes, problem.add ? load<Floats>(to + v * kLanes) + sums[c][v] : sums[c][v]);
                continue;
            }
            for (int64_t i = 0; i < rows; ++i)
                to[v * kLanes + i] = (problem.add ? to[v * kLanes + i] : 0.0f) + sums[c][v][i];
        }
    }
}

template <class Unit> void tile(const TileProblem &problem)
{
    switch (problem.columns) {
    case 1:
        return tileOf<Unit, 1>(problem);
    case 2:
        return tileOf<Unit, 2>(problem);
    case 3:
        return tileOf<Unit, 3>(problem);
    case 4:
        return tileOf<Unit, 4>(problem);
    case 5:
        return tileOf<Unit, 5>(problem);
    default:
        return tileOf<Unit, 6>(problem);
    }
}

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
