// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-NeoX and Pythia (arXiv 2204.06745), and GPT-J, from which they have the parallel residual.
#include "core/architecture/architectures.h"

namespace assay {
namespace {

void resolveNeox(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = config.norm(NormKind::Layer, 1e-5, true);
    layer.parallel = config.flag("use_parallel_residual", true);
    AttentionSpec &a = layer.attention;
    a = config.heads();
    a.positions = Positions::Rotary;
    a.rope = config.rope(a.headDim, 10000, 0.25);
    a.queryBias = a.keyBias = a.valueBias = a.outputBias = config.config().attentionBias.value_or(true);
    layer.feedForward = config.feedForward("gelu", false);
    layer.feedForward.upBias = layer.feedForward.downBias = true;
    config.layers(spec, layer);
}

void resolveGptj(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    spec.headBias = true;
    LayerSpec layer;
    layer.inputNorm = config.norm(NormKind::Layer, 1e-5, true);
    layer.parallel = true;
    AttentionSpec &a = layer.attention;
    a = config.attention(10000);
    a.pairing = RopePairing::Neighbours;
    a.rope.rotaryDim = config.checked("rotary_dim", config.integer("rotary_dim", 64), a.headDim);
    if (a.rope.rotaryDim % 2 != 0)
        config.outOfRange("rotary_dim", std::to_string(a.rope.rotaryDim));
    layer.feedForward = config.feedForward("gelu_new", false, 4 * spec.hidden);
    layer.feedForward.upBias = layer.feedForward.downBias = true;
    config.layers(spec, layer);
}

constexpr PartName kNeoxNames[] = {
    {Part::Embedding, "gpt_neox.embed_in"},
    {Part::InputNorm, "gpt_neox.layers.{layer}.input_layernorm"},
    {Part::Query, "gpt_neox.layers.{layer}.attention.query_key_value", Layout::PerHead},
    {Part::Key, "gpt_neox.layers.{layer}.attention.query_key_value", Layout::PerHead},
    {Part::Value, "gpt_neox.layers.{layer}.attention.query_key_value", Layout::PerHead},
    {Part::AttentionOutput, "gpt_neox.layers.{layer}.attention.dense"},
    {Part::MlpNorm, "gpt_neox.layers.{layer}.post_attention_layernorm"},
    {Part::Up, "gpt_neox.layers.{layer}.mlp.dense_h_to_4h"},
    {Part::Down, "gpt_neox.layers.{layer}.mlp.dense_4h_to_h"},
    {Part::FinalNorm, "gpt_neox.final_layer_norm"},
    {Part::Head, "embed_out"},
};

constexpr PartName kGptjNames[] = {
    {Part::Embedding, "transformer.wte"},
    {Part::InputNorm, "transformer.h.{layer}.ln_1"},
    {Part::Query, "transformer.h.{layer}.attn.q_proj"},
    {Part::Key, "transformer.h.{layer}.attn.k_proj"},
    {Part::Value, "transformer.h.{layer}.attn.v_proj"},
    {Part::AttentionOutput, "transformer.h.{layer}.attn.out_proj"},
    {Part::Up, "transformer.h.{layer}.mlp.fc_in"},
    {Part::Down, "transformer.h.{layer}.mlp.fc_out"},
    {Part::FinalNorm, "transformer.ln_f"},
    {Part::Head, "lm_head"},
};

constexpr const char *kNeoxClasses[] = {"GPTNeoXForCausalLM"};
constexpr const char *kGptjClasses[] = {"GPTJForCausalLM"};

} // namespace

constexpr ArchitectureDescription kNeoxArchitecture{kNeoxClasses, kNeoxNames, resolveNeox};
constexpr ArchitectureDescription kGptjArchitecture{kGptjClasses, kGptjNames, resolveGptj};

} // namespace assay
