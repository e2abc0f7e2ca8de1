// SPDX-License-Identifier: GPL-3.0-or-later
// Llama with multipliers: Granite 3 (IBM, 2024) and its mixtures, MiniCPM (arXiv 2404.06395).
#include "core/architecture/architectures.h"
#include "core/architecture/llama.h"
#include "core/architecture/mixture.h"
#include "core/architecture/namesofllama.h"

#include <cmath>

namespace assay {
namespace {

double factor(ConfigReader &config, const char *field, double otherwise)
{
    return config.within(field, config.number(field, otherwise), 1e-9, 1e9);
}

void resolveGranite(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    spec.embeddingScale = factor(config, "embedding_multiplier", 1);
    spec.logitScale = 1 / factor(config, "logits_scaling", 1);
    LayerSpec layer = llamaLayer(config, 1e-6);
    layer.residualScale = factor(config, "residual_multiplier", 1);
    layer.attention.scale = factor(config, "attention_multiplier", 1);
    layer.attention.pairing = config.gguf() ? RopePairing::Neighbours : RopePairing::Halves;
    setAttentionBias(config, layer.attention);
    layer.feedForward.upBias = layer.feedForward.downBias = config.config().mlpBias.value_or(false);
    config.layers(spec, layer);
}

void resolveGraniteMoe(ConfigReader &config, DecoderSpec &spec)
{
    resolveGranite(config, spec);
    if (config.failed())
        return;
    // Softmax over the chosen is softmax over all, divided by the sum of the chosen.
    ExpertsSpec experts = routedExperts(config, 0, 0, spec.layers.front().feedForward.intermediate);
    experts.scores = ExpertScores::ChosenSoftmax;
    placeExperts(config, spec, experts, [](int64_t) { return true; });
}

void resolveMiniCpm(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, true);
    if (config.config().experts)
        config.unsupported("num_experts");
    if (config.raw("sparse_config"))
        config.unsupported("sparse_config");
    LayerSpec layer = llamaLayer(config, 1e-6);
    setAttentionBias(config, layer.attention);
    layer.attention.pairing = config.gguf() ? RopePairing::Neighbours : RopePairing::Halves;
    const double layers = double(config.required("num_hidden_layers", config.config().layers, ConfigReader::kLayers));
    if (config.gguf()) {
        // llama.cpp's values for files that lack the keys.
        spec.embeddingScale = factor(config, "embedding_multiplier", 12);
        layer.residualScale = factor(config, "residual_multiplier", 1.4 / std::sqrt(layers));
        spec.logitScale = 1 / factor(config, "logits_scaling", double(spec.hidden) / 256);
    } else {
        spec.embeddingScale = factor(config, "scale_emb", 1);
        layer.residualScale = factor(config, "scale_depth", 1) / std::sqrt(layers);
        spec.logitScale = factor(config, "dim_model_base", 1) / double(spec.hidden);
    }
    config.layers(spec, layer);
}

using namespace names;
constexpr std::array kGraniteMoeNames = joined(kLlama, std::to_array<PartName>({
    {Part::Router, "model.layers.{layer}.block_sparse_moe.router.layer"},
    {Part::ExpertGate, "model.layers.{layer}.block_sparse_moe.input_linear", Layout::ExpertsStacked},
    {Part::ExpertUp, "model.layers.{layer}.block_sparse_moe.input_linear", Layout::ExpertsStacked},
    {Part::ExpertDown, "model.layers.{layer}.block_sparse_moe.output_linear", Layout::Experts},
}));

constexpr const char *kGraniteClasses[] = {"GraniteForCausalLM"};
constexpr const char *kGraniteMoeClasses[] = {"GraniteMoeForCausalLM"};
constexpr const char *kMiniCpmClasses[] = {"MiniCPMForCausalLM"};

} // namespace

constexpr ArchitectureDescription kGraniteArchitecture{kGraniteClasses, kLlama, resolveGranite};
constexpr ArchitectureDescription kGraniteMoeArchitecture{kGraniteMoeClasses, kGraniteMoeNames, resolveGraniteMoe};
constexpr ArchitectureDescription kMiniCpmArchitecture{kMiniCpmClasses, kLlama, resolveMiniCpm};

} // namespace assay
