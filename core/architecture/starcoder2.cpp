// SPDX-License-Identifier: GPL-3.0-or-later
// StarCoder2 (arXiv 2402.19173): rotary positions, a window, grouped queries, a plain network, biases everywhere.
#include "core/architecture/architectures.h"

namespace assay {
namespace {

void resolveStarcoder2(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 4096, true);
    for (const auto &[field, known] : {std::pair{"norm_type", "layer_norm"}, std::pair{"mlp_type", "default"}}) {
        if (const std::string declared = config.text(field, known); declared != known)
            config.unsupported(std::string(field) + " " + declared);
    }
    const bool bias = config.flag("use_bias", true);
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = config.norm(NormKind::Layer, 1e-5, true);
    AttentionSpec &a = layer.attention;
    a = config.attention(10000);
    if (!config.config().kvHeads && !config.gguf())
        a.kvHeads = 2; // Starcoder2Config's default
    if (a.heads % a.kvHeads != 0)
        config.outOfRange("num_key_value_heads", std::to_string(a.kvHeads));
    a.window = config.window(std::nullopt);
    a.queryBias = a.keyBias = a.valueBias = a.outputBias = bias;
    layer.feedForward = config.feedForward("gelu_pytorch_tanh", false);
    layer.feedForward.upBias = layer.feedForward.downBias = bias;
    config.layers(spec, layer);
}

constexpr PartName kStarcoder2Names[] = {
    {Part::Embedding, "model.embed_tokens"},
    {Part::InputNorm, "model.layers.{layer}.input_layernorm"},
    {Part::Query, "model.layers.{layer}.self_attn.q_proj"},
    {Part::Key, "model.layers.{layer}.self_attn.k_proj"},
    {Part::Value, "model.layers.{layer}.self_attn.v_proj"},
    {Part::AttentionOutput, "model.layers.{layer}.self_attn.o_proj"},
    {Part::MlpNorm, "model.layers.{layer}.post_attention_layernorm"},
    {Part::Up, "model.layers.{layer}.mlp.c_fc"},
    {Part::Down, "model.layers.{layer}.mlp.c_proj"},
    {Part::FinalNorm, "model.norm"},
    {Part::Head, "lm_head"},
};

constexpr const char *kStarcoder2Classes[] = {"Starcoder2ForCausalLM"};

} // namespace

constexpr ArchitectureDescription kStarcoder2Architecture{kStarcoder2Classes, kStarcoder2Names, resolveStarcoder2};

} // namespace assay
