// SPDX-License-Identifier: GPL-3.0-or-later
// gpt-oss (arXiv 2508.10925): experts with biases and a clamped gate, a learned sink in each softmax, windows in turn.
#include "core/architecture/architectures.h"
#include "core/architecture/llama.h"
#include "core/architecture/mixture.h"
#include "core/architecture/namesofllama.h"

namespace assay {
namespace {

/// What GptOssConfig does when rope_scaling is left out.
void yarnByDefault(RopeSpec &rope)
{
    if (rope.scaling)
        return;
    RopeScaling scaling;
    scaling.type = "yarn";
    scaling.factor = 32;
    scaling.originalContext = 4096;
    rope.scaling = scaling;
}

void resolveGptOss(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 131072, false);
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = config.norm(NormKind::Rms, 1e-5);
    AttentionSpec &a = layer.attention;
    a = config.heads(64);
    a.positions = Positions::Rotary;
    if (!config.failed())
        a.rope = config.rope(a.headDim, 150000, 1, config.gguf() ? nullptr : yarnByDefault);
    // llama.cpp's files do not say it; the model is the same.
    if (a.rope.scaling && (config.gguf() || !config.config().ropeScaling))
        a.rope.scaling->truncate = false;
    a.queryBias = a.keyBias = a.valueBias = a.outputBias = config.config().attentionBias.value_or(true);
    a.sinks = true;
    if (config.number("swiglu_alpha", 1.702) != 1.702)
        config.unsupported("swiglu_alpha");
    layer.feedForward.activation = Activation::ClampedSwish;
    layer.feedForward.limit = config.within("swiglu_limit", config.number("swiglu_limit", 7), 1e-3, 1e9);
    layer.feedForward.intermediate = config.config().intermediateSize.value_or(2880);
    config.layers(spec, layer);
    config.windows(spec, config.window(128), 2);
    ExpertsSpec experts = routedExperts(config, 0, 0, layer.feedForward.intermediate);
    experts.scores = ExpertScores::ChosenSoftmax;
    experts.routerBias = experts.bias = true;
    placeExperts(config, spec, experts, [](int64_t) { return true; });
}

using namespace names;
#define EXPERTS "model.layers.{layer}.mlp.experts."
constexpr PartName kGptOssNames[] = {
    kEmbedding, kInputNorm, kQuery, kKey, kValue, kAttentionOutput, kMlpNorm, kFinalNorm, kHead,
    {Part::Sinks, "model.layers.{layer}.self_attn.sinks!"},
    {Part::Router, "model.layers.{layer}.mlp.router"},
    {Part::ExpertGate, EXPERTS "gate_up_proj_blocks!", Layout::ExpertsPaired, EXPERTS "gate_up_proj_bias"},
    {Part::ExpertUp, EXPERTS "gate_up_proj_blocks!", Layout::ExpertsPaired, EXPERTS "gate_up_proj_bias"},
    {Part::ExpertDown, EXPERTS "down_proj_blocks!", Layout::Experts, EXPERTS "down_proj_bias"},
    {Part::ExpertGate, EXPERTS "gate_up_proj!", Layout::ExpertsPairedTransposed, EXPERTS "gate_up_proj_bias"},
    {Part::ExpertUp, EXPERTS "gate_up_proj!", Layout::ExpertsPairedTransposed, EXPERTS "gate_up_proj_bias"},
    {Part::ExpertDown, EXPERTS "down_proj!", Layout::ExpertsTransposed, EXPERTS "down_proj_bias"},
};
#undef EXPERTS

constexpr const char *kGptOssClasses[] = {"GptOssForCausalLM"};

} // namespace

constexpr ArchitectureDescription kGptOssArchitecture{kGptOssClasses, kGptOssNames, resolveGptOss};

} // namespace assay
