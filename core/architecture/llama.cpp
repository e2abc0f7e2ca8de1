// SPDX-License-Identifier: GPL-3.0-or-later
// Llama (arXiv 2302.13971) and those that differ from it in biases and windows. Defaults are those of transformers'
// configuration classes, for fields that config.json leaves out.
#include "core/architecture/llama.h"

#include "core/architecture/architectures.h"
#include "core/architecture/namesofllama.h"

namespace assay {
namespace {

void resolveLlama(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    config.layers(spec, llamaLayer(config, 1e-6));
    for (LayerSpec &layer : spec.layers) {
        AttentionSpec &a = layer.attention;
        setAttentionBias(config, a);
        layer.feedForward.upBias = layer.feedForward.downBias = config.config().mlpBias.value_or(false);
        // GGUF's converter orders the rows of queries and keys for rotation by neighbours.
        a.pairing = config.gguf() ? RopePairing::Neighbours : RopePairing::Halves;
    }
}

void resolveMistral(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 131072, false);
    LayerSpec layer = llamaLayer(config, 1e-6);
    layer.attention.window = config.window(4096);
    layer.attention.pairing = config.gguf() ? RopePairing::Neighbours : RopePairing::Halves;
    config.layers(spec, layer);
}

void resolveQwen2(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 32768, false);
    LayerSpec layer = llamaLayer(config, 1e-6);
    layer.attention.queryBias = layer.attention.keyBias = layer.attention.valueBias = true;
    config.layers(spec, layer);
    qwenWindows(config, spec);
}

constexpr const char *kLlamaClasses[] = {"LlamaForCausalLM"};
constexpr const char *kMistralClasses[] = {"MistralForCausalLM"};
constexpr const char *kQwen2Classes[] = {"Qwen2ForCausalLM"};

} // namespace

LayerSpec llamaLayer(ConfigReader &config, double defaultEpsilon, double defaultRopeTheta, std::optional<int64_t> defaultHeadDim)
{
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = config.norm(NormKind::Rms, defaultEpsilon);
    layer.attention = config.attention(defaultRopeTheta, defaultHeadDim);
    layer.feedForward = config.feedForward("silu", true);
    return layer;
}

void setAttentionBias(const ConfigReader &config, AttentionSpec &attention)
{
    attention.queryBias = attention.keyBias = attention.valueBias = attention.outputBias = config.config().attentionBias.value_or(false);
}

void qwenWindows(ConfigReader &config, DecoderSpec &spec)
{
    const ModelConfig &declared = config.config();
    const int64_t window = config.flag("use_sliding_window", false) ? config.window(4096) : 0;
    if (window == 0 || config.failed())
        return;
    if (!declared.layerTypes.empty() && declared.layerTypes.size() != spec.layers.size())
        return config.outOfRange("layer_types", std::to_string(declared.layerTypes.size()));
    // Qwen2Config: max_window_layers is 28 when config.json does not say.
    const int64_t from = config.integer("max_window_layers", 28);
    for (size_t i = 0; i < spec.layers.size(); ++i) {
        const bool slides = declared.layerTypes.empty() ? int64_t(i) >= from : declared.layerTypes[i] == "sliding_attention";
        spec.layers[i].attention.window = slides ? window : 0;
    }
}

constexpr ArchitectureDescription kLlamaArchitecture{kLlamaClasses, names::kLlama, resolveLlama};
constexpr ArchitectureDescription kMistralArchitecture{kMistralClasses, names::kLlama, resolveMistral};
constexpr ArchitectureDescription kQwen2Architecture{kQwen2Classes, names::kLlama, resolveQwen2};

} // namespace assay
