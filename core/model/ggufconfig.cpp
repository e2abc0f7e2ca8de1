// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/ggufconfig.h"

#include "core/base/text.h"
#include "core/model/ggufnames.h"
#include "core/model/rope.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr size_t kShownItems = 64;
// More layers than any model has: what a forged array holds beyond is left out.
constexpr size_t kMostLayers = 10'000;

/// Looks keys up below the architecture's name.
class Keys
{
public:
    explicit Keys(const Checkpoint &checkpoint) : m_checkpoint(checkpoint)
    {
        if (const MetadataEntry *name = checkpoint.findMetadata("general.architecture"); name && name->text())
            m_architecture = *name->text();
    }

    const std::string &architecture() const { return m_architecture; }

    const MetadataEntry *find(const char *name) const { return m_checkpoint.findMetadata(m_architecture + "." + name); }

    /// One value, else the largest of one a layer.
    std::optional<int64_t> integer(const char *name) const
    {
        const MetadataEntry *entry = find(name);
        if (!entry || !entry->isArray())
            return entry ? entry->integer() : std::nullopt;
        const auto each = layers(name);
        return each.empty() ? std::nullopt : std::optional(*std::max_element(each.begin(), each.end()));
    }

    /// One value a layer, where they are written so.
    std::vector<int64_t> layers(const char *name) const
    {
        std::vector<int64_t> out;
        const MetadataEntry *entry = find(name);
        for (size_t i = 0; entry && i < std::min(entry->numbers.size(), kMostLayers); ++i) {
            const double value = entry->numbers[i];
            out.push_back(std::abs(value) < 9e15 ? int64_t(value) : 0);
        }
        return out;
    }

    std::optional<double> number(const char *name) const
    {
        const MetadataEntry *entry = find(name);
        return entry ? entry->number() : std::nullopt;
    }

    std::string text(const char *name) const
    {
        const MetadataEntry *entry = find(name);
        return entry && entry->text() ? *entry->text() : std::string();
    }

private:
    const Checkpoint &m_checkpoint;
    std::string m_architecture;
};

std::optional<int64_t> tokenId(const Checkpoint &checkpoint, const char *key)
{
    const MetadataEntry *entry = checkpoint.findMetadata(key);
    return entry ? entry->integer() : std::nullopt;
}

bool hasTensor(const Checkpoint &checkpoint, std::string_view part)
{
    return std::any_of(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                       [part](const TensorRecord &tensor) { return tensor.name.find(part) != std::string_view::npos; });
}

void readSizes(const Keys &keys, const Checkpoint &checkpoint, ModelConfig &config)
{
    config.layers = keys.integer("block_count");
    config.mtpLayers = keys.integer("nextn_predict_layers");
    // The count has the layers for further tokens in, when they are there.
    if (config.layers && config.mtpLayers.value_or(0) > 0 && *config.mtpLayers < *config.layers
        && hasTensor(checkpoint, ".nextn."))
        *config.layers -= *config.mtpLayers;
    config.hiddenSize = keys.integer("embedding_length");
    config.intermediateSize = keys.integer("feed_forward_length");
    config.contextLength = keys.integer("context_length");
    config.vocabularySize = keys.integer("vocab_size");
    const MetadataEntry *tokens = checkpoint.findMetadata("tokenizer.ggml.tokens");
    if (!config.vocabularySize && tokens && tokens->count && *tokens->count < (uint64_t(1) << 62))
        config.vocabularySize = int64_t(*tokens->count);
    config.normEpsilon = keys.number("attention.layer_norm_rms_epsilon");
    if (!config.normEpsilon)
        config.normEpsilon = keys.number("attention.layer_norm_epsilon");
}

