// SPDX-License-Identifier: GPL-3.0-or-later
// The table of one width.
#include "core/engine/kernels/vectorfew.h"
#include "core/engine/kernels/vectorpack.h"
#include "core/engine/kernels/vectorrows.h"
#include "core/engine/kernels/vectorsums.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {

#define ASSAY_FEW(From)                                                                                      \
    {                                                                                                        \
        fewVectors<From, 1>, fewVectors<From, 2>, fewVectors<From, 3>, fewVectors<From, 4>                   \
    }
#define ASSAY_SUMS(From)                                                                                     \
    {                                                                                                        \
        sumRows<From, 1>, sumRows<From, 2>, sumRows<From, 3>, sumRows<From, 4>                               \
    }

constinit const KernelTable kTable{
    .few32 = ASSAY_FEW(FromFloat),
    .fewBfloat = ASSAY_FEW(FromBfloat),
    .fewHalf = ASSAY_FEW(FromHalf),
    .fewBytes = ASSAY_FEW(FromByte),
    .blocks = {}, // of a source of their own: they take as long to compile as all others
    .panelRows = kPanelRows,
    .tile = tile<FloatUnit>,
    .tileBfloat = nullptr,
    .pack = pack,
    .widenBfloat = widen<FromBfloat>,
    .widenHalf = widen<FromHalf>,
    .widenBytes = widen<FromByte>,
    .roundToBfloat = roundTo<toBfloats>,
    .roundToHalf = roundTo<toHalves>,
    .largestMagnitude = largestMagnitude,
    .toBytes = toBytes,
    .sum32 = ASSAY_SUMS(FromFloat),
    .sumBfloat = ASSAY_SUMS(FromBfloat),
    .sumHalf = ASSAY_SUMS(FromHalf),
    .prepareScores = prepareScores,
    .exponentials = exponentials,
    .rmsNorm = rmsNorm,
    .layerNorm = layerNorm,
    .activate = {activate<Silu>, activate<Gelu>, activate<GeluTanh>, activate<QuickGelu>, activate<Relu>,
                 activate<ReluSquared>, activate<Sigmoid>, activate<Tanh>},
    .clampedSwiglu = clampedSwiglu,
    .softmax = softmax,
    .softCap = softCap,
    .scaleBy = scaleBy,
    .addScaled = addScaled,
    .rotateHalves = rotateHalves,
    .rotateNeighbours = rotateNeighbours,
};

} // namespace assay::kernels::ASSAY_VECTOR_SPACE
