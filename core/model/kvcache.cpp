// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/counting.h"

#include <algorithm>

namespace assay {
namespace {

constexpr uint64_t kBytesPerElement = 2;

/// Layers whose attention keeps keys and values: linear attention and the like keep a state of fixed size.
int64_t cachingLayers(const ModelFacts &facts)
{
    int64_t fixed = 0;
    for (const std::string &type : facts.config.layerTypes) {
        for (const char *kind : {"linear", "mamba", "conv", "recurrent"})
            fixed += type.find(kind) != std::string::npos ? 1 : 0;
    }
    return std::max<int64_t>(facts.layers - fixed, 0);
}

/// Rows of all main layers' key and value projections; nothing where they are fused or packed.
std::optional<uint64_t> projectionRows(const CountedModel &model)
{
    uint64_t rows = 0, keys = 0, values = 0;
    for (const CountedGroup &counted : model.groups) {
        const LeafGroup &group = counted.group;
        const bool key = group.endsWith("self_attn.k_proj.weight"), value = group.endsWith("self_attn.v_proj.weight");
        if ((!key && !value) || group.container != model.container || group.tensor->shape.size() != 2
            || counted.kind.parametersEach != group.tensor->elements)
            continue;
        const uint64_t copies = group.copies - model.nextTokenCopies(counted);
        (key ? keys : values) += copies;
        rows += copies * uint64_t(group.tensor->shape[0]);
    }
    return keys > 0 && keys == values ? std::optional(rows) : std::nullopt;
}

std::optional<uint64_t> product(std::initializer_list<int64_t> factors)
{
    uint64_t out = 1;
    for (int64_t factor : factors) {
        if (factor <= 0 || __builtin_mul_overflow(out, uint64_t(factor), &out))
            return std::nullopt;
    }
    return out;
}

} // namespace

std::optional<uint64_t> kvBytesPerToken(const ModelFacts &facts, const CountedModel &model)
{
    const bool cached = model.family ? model.family->decoder : model.task == ModelTask::LanguageModel;
    if (!cached)
        return std::nullopt;
    const int64_t layers = cachingLayers(facts);
    if (facts.attention == AttentionKind::MLA) {
        const auto &latent = facts.config.latentAttention;
        int64_t width = 0;
        if (!latent || __builtin_add_overflow(latent->kvRank, latent->qkRopeHeadDim, &width))
            return std::nullopt;
        return product({layers, width, int64_t(kBytesPerElement)});
    }
    if (facts.layersProvenance == Provenance::Counted) {
        if (const auto rows = projectionRows(model))
            return *rows * kBytesPerElement;
    }
    if (!facts.kvHeads || !facts.headDim)
        return std::nullopt;
    return product({layers, *facts.kvHeads, *facts.headDim, 2, int64_t(kBytesPerElement)});
}

} // namespace assay
