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

constexpr const char *kBloomClasses[] = {"BloomForCausalLM"};

} // namespace

constexpr ArchitectureDescription kBloomArchitecture{kBloomClasses, kBloomNames, resolveBloom};

} // namespace assay
