// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kernels/rows.h"

namespace assay::kernels {

/// One matrix [rows, columns] for each head, as F32, BF16 or F16: what latent attention brings queries into the latent space
/// with, and results out of it.
struct HeadMatrices
{
    StoredAs type;
    const std::byte *data; ///< the first row of the first head
    int64_t rows, columns;
    int64_t rowBytes, headBytes; ///< from one row, and one head, to the next
};

/// result[t, h, c] = sum over rows of x[t, h, row] matrix[h, row, c], in float32.
void mixHeadRows(const HeadMatrices &matrices, const Heads &x, const Heads &result, ThreadPool &pool);

/// result[t, h, row] = sum over columns of x[t, h, c] matrix[h, row, c], in float32.
void multiplyHeads(const HeadMatrices &matrices, const Heads &x, const Heads &result, ThreadPool &pool);

} // namespace assay::kernels
