// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kernels/matrix.h"
#include "core/engine/kernels/threadpool.h"

namespace assay::kernels {

/// Dynamic quantisation: each row gets the scale that brings its largest magnitude to 127, and codes to the
/// nearest of its multiples; an element is off by half of the scale at most. codes: [rows, columns], scales:
/// [rows]. A row of zeros has the scale 0; one with a NaN or an infinity the scale NaN, so that it stays
/// visible in every product.
void quantiseRows(const MatrixView &matrix, int8_t *codes, float *scales, ThreadPool &pool);

} // namespace assay::kernels
