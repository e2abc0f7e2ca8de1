// SPDX-License-Identifier: GPL-3.0-or-later
// StableLM 2 (arXiv 2402.17834) and StableLM 3B: layer norms, a quarter of each head rotated.
#include "core/architecture/architectures.h"
#include "core/architecture/llama.h"
#include "core/architecture/namesofllama.h"

namespace assay {
namespace {

void resolveStableLm(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 4096, false);
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = config.norm(NormKind::Layer, 1e-5, true);
    layer.attention = config.attention(10000, std::nullopt, 0.25);
    AttentionSpec &a = layer.attention;
    a.queryBias = a.keyBias = a.valueBias = config.gguf() ? config.config().attentionBias.value_or(false) : config.flag("use_qkv_bias", false);
    if (config.gguf() ? config.config().headNorms.value_or(false) : config.flag("qk_layernorm", false)) {
        a.headNorm = config.norm(NormKind::Layer, 1e-5);
        a.headNormWidth = HeadNormWidth::PerHead;
    }
    layer.feedForward = config.feedForward("silu", true);
    layer.parallel = config.flag("use_parallel_residual", false);
    if (layer.parallel)
        layer.mlpNorm = {};
    config.layers(spec, layer);
}

using namespace names;
constexpr PartName kStableLmNames[] = {
    kEmbedding, kInputNorm, kQuery, kKey, kValue, kAttentionOutput, kMlpNorm, kGate, kUp, kDown, kFinalNorm, kHead,
    {Part::QueryNorm, "model.layers.{layer}.self_attn.q_layernorm.norms.{head}", Layout::HeadByHead},
    {Part::KeyNorm, "model.layers.{layer}.self_attn.k_layernorm.norms.{head}", Layout::HeadByHead},
};

constexpr const char *kStableLmClasses[] = {"StableLmForCausalLM", "StableLMEpochForCausalLM"};

} // namespace

constexpr ArchitectureDescription kStableLmArchitecture{kStableLmClasses, kStableLmNames, resolveStableLm};

} // namespace assay
