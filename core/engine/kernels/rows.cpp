// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/rows.h"

#include "core/engine/kernels/kerneltable.h"
#include "core/engine/kernels/panels.h"

#include <algorithm>

namespace assay::kernels {
namespace {

// Elements that are worth a second thread.
constexpr int64_t kGrainElements = 8 * 1024;

/// each(row) for all rows, over the pool.
template <class Each> void forRows(int64_t rows, int64_t columns, ThreadPool &pool, const Each &each)
{
    if (columns <= 0)
        return;
    pool.parallelFor(rows, std::max<int64_t>(1, kGrainElements / columns), [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; ++row)
            each(row);
    });
}

/// each(begin, count) for parts of one long row.
template <class Each> void forParts(int64_t count, ThreadPool &pool, const Each &each)
{
    pool.parallelFor(count, kGrainElements, [&](int64_t begin, int64_t end) { each(begin, end - begin); });
}

} // namespace

void rmsNorm(const float *x, int64_t rows, int64_t columns, const float *weight, float epsilon, float *result,
             ThreadPool &pool)
{
    forRows(rows, columns, pool, [&](int64_t row) {
        table().rmsNorm(x + row * columns, columns, weight, epsilon, result + row * columns);
    });
}

void layerNorm(const float *x, int64_t rows, int64_t columns, const float *weight, const float *bias,
               float epsilon, float *result, ThreadPool &pool)
{
    forRows(rows, columns, pool, [&](int64_t row) {
        table().layerNorm(x + row * columns, columns, weight, bias, epsilon, result + row * columns);
    });
}

void activate(Activation activation, const float *gate, const float *up, int64_t rows, int64_t columns,
              int64_t distance, float *result, ThreadPool &pool)
{
    const auto apply = table().activate[size_t(activation)];
    const auto part = [&](int64_t row, int64_t first, int64_t count) {
        const int64_t from = row * distance + first;
        apply(gate + from, up ? up + from : nullptr, count, result + row * columns + first);
    };
    // A single row is divided itself.
    if (rows == 1)
        return forParts(columns, pool, [&](int64_t first, int64_t count) { part(0, first, count); });
    forRows(rows, columns, pool, [&](int64_t row) { part(row, 0, columns); });
}

void clampedSwiglu(const float *gate, const float *up, int64_t rows, int64_t columns, int64_t distance,
                   float alpha, float limit, float *result, ThreadPool &pool)
{
    forRows(rows, columns, pool, [&](int64_t row) {
        table().clampedSwiglu(gate + row * distance, up + row * distance, columns, alpha, limit,
                              result + row * columns);
    });
}

void softmax(float *x, int64_t rows, int64_t columns, ThreadPool &pool)
{
    forRows(rows, columns, pool, [&](int64_t row) { table().softmax(x + row * columns, columns); });
}

void softCap(float *x, int64_t count, float limit, ThreadPool &pool)
{
    forParts(count, pool, [&](int64_t first, int64_t part) { table().softCap(x + first, part, limit); });
}

void addScaled(float *to, const float *from, int64_t count, float factor, ThreadPool &pool)
{
    forParts(count, pool,
             [&](int64_t first, int64_t part) { table().addScaled(to + first, from + first, part, factor); });
}

void rotate(const Heads &heads, int64_t rotated, const float *cosines, const float *sines, RotaryPairs pairs,
            ThreadPool &pool)
{
    const int64_t half = rotated / 2;
    const auto turn = pairs == RotaryPairs::Halves ? table().rotateHalves : table().rotateNeighbours;
    forRows(heads.tokens, heads.heads * rotated, pool, [&](int64_t token) {
        for (int64_t head = 0; head < heads.heads; ++head)
            turn(heads.values + token * heads.tokenDistance + head * heads.headDistance, half,
                 cosines + token * half, sines + token * half);
    });
}

void narrow(const float *from, int64_t count, StoredAs type, void *to)
{
    switch (type) {
    case StoredAs::BF16:
        return table().roundToBfloat(from, count, static_cast<uint16_t *>(to));
    case StoredAs::F16:
        return table().roundToHalf(from, count, static_cast<uint16_t *>(to));
    default:
        std::copy_n(from, count, static_cast<float *>(to));
        return;
    }
}

void widen(StoredAs type, const void *from, int64_t count, float *to)
{
    widenRow(matrixOf(type, from, 1, count), 0, to);
}

void widenRow(const MatrixView &matrix, int64_t row, float *to)
{
    widenColumns(matrix, row, 0, matrix.columns, to);
    if (matrix.scales)
        table().scaleBy(to, matrix.columns, matrix.scales[row]);
}

} // namespace assay::kernels
