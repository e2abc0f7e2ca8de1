// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/modulekinds.h"

#include "core/base/text.h"
#include "core/model/modulenames.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

namespace assay {
namespace {

using K = ModuleKind;

struct KindName
{
    K kind;
    const char *id, *name;
};
constexpr KindName kNames[] = {
    {K::RmsNorm, "modules.rms_norm", ASSAY_TEXT("Fact", "RMSNorm")},
    {K::LayerNorm, "modules.layer_norm", ASSAY_TEXT("Fact", "LayerNorm")},
    {K::BatchNorm, "modules.batch_norm", ASSAY_TEXT("Fact", "BatchNorm")},
    {K::GroupNorm, "modules.group_norm", ASSAY_TEXT("Fact", "GroupNorm")},
    {K::TokenEmbedding, "modules.token_embedding", ASSAY_TEXT("Fact", "Token embedding")},
    {K::LearnedPositions, "modules.learned_positions", ASSAY_TEXT("Fact", "Learned positions")},
    {K::RotaryPositions, "modules.rotary_positions", ASSAY_TEXT("Fact", "Rotary positions")},
    {K::RelativePositions, "modules.relative_positions", ASSAY_TEXT("Fact", "Relative positions")},
    {K::PatchEmbedding, "modules.patch_embedding", ASSAY_TEXT("Fact", "Patch embedding")},
    {K::Convolution, "modules.convolution", ASSAY_TEXT("Fact", "Convolution")},
    {K::DepthwiseConvolution, "modules.depthwise_convolution", ASSAY_TEXT("Fact", "Depthwise convolution")},
    {K::PointwiseConvolution, "modules.pointwise_convolution", ASSAY_TEXT("Fact", "Pointwise convolution")},
    {K::SelfAttention, "modules.self_attention", ASSAY_TEXT("Fact", "Self-attention")},
    {K::LatentAttention, "modules.latent_attention", ASSAY_TEXT("Fact", "Latent attention")},
    {K::CrossAttention, "modules.cross_attention", ASSAY_TEXT("Fact", "Cross-attention")},
    {K::AttentionSinks, "modules.attention_sinks", ASSAY_TEXT("Fact", "Attention sinks")},
    {K::Mlp, "modules.mlp", ASSAY_TEXT("Fact", "MLP")},
    {K::GatedMlp, "modules.gated_mlp", ASSAY_TEXT("Fact", "Gated MLP")},
    {K::Router, "modules.router", ASSAY_TEXT("Fact", "Router")},
    {K::Experts, "modules.experts", ASSAY_TEXT("Fact", "Experts")},
    {K::SharedExperts, "modules.shared_experts", ASSAY_TEXT("Fact", "Shared experts")},
    {K::StateSpace, "modules.state_space", ASSAY_TEXT("Fact", "State space (Mamba)")},
    {K::LinearAttention, "modules.linear_attention", ASSAY_TEXT("Fact", "Linear attention")},
    {K::Adapter, "modules.adapter", ASSAY_TEXT("Fact", "Adapter (LoRA)")},
    {K::VisionTower, "modules.vision_tower", ASSAY_TEXT("Fact", "Vision tower")},
    {K::AudioTower, "modules.audio_tower", ASSAY_TEXT("Fact", "Audio tower")},
    {K::Projector, "modules.projector", ASSAY_TEXT("Fact", "Projector between modalities")},
    {K::UNetBlock, "modules.unet_block", ASSAY_TEXT("Fact", "U-Net block")},
    {K::AutoencoderBlock, "modules.autoencoder_block", ASSAY_TEXT("Fact", "Autoencoder block")},
    {K::TextEncoder, "modules.text_encoder", ASSAY_TEXT("Fact", "Text encoder")},
    {K::NextToken, "modules.next_token", ASSAY_TEXT("Fact", "Further-token prediction")},
};
static_assert(std::size(kNames) == size_t(K::Count_));

/// The name as if it were not packed: GPTQ's qweight, MXFP4's blocks.
std::string plainName(std::string_view pattern)
{
    static constexpr std::pair<std::string_view, std::string_view> kPacked[] = {
        {".qweight", ".weight"}, {".weight_packed", ".weight"}, {"_blocks", ""}};
    for (const auto &[packed, plain] : kPacked) {
        if (pattern.ends_with(packed))
            return std::string(pattern.substr(0, pattern.size() - packed.size())) + std::string(plain);
    }
    return std::string(pattern);
}

/// One group of tensors with its name taken apart.
struct Named
{
    const LeafGroup *group;
    std::string name;                    ///< plainName of its pattern
    std::string stored;                  ///< plainName of its first tensor: what lies beside it is found by that
    std::vector<std::string_view> parts; ///< of it

