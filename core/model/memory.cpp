// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/facts.h"

#include <algorithm>

namespace assay {
namespace {

constexpr int kKvBytesCounted = 2;       // what ModelFacts::kvBytesPerToken is counted at
constexpr uint64_t kTokensAtOnce = 512;  // of a prefill whose activations live at the same time
constexpr uint64_t kFloatBytes = 4;      // scores and logits are kept in float32

/// a * b, held at the largest number instead of wrapping: a forged config must not make a need look small.
uint64_t times(uint64_t a, uint64_t b)
{
    uint64_t out = 0;
    return __builtin_mul_overflow(a, b, &out) ? ~uint64_t(0) / 4 : std::min(out, ~uint64_t(0) / 4);
}

uint64_t positive(int64_t value)
{
    return uint64_t(std::max<int64_t>(value, 0));
}

} // namespace

MemoryNeed estimateMemory(const ModelFacts &facts, int bytesPerWeight, int64_t contextTokens, int64_t batch)
{
    MemoryNeed need;
    const uint64_t width = positive(bytesPerWeight), context = positive(contextTokens), items = positive(batch);
    need.weights = times(facts.parameters.main, width);
    // The cache is kept in the dtype of the computation, which is at least 16 bits wide.
    const uint64_t cacheWidth = std::max<uint64_t>(width, kKvBytesCounted);
    need.kvCache = times(times(facts.kvBytesPerToken.value_or(0), context) / kKvBytesCounted,
                         times(cacheWidth, items));
    const uint64_t tokens = times(std::min(context, kTokensAtOnce), items);
    const uint64_t hidden = positive(facts.hiddenSize.value.value_or(0));
    const uint64_t inner = positive(facts.intermediateSize.value.value_or(0));
    const uint64_t activations = times(tokens, times(4 * std::min<uint64_t>(hidden, 1U << 30)
                                                         + 2 * std::min<uint64_t>(inner, 1U << 30),
                                                     std::max<uint64_t>(width, 1)));
    const uint64_t scores =
        times(times(tokens, context), times(positive(facts.heads.value_or(0)), 2 * kFloatBytes));
    const uint64_t logits = times(tokens, times(positive(facts.vocabularySize.value.value_or(0)), kFloatBytes));
    need.workspace = activations + scores + logits;
    return need;
}

} // namespace assay
