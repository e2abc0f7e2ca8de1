// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/quantise.h"

#include "core/engine/kernels/kerneltable.h"
#include "core/engine/kernels/panels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::kernels {
namespace {

constexpr int64_t kPart = 1024; // a multiple of every block

/// each(values, first, count) for all parts of a row in float32.
template <class Each> void forParts(const MatrixView &matrix, int64_t row, const Each &each)
{
    float wide[kPart];
    for (int64_t from = 0; from < matrix.columns; from += kPart) {
        const int64_t count = std::min(kPart, matrix.columns - from);
        widenColumns(matrix, row, from, count, wide);
        each(wide, from, count);
    }
}

void quantiseRow(const MatrixView &matrix, int64_t row, int8_t *codes, float &scale)
{
    const KernelTable &use = table();
    float largest = 0;
    forParts(matrix, row, [&](const float *values, int64_t, int64_t count) {
        largest = use.largestMagnitude(values, count, largest);
    });
    if (!std::isfinite(largest)) {
        scale = std::numeric_limits<float>::quiet_NaN();
        std::fill_n(codes, matrix.columns, int8_t(0));
        return;
    }
    scale = largest / 127;
    // Of the least numbers of all no reciprocal is finite; they count as zero.
    const float factor = largest < 1e-36f ? 0 : 127 / largest;
    if (factor == 0)
        scale = 0;
    forParts(matrix, row, [&](const float *values, int64_t from, int64_t count) {
        use.toBytes(values, count, factor, codes + from);
    });
    if (matrix.scales)
        scale *= matrix.scales[row];
}

} // namespace

void quantiseRows(const MatrixView &matrix, int8_t *codes, float *scales, ThreadPool &pool)
{
    pool.parallelFor(matrix.rows, 4, [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; ++row)
            quantiseRow(matrix, row, codes + row * matrix.columns, scales[row]);
    });
}

} // namespace assay::kernels
