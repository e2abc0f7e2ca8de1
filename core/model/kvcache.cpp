// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/kvcache.h"

#include "core/base/text.h"
#include "core/model/counting.h"
#include "core/model/layerkinds.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

// A row for each engine whose way of keeping the cache is told in inspectors.md 4h. llama.cpp adds the tokens of a
// batch (512 unless told otherwise) to a window and rounds up to whole steps of 32; transformers keeps keys and values
// of latent attention for every head. The last row is the bound for engines that know one size for all layers.
constexpr CacheRuntime kRuntimes[] = {
    {"llama.cpp", false, true, 32, 512},
    {"vLLM", false, true, 16, 0},
    {"transformers", true, true, 1, 0},
    {"uniform", true, false, 1, 0},
};

// Sizes of a config that are larger than this are forged; products of five of them still fit a double.
constexpr int64_t kLargestSize = 1'000'000;

int64_t bounded(std::optional<int64_t> size)
{
    return std::clamp<int64_t>(size.value_or(0), 0, kLargestSize);
}

/// What one token takes in one layer, and what attending to it costs.
struct LayerCache
{
    uint64_t elements = 0, expanded = 0;
    double work = 0, expandedWork = 0;
};

/// Rows of the key and value projections of each main layer; empty where they are fused, packed or incomplete.
std::vector<uint64_t> projectionRows(const CountedModel &model, int64_t layers)
{
    std::vector<uint64_t> keys(size_t(std::max<int64_t>(layers, 0))), values(keys.size());
    for (const CountedGroup &counted : model.groups) {
        const LeafGroup &group = counted.group;
        const bool key = group.endsWith("self_attn.k_proj.weight") || group.endsWith(".attn_k.weight");
        const bool value = group.endsWith("self_attn.v_proj.weight") || group.endsWith(".attn_v.weight");
        if ((!key && !value) || group.container != model.container || group.tensor->shape.size() != 2
            || counted.kind.parametersEach != group.tensor->elements)
            continue;
        for (int64_t i = group.firstLayer; i < group.firstLayer + group.layerCount; ++i) {
            if (i >= 0 && size_t(i) < keys.size())
                (key ? keys : values)[size_t(i)] += uint64_t(std::max<int64_t>(group.tensor->shape[0], 0));
        }
    }
    bool any = false;
    for (size_t i = 0; i < keys.size(); ++i) {
        if ((keys[i] == 0) != (values[i] == 0))
            return {};
        any = any || keys[i] > 0;
        keys[i] += values[i];
    }
    return any ? keys : std::vector<uint64_t>();
}

/// Latent attention: rank + rotary width kept once, or keys and values of every head.
std::optional<LayerCache> latentLayer(const ModelFacts &facts)
{
    const auto &latent = facts.config.latentAttention;
    if (!latent || latent->kvRank <= 0)
        return std::nullopt;
    const int64_t rank = bounded(latent->kvRank), rotary = bounded(latent->qkRopeHeadDim);
    const int64_t key = bounded(latent->qkNopeHeadDim) + rotary, value = bounded(latent->vHeadDim);
    const int64_t heads = bounded(facts.config.heads);
    LayerCache cache;
    cache.elements = uint64_t(rank + rotary);
    cache.expanded = uint64_t(heads) * uint64_t(key + value);
    cache.work = 2.0 * double(heads) * double(rank + rotary + rank);
    cache.expandedWork = 2.0 * double(heads) * double(key + value);
    return cache;
}

class CacheReader
{
public:
    CacheReader(const ModelFacts &facts, const CountedModel &model)
        : m_facts(facts),
          m_rows(facts.layersProvenance == Provenance::Counted ? projectionRows(model, facts.layers)
                                                               : std::vector<uint64_t>())
    {
        if (facts.attention == AttentionKind::MLA)
            m_latent = latentLayer(facts);
    }

    std::optional<LayerCache> layer(size_t number) const
    {
        if (m_facts.attention == AttentionKind::MLA)
            return m_latent;
        const int64_t heads = bounded(m_facts.heads), width = bounded(m_facts.headDim);
        uint64_t elements = 0;
        if (!m_rows.empty()) {
            elements = m_rows[number];
        } else {
            const auto &each = m_facts.config.kvHeadsPerLayer;
            const int64_t kvHeads = number < each.size() ? bounded(each[number]) : bounded(m_facts.kvHeads);
            elements = 2 * uint64_t(kvHeads) * uint64_t(width);
            if (elements == 0 && number >= each.size())
                return std::nullopt;
        }
        const double work = 2.0 * double(heads) * double(width + width);
        return LayerCache{elements, elements, work, work};
    }

