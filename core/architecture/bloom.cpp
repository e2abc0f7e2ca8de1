// SPDX-License-Identifier: GPL-3.0-or-later
// BLOOM (arXiv 2211.05100) and MPT (MosaicML, 2023): ALiBi in place of positions.
#include "core/architecture/architectures.h"

namespace assay {
namespace {

void resolveBloom(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, true);
    config.refuse("apply_residual_connection_post_layernorm");
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = spec.embeddingNorm = config.norm(NormKind::Layer, 1e-5, true);
    AttentionSpec &a = layer.attention;
    a = config.heads();
    a.positions = Positions::Alibi;
    a.queryBias = a.keyBias = a.valueBias = a.outputBias = true;
    // No field sets these two.
    layer.feedForward.intermediate = 4 * spec.hidden;
    layer.feedForward.activation = Activation::GeluTanh;
    layer.feedForward.gated = false;
    layer.feedForward.upBias = layer.feedForward.downBias = true;
    config.layers(spec, layer);
}

constexpr PartName kBloomNames[] = {
    {Part::Embedding, "transformer.word_embeddings"},
    {Part::EmbeddingNorm, "transformer.word_embeddings_layernorm"},
    {Part::InputNorm, "transformer.h.{layer}.input_layernorm"},
    {Part::Query, "transformer.h.{layer}.self_attention.query_key_value", Layout::PerHead},
    {Part::Key, "transformer.h.{layer}.self_attention.query_key_value", Layout::PerHead},
    {Part::Value, "transformer.h.{layer}.self_attention.query_key_value", Layout::PerHead},
    {Part::AttentionOutput, "transformer.h.{layer}.self_attention.dense"},
    {Part::MlpNorm, "transformer.h.{layer}.post_attention_layernorm"},
    {Part::Up, "transformer.h.{layer}.mlp.dense_h_to_4h"},
    {Part::Down, "transformer.h.{layer}.mlp.dense_4h_to_h"},
    {Part::FinalNorm, "transformer.ln_f"},
    {Part::Head, "lm_head"},
};

/// What attn_config says of MPT's attention.
void readMptAttention(ConfigReader &config, AttentionSpec &a)
{
    const nlohmann::json *declared = config.raw("attn_config");
    const nlohmann::json fields = declared && declared->is_object() ? *declared : nlohmann::json::object();
    for (const auto &[field, known] : {std::pair{"alibi", nlohmann::json(true)}, std::pair{"qk_ln", nlohmann::json(false)},
                                       std::pair{"prefix_lm", nlohmann::json(false)},
                                       std::pair{"attn_type", nlohmann::json("multihead_attention")}}) {
        if (const auto found = fields.find(field); found != fields.end() && !found->is_null() && *found != known)
            config.unsupported(std::string("attn_config.") + field);
    }
    const auto number = [&fields](const char *field, double otherwise) {
        const auto found = fields.find(field);
        return found != fields.end() && found->is_number() ? found->get<double>() : otherwise;
    };
    a.positions = Positions::Alibi;
    a.alibiMax = config.within("attn_config.alibi_bias_max", number("alibi_bias_max", 8), 1e-3, 1e3);
    a.clip = config.within("attn_config.clip_qkv", number("clip_qkv", 0), 0, 1e6);
    a.scale = config.within("attn_config.softmax_scale", number("softmax_scale", a.scale), 1e-6, 1e6);
}

void resolveMpt(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, true);
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = config.norm(NormKind::Layer, 1e-5);
    layer.attention = config.heads();
    readMptAttention(config, layer.attention);
    const int64_t ratio = config.checked("expansion_ratio", config.integer("expansion_ratio", 4), 64);
    layer.feedForward.intermediate = ratio * spec.hidden;
    layer.feedForward.activation = Activation::Gelu;
    layer.feedForward.gated = false;
    if (!config.flag("no_bias", true))
        config.unsupported("no_bias");
    if (config.raw("logit_scale"))
        config.unsupported("logit_scale");
    if (const std::string kind = config.text("norm_type", "layernorm"); kind != "layernorm" && kind != "low_precision_layernorm")
        config.unsupported("norm_type " + kind);
    config.layers(spec, layer);
}

constexpr PartName kMptNames[] = {
    {Part::Embedding, "transformer.wte"},
    {Part::InputNorm, "transformer.blocks.{layer}.norm_1"},
    {Part::Query, "transformer.blocks.{layer}.attn.Wqkv", Layout::Stacked},
    {Part::Key, "transformer.blocks.{layer}.attn.Wqkv", Layout::Stacked},
    {Part::Value, "transformer.blocks.{layer}.attn.Wqkv", Layout::Stacked},
    {Part::AttentionOutput, "transformer.blocks.{layer}.attn.out_proj"},
    {Part::MlpNorm, "transformer.blocks.{layer}.norm_2"},
    {Part::Up, "transformer.blocks.{layer}.ffn.up_proj"},
    {Part::Down, "transformer.blocks.{layer}.ffn.down_proj"},
    {Part::FinalNorm, "transformer.norm_f"},
    {Part::Head, "lm_head"},
};

constexpr const char *kBloomClasses[] = {"BloomForCausalLM"};
constexpr const char *kMptClasses[] = {"MptForCausalLM", "MPTForCausalLM"};

} // namespace

constexpr ArchitectureDescription kBloomArchitecture{kBloomClasses, kBloomNames, resolveBloom};
constexpr ArchitectureDescription kMptArchitecture{kMptClasses, kMptNames, resolveMpt};

} // namespace assay
