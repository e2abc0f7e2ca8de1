// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-2 (Radford et al., 2019), whose matrices are stored [in, out] (Conv1D), and GPT-BigCode (arXiv 2301.03988), which
// shares keys and values between the heads.
#include "core/architecture/architectures.h"

namespace assay {
namespace {

/// What both have in common: learned positions, layer norms before both parts, a plain network, biases everywhere.
LayerSpec gptLayer(ConfigReader &config, const DecoderSpec &spec, const char *defaultActivation)
{
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = config.norm(NormKind::Layer, 1e-5, true);
    AttentionSpec &a = layer.attention;
    a = config.heads();
    a.queryBias = a.keyBias = a.valueBias = a.outputBias = true;
    if (!config.flag("scale_attn_weights", true))
        a.scale = 1;
    layer.feedForward = config.feedForward(defaultActivation, false, 4 * spec.hidden);
    layer.feedForward.upBias = layer.feedForward.downBias = true;
    config.refuse("add_cross_attention");
    return layer;
}

void resolveGpt2(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 1024, true);
    spec.learnedPositions = spec.context;
    config.layers(spec, gptLayer(config, spec, "gelu_new"));
    if (!config.flag("scale_attn_by_inverse_layer_idx", false))
        return;
    for (size_t i = 0; i < spec.layers.size(); ++i)
        spec.layers[i].attention.scale /= double(i + 1);
}

void resolveBigCode(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 1024, true);
    spec.learnedPositions = spec.context;
    LayerSpec layer = gptLayer(config, spec, "gelu_pytorch_tanh");
    layer.attention.kvHeads = config.flag("multi_query", true) ? 1 : layer.attention.heads;
    config.layers(spec, layer);
}

#define GPT_NAMES(matrix, fused)                                                                                       \
    {Part::Embedding, "transformer.wte"},                                                                              \
    {Part::PositionEmbedding, "transformer.wpe"},                                                                      \
    {Part::InputNorm, "transformer.h.{layer}.ln_1"},                                                                   \
    {Part::Query, "transformer.h.{layer}.attn.c_attn", fused},                                                         \
    {Part::Key, "transformer.h.{layer}.attn.c_attn", fused},                                                           \
    {Part::Value, "transformer.h.{layer}.attn.c_attn", fused},                                                         \
    {Part::AttentionOutput, "transformer.h.{layer}.attn.c_proj", matrix},                                              \
    {Part::MlpNorm, "transformer.h.{layer}.ln_2"},                                                                     \
    {Part::Up, "transformer.h.{layer}.mlp.c_fc", matrix},                                                              \
    {Part::Down, "transformer.h.{layer}.mlp.c_proj", matrix},                                                          \
    {Part::FinalNorm, "transformer.ln_f"},                                                                             \
    {Part::Head, "lm_head"}

constexpr PartName kGpt2Names[] = {GPT_NAMES(Layout::Transposed, Layout::StackedTransposed)};
// One key and value head for all, or one a head: both are groups of queries, then their key, then their value.
constexpr PartName kBigCodeNames[] = {GPT_NAMES(Layout::Own, Layout::PerGroup)};

constexpr const char *kGpt2Classes[] = {"GPT2LMHeadModel"};
constexpr const char *kBigCodeClasses[] = {"GPTBigCodeForCausalLM"};

} // namespace

constexpr ArchitectureDescription kGpt2Architecture{kGpt2Classes, kGpt2Names, resolveGpt2};
constexpr ArchitectureDescription kBigCodeArchitecture{kBigCodeClasses, kBigCodeNames, resolveBigCode};

} // namespace assay
