// SPDX-License-Identifier: GPL-3.0-or-later
// Phi-3 (arXiv 2404.14219) and Phi-4: Llama with stacked matrices and, for long texts, LongRoPE.
#include "core/architecture/architectures.h"
#include "core/architecture/llama.h"
#include "core/architecture/namesofllama.h"

namespace assay {
namespace {

/// Phi-3's first configs call LongRoPE "su" or "yarn", and keep its trained length outside rope_scaling.
void nameLongRope(RopeSpec &rope)
{
    if (!rope.scaling)
        return;
    RopeScaling &scaling = *rope.scaling;
    if (scaling.type == "su" || (scaling.type == "yarn" && !scaling.longFactor.empty()))
        scaling.type = "longrope";
    if (!scaling.originalContext)
        scaling.originalContext = 4096; // Phi3Config's default
}

void resolvePhi3(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 4096, false);
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = config.norm(NormKind::Rms, 1e-5);
    layer.attention = config.heads();
    layer.attention.positions = Positions::Rotary;
    if (!config.failed())
        layer.attention.rope = config.rope(layer.attention.headDim, 10000, 1, nameLongRope);
    layer.attention.window = config.window(std::nullopt);
    layer.feedForward = config.feedForward("silu", true);
    config.layers(spec, layer);
}

using namespace names;
constexpr PartName kPhi3Names[] = {
    kEmbedding, kInputNorm, kAttentionOutput, kMlpNorm, kDown, kFinalNorm, kHead,
    {Part::Query, "model.layers.{layer}.self_attn.qkv_proj", Layout::Stacked},
    {Part::Key, "model.layers.{layer}.self_attn.qkv_proj", Layout::Stacked},
    {Part::Value, "model.layers.{layer}.self_attn.qkv_proj", Layout::Stacked},
    kGateStacked, kUpStacked,
};

constexpr const char *kPhi3Classes[] = {"Phi3ForCausalLM"};

} // namespace

constexpr ArchitectureDescription kPhi3Architecture{kPhi3Classes, kPhi3Names, resolvePhi3};

} // namespace assay
