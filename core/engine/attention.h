// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/torch.h"

namespace assay::engine {

/// How queries see keys besides their dot product.
struct AttentionRule
{
    double scale = 1;
    double softCap = 0;    ///< scores become cap * tanh(score / cap); 0: not
    int64_t window = 0;    ///< hides keys this many or more places before the query; 0: none
    bool causal = true;    ///< a query sees the keys up to its own
    at::Tensor sinks;      ///< [heads] logits that join each softmax and carry no value; undefined: none
    at::Tensor slopes;     ///< [heads] of ALiBi (arXiv 2108.12409): slope * (key - query) is added; undefined: none
    at::Tensor mask;       ///< bool [batch or 1, count], false for keys that nobody sees; undefined: all are seen
    at::Tensor place = {}; ///< [1] int64: where the one query stands, when only the device knows it; undefined: at `offset`
    at::Tensor added = {}; ///< with place: the mask as [1, count] numbers to be added to the scores, in the keys' type
};

/// Scaled dot-product attention. queries [batch, tokens, heads, dim]; keys [batch, kvHeads, count, dim] and values
/// [batch, kvHeads, count, valueDim] with heads a multiple of kvHeads (a group of queries shares one key head, which is
/// read once for the group). Query i stands at key `offset + i`. Returns [batch, tokens, heads, valueDim]; the softmax is
/// computed in f32. A query that sees no key gets zeros.
at::Tensor attend(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values, int64_t offset,
                  const AttentionRule &rule);

/// What a run of queries must not see, bool [tokens, count], or [batch, 1, 1, tokens or 1, count] where the rule has a mask;
/// undefined when they see everything.
at::Tensor hiddenKeys(int64_t tokens, int64_t count, int64_t offset, const AttentionRule &rule, at::Device device);

/// Slopes of ALiBi for so many heads [heads] (arXiv 2108.12409, section 3; for other numbers than powers of two its code).
at::Tensor alibiSlopes(int64_t heads);

} // namespace assay::engine
