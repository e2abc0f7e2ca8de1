// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/panels.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace assay::kernels {

void widenColumns(const MatrixView &weights, int64_t row, int64_t from, int64_t count, float *to)
{
    const std::byte *const bytes = weights.data + row * weights.rowBytes;
    const KernelTable &use = table();
    switch (weights.type) {
    case StoredAs::BF16:
        return use.widenBfloat(reinterpret_cast<const uint16_t *>(bytes) + from, count, to);
    case StoredAs::F16:
        return use.widenHalf(reinterpret_cast<const uint16_t *>(bytes) + from, count, to);
    case StoredAs::I8Rows:
        return use.widenBytes(reinterpret_cast<const int8_t *>(bytes) + from, count, to);
    case StoredAs::F32:
        std::memcpy(to, bytes + from * 4, size_t(count) * sizeof(float));
        return;
    default:
        return use.blocks.kernels[blockIndex(weights.type)].widen(bytes, weights.columns, from, count, to);
    }
}

void fillPanel(const MatrixView &weights, int64_t from, int64_t elements, UnitKind kind, PanelRoom &room)
{
    const KernelTable &use = table();
    const int64_t units = unitsOf(kind, elements);
    const bool asStored = weights.type == (kind == UnitKind::Float ? StoredAs::F32 : StoredAs::BF16);
    if (asStored) {
        const int64_t bytes = storedBlock(weights.type).bytes;
        use.pack(weights.data + from * bytes, weights.rowBytes, weights.rows, elements * bytes, units,
                 room.panel);
        return;
    }
    for (int64_t r = 0; r < weights.rows; ++r) {
        uint32_t *const to = room.widened + r * kPanelUnits;
        if (kind == UnitKind::Float) {
            widenColumns(weights, r, from, elements, reinterpret_cast<float *>(to));
            continue;
        }
        float wide[2 * kPanelUnits];
        widenColumns(weights, r, from, elements, wide);
        use.roundToBfloat(wide, elements, reinterpret_cast<uint16_t *>(to));
    }
    const int64_t bytes = elements * (kind == UnitKind::Float ? 4 : 2);
    use.pack(reinterpret_cast<const std::byte *>(room.widened), kPanelUnits * 4, weights.rows, bytes, units,
             room.panel);
}

void packActivations(const float *x, int64_t columns, int64_t vectors, UnitKind kind, uint32_t *packed)
{
    constexpr int64_t kPart = 256;
    for (int64_t from = 0; from < columns; from += kPart) {
        const int64_t elements = std::min(kPart, columns - from), units = unitsOf(kind, elements);
        uint32_t rows[kTileColumns][kPart] = {};
        for (int64_t c = 0; c < vectors; ++c) {
            const float *const row = x + c * columns + from;
            if (kind == UnitKind::Float)
                std::memcpy(rows[c], row, size_t(elements) * sizeof(float));
            else
                table().roundToBfloat(row, elements, reinterpret_cast<uint16_t *>(rows[c]));
        }
        uint32_t *const to = packed + unitsOf(kind, from) * kTileColumns;
        for (int64_t u = 0; u < units; ++u) {
            for (int64_t c = 0; c < kTileColumns; ++c)
                to[u * kTileColumns + c] = rows[c][u];
        }
    }
}

} // namespace assay::kernels