void readAttention(const Keys &keys, ModelConfig &config)
{
    config.heads = keys.integer("attention.head_count");
    config.kvHeads = keys.integer("attention.head_count_kv");
    config.kvHeadsPerLayer = keys.layers("attention.head_count_kv");
    config.headDim = keys.integer("attention.key_length");
    config.slidingWindow = keys.integer("attention.sliding_window");
    if (config.slidingWindow.value_or(0) <= 0)
        config.slidingWindow.reset();
    const MetadataEntry *pattern = keys.find("attention.sliding_window_pattern");
    if (pattern && pattern->isArray()) {
        for (const int64_t windowed : keys.layers("attention.sliding_window_pattern"))
            config.layerTypes.emplace_back(windowed != 0 ? "sliding_attention" : "full_attention");
    } else if (pattern) {
        config.slidingWindowPattern = pattern->integer();
    }
    config.layerPattern.fullInterval = keys.integer("full_attention_interval");
    if (keys.number("attention.max_alibi_bias").value_or(0) > 0)
        config.alibi = true;
}

/// The projections of a DeepSeek file that was made for absorbed attention have one key head of rank + rotary width;
/// what the heads have is told by the keys that end with _mla.
void readLatentAttention(const Keys &keys, ModelConfig &config)
{
    const auto rank = keys.integer("attention.kv_lora_rank");
    if (rank.value_or(0) <= 0)
        return;
    LatentAttentionConfig latent;
    latent.kvRank = *rank;
    latent.qRank = keys.integer("attention.q_lora_rank").value_or(0);
    latent.qkRopeHeadDim = keys.integer("rope.dimension_count").value_or(0);
    const auto either = [&keys](const char *first, const char *second) {
        const auto value = keys.integer(first);
        return (value ? value : keys.integer(second)).value_or(0);
    };
    const int64_t keyWidth = either("attention.key_length_mla", "attention.key_length");
    latent.qkNopeHeadDim = std::max<int64_t>(std::clamp<int64_t>(keyWidth, 0, 1'000'000) - latent.qkRopeHeadDim, 0);
    latent.vHeadDim = either("attention.value_length_mla", "attention.value_length");
    config.latentAttention = latent;
    config.kvHeads = config.heads;
    config.kvHeadsPerLayer.clear();
    config.headDim.reset();
}

void readRope(const Keys &keys, ModelConfig &config)
{
    config.ropeTheta = keys.number("rope.freq_base");
    config.ropeLocalTheta = keys.number("rope.freq_base_swa");
    const auto rotary = keys.integer("rope.dimension_count");
    const int64_t width = config.headDimOrDefault();
    if (!config.latentAttention && rotary && width > 0 && *rotary > 0 && *rotary < width)
        config.partialRotary = double(*rotary) / double(width);
    RopeScaling scaling;
    scaling.type = keys.text("rope.scaling.type");
    // Old files write the factor alone, under either name; no factor and 0 are none.
    auto factor = keys.number("rope.scaling.factor");
    if (!factor)
        factor = keys.number("rope.scale_linear");
    if (scaling.type.empty() && factor.value_or(0) != 0 && factor != 1.0)
        scaling.type = "linear";
    if (scaling.type.empty() || scaling.type == "none")
        return;
    scaling.factor = factor.value_or(1.0);
    scaling.originalContext = keys.integer("rope.scaling.original_context_length");
    scaling.attentionFactor = keys.number("rope.scaling.attn_factor");
    scaling.betaFast = keys.number("rope.scaling.yarn_beta_fast");
    scaling.betaSlow = keys.number("rope.scaling.yarn_beta_slow");
    // llama.cpp stores a tenth of mscale_all_dim.
    if (const auto multiplier = keys.number("rope.scaling.yarn_log_multiplier"))
        scaling.mscaleAllDim = *multiplier * 10;
    config.ropeScaling = std::move(scaling);
}

