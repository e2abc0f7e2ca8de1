// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/modelconfig.h"

#include "core/format/jsontext.h"
#include "core/model/architectures.h"

#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>

namespace assay {
namespace {

using nlohmann::json;
using Names = std::initializer_list<const char *>;

/// A whole number, unless it is too large for one: it must not turn up as a negative number.
std::optional<int64_t> wholeNumber(const json &value)
{
    if (!value.is_number_integer() || (value.is_number_unsigned() && !std::in_range<int64_t>(value.get<uint64_t>())))
        return std::nullopt;
    return value.get<int64_t>();
}

/// Looks a field up under its spellings: the nested text model, the top level, then what the class supplies.
class Fields
{
public:
    explicit Fields(const json &root, json defaults = json::object())
        : m_root(root), m_defaults(std::move(defaults))
    {
        for (const char *nested : {"text_config", "llm_config", "language_config"}) {
            if (root.contains(nested) && root[nested].is_object())
                m_nested = &root[nested];
        }
    }

    const json *find(Names names) const
    {
        // The nested model comes first: a multimodal wrapper may carry sizes of its own.
        for (const json *object : {m_nested, &m_root, &m_defaults}) {
            for (const char *name : names) {
                if (object && object->contains(name) && !(*object)[name].is_null())
                    return &(*object)[name];
            }
        }
        return nullptr;
    }

    std::optional<int64_t> integer(Names names) const
    {
        const json *value = find(names);
        if (value && value->is_number_integer())
            return wholeNumber(*value);
        // Some writers put whole numbers as 4096.0.
        if (value && value->is_number_float()) {
            const double number = value->get<double>();
            if (std::floor(number) == number && std::abs(number) < 9e15)
                return int64_t(number);
        }
        return std::nullopt;
    }

    std::optional<double> number(Names names) const
    {
        const json *value = find(names);
        return value && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
    }

    std::optional<bool> boolean(Names names) const
    {
        const json *value = find(names);
        return value && value->is_boolean() ? std::optional(value->get<bool>()) : std::nullopt;
    }

    std::string text(Names names) const
    {
        const json *value = find(names);
        return value && value->is_string() ? value->get<std::string>() : std::string();
    }