    std::string_view parent() const { return parts.size() > 1 ? parts[parts.size() - 2] : std::string_view(); }
    std::string_view last() const { return parts.back(); }
    /// With its dot: "model.layers.0.mlp.down_proj."
    std::string module() const { return stored.substr(0, stored.rfind('.') + 1); }
    const Shape &shape() const { return group->tensor->shape; }
    bool has(std::string_view part) const { return std::find(parts.begin(), parts.end(), part) != parts.end(); }
};

std::vector<std::string_view> partsOf(std::string_view name)
{
    std::vector<std::string_view> parts;
    for (size_t begin = 0; begin <= name.size();) {
        const size_t end = std::min(name.find('.', begin), name.size());
        parts.push_back(name.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

class ModuleReader
{
public:
    explicit ModuleReader(const std::vector<LeafGroup> &groups)
    {
        for (const LeafGroup &group : groups)
            m_stored.emplace(plainName(group.tensor->name), &group);
        for (const LeafGroup &group : groups)
            read(group);
    }

    std::vector<ModuleFact> facts()
    {
        std::vector<ModuleFact> out;
        for (ModuleFact &fact : m_facts) {
            if (fact.count > 0)
                out.push_back(std::move(fact));
        }
        return out;
    }

private:
    void read(const LeafGroup &group)
    {
        Named named{&group, plainName(group.pattern), plainName(group.tensor->name), {}};
        named.parts = partsOf(named.name);
        norm(named);
        convolution(named);
        tails(named);
        places(named);
    }

    void add(K kind, const Named &named, uint64_t count, const char *evidence)
    {
        ModuleFact &fact = m_facts[size_t(kind)];
        fact.kind = kind;
        if (fact.count == 0) {
            fact.example = std::string(named.group->tensor->name);
            fact.evidence = evidence;
        }
        fact.count += count;
    }

    bool beside(const Named &named, std::string_view sibling) const
    {
        return m_stored.count(named.module() + std::string(sibling)) > 0;
    }

    void norm(const Named &named)
    {
        const bool gamma = named.last() == "gamma";
        const bool batch = beside(named, "running_mean");
        if ((named.last() != "weight" && !gamma) || named.shape().size() != 1 || named.parts.size() < 2
            || (!batch && !isNormName(named.parent())))
            return;
        const uint64_t copies = named.group->copies;
        if (batch)
            add(K::BatchNorm, named, copies, ASSAY_TEXT("Evidence", "running_mean beside the weight: %1"));
        else if (isGroupNormPlace(named.parts))
            add(K::GroupNorm, named, copies, ASSAY_TEXT("Evidence", "a norm between convolutions, weight and bias: %1"));
        else if (beside(named, gamma ? "beta" : "bias"))
            add(K::LayerNorm, named, copies, ASSAY_TEXT("Evidence", "a bias beside the weight: %1"));
        else
            add(K::RmsNorm, named, copies, ASSAY_TEXT("Evidence", "a weight without a bias: %1"));
    }

    void convolution(const Named &named)
    {
        const Shape &shape = named.shape();
        const bool line = shape.size() == 3 && named.parent().find("conv") != std::string_view::npos;
        if (named.last() != "weight" || (!line && shape.size() != 4 && shape.size() != 5) || named.has("experts"))
            return;
        const bool single = std::all_of(shape.begin() + 2, shape.end(), [](int64_t size) { return size == 1; });
        const uint64_t copies = named.group->copies;
        if (isPatchName(named.parts))
            add(K::PatchEmbedding, named, copies, ASSAY_TEXT("Evidence", "name and a kernel as large as a patch: %1"));
        else if (shape[1] == 1 && shape[0] > 1 && !isFirst(named))
            add(K::DepthwiseConvolution, named, copies, ASSAY_TEXT("Evidence", "shape [channels, 1, kernel]: %1"));
        else if (single)
            add(K::PointwiseConvolution, named, copies, ASSAY_TEXT("Evidence", "shape [out, in, 1]: %1"));
        else
            add(K::Convolution, named, copies, ASSAY_TEXT("Evidence", "shape [out, in, kernel]: %1"));
    }

    /// A first convolution may have one channel to read, too: sound, grey pictures.
    static bool isFirst(const Named &named)
    {
        return named.name.find("conv_in") != std::string::npos || named.has("stem")
               || (named.has("conv_layers") && named.group->firstLayer == 0);
    }

    void tails(const Named &named)
    {
        std::string_view name = named.name;
        size_t begin = name.size();
        for (size_t depth = 0; depth < 4 && begin != std::string_view::npos && begin > 0; ++depth) {
            const size_t dot = name.rfind('.', begin - 1);
            const std::string_view tail = dot == std::string_view::npos ? name : name.substr(dot + 1);
            if (const auto word = moduleTails().find(tail); word != moduleTails().end()) {
                countTail(named, word->second);
                return;
            }
            begin = dot;
        }
    }

    void countTail(const Named &named, const ModuleTail &word)
    {
        const Shape &shape = named.shape();
        K kind = word.kind;
        uint64_t count = named.group->copies;
        if (shape.size() < word.leastRank)
            return;
        if (kind == K::SelfAttention && isCrossAttention(named.parts))
            kind = K::CrossAttention;
        else if (kind == K::SelfAttention
                 && (named.has("linear_attn") || besideModule(named, "kv_a_proj_with_mqa.weight")
                     || besideModule(named, "attn_kv_a_mqa.weight")))
            return;
        if (kind == K::Mlp) {
            if (named.has("experts") || shape.size() >= 3) {
                kind = K::Experts;
                count *= shape.size() >= 3 ? uint64_t(std::max<int64_t>(shape[0], 0)) : 1;
            } else if (named.has("shared_experts") || named.has("shared_expert")) {
                kind = K::SharedExperts;
            } else if (named.has("attention") && named.has("output")) {
                return; // BERT's attention.output.dense ends as its MLP does
            } else if (gated(named)) {
                kind = K::GatedMlp;
            }
        }
        if (kind == K::StateSpace && named.has("linear_attn"))
            kind = K::LinearAttention;
        add(kind, named, count, word.evidence);
    }

    /// Beside the module of this tensor: self_attn.q_proj.weight and self_attn.<sibling>; null when it is not there.
    const LeafGroup *findModule(const Named &named, std::string_view sibling) const
    {
        std::string module = named.module();
        if (module.empty())
            return nullptr;
        module.pop_back();
        const size_t dot = module.rfind('.');
        const auto found = m_stored.find((dot == std::string::npos ? "" : module.substr(0, dot + 1)) + std::string(sibling));
        return found == m_stored.end() ? nullptr : found->second;
    }

    bool besideModule(const Named &named, std::string_view sibling) const { return findModule(named, sibling); }

    bool gated(const Named &named) const
    {
        for (std::string_view gate : gateTails()) {
            if (besideModule(named, gate))
                return true;
        }
        // diffusers' ff.net.0.proj is a gated one when it has twice the rows that the last matrix reads.
        const LeafGroup *first = findModule(named, "0.proj.weight");
        if (!first || first->tensor->shape.size() != 2 || named.shape().size() != 2)
            return false;
        return first->tensor->shape[0] / 2 == named.shape()[1] && first->tensor->shape[0] % 2 == 0;
    }

    void places(const Named &named)
    {
        size_t end = 0;
        K within = K::Count_;
        for (std::string_view part : named.parts) {
            end = size_t(part.data() - named.name.data()) + part.size();
            const auto place = modulePlaces().find(part);
            if (place == modulePlaces().end())
                continue;
            const ModulePlace &row = place->second;
            // vision_tower.vision_model is one tower.
            if (row.kind == within)
                continue;
            within = row.kind;
            const K kind = row.kind == K::UNetBlock && isAutoencoder(named) ? K::AutoencoderBlock : row.kind;
            // Blocks are counted by their number, towers once each.
            const std::string_view rest = std::string_view(named.name).substr(end);
            const bool numbered = rest.starts_with(".#") && named.group->firstLayer >= 0;
            for (int64_t i = 0; i < (numbered ? named.group->layerCount : 1); ++i) {
                std::string key = named.name.substr(0, end);
                if (numbered && row.numbered)
                    key += '.' + std::to_string(named.group->firstLayer + i);
                if (m_seen[size_t(kind)].insert(std::move(key)).second)
                    add(kind, named, 1, ASSAY_TEXT("Evidence", "the module's name: %1"));
                if (!row.numbered)
                    break;
            }
            if (!row.further)
                return;
        }
    }

    static bool isAutoencoder(const Named &named)
    {
        return named.has("encoder") || named.has("decoder");
    }

    std::unordered_map<std::string, const LeafGroup *> m_stored;
    std::array<ModuleFact, size_t(K::Count_)> m_facts;
    std::array<std::set<std::string>, size_t(K::Count_)> m_seen;
};

constexpr bool inOrder()
{
    for (size_t i = 0; i < std::size(kNames); ++i) {
        if (size_t(kNames[i].kind) != i)
            return false;
    }
    return true;
}
static_assert(inOrder());

} // namespace

const char *moduleKindName(ModuleKind kind)
{
    return kNames[size_t(kind)].name;
}

const char *moduleKindRow(ModuleKind kind)
{
    return kNames[size_t(kind)].id;
}

const char *moduleKindId(ModuleKind kind)
{
    return kNames[size_t(kind)].id + std::string_view("modules.").size();
}

std::vector<ModuleFact> moduleFacts(const std::vector<LeafGroup> &groups)
{
    return ModuleReader(groups).facts();
}

const ModuleFact *findModule(const std::vector<ModuleFact> &modules, ModuleKind kind)
{
    const auto found =
        std::find_if(modules.begin(), modules.end(), [&](const ModuleFact &fact) { return fact.kind == kind; });
    return found == modules.end() ? nullptr : &*found;
}

} // namespace assay
