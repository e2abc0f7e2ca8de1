// SPDX-License-Identifier: GPL-3.0-or-later
// Command R (Cohere, 2024) and Command R7B (2024): a parallel residual, layer norms without bias, scaled logits.
#include "core/architecture/architectures.h"
#include "core/architecture/llama.h"
#include "core/architecture/namesofllama.h"

namespace assay {
namespace {

LayerSpec cohereLayer(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 8192, true);
    spec.logitScale = config.within("logit_scale", config.number("logit_scale", 0.0625), 1e-9, 1e9);
    LayerSpec layer = llamaLayer(config, 1e-5);
    layer.inputNorm = config.norm(NormKind::Layer, 1e-5);
    layer.mlpNorm = {};
    layer.parallel = true;
    layer.attention.pairing = RopePairing::Neighbours;
    setAttentionBias(config, layer.attention);
    return layer;
}

void resolveCohere(ConfigReader &config, DecoderSpec &spec)
{
    LayerSpec layer = cohereLayer(config, spec);
    if (config.gguf() ? config.config().headNorms.value_or(false) : config.flag("use_qk_norm", false)) {
        layer.attention.headNorm = layer.inputNorm;
        layer.attention.headNormWidth = HeadNormWidth::PerHead;
    }
    config.layers(spec, layer);
}

void resolveCohere2(ConfigReader &config, DecoderSpec &spec)
{
    config.layers(spec, cohereLayer(config, spec));
    config.windows(spec, config.window(4096), 4);
    // Only what slides knows positions.
    for (LayerSpec &layer : spec.layers)
        layer.attention.positions = layer.attention.window > 0 ? Positions::Rotary : Positions::None;
}

constexpr const char *kCohereClasses[] = {"CohereForCausalLM"};
constexpr const char *kCohere2Classes[] = {"Cohere2ForCausalLM"};

} // namespace

constexpr ArchitectureDescription kCohereArchitecture{kCohereClasses, names::kLlama, resolveCohere};
constexpr ArchitectureDescription kCohere2Architecture{kCohere2Classes, names::kLlama, resolveCohere2};

} // namespace assay
