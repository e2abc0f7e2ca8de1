// SPDX-License-Identifier: GPL-3.0-or-later
// Gemma 1 (arXiv 2403.08295), 2 (2408.00118) and 3 (2503.19786); of Gemma 3 with images the text part.
#include "core/architecture/architectures.h"
#include "core/architecture/llama.h"
#include "core/architecture/namesofllama.h"

#include <cmath>

namespace assay {
namespace {

/// transformers computes the scale in the type of the weights, which has this many bits of precision.
double inType(double value, const std::string &dtype)
{
    const int bits = dtype == "bfloat16" ? 8 : dtype == "float16" ? 11 : 24;
    int exponent = 0;
    const double fraction = std::frexp(value, &exponent);
    return std::ldexp(std::nearbyint(std::ldexp(fraction, bits)), exponent - bits);
}

/// What the three have in common.
LayerSpec gemmaLayer(ConfigReader &config, DecoderSpec &spec, double defaultRopeTheta)
{
    config.sizes(spec, 8192, true);
    spec.embeddingScale = inType(std::sqrt(double(spec.hidden)), config.gguf() ? std::string() : config.config().dtype);
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = config.norm(NormKind::RmsPlusOne, 1e-6);
    layer.attention = config.attention(defaultRopeTheta, 256);
    setAttentionBias(config, layer.attention);
    layer.feedForward = config.feedForward("gelu_pytorch_tanh", true);
    return layer;
}

/// query_pre_attn_scalar. llama.cpp knows it by the number of layers: that of 27B is hidden / heads.
double queryScale(ConfigReader &config, const DecoderSpec &spec, const AttentionSpec &a, int64_t layersOf27B)
{
    if (config.gguf()) {
        const bool largest = config.config().layers == layersOf27B;
        return 1 / std::sqrt(largest ? double(spec.hidden) / double(a.heads) : double(a.headDim));
    }
    return 1 / std::sqrt(config.within("query_pre_attn_scalar", config.number("query_pre_attn_scalar", 256), 1e-3, 1e9));
}

/// A cap that is null is none.
double cap(ConfigReader &config, const char *field, double otherwise)
{
    return config.isNull(field) ? 0 : config.within(field, config.number(field, otherwise), 0, 1e9);
}

void resolveGemma(ConfigReader &config, DecoderSpec &spec)
{
    LayerSpec layer = gemmaLayer(config, spec, 10000);
    // Configs of its first weeks say gelu and mean the approximation, with which it was trained.
    if (!config.raw("hidden_activation") && layer.feedForward.activation == Activation::Gelu)
        layer.feedForward.activation = Activation::GeluTanh;
    config.refuse("use_bidirectional_attention");
    config.layers(spec, layer);
}

void resolveGemma2(ConfigReader &config, DecoderSpec &spec)
{
    LayerSpec layer = gemmaLayer(config, spec, 10000);
    layer.attentionOutputNorm = layer.mlpOutputNorm = layer.inputNorm;
    layer.attention.scale = queryScale(config, spec, layer.attention, 46);
    layer.attention.softCap = cap(config, "attn_logit_softcapping", 50);
    spec.logitCap = cap(config, "final_logit_softcapping", 30);
    config.refuse("use_bidirectional_attention");
    config.layers(spec, layer);
    config.windows(spec, config.window(4096), 2);
}

void resolveGemma3(ConfigReader &config, DecoderSpec &spec)
{
    LayerSpec layer = gemmaLayer(config, spec, 1e6);
    layer.attentionOutputNorm = layer.mlpOutputNorm = layer.attention.headNorm = layer.inputNorm;
    layer.attention.scale = queryScale(config, spec, layer.attention, 62);
    // transformers reads the field and does not use it.
    if (cap(config, "attn_logit_softcapping", 0) != 0)
        config.unsupported("attn_logit_softcapping");
    spec.logitCap = cap(config, "final_logit_softcapping", 0);
    config.refuse("use_bidirectional_attention");
    config.layers(spec, layer);
    config.windows(spec, config.window(4096), 6);
    for (size_t i = 0; i < spec.layers.size() && !config.failed(); ++i) {
        RopeSpec &rope = spec.layers[i].attention.rope;
        if (!config.slides(i, config.config().slidingWindowPattern.value_or(6)))
            continue;
        rope.theta = config.within("rope_local_base_freq", config.config().ropeLocalTheta.value_or(10000), 1, 1e15);
        rope.scaling.reset();
    }
}

using namespace names;
constexpr PartName kGemma2Names[] = {
    kEmbedding, kInputNorm, kQuery, kKey, kValue, kQueryNorm, kKeyNorm, kAttentionOutput, kGate, kUp, kDown, kFinalNorm, kHead,
    {Part::AttentionOutputNorm, "model.layers.{layer}.post_attention_layernorm"},
    {Part::MlpNorm, "model.layers.{layer}.pre_feedforward_layernorm"},
    {Part::MlpOutputNorm, "model.layers.{layer}.post_feedforward_layernorm"},
};

constexpr const char *kGemmaClasses[] = {"GemmaForCausalLM"};
constexpr const char *kGemma2Classes[] = {"Gemma2ForCausalLM"};
constexpr const char *kGemma3Classes[] = {"Gemma3ForCausalLM", "Gemma3ForConditionalGeneration"};

} // namespace

constexpr ArchitectureDescription kGemmaArchitecture{kGemmaClasses, kLlama, resolveGemma};
constexpr ArchitectureDescription kGemma2Architecture{kGemma2Classes, kGemma2Names, resolveGemma2};
constexpr ArchitectureDescription kGemma3Architecture{kGemma3Classes, kGemma2Names, resolveGemma3};

} // namespace assay
