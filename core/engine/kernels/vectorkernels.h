// SPDX-License-Identifier: GPL-3.0-or-later
// The table of one width.
#include "core/engine/kernels/vectorfew.h"
#include "core/engine/kernels/vectorpack.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {

#define ASSAY_FEW(From) {fewVectors<From, 1>, fewVectors<From, 2>, fewVectors<From, 3>, fewVectors<From, 4>}

constinit const KernelTable kTable{
    .few32 = ASSAY_FEW(FromFloat),
    .fewBfloat = ASSAY_FEW(FromBfloat),
    .fewHalf = ASSAY_FEW(FromHalf),
    .fewBytes = ASSAY_FEW(FromByte),
    .panelRows = kPanelRows,
    .tile = tile<FloatUnit>,
    .tileBfloat = nullptr,
    .pack = pack,
    .widenBfloat = widen<FromBfloat>,
    .widenHalf = widen<FromHalf>,
    .widenBytes = widen<FromByte>,
    .roundToBfloat = roundToBfloat,
};

} // namespace assay::kernels::ASSAY_VECTOR_SPACE