/// What the keys do not say and the tensors of the first layer show.
void readTensors(const Keys &keys, const Checkpoint &checkpoint, ModelConfig &config)
{
    const auto has = [&checkpoint](const char *name) { return checkpoint.find(name) != nullptr; };
    if (const TensorRecord *embedding = checkpoint.find("token_embd.weight"); embedding && !config.vocabularySize && embedding->shape.size() == 2)
        config.vocabularySize = embedding->shape[0];
    if (!checkpoint.complete() || !has("blk.0.attn_output.weight"))
        return;
    config.attentionBias = has("blk.0.attn_q.bias") || has("blk.0.attn_qkv.bias");
    config.mlpBias = has("blk.0.ffn_down.bias");
    config.headNorms = has("blk.0.attn_q_norm.weight");
    const bool factors = has("rope_factors_long.weight") && has("rope_factors_short.weight");
    if (!factors && (config.ropeScaling || !has("rope_freqs.weight")))
        return;
    RopeScaling scaling;
    scaling.type = factors ? "longrope" : kRopeDivisors;
    scaling.originalContext = keys.integer("rope.scaling.original_context_length");
    scaling.attentionFactor = keys.number("rope.scaling.attn_factor");
    config.ropeScaling = std::move(scaling);
}

void readExperts(const Keys &keys, ModelConfig &config)
{
    const auto routed = keys.integer("expert_count");
    if (routed.value_or(0) <= 0)
        return;
    ExpertsConfig experts;
    experts.routed = *routed;
    experts.active = keys.integer("expert_used_count").value_or(0);
    experts.shared = keys.integer("expert_shared_count").value_or(0);
    experts.firstDenseLayers = keys.integer("leading_dense_block_count").value_or(0);
    experts.layerFrequency = keys.integer("interleave_moe_layer_step").value_or(1);
    experts.intermediateSize = keys.integer("expert_feed_forward_length").value_or(0);
    experts.sharedIntermediateSize = keys.integer("expert_shared_feed_forward_length").value_or(0);
    if (experts.sharedIntermediateSize > 0 && experts.shared == 0)
        experts.shared = 1;
    config.experts = experts;
}

nlohmann::ordered_json shownValue(const MetadataEntry &entry)
{
    if (const std::string *text = entry.text())
        return validUtf8(*text);
    if (const auto *flag = std::get_if<bool>(&entry.value))
        return *flag;
    if (const auto whole = entry.integer())
        return *whole;
    // JSON knows neither NaN nor infinity.
    if (const auto real = entry.number())
        return std::isfinite(*real) ? nlohmann::ordered_json(*real) : nlohmann::ordered_json(entry.shown());
    if (entry.count.value_or(0) <= kShownItems && entry.numbers.size() == entry.count.value_or(0)
        && std::all_of(entry.numbers.begin(), entry.numbers.end(), [](double value) { return std::isfinite(value); }))
        return entry.numbers;
    return entry.shown() + " (" + std::to_string(entry.count.value_or(0)) + ")";
}

std::string keysAsJson(const Checkpoint &checkpoint)
{
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    for (const MetadataEntry &entry : checkpoint.metadata) {
        if (!out.contains(entry.key))
            out[entry.key] = shownValue(entry);
    }
    return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace

ModelConfig ggufConfig(const Checkpoint &checkpoint)
{
    const Keys keys(checkpoint);
    ModelConfig config;
    config.modelType = keys.architecture();
    config.metadataName = keys.architecture().empty() ? std::string("general") : validUtf8(keys.architecture());
    const GgufArchitecture *known = findGgufArchitecture(checkpoint);
    if (known) {
        config.modelType = known->family.modelType;
        config.architectures = {known->className};
    }
    readSizes(keys, checkpoint, config);
    readAttention(keys, config);
    readLatentAttention(keys, config);
    readRope(keys, config);
    readExperts(keys, config);
    readTensors(keys, checkpoint, config);
    const bool decoder = !known || known->family.decoder;
    if (decoder && checkpoint.complete() && checkpoint.find("token_embd.weight"))
        config.tiedEmbeddings = checkpoint.find("output.weight") == nullptr;
    config.bosToken = tokenId(checkpoint, "tokenizer.ggml.bos_token_id");
    config.padToken = tokenId(checkpoint, "tokenizer.ggml.padding_token_id");
    for (const char *key : {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id"}) {
        const auto id = tokenId(checkpoint, key);
        if (id && std::find(config.eosTokens.begin(), config.eosTokens.end(), *id) == config.eosTokens.end())
            config.eosTokens.push_back(*id);
    }
    config.text = keysAsJson(checkpoint);
    return config;
}

} // namespace assay
