// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kernels/matrix.h"

namespace assay::kernels {

/// Pruning by magnitude, in place; of F32, BF16 and F16, of which nothing but bits is read. Of equal magnitudes those that
/// stand first go first. NaN counts as larger than infinity.

/// Sets the `count` numbers of the smallest magnitude to 0; all where there are not so many.
void zeroSmallest(StoredAs type, void *data, uint64_t elements, uint64_t count);

/// Of every `of` numbers (at most 64) that follow each other in a row sets all but the `keep` largest to 0. What is left of a row is a
/// group of its own, with as many kept.
void keepLargest(StoredAs type, void *data, int64_t rows, int64_t columns, int64_t keep, int64_t of);

} // namespace assay::kernels
