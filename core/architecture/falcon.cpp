// SPDX-License-Identifier: GPL-3.0-or-later
// Falcon (arXiv 2311.16867): three decoders under one name. 7B shares one key and value head and one norm; 40B and 180B
// ("new") have groups and a norm for each part; RW has layers in sequence, and ALiBi.
#include "core/architecture/architectures.h"

namespace assay {
namespace {

void resolveNorms(ConfigReader &config, LayerSpec &layer, bool renewed)
{
    layer.inputNorm = config.norm(NormKind::Layer, 1e-5, true);
    layer.parallel = config.flag("parallel_attn", true);
    if (renewed && !layer.parallel)
        return config.unsupported("parallel_attn");
    const int64_t norms = config.integer("num_ln_in_parallel_attn", renewed ? 2 : 1);
    if (norms != 1 && (norms != 2 || !renewed))
        return config.outOfRange("num_ln_in_parallel_attn", std::to_string(norms));
    // A GGUF file does not say how many norms it has. With one, both parts find that one.
    if (!layer.parallel || norms == 2 || config.gguf())
        layer.mlpNorm = layer.inputNorm;
}

void resolveAttention(ConfigReader &config, AttentionSpec &a, bool renewed)
{
    a = config.heads();
    if (!config.gguf() && !renewed)
        a.kvHeads = config.flag("multi_query", true) ? 1 : a.heads;
    if (!config.config().alibi.value_or(false)) {
        a.positions = Positions::Rotary;
        a.rope = config.rope(a.headDim, 10000);
        return;
    }
    // Far from the start the rounded product is another number than the slope times the distance. It goes along with the
    // keys, so heads that share a key cannot have different slopes; no published model wants that.
    a.positions = Positions::RoundedAlibi;
    if (a.kvHeads != a.heads)
        config.unsupported("alibi with shared keys");
}

void resolveFalcon(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, true);
    config.refuse("apply_residual_connection_post_layernorm");
    const bool renewed = config.flag("new_decoder_architecture", false);
    const bool bias = config.flag("bias", false);
    LayerSpec layer;
    resolveNorms(config, layer, renewed);
    AttentionSpec &a = layer.attention;
    resolveAttention(config, a, renewed);
    a.queryBias = a.keyBias = a.valueBias = a.outputBias = bias;
    layer.feedForward = config.feedForward("gelu", false, 4 * spec.hidden);
    layer.feedForward.upBias = layer.feedForward.downBias = bias;
    config.layers(spec, layer);
}

constexpr PartName kFalconNames[] = {
    {Part::Embedding, "transformer.word_embeddings"},
    {Part::InputNorm, "transformer.h.{layer}.ln_attn"},
    {Part::InputNorm, "transformer.h.{layer}.input_layernorm"},
    // All three kinds are groups of queries with their key and value.
    {Part::Query, "transformer.h.{layer}.self_attention.query_key_value", Layout::PerGroup},
    {Part::Key, "transformer.h.{layer}.self_attention.query_key_value", Layout::PerGroup},
    {Part::Value, "transformer.h.{layer}.self_attention.query_key_value", Layout::PerGroup},
    {Part::AttentionOutput, "transformer.h.{layer}.self_attention.dense"},
    {Part::MlpNorm, "transformer.h.{layer}.ln_mlp"},
    {Part::MlpNorm, "transformer.h.{layer}.post_attention_layernorm"},
    {Part::Up, "transformer.h.{layer}.mlp.dense_h_to_4h"},
    {Part::Down, "transformer.h.{layer}.mlp.dense_4h_to_h"},
    {Part::FinalNorm, "transformer.ln_f"},
    {Part::Head, "lm_head"},
};

constexpr PartName kFalconGgufNames[] = {
    {Part::InputNorm, "blk.{layer}.attn_norm_2"},
    {Part::MlpNorm, "blk.{layer}.attn_norm"},
};

constexpr const char *kFalconClasses[] = {"FalconForCausalLM"};

} // namespace

constexpr ArchitectureDescription kFalconArchitecture{kFalconClasses, kFalconNames, resolveFalcon, kFalconGgufNames};

} // namespace assay
