// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/modelconfig.h"

#include "core/format/jsontext.h"
#include "core/model/architectures.h"
#include "core/model/configfields.h"

#include <algorithm>

namespace assay {
namespace {

using nlohmann::json;

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

void readRope(const ConfigFields &fields, ModelConfig &config)
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
    if (declared->contains("sliding_attention") && (*declared)["sliding_attention"].is_object()) {
        if (const auto local = ConfigFields((*declared)["sliding_attention"]).number({"rope_theta"}))
            config.ropeLocalTheta = local;
    }
    const ConfigFields rope(object);
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
    scaling.truncate = rope.boolean({"truncate"}).value_or(true);
    scaling.longFactor = numbers(object, "long_factor");
    scaling.shortFactor = numbers(object, "short_factor");
    config.ropeScaling = std::move(scaling);
}

void readExperts(const ConfigFields &fields, ModelConfig &config)
{
    const auto routed = fields.integer({"n_routed_experts", "num_local_experts", "num_experts", "moe_num_experts"});
    if (routed.value_or(0) <= 0)
        return;
    ExpertsConfig experts;
    experts.routed = *routed;
    experts.active = fields.integer({"num_experts_per_tok", "experts_per_token", "moe_topk", "moe_k", "moe_top_k"}).value_or(0);
    experts.shared = fields.integer({"n_shared_experts", "num_shared_experts", "moe_num_shared_experts"}).value_or(0);
    experts.firstDenseLayers = fields.integer({"first_k_dense_replace"}).value_or(0);
    experts.layerFrequency = fields.integer({"moe_layer_freq", "decoder_sparse_step"}).value_or(1);
    experts.intermediateSize = fields.integer({"moe_intermediate_size"}).value_or(0);
    experts.sharedIntermediateSize = fields.integer({"shared_expert_intermediate_size"}).value_or(0);
    if (experts.sharedIntermediateSize > 0 && experts.shared == 0)
        experts.shared = 1;
    config.experts = experts;
}

void readLatentAttention(const ConfigFields &fields, ModelConfig &config)
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

void readSizes(const ConfigFields &fields, ModelConfig &config)
{
    config.layers = fields.integer({"num_hidden_layers", "n_layer", "n_layers", "num_layers"});
    config.hiddenSize = fields.integer({"hidden_size", "n_embd", "n_embed", "d_model", "dim"});
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
    config.mtpLayers = fields.integer({"num_nextn_predict_layers", "num_mtp_modules", "mtp_num_hidden_layers"});
    if (const json *heads = fields.find({"num_key_value_heads", "num_kv_heads"}); heads && heads->is_array())
        config.kvHeadsPerLayer = fields.integers({"num_key_value_heads", "num_kv_heads"});
}

void readDetails(const ConfigFields &fields, ModelConfig &config)
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

/// What tells where the model comes from, and whose code is to run it.
void readIdentity(const ConfigFields &fields, const json &root, ModelConfig &config)
{
    config.nameOrPath = fields.text({"_name_or_path"});
    config.padToken = fields.integer({"pad_token_id"});
    if (!root.contains("auto_map") || !root["auto_map"].is_object())
        return;
    // {"AutoModel": "modeling_x.XModel"}; a tokenizer's entry is a list.
    for (const json &entry : root["auto_map"]) {
        for (const json &name : entry.is_array() ? entry : json::array({entry})) {
            const std::string text = name.is_string() ? name.get<std::string>() : std::string();
            const std::string module = text.substr(0, text.rfind('.'));
            auto &modules = config.remoteModules;
            if (!module.empty() && std::find(modules.begin(), modules.end(), module) == modules.end())
                modules.push_back(module);
        }
    }
}

/// What the class of this config supplies for fields that it leaves out.
json classDefaults(const json &root)
{
    const ConfigFields fields(root);
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
    const ConfigFields fields(*root, classDefaults(*root));
    if (root->contains("architectures") && (*root)["architectures"].is_array()) {
        for (const json &name : (*root)["architectures"]) {
            if (name.is_string())
                config.architectures.push_back(name.get<std::string>());
        }
    }
    // diffusers names the class of a part of a pipeline so.
    if (const std::string name = fields.text({"_class_name"}); config.architectures.empty() && !name.empty())
        config.architectures.push_back(name);
    readSizes(fields, config);
    readLayerKinds(fields, config);
    readDetails(fields, config);
    readIdentity(fields, *root, config);
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
    const ConfigFields fields(*root);
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
