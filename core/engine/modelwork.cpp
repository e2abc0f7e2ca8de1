// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/modelwork.h"

#include "core/engine/decoder.h"

#include <algorithm>

namespace assay::engine {
namespace {

uint64_t bytesOf(const Matrix &matrix, bool bias)
{
    const auto held = [](const at::Tensor &tensor) { return tensor.defined() ? uint64_t(tensor.nbytes()) : 0; };
    return bias ? held(matrix.bias) : held(matrix.weight) + held(matrix.blocks) + held(matrix.scales);
}

/// Tables of which a token reads one row.
bool isLookedUp(Part part, bool tied)
{
    return (part == Part::Embedding && !tied) || part == Part::PositionEmbedding || part == Part::TypeEmbedding;
}

/// Layers with the same window are one kind.
void addCache(const AttentionSpec &attention, uint64_t elementBytes, std::vector<CacheWork> &out)
{
    const uint64_t elements = attention.latent ? uint64_t(attention.latent->rank + attention.latent->ropeDim)
                                               : uint64_t(attention.kvHeads * (attention.keyWidth() + attention.valueDim));
    // A latent cache is attended to as it is: keys of rank and rope, values of rank, for every head.
    const int64_t width = attention.latent ? 2 * attention.latent->rank + attention.latent->ropeDim : attention.headDim + attention.valueDim;
    auto found = std::ranges::find(out, attention.window, &CacheWork::window);
    if (found == out.end())
        found = out.insert(out.end(), CacheWork{attention.window, 0, 0});
    found->bytes += elements * elementBytes;
    found->flops += 2 * double(attention.heads) * double(width);
}

} // namespace

ModelWork workOf(Decoder &decoder)
{
    ModelWork out;
    const DecoderSpec &spec = decoder.spec();
    for (const LayerSpec &layer : spec.layers) {
        if (layer.feedForward.experts) {
            out.experts = layer.feedForward.experts->count;
            out.activeExperts = layer.feedForward.experts->active;
        }
        addCache(layer.attention, uint64_t(c10::elementSize(decoder.dtype())), out.cache);
    }
    const double chosen = out.experts > 0 ? double(out.activeExperts) / double(out.experts) : 0;
    for (const TensorSlot &slot : spec.tensors()) {
        if (isLookedUp(slot.part, spec.tied))
            continue;
        const bool expert = slot.expert >= 0;
        (expert ? out.expertBytes : out.denseBytes) += bytesOf(decoder.matrix(slot), slot.bias);
        if (slot.shape.size() != 2)
            continue;
        const double flops = 2 * double(slot.shape[0]) * double(slot.shape[1]) * (expert ? chosen : 1);
        out.matrixFlops += flops;
        if (slot.part == Part::Head || slot.part == Part::Embedding)
            out.headFlops += flops;
    }
    return out;
}

} // namespace assay::engine
