// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/predictedmemory.h"

#include "core/engine/prefill.h"

#include <algorithm>

namespace assay::engine {
namespace {

/// The widest feed-forward network that a token passes.
int64_t widest(const DecoderSpec &spec)
{
    int64_t out = 0;
    for (const LayerSpec &layer : spec.layers) {
        const FeedForwardSpec &f = layer.feedForward;
        out = std::max(out, f.experts ? f.experts->active * f.experts->intermediate + f.experts->sharedIntermediate : f.intermediate);
    }
    return out;
}

} // namespace

PredictedMemory predictMemory(const DecoderSpec &spec, uint64_t weights, at::ScalarType dtype, at::Device device,
                              int64_t batch, int64_t prompt, int64_t capacity)
{
    const auto element = int(at::elementSize(dtype));
    const auto atOnce = uint64_t(batch * std::min(prompt, prefillPiece(device)));
    const uint64_t activations = atOnce * uint64_t(spec.hidden * 4 + widest(spec) * 3) * 4;
    const uint64_t logits = uint64_t(batch) * uint64_t(spec.vocabulary) * 8;
    return {weights, uint64_t(batch) * uint64_t(capacity) * spec.kvBytesPerToken(element), activations + logits};
}

} // namespace assay::engine
