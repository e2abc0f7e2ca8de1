// SPDX-License-Identifier: GPL-3.0-or-later
// Not for the sources that are compiled for one width of vectors: they call no inline function of others.
#pragma once

#include "core/engine/kernels/kerneltable.h"
#include "core/engine/kernels/matrix.h"

namespace assay::kernels {

/// The kernels for so many vectors, 1 to kFewVectors, with rows that are not stored in blocks.
inline FewVectors fewKernel(StoredAs type, int64_t count)
{
    const KernelTable &use = table();
    switch (type) {
    case StoredAs::BF16:
        return use.fewBfloat[count - 1];
    case StoredAs::F16:
        return use.fewHalf[count - 1];
    case StoredAs::I8Rows:
        return use.fewBytes[count - 1];
    default:
        return use.few32[count - 1];
    }
}

/// The same for sums of rows: f32, bf16 and f16.
inline SumRows sumKernel(StoredAs type, int64_t count)
{
    const KernelTable &use = table();
    switch (type) {
    case StoredAs::BF16:
        return use.sumBfloat[count - 1];
    case StoredAs::F16:
        return use.sumHalf[count - 1];
    default:
        return use.sum32[count - 1];
    }
}

} // namespace assay::kernels
