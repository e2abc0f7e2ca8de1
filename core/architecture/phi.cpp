// SPDX-License-Identifier: GPL-3.0-or-later
// Phi-1, Phi-1.5 (arXiv 2309.05463) and Phi-2: a parallel residual after one norm, biases everywhere.
#include "core/architecture/architectures.h"

namespace assay {
namespace {

void resolvePhi(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    spec.headBias = true;
    LayerSpec layer;
    layer.inputNorm = config.norm(NormKind::Layer, 1e-5, true);
    layer.parallel = true;
    AttentionSpec &a = layer.attention;
    a = config.heads();
    a.positions = Positions::Rotary;
    a.rope = config.rope(a.headDim, 10000, 0.5);
    a.queryBias = a.keyBias = a.valueBias = a.outputBias = true;
    if (config.flag("qk_layernorm", false))
        a.headNorm = layer.inputNorm;
    layer.feedForward = config.feedForward("gelu_new", false, 4 * spec.hidden);
    layer.feedForward.upBias = layer.feedForward.downBias = true;
    config.layers(spec, layer);
}

constexpr PartName kPhiNames[] = {
    {Part::Embedding, "model.embed_tokens"},
    {Part::InputNorm, "model.layers.{layer}.input_layernorm"},
    {Part::Query, "model.layers.{layer}.self_attn.q_proj"},
    {Part::Key, "model.layers.{layer}.self_attn.k_proj"},
    {Part::Value, "model.layers.{layer}.self_attn.v_proj"},
    {Part::QueryNorm, "model.layers.{layer}.self_attn.q_layernorm"},
    {Part::KeyNorm, "model.layers.{layer}.self_attn.k_layernorm"},
    {Part::AttentionOutput, "model.layers.{layer}.self_attn.dense"},
    {Part::Up, "model.layers.{layer}.mlp.fc1"},
    {Part::Down, "model.layers.{layer}.mlp.fc2"},
    {Part::FinalNorm, "model.final_layernorm"},
    {Part::Head, "lm_head"},
};

constexpr const char *kPhiClasses[] = {"PhiForCausalLM"};

} // namespace

constexpr ArchitectureDescription kPhiArchitecture{kPhiClasses, kPhiNames, resolvePhi};

} // namespace assay
