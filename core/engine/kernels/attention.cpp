// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/attention.h"

#include "core/engine/kernels/attentionstate.h"
#include "core/engine/kernels/choosekernel.h"

#include <algorithm>
#include <vector>

namespace assay::kernels {
namespace {

// Tokens whose scores are taken together, and that are worth a part of their own.
constexpr int64_t kBlock = 64, kLeastPart = 256;

/// What some keys and values give for one head of queries.
struct Partial
{
    RunningSoftmax softmax;
    float *sums; ///< [valueWidth]
};

/// One query of one token, and where its partial results lie.
struct Step
{
    const AttentionRule &rule;
    const KeyValues &cache;
    const float *queries; ///< [heads, keyWidth]
    int64_t position;
    Partial *partials; ///< [parts, heads]
};

/// Up to four heads that share their keys, on one block of them.
void takeBlock(const Step &step, int64_t firstHead, int64_t count, Partial *partials, KeyRange keys)
{
    const AttentionRule &rule = step.rule;
    const KeyValues &cache = step.cache;
    const int64_t kvHead = firstHead / (rule.heads / rule.kvHeads), tokens = keys.end - keys.begin;
    float scores[kFewVectors * kBlock];
    fewKernel(cache.type, count)({cache.keys + kvHead * cache.keyHeadBytes + keys.begin * cache.keyRowBytes,
                                    cache.keyRowBytes, rule.keyWidth,
                                    step.queries + firstHead * rule.keyWidth, scores, kBlock},
                                   0, tokens);
    const float distance = float(step.position - cache.firstPosition - keys.begin);
    for (int64_t v = 0; v < count; ++v) {
        const float factor =
            partials[v].softmax.take(scores + v * kBlock, tokens, scoreRule(rule, firstHead + v), distance);
        if (factor != 1)
            table().scaleBy(partials[v].sums, rule.valueWidth, factor);
    }
    sumKernel(cache.type, count)(
        {cache.values + kvHead * cache.valueHeadBytes + keys.begin * cache.valueRowBytes, cache.valueRowBytes,
         tokens, rule.valueWidth, scores, kBlock, partials[0].sums, rule.valueWidth});
}

/// All heads of one head of keys and values, on some of the tokens.
void takePart(const Step &step, int64_t kvHead, Partial *partials, KeyRange keys)
{
    const int64_t group = step.rule.heads / step.rule.kvHeads;
    for (int64_t begin = keys.begin; begin < keys.end; begin += kBlock) {
        for (int64_t first = 0; first < group; first += kFewVectors) {
            const int64_t head = kvHead * group + first;
            takeBlock(step, head, std::min(kFewVectors, group - first), partials + head,
                      {begin, std::min(begin + kBlock, keys.end)});
        }
    }
}

/// Joins the parts of one head.
void join(const Step &step, int64_t head, int64_t parts, float *result)
{
    const AttentionRule &rule = step.rule;
    float largest = rule.sinks ? rule.sinks[head] : -std::numeric_limits<float>::infinity();
    for (int64_t part = 0; part < parts; ++part)
        largest = std::max(largest, step.partials[part * rule.heads + head].softmax.largest);
    if (largest == -std::numeric_limits<float>::infinity())
        largest = 0;
    float sum = rule.sinks ? std::exp(rule.sinks[head] - largest) : 0.0f;
    std::fill_n(result, rule.valueWidth, 0.0f);
    for (int64_t part = 0; part < parts; ++part) {
        const Partial &from = step.partials[part * rule.heads + head];
        const float factor = std::exp(from.softmax.largest - largest);
        sum += from.softmax.sum * factor;
        table().addScaled(result, from.sums, rule.valueWidth, factor);
    }
    table().scaleBy(result, rule.valueWidth, sum == 0 ? 0.0f : 1.0f / sum);
}

void decodeOne(Step step, float *result, ThreadPool &pool)
{
    const AttentionRule &rule = step.rule;
    const KeyRange keys = visibleKeys(rule, step.cache, step.position);
    const int64_t tokens = keys.end - keys.begin,
                  wanted = (2 * pool.threads() + rule.kvHeads - 1) / rule.kvHeads;
    const int64_t parts = std::clamp<int64_t>(
        tokens / kLeastPart, 1, std::max<int64_t>(1, rule.kvHeads >= pool.threads() ? 1 : wanted));
    const int64_t inPart = (tokens + parts - 1) / parts;
    thread_local std::vector<Partial> partials;
    thread_local std::vector<float> sums;
    partials.assign(size_t(parts * rule.heads), {});
    sums.assign(size_t(parts * rule.heads * rule.valueWidth), 0.0f);
    for (size_t i = 0; i < partials.size(); ++i)
        partials[i].sums = sums.data() + int64_t(i) * rule.valueWidth;
    step.partials = partials.data();
    pool.parallelFor(parts * rule.kvHeads, 1, [&](int64_t begin, int64_t end) {
        for (int64_t task = begin; task < end; ++task) {
            const int64_t part = task / rule.kvHeads, from = keys.begin + part * inPart;
            takePart(step, task % rule.kvHeads, step.partials + part * rule.heads,
                     {from, std::min(from + inPart, keys.end)});
        }
    });
    for (int64_t head = 0; head < rule.heads; ++head)
        join(step, head, parts, result + head * rule.valueWidth);
}

} // namespace

void decodeAttention(const AttentionRule &rule, const KeyValues &cache, const Queries &queries, float *result,
                     ThreadPool &pool)
{
    for (int64_t i = 0; i < queries.count; ++i) {
        decodeOne({rule, cache, queries.values + i * queries.distance, queries.firstPosition + i, nullptr},
                  result + i * rule.heads * rule.valueWidth, pool);
    }
}

void attention(const AttentionRule &rule, const KeyValues &cache, const Queries &queries, float *result,
               ThreadPool &pool)
{
    if (queries.count <= kFewVectors)
        decodeAttention(rule, cache, queries, result, pool);
    else
        blockAttention(rule, cache, queries, result, pool);
}

} // namespace assay::kernels
