// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kernels/attention.h"
#include "core/engine/kernels/kerneltable.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::kernels {

/// Keys [begin, end), by their place in the cache.
struct KeyRange
{
    int64_t begin, end;
};

inline KeyRange visibleKeys(const AttentionRule &rule, const KeyValues &cache, int64_t position)
{
    const int64_t own = position - cache.firstPosition;
    const int64_t end = rule.causal ? std::min(own + 1, cache.tokens) : cache.tokens;
    const int64_t begin = rule.window > 0 ? std::clamp<int64_t>(own - rule.window + 1, 0, cache.tokens) : 0;
    return {begin, std::max(begin, end)};
}

/// The softmax of one row of scores, taken a block at a time: sums count relative to the largest score so
/// far.
struct RunningSoftmax
{
    float largest = -std::numeric_limits<float>::infinity();
    float sum = 0;

    /// Turns a block of scores, of keys that lie `distance` and less before the query, into weights; what was
    /// summed before must be multiplied by the result.
    float take(float *scores, int64_t count, const ScoreRule &rule, float distance)
    {
        const KernelTable &use = table();
        const float most = std::max(largest, use.prepareScores(scores, count, rule, distance));
        // Less -infinity everything would be NaN.
        const float base = most == -std::numeric_limits<float>::infinity() ? 0.0f : most;
        const float factor = std::exp(largest - base);
        sum = sum * factor + use.exponentials(scores, count, base);
        largest = most;
        return factor;
    }
};

inline ScoreRule scoreRule(const AttentionRule &rule, int64_t head)
{
    return {rule.scale, rule.softCap, rule.slopes ? rule.slopes[head] : 0.0f};
}

/// For a few queries: over the visible keys, from the cache itself.
void decodeAttention(const AttentionRule &rule, const KeyValues &cache, const Queries &queries, float *result,
                     ThreadPool &pool);
/// For many: blocks of keys and values are packed for the tiles of products.
void blockAttention(const AttentionRule &rule, const KeyValues &cache, const Queries &queries, float *result,
                    ThreadPool &pool);

} // namespace assay::kernels