    std::vector<int64_t> integers(Names names) const
    {
        std::vector<int64_t> out;
        const json *value = find(names);
        if (!value)
            return out;
        for (const json &item : value->is_array() ? *value : json::array({*value})) {
            if (const auto number = wholeNumber(item))
                out.push_back(*number);
        }
        return out;
    }

private:
    const json &m_root;
    json m_defaults;
    const json *m_nested = nullptr;
};

std::vector<double> numbers(const json &object, const char *name)
{
    std::vector<double> out;
    if (object.contains(name) && object[name].is_array()) {
        for (const json &item : object[name]) {
            if (item.is_number())
                out.push_back(item.get<double>());
        }
    }
    return out;
}

void readRope(const Fields &fields, ModelConfig &config)
{
    config.ropeTheta = fields.number({"rope_theta", "rotary_emb_base", "rotary_base"});
    config.ropeLocalTheta = fields.number({"rope_local_base_freq"});
    config.partialRotary = fields.number({"partial_rotary_factor", "rotary_pct", "rope_pct"});
    const json *declared = fields.find({"rope_parameters", "rope_scaling"});
    if (!declared || !declared->is_object())
        return;
    // transformers 5 nests one set a layer type where they differ.
    const json &object = declared->contains("full_attention") && (*declared)["full_attention"].is_object()
                             ? (*declared)["full_attention"]
                             : *declared;
    const Fields rope(object);
    if (auto theta = rope.number({"rope_theta"}))
        config.ropeTheta = theta;
    if (auto partial = rope.number({"partial_rotary_factor"}))
        config.partialRotary = partial;
    RopeScaling scaling;
    scaling.type = rope.text({"rope_type", "type"});
    if (scaling.type.empty() || scaling.type == "default")
        return;
    scaling.factor = rope.number({"factor"}).value_or(1.0);
    scaling.lowFrequencyFactor = rope.number({"low_freq_factor"});
    scaling.highFrequencyFactor = rope.number({"high_freq_factor"});
    scaling.originalContext = rope.integer({"original_max_position_embeddings"});
    if (!scaling.originalContext)
        scaling.originalContext = fields.integer({"original_max_position_embeddings"});
    scaling.betaFast = rope.number({"beta_fast"});
    scaling.betaSlow = rope.number({"beta_slow"});
    scaling.attentionFactor = rope.number({"attention_factor"});
    scaling.mscale = rope.number({"mscale"});
    scaling.mscaleAllDim = rope.number({"mscale_all_dim"});
    scaling.longFactor = numbers(object, "long_factor");
    scaling.shortFactor = numbers(object, "short_factor");
    config.ropeScaling = std::move(scaling);
}

void readExperts(const Fields &fields, ModelConfig &config)
{
    const auto routed = fields.integer({"n_routed_experts", "num_local_experts", "num_experts"});
    if (routed.value_or(0) <= 0)
        return;
    ExpertsConfig experts;
    experts.routed = *routed;
    experts.active = fields.integer({"num_experts_per_tok", "experts_per_token", "moe_topk"}).value_or(0);
    experts.shared = fields.integer({"n_shared_experts", "num_shared_experts"}).value_or(0);
    experts.firstDenseLayers = fields.integer({"first_k_dense_replace"}).value_or(0);
    experts.layerFrequency = fields.integer({"moe_layer_freq", "decoder_sparse_step"}).value_or(1);
    experts.intermediateSize = fields.integer({"moe_intermediate_size"}).value_or(0);
    experts.sharedIntermediateSize = fields.integer({"shared_expert_intermediate_size"}).value_or(0);
    if (experts.sharedIntermediateSize > 0 && experts.shared == 0)
        experts.shared = 1;
    config.experts = experts;
}

void readLatentAttention(const Fields &fields, ModelConfig &config)
{
    const auto rank = fields.integer({"kv_lora_rank"});
    if (!rank)
        return;
    LatentAttentionConfig latent;
    latent.kvRank = *rank;
    latent.qRank = fields.integer({"q_lora_rank"}).value_or(0);
    latent.qkNopeHeadDim = fields.integer({"qk_nope_head_dim"}).value_or(0);
    latent.qkRopeHeadDim = fields.integer({"qk_rope_head_dim"}).value_or(0);
    latent.vHeadDim = fields.integer({"v_head_dim"}).value_or(0);
    config.latentAttention = latent;
}

void readQuantization(const Fields &fields, ModelConfig &config)
{
    config.expertDtype = fields.text({"expert_dtype"});
    const json *declared = fields.find({"quantization_config"});
    const json *mlx = fields.find({"quantization"});
    if (!declared && mlx && mlx->is_object() && mlx->contains("group_size")) {
        config.quantizationMethod = "mlx";
        config.quantizationBits = Fields(*mlx).integer({"bits"});
        return;
    }
    if (!declared || !declared->is_object())
        return;
    const Fields quantization(*declared);
    config.quantizationMethod = quantization.text({"quant_method"});
    config.quantizationBits = quantization.integer({"bits"});
    config.quantizationBlock = quantization.integers({"weight_block_size"});
    if (config.expertDtype.empty())
        config.expertDtype = quantization.text({"expert_dtype"});
    if (quantization.boolean({"load_in_4bit", "_load_in_4bit"}).value_or(false))
        config.quantizationBits = 4;
    else if (quantization.boolean({"load_in_8bit", "_load_in_8bit"}).value_or(false))
        config.quantizationBits = 8;
    // compressed-tensors: one set of bits for each group of modules; the first stands for all.
    const json *groups = quantization.find({"config_groups"});
    if (config.quantizationBits || !groups || !groups->is_object() || groups->empty())
        return;
    const json &first = *groups->begin();
    if (first.is_object() && first.contains("weights") && first["weights"].is_object())
        config.quantizationBits = Fields(first["weights"]).integer({"num_bits"});
}

void readSizes(const Fields &fields, ModelConfig &config)
{
    config.layers = fields.integer({"num_hidden_layers", "n_layer", "n_layers", "num_layers"});
    config.hiddenSize = fields.integer({"hidden_size", "n_embd", "d_model", "dim"});
    config.intermediateSize = fields.integer({"intermediate_size", "n_inner", "ffn_dim", "ffn_hidden_size", "hidden_dim"});
    config.heads = fields.integer({"num_attention_heads", "n_head", "n_heads"});
    config.kvHeads = fields.integer({"num_key_value_heads", "num_kv_heads", "n_head_kv"});
    // Multi-query models of the older kind have one key/value head whatever the count says.
    if (fields.boolean({"multi_query"}).value_or(false)
        && !fields.boolean({"new_decoder_architecture"}).value_or(false))
        config.kvHeads = 1;
    config.headDim = fields.integer({"head_dim"});
    config.embeddingSize = fields.integer({"word_embed_proj_dim"});
    config.vocabularySize = fields.integer({"vocab_size"});
    config.contextLength = fields.integer({"max_position_embeddings", "n_positions", "n_ctx", "seq_length", "max_seq_len"});
    config.mtpLayers = fields.integer({"num_nextn_predict_layers"});
    // A window that is declared but switched off does not exist (Qwen2).
    if (fields.boolean({"use_sliding_window"}).value_or(true))
        config.slidingWindow = fields.integer({"sliding_window"});
    config.slidingWindowPattern = fields.integer({"sliding_window_pattern"});
    if (const json *types = fields.find({"layer_types"}); types && types->is_array()) {
        for (const json &type : *types)
            config.layerTypes.push_back(type.is_string() ? type.get<std::string>() : std::string());
    }
}

void readDetails(const Fields &fields, ModelConfig &config)
{
    config.modelType = fields.text({"model_type"});
    config.normEpsilon = fields.number({"rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon", "norm_epsilon", "norm_eps"});
    config.activation = fields.text({"hidden_activation", "hidden_act", "activation_function", "activation"});
    config.tiedEmbeddings = fields.boolean({"tie_word_embeddings"});
    config.attentionBias = fields.boolean({"attention_bias", "use_qkv_bias", "bias"});
    config.mlpBias = fields.boolean({"mlp_bias"});
    config.alibi = fields.boolean({"alibi"});
    config.dtype = fields.text({"torch_dtype", "dtype"});
    config.eosTokens = fields.integers({"eos_token_id"});
    config.bosToken = fields.integer({"bos_token_id"});
}

/// What the class of this config supplies for fields that it leaves out.
json classDefaults(const json &root)
{
    const Fields fields(root);
    std::string className;
    if (root.contains("architectures") && root["architectures"].is_array() && !root["architectures"].empty()
        && root["architectures"][0].is_string())
        className = root["architectures"][0].get<std::string>();
    const ArchitectureFamily *family = findFamily(className, fields.text({"model_type"}));
    return family && *family->defaults != '\0' ? json::parse(family->defaults) : json::object();
}

} // namespace

int64_t ModelConfig::headDimOrDefault() const
{
    if (headDim)
        return *headDim;
    const int64_t count = heads.value_or(0);
    return count > 0 ? hiddenSize.value_or(0) / count : 0;
}

Result<ModelConfig> parseModelConfig(const std::string &text, const std::string &where)
{
    auto root = parseJsonObject(text, where);
    if (!root)
        return tl::unexpected(root.error());
    ModelConfig config;
    config.text = text;
    const Fields fields(*root, classDefaults(*root));
    if (root->contains("architectures") && (*root)["architectures"].is_array()) {
        for (const json &name : (*root)["architectures"]) {
            if (name.is_string())
                config.architectures.push_back(name.get<std::string>());
        }
    }
    readSizes(fields, config);
    readDetails(fields, config);
    readRope(fields, config);
    readExperts(fields, config);
    readLatentAttention(fields, config);
    readQuantization(fields, config);
    return config;
}

Result<GenerationConfig> parseGenerationConfig(const std::string &text)
{
    auto root = parseJsonObject(text, "generation_config.json");
    if (!root)
        return tl::unexpected(root.error());
    const Fields fields(*root);
    GenerationConfig config;
    config.eosTokens = fields.integers({"eos_token_id"});
    config.bosToken = fields.integer({"bos_token_id"});
    config.padToken = fields.integer({"pad_token_id"});
    config.temperature = fields.number({"temperature"});
    config.topP = fields.number({"top_p"});
    config.topK = fields.integer({"top_k"});
    config.sample = fields.boolean({"do_sample"});
    return config;
}

} // namespace assay
