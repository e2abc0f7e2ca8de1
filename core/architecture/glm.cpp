// SPDX-License-Identifier: GPL-3.0-or-later
// GLM-4 as transformers has it: GLM-4-9B (arXiv 2406.12793), GLM-4-0414 with norms of what is added, and the mixtures
// GLM-4.5 to 4.7 (2508.06471).
#include "core/architecture/architectures.h"
#include "core/architecture/deepseek.h"
#include "core/architecture/llama.h"
#include "core/architecture/namesofllama.h"

namespace assay {
namespace {

/// Biases of queries, keys and values; half of each head is rotated.
LayerSpec glmLayer(ConfigReader &config, double defaultEpsilon, bool defaultBias, std::optional<int64_t> defaultHeadDim)
{
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = config.norm(NormKind::Rms, defaultEpsilon);
    layer.attention = config.attention(10000, defaultHeadDim, 0.5);
    AttentionSpec &a = layer.attention;
    a.queryBias = a.keyBias = a.valueBias = config.config().attentionBias.value_or(defaultBias);
    layer.feedForward = config.feedForward("silu", true);
    return layer;
}

void resolveGlm(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 131072, false);
    LayerSpec layer = glmLayer(config, 1.5625e-7, true, 128);
    layer.attention.pairing = RopePairing::Neighbours;
    config.layers(spec, layer);
}

void resolveGlm4(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 131072, false);
    LayerSpec layer = glmLayer(config, 1.5625e-7, true, 128);
    layer.attention.pairing = RopePairing::Neighbours;
    layer.attentionOutputNorm = layer.mlpOutputNorm = layer.inputNorm;
    config.layers(spec, layer);
}

void resolveGlm4Moe(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 131072, false);
    LayerSpec layer = glmLayer(config, 1e-5, false, std::nullopt);
    if (config.gguf() ? config.config().headNorms.value_or(false) : config.flag("use_qk_norm", false))
        layer.attention.headNorm = layer.inputNorm;
    config.layers(spec, layer);
    placeDeepseekExperts(config, spec, {ExpertScores::Sigmoid, "noaux_tc", true, 1.0});
}

using namespace names;
constexpr PartName kGlm4Names[] = {
    kEmbedding, kInputNorm, kQuery, kKey, kValue, kAttentionOutput, kMlpNorm, kGateStacked, kUpStacked, kDown, kFinalNorm, kHead,
    {Part::AttentionOutputNorm, "model.layers.{layer}.post_self_attn_layernorm"},
    {Part::MlpOutputNorm, "model.layers.{layer}.post_mlp_layernorm"},
};
constexpr std::array kGlm4MoeNames = joined(kLlama, kDeepseekExperts);

constexpr const char *kGlmClasses[] = {"GlmForCausalLM"};
constexpr const char *kGlm4Classes[] = {"Glm4ForCausalLM"};
constexpr const char *kGlm4MoeClasses[] = {"Glm4MoeForCausalLM"};

} // namespace

constexpr ArchitectureDescription kGlmArchitecture{kGlmClasses, kGlm4Names, resolveGlm};
constexpr ArchitectureDescription kGlm4Architecture{kGlm4Classes, kGlm4Names, resolveGlm4};
constexpr ArchitectureDescription kGlm4MoeArchitecture{kGlm4MoeClasses, kGlm4MoeNames, resolveGlm4Moe};

} // namespace assay
