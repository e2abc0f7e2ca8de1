// SPDX-License-Identifier: GPL-3.0-or-later
// OLMo (arXiv 2402.00838), OLMoE (2409.02060), OLMo 2 (2501.00656) and OLMo 3 (Ai2, 2025), and Exaone 4 (2507.11407),
// whose layers are those of OLMo 2 with norms of single heads.
#include "core/architecture/architectures.h"
#include "core/architecture/llama.h"
#include "core/architecture/mixture.h"
#include "core/architecture/namesofllama.h"

namespace assay {
namespace {

double clipOf(ConfigReader &config)
{
    return config.within("clip_qkv", config.number("clip_qkv", 0), 0, 1e9);
}

void resolveOlmo(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    LayerSpec layer = llamaLayer(config, 1e-5);
    // No field sets its epsilon.
    layer.inputNorm = layer.mlpNorm = {NormKind::Plain, 1e-5};
    layer.attention.clip = clipOf(config);
    layer.attention.pairing = config.gguf() ? RopePairing::Neighbours : RopePairing::Halves;
    setAttentionBias(config, layer.attention);
    config.layers(spec, layer);
}

void resolveOlmoe(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 4096, false);
    LayerSpec layer = llamaLayer(config, 1e-5);
    layer.attention.clip = clipOf(config);
    layer.attention.headNorm = layer.inputNorm;
    layer.attention.headNormWidth = HeadNormWidth::All;
    setAttentionBias(config, layer.attention);
    config.layers(spec, layer);
    ExpertsSpec experts = routedExperts(config, 64, 8, layer.feedForward.intermediate);
    experts.normalised = config.flag("norm_topk_prob", false);
    placeExperts(config, spec, experts, [](int64_t) { return true; });
}

/// Norms of what is added alone.
LayerSpec outputNormLayer(ConfigReader &config, double defaultEpsilon, double defaultRopeTheta)
{
    LayerSpec layer = llamaLayer(config, defaultEpsilon, defaultRopeTheta);
    layer.attentionOutputNorm = layer.mlpOutputNorm = layer.attention.headNorm = layer.inputNorm;
    layer.inputNorm = layer.mlpNorm = {};
    setAttentionBias(config, layer.attention);
    return layer;
}

void resolveOlmo2(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    LayerSpec layer = outputNormLayer(config, 1e-5, 10000);
    layer.attention.headNormWidth = HeadNormWidth::All;
    config.layers(spec, layer);
    spec.finalNorm = layer.mlpOutputNorm;
}

void resolveOlmo3(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    LayerSpec layer = outputNormLayer(config, 1e-5, 500000);
    layer.attention.headNormWidth = HeadNormWidth::All;
    config.layers(spec, layer);
    spec.finalNorm = layer.mlpOutputNorm;
    config.windows(spec, config.window(4096), 4);
    // Layers with a window never look past the trained length.
    for (size_t i = 0; i < spec.layers.size(); ++i) {
        if (config.slides(i, config.config().slidingWindowPattern.value_or(4)))
            spec.layers[i].attention.rope.scaling.reset();
    }
}

void resolveExaone4(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    LayerSpec layer = outputNormLayer(config, 1e-5, 10000);
    config.layers(spec, layer);
    spec.finalNorm = layer.mlpOutputNorm;
    const int64_t window = config.window(std::nullopt);
    const nlohmann::json *pattern = config.raw("sliding_window_pattern");
    // LLLG: three local layers, then a global one.
    const std::string letters = pattern && pattern->is_string() ? pattern->get<std::string>() : std::string("LLLG");
    if (letters.find_first_not_of('L') != letters.size() - 1)
        config.unsupported("sliding_window_pattern " + letters);
    config.windows(spec, window, int64_t(letters.size()));
    for (LayerSpec &each : spec.layers)
        each.attention.positions = window > 0 && each.attention.window == 0 ? Positions::None : Positions::Rotary;
}

using namespace names;
constexpr std::array kOlmoeNames =
    joined(kLlama, std::to_array<PartName>({kRouter, kExpertGate, kExpertUp, kExpertDown, kExpertGate3d, kExpertUp3d, kExpertDown3d}));
constexpr PartName kOlmo2Names[] = {
    kEmbedding, kQuery, kKey, kValue, kQueryNorm, kKeyNorm, kAttentionOutput, kGate, kUp, kDown, kFinalNorm, kHead,
    {Part::AttentionOutputNorm, "model.layers.{layer}.post_attention_layernorm"},
    {Part::MlpOutputNorm, "model.layers.{layer}.post_feedforward_layernorm"},
};

constexpr const char *kOlmoClasses[] = {"OlmoForCausalLM"};
constexpr const char *kOlmoeClasses[] = {"OlmoeForCausalLM"};
constexpr const char *kOlmo2Classes[] = {"Olmo2ForCausalLM"};
constexpr const char *kOlmo3Classes[] = {"Olmo3ForCausalLM"};
constexpr const char *kExaone4Classes[] = {"Exaone4ForCausalLM"};

} // namespace

constexpr ArchitectureDescription kOlmoArchitecture{kOlmoClasses, kLlama, resolveOlmo};
constexpr ArchitectureDescription kOlmoeArchitecture{kOlmoeClasses, kOlmoeNames, resolveOlmoe};
constexpr ArchitectureDescription kOlmo2Architecture{kOlmo2Classes, kOlmo2Names, resolveOlmo2};
constexpr ArchitectureDescription kOlmo3Architecture{kOlmo3Classes, kOlmo2Names, resolveOlmo3};
constexpr ArchitectureDescription kExaone4Architecture{kExaone4Classes, kOlmo2Names, resolveExaone4};

} // namespace assay
