// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kernels/kerneltable.h"
#include "core/engine/kernels/matrix.h"

namespace assay::kernels {

/// What the units of a tile hold.
enum class UnitKind { Float, BfloatPair };

/// A type's place in a table of blocks.
inline size_t blockIndex(StoredAs type)
{
    return size_t(type) - size_t(StoredAs::Q8_0);
}

inline int64_t elementsOfUnit(UnitKind kind)
{
    return kind == UnitKind::Float ? 1 : 2;
}

inline int64_t unitsOf(UnitKind kind, int64_t elements)
{
    return kind == UnitKind::Float ? elements : (elements + 1) / 2;
}

/// A panel of weights and what is needed to fill it; lives on the stack of the thread that fills it.
struct PanelRoom
{
    alignas(64) uint32_t panel[kPanelUnits * kMostPanelRows];
    alignas(64) uint32_t widened[kPanelUnits * kMostPanelRows];
};

/// The columns [from, from + count) of one row in float32; I8Rows come without their scale. Of blocks, only
/// multiples of 32.
void widenColumns(const MatrixView &weights, int64_t row, int64_t from, int64_t count, float *to);

/// Fills the room's panel with the columns [from, from + elements) of all rows (at most a panel's) of the
/// weights. `from` is a multiple of a panel's elements. I8Rows come without their scales.
void fillPanel(const MatrixView &weights, int64_t from, int64_t elements, UnitKind kind, PanelRoom &room);

/// Packs up to kTileColumns vectors of activations, `columns` long and that far apart, into units of
/// kTileColumns words.
void packActivations(const float *x, int64_t columns, int64_t vectors, UnitKind kind, uint32_t *packed);

} // namespace assay::kernels