    /// Whether this layer has projections at all: of a hybrid model only some have.
    bool attends(size_t number) const { return m_rows.empty() || m_rows[number] > 0; }

private:
    const ModelFacts &m_facts;
    std::vector<uint64_t> m_rows;
    std::optional<LayerCache> m_latent;
};

CacheGroup &groupOf(CacheFacts &cache, const LayerKind &kind)
{
    for (CacheGroup &group : cache.groups) {
        if (group.kind == *kind.kind)
            return group;
    }
    cache.groups.push_back({*kind.kind, 0, kind.window, 0, 0, 0, 0});
    return cache.groups.back();
}

/// Tokens that a layer of this group keeps of a sequence.
int64_t keptTokens(const CacheGroup &group, int64_t context, const CacheRuntime &runtime)
{
    if (group.kind != CacheKind::Window || !runtime.dropsOld || group.window >= context)
        return context;
    const int64_t kept = group.window + runtime.windowBatch;
    return std::min(context, (kept + runtime.windowStep - 1) / runtime.windowStep * runtime.windowStep);
}

} // namespace

const char *cacheKindName(CacheKind kind)
{
    static constexpr std::array kNames{ASSAY_TEXT("Fact", "full"), ASSAY_TEXT("Fact", "window"),
                                       ASSAY_TEXT("Fact", "state")};
    return kNames[size_t(kind)];
}

std::span<const CacheRuntime> cacheRuntimes()
{
    return kRuntimes;
}

const CacheRuntime *findCacheRuntime(std::string_view name)
{
    const auto found = std::find_if(std::begin(kRuntimes), std::end(kRuntimes),
                                    [&](const CacheRuntime &runtime) { return name == runtime.name; });
    return found == std::end(kRuntimes) ? nullptr : found;
}

uint64_t CacheFacts::elementsPerToken(bool expanded) const
{
    uint64_t out = 0;
    for (const CacheGroup &group : groups) {
        if (group.kind != CacheKind::State)
            out += expanded ? group.expandedElements : group.elements;
    }
    return out;
}

std::optional<uint64_t> kvCacheBytes(const CacheFacts &cache, int64_t context, int64_t batch, int bytesPerElement,
                                     const CacheRuntime &runtime)
{
    if (cache.groups.empty() || context < 0 || batch < 0 || bytesPerElement < 0)
        return std::nullopt;
    uint64_t elements = 0, bytes = 0;
    for (const CacheGroup &group : cache.groups) {
        uint64_t own = runtime.expandsLatent ? group.expandedElements : group.elements;
        const uint64_t tokens = group.kind == CacheKind::State ? 1 : uint64_t(keptTokens(group, context, runtime));
        if (__builtin_mul_overflow(own, tokens, &own) || __builtin_add_overflow(elements, own, &elements))
            return std::nullopt;
    }
    if (__builtin_mul_overflow(elements, uint64_t(batch), &bytes)
        || __builtin_mul_overflow(bytes, uint64_t(bytesPerElement), &bytes))
        return std::nullopt;
    return bytes;
}

CacheFacts cacheFacts(const ModelFacts &facts, const CountedModel &model)
{
    CacheFacts out;
    const bool cached = model.family ? model.family->decoder : model.task == ModelTask::LanguageModel;
    if (!cached)
        return out;
    const CacheReader reader(facts, model);
    const std::vector<LayerKind> kinds = layerKinds(facts.config, facts.layers);
    out.latent = facts.attention == AttentionKind::MLA;
    for (size_t i = 0; i < kinds.size(); ++i) {
        if (!kinds[i].kind || (*kinds[i].kind != CacheKind::State && !reader.attends(i)))
            continue;
        if (*kinds[i].kind == CacheKind::State) {
            CacheGroup &group = groupOf(out, kinds[i]);
            const uint64_t own = facts.config.layerPattern.stateElements.value_or(0);
            ++group.layers;
            group.elements = group.expandedElements = group.elements + own;
            out.stateKnown = out.stateKnown && own > 0;
            continue;
        }
        const auto layer = reader.layer(i);
        if (!layer)
            return {};
        CacheGroup &group = groupOf(out, kinds[i]);
        ++group.layers;
        group.elements += layer->elements;
        group.expandedElements += layer->expanded;
        group.work += layer->work;
        group.expandedWork += layer->expandedWork;
    }
    return out;
}

} // namespace assay
