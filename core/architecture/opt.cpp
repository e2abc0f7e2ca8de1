// SPDX-License-Identifier: GPL-3.0-or-later
// OPT (arXiv 2205.01068). Its 350M model alone has norms after the sums and an embedding narrower than the layers.
#include "core/architecture/architectures.h"

namespace assay {
namespace {

void resolveOpt(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, true);
    spec.embeddingSize = config.checked("word_embed_proj_dim", config.config().embeddingSize.value_or(spec.hidden));
    // The two rows before the first position belong to padding of the programs that trained it.
    spec.positionOffset = 2;
    spec.learnedPositions = spec.context + spec.positionOffset;

    const bool bias = config.flag("enable_bias", true);
    const bool weights = config.flag("layer_norm_elementwise_affine", true);
    // The epsilon is PyTorch's: no field sets it.
    const NormSpec norm{weights ? NormKind::Layer : NormKind::Plain, 1e-5, weights};
    const bool before = config.flag("do_layer_norm_before", true);
    LayerSpec layer;
    (before ? layer.inputNorm : layer.attentionOutputNorm) = norm;
    (before ? layer.mlpNorm : layer.mlpOutputNorm) = norm;
    layer.normAfterResidual = !before;
    AttentionSpec &a = layer.attention;
    a = config.heads();
    a.queryBias = a.keyBias = a.valueBias = a.outputBias = bias;
    layer.feedForward = config.feedForward("relu", false);
    layer.feedForward.upBias = layer.feedForward.downBias = bias;
    config.layers(spec, layer);
    if (config.flag("_remove_final_layer_norm", false))
        spec.finalNorm = {};
}

constexpr PartName kOptNames[] = {
    {Part::Embedding, "model.decoder.embed_tokens"},
    {Part::PositionEmbedding, "model.decoder.embed_positions"},
    {Part::EmbeddingIn, "model.decoder.project_in"},
    {Part::InputNorm, "model.decoder.layers.{layer}.self_attn_layer_norm"},
    {Part::Query, "model.decoder.layers.{layer}.self_attn.q_proj"},
    {Part::Key, "model.decoder.layers.{layer}.self_attn.k_proj"},
    {Part::Value, "model.decoder.layers.{layer}.self_attn.v_proj"},
    {Part::AttentionOutput, "model.decoder.layers.{layer}.self_attn.out_proj"},
    {Part::AttentionOutputNorm, "model.decoder.layers.{layer}.self_attn_layer_norm"},
    {Part::MlpNorm, "model.decoder.layers.{layer}.final_layer_norm"},
    {Part::Up, "model.decoder.layers.{layer}.fc1"},
    {Part::Down, "model.decoder.layers.{layer}.fc2"},
    {Part::MlpOutputNorm, "model.decoder.layers.{layer}.final_layer_norm"},
    {Part::FinalNorm, "model.decoder.final_layer_norm"},
    {Part::EmbeddingOut, "model.decoder.project_out"},
    {Part::Head, "lm_head"},
};

constexpr const char *kOptClasses[] = {"OPTForCausalLM"};

} // namespace

constexpr ArchitectureDescription kOptArchitecture{kOptClasses, kOptNames, resolveOpt};

} // namespace assay
