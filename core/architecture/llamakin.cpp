// SPDX-License-Identifier: GPL-3.0-or-later
// Llama under other names or with one thing changed: SmolLM3 (Hugging Face, 2025), InternLM2 (arXiv 2403.17297) and 3,
// Exaone 3 (2408.03541).
#include "core/architecture/architectures.h"
#include "core/architecture/llama.h"
#include "core/architecture/namesofllama.h"

namespace assay {
namespace {

/// Layers without positions: no_rope_layers has a 0 for each, else every no_rope_layer_interval-th is one.
void resolveSmolLm3(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 32768, true);
    LayerSpec layer = llamaLayer(config, 1e-6, 2e6);
    setAttentionBias(config, layer.attention);
    layer.feedForward.upBias = layer.feedForward.downBias = config.config().mlpBias.value_or(false);
    layer.attention.pairing = config.gguf() ? RopePairing::Neighbours : RopePairing::Halves;
    config.layers(spec, layer);
    const std::vector<int64_t> &rotated = config.config().layerPattern.chunkedLayers;
    if (!rotated.empty() && rotated.size() < spec.layers.size())
        return config.outOfRange("no_rope_layers", std::to_string(rotated.size()));
    const int64_t interval = config.checked("no_rope_layer_interval", config.integer("no_rope_layer_interval", 4));
    for (size_t i = 0; i < spec.layers.size(); ++i) {
        const bool rotates = rotated.empty() ? (int64_t(i) + 1) % interval != 0 : rotated[i] != 0;
        spec.layers[i].attention.positions = rotates ? Positions::Rotary : Positions::None;
    }
    const int64_t window = config.flag("use_sliding_window", false) ? config.window(std::nullopt) : 0;
    if (!config.config().layerTypes.empty())
        return config.windows(spec, window, 1);
    for (LayerSpec &each : spec.layers)
        each.attention.window = each.attention.positions == Positions::None ? window : 0;
}

void resolveInternLm2(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    LayerSpec layer = llamaLayer(config, 1e-6);
    setAttentionBias(config, layer.attention);
    layer.attention.pairing = config.gguf() ? RopePairing::Neighbours : RopePairing::Halves;
    config.layers(spec, layer);
}

void resolveInternLm3(ConfigReader &config, DecoderSpec &spec)
{
    resolveInternLm2(config, spec);
    const bool bias = config.flag("bias", false);
    for (LayerSpec &layer : spec.layers) {
        AttentionSpec &a = layer.attention;
        a.queryBias = a.keyBias = a.valueBias = config.flag("qkv_bias", false);
        a.outputBias = layer.feedForward.upBias = layer.feedForward.downBias = bias;
    }
}

void resolveExaone(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    config.layers(spec, llamaLayer(config, 1e-5));
}

using namespace names;
constexpr PartName kInternLm2Names[] = {
    {Part::Embedding, "model.tok_embeddings"},
    {Part::InputNorm, "model.layers.{layer}.attention_norm"},
    {Part::Query, "model.layers.{layer}.attention.wqkv", Layout::PerGroup},
    {Part::Key, "model.layers.{layer}.attention.wqkv", Layout::PerGroup},
    {Part::Value, "model.layers.{layer}.attention.wqkv", Layout::PerGroup},
    {Part::AttentionOutput, "model.layers.{layer}.attention.wo"},
    {Part::MlpNorm, "model.layers.{layer}.ffn_norm"},
    {Part::Gate, "model.layers.{layer}.feed_forward.w1"},
    {Part::Up, "model.layers.{layer}.feed_forward.w3"},
    {Part::Down, "model.layers.{layer}.feed_forward.w2"},
    kFinalNorm,
    {Part::Head, "output"},
};
constexpr PartName kExaoneNames[] = {
    {Part::Embedding, "transformer.wte"},
    {Part::InputNorm, "transformer.h.{layer}.ln_1"},
    {Part::Query, "transformer.h.{layer}.attn.attention.q_proj"},
    {Part::Key, "transformer.h.{layer}.attn.attention.k_proj"},
    {Part::Value, "transformer.h.{layer}.attn.attention.v_proj"},
    {Part::AttentionOutput, "transformer.h.{layer}.attn.attention.out_proj"},
    {Part::MlpNorm, "transformer.h.{layer}.ln_2"},
    {Part::Gate, "transformer.h.{layer}.mlp.c_fc_0"},
    {Part::Up, "transformer.h.{layer}.mlp.c_fc_1"},
    {Part::Down, "transformer.h.{layer}.mlp.c_proj"},
    {Part::FinalNorm, "transformer.ln_f"},
    kHead,
};

constexpr const char *kSmolLm3Classes[] = {"SmolLM3ForCausalLM"};
constexpr const char *kInternLm2Classes[] = {"InternLM2ForCausalLM"};
constexpr const char *kInternLm3Classes[] = {"InternLM3ForCausalLM"};
constexpr const char *kExaoneClasses[] = {"ExaoneForCausalLM"};

} // namespace

constexpr ArchitectureDescription kSmolLm3Architecture{kSmolLm3Classes, kLlama, resolveSmolLm3};
constexpr ArchitectureDescription kInternLm2Architecture{kInternLm2Classes, kInternLm2Names, resolveInternLm2};
constexpr ArchitectureDescription kInternLm3Architecture{kInternLm3Classes, kLlama, resolveInternLm3};
constexpr ArchitectureDescription kExaoneArchitecture{kExaoneClasses, kExaoneNames, resolveExaone};

} // namespace assay
