// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/torch.h"

namespace assay::engine {

/// Scaled dot-product attention where each query sees the keys up to its own.
/// queries [batch, tokens, heads, headDim]; keys and values [batch, kvHeads, count, headDim] with heads a
/// multiple of kvHeads (a group of queries shares one key head, which is read once for the group).
/// Query i stands at key `offset + i`; a window above 0 hides keys `window` or more places before the query.
/// Returns [batch, tokens, heads, headDim]; the softmax is computed in f32.
at::Tensor causalAttention(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values,
                           int64_t offset, int64_t window);

} // namespace assay::engine
