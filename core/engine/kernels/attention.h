// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kernels/matrix.h"
#include "core/engine/kernels/threadpool.h"

namespace assay::kernels {

/// What one layer's attention computes.
struct AttentionRule
{
    int64_t heads = 1, kvHeads = 1; ///< of queries, and of keys and values: heads is a multiple of kvHeads
    int64_t keyWidth = 0, valueWidth = 0;
    float scale = 1;
    float softCap = 0;             ///< scores become cap x tanh(score / cap); 0: they stay
    int64_t window = 0;            ///< a query sees so many keys back, its own position counted; 0: all
    bool causal = true;            ///< a query sees no key behind its own position
    const float *slopes = nullptr; ///< [heads]: what a score loses for each token of distance (ALiBi)
    const float *sinks = nullptr;  ///< [heads]: an additional logit in the denominator (gpt-oss)
};

/// The cached keys and values of one sequence in F32, BF16 or F16: those of head h and token t begin at
/// keys + h * keyHeadBytes + t * keyRowBytes. Keys and values may be the same memory (MLA).
struct KeyValues
{
    StoredAs type = StoredAs::F32;
    const std::byte *keys = nullptr, *values = nullptr;
    int64_t tokens = 0;
    int64_t keyRowBytes = 0, valueRowBytes = 0, keyHeadBytes = 0, valueHeadBytes = 0;
    int64_t firstPosition = 0; ///< of the first of these tokens
};

/// Queries of consecutive tokens: head h of query i begins at i * distance + h * keyWidth; the first has the
/// position firstPosition.
struct Queries
{
    const float *values = nullptr;
    int64_t count = 0, distance = 0, firstPosition = 0;
};

/// result[count, heads, valueWidth]. Sums in float32; each key and value is read once for all queries of its
/// head when there is one token (over parts of the tokens where there are more threads than heads), otherwise
/// once for 96 rows of queries, and the scores never stand in memory as a whole. A query that sees no key
/// gets zeros.
void attention(const AttentionRule &rule, const KeyValues &cache, const Queries &queries, float *result,
               ThreadPool &pool);

} // namespace assay::kernels
