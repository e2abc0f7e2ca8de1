// SPDX-License-Identifier: GPL-3.0-or-later
// Qwen3 (arXiv 2505.09388), which norms queries and keys head by head, and the mixtures of Qwen2 (2407.10671) and Qwen3.
// Dots 1 (2506.05767) is Qwen3's attention over the experts of DeepSeek-V3.
#include "core/architecture/architectures.h"
#include "core/architecture/deepseek.h"
#include "core/architecture/llama.h"
#include "core/architecture/mixture.h"
#include "core/architecture/namesofllama.h"

#include <algorithm>

namespace assay {
namespace {

/// decoder_sparse_step and mlp_only_layers; num_experts 0 makes all layers dense.
void placeQwenExperts(ConfigReader &config, DecoderSpec &spec, const ExpertsSpec &experts)
{
    const int64_t step = config.checked("decoder_sparse_step", config.config().experts.value_or(ExpertsConfig()).layerFrequency);
    const nlohmann::json *listed = config.raw("mlp_only_layers");
    const auto dense = [listed](int64_t layer) {
        return listed && listed->is_array() && std::ranges::find(*listed, nlohmann::json(layer)) != listed->end();
    };
    placeExperts(config, spec, experts, [&](int64_t layer) { return (layer + 1) % step == 0 && !dense(layer); });
}

/// Width of an expert in GGUF files of 2024 that do not say it, as llama.cpp has it.
int64_t expertWidth(ConfigReader &config, const LayerSpec &layer, int64_t otherwise)
{
    const int64_t active = config.config().experts.value_or(ExpertsConfig()).active;
    return config.gguf() && active > 0 ? layer.feedForward.intermediate / active : otherwise;
}

bool allDense(ConfigReader &config)
{
    return !config.config().experts && config.integer("num_experts", -1) == 0;
}

LayerSpec qwen3Layer(ConfigReader &config, std::optional<int64_t> defaultHeadDim)
{
    LayerSpec layer = llamaLayer(config, 1e-6, 10000, defaultHeadDim);
    layer.attention.headNorm = layer.inputNorm;
    setAttentionBias(config, layer.attention);
    return layer;
}

void resolveQwen3(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 32768, false);
    config.layers(spec, qwen3Layer(config, 128));
    qwenWindows(config, spec);
}

void resolveQwen3Moe(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 32768, false);
    const LayerSpec layer = qwen3Layer(config, std::nullopt);
    config.layers(spec, layer);
    qwenWindows(config, spec);
    if (allDense(config))
        return;
    ExpertsSpec experts = routedExperts(config, 128, 8, expertWidth(config, layer, 768));
    // llama.cpp divides whatever the file says.
    experts.normalised = config.gguf() || config.flag("norm_topk_prob", false);
    placeQwenExperts(config, spec, experts);
}

void resolveQwen2Moe(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 32768, false);
    LayerSpec layer = llamaLayer(config, 1e-6);
    layer.attention.queryBias = layer.attention.keyBias = layer.attention.valueBias = config.flag("qkv_bias", true);
    config.layers(spec, layer);
    qwenWindows(config, spec);
    if (allDense(config))
        return;
    ExpertsSpec experts = routedExperts(config, 60, 4, expertWidth(config, layer, 1408));
    experts.normalised = config.flag("norm_topk_prob", false);
    const int64_t shared = config.config().experts.value_or(ExpertsConfig()).sharedIntermediateSize;
    experts.sharedIntermediate = config.checked("shared_expert_intermediate_size", shared != 0 ? shared : config.gguf() ? layer.feedForward.intermediate : 5632);
    experts.sharedGate = true;
    placeQwenExperts(config, spec, experts);
}

void resolveDots(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    LayerSpec layer = qwen3Layer(config, std::nullopt);
    layer.attention.window = config.window(std::nullopt);
    config.layers(spec, layer);
    placeDeepseekExperts(config, spec, {ExpertScores::Sigmoid, "noaux_tc", false, 1.0});
}

using namespace names;
constexpr std::array kQwenMoeNames = joined(kLlama, std::to_array<PartName>({
    kRouter, kExpertGate, kExpertUp, kExpertDown, kExpertGate3d, kExpertUp3d, kExpertDown3d,
    {Part::SharedGate, "model.layers.{layer}.mlp.shared_expert.gate_proj"},
    {Part::SharedUp, "model.layers.{layer}.mlp.shared_expert.up_proj"},
    {Part::SharedDown, "model.layers.{layer}.mlp.shared_expert.down_proj"},
    {Part::SharedScale, "model.layers.{layer}.mlp.shared_expert_gate"},
}));
constexpr std::array kDotsNames = joined(kLlama, kDeepseekExperts);

constexpr const char *kQwen3Classes[] = {"Qwen3ForCausalLM"};
constexpr const char *kQwen3MoeClasses[] = {"Qwen3MoeForCausalLM"};
constexpr const char *kQwen2MoeClasses[] = {"Qwen2MoeForCausalLM"};
constexpr const char *kDotsClasses[] = {"Dots1ForCausalLM"};

} // namespace

constexpr ArchitectureDescription kQwen3Architecture{kQwen3Classes, kLlama, resolveQwen3};
constexpr ArchitectureDescription kQwen3MoeArchitecture{kQwen3MoeClasses, kQwenMoeNames, resolveQwen3Moe};
constexpr ArchitectureDescription kQwen2MoeArchitecture{kQwen2MoeClasses, kQwenMoeNames, resolveQwen2Moe};
constexpr ArchitectureDescription kDotsArchitecture{kDotsClasses, kDotsNames, resolveDots};

} // namespace assay
