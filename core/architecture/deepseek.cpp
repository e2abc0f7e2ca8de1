// SPDX-License-Identifier: GPL-3.0-or-later
// DeepSeekMoE (arXiv 2401.06066), DeepSeek-V2 (2405.04434), DeepSeek-V3 and R1 (2412.19437), and Kimi K2, which is
// DeepSeek-V3 in other sizes. Layers beyond num_hidden_layers predict further tokens and are left out.
#include "core/architecture/deepseek.h"

#include "core/architecture/architectures.h"
#include "core/architecture/llama.h"
#include "core/architecture/mixture.h"
#include "core/architecture/namesofllama.h"

#include <cmath>

namespace assay {
namespace {

constexpr DeepseekDefaults kFirst{ExpertScores::Softmax, "greedy", false, 1.0};
constexpr DeepseekDefaults kSecond{ExpertScores::Softmax, "greedy", false, 1.0};
constexpr DeepseekDefaults kThird{ExpertScores::Sigmoid, "noaux_tc", true, 2.5};

LatentSpec latentOf(ConfigReader &config)
{
    const LatentAttentionConfig declared = config.config().latentAttention.value_or(LatentAttentionConfig());
    LatentSpec out;
    out.rank = config.checked("kv_lora_rank", declared.kvRank);
    out.queryRank = declared.qRank == 0 ? 0 : config.checked("q_lora_rank", declared.qRank);
    out.nopeDim = config.checked("qk_nope_head_dim", declared.qkNopeHeadDim);
    out.ropeDim = config.checked("qk_rope_head_dim", declared.qkRopeHeadDim);
    // The norms of the compressed vectors do not take rms_norm_eps.
    out.norm = config.gguf() ? config.norm(NormKind::Rms, 1e-6) : NormSpec{NormKind::Rms, 1e-6};
    return out;
}

AttentionSpec latentAttention(ConfigReader &config)
{
    AttentionSpec a;
    const LatentSpec latent = latentOf(config);
    const int64_t values = config.config().latentAttention.value_or(LatentAttentionConfig()).vHeadDim;
    a.heads = a.kvHeads = config.required("num_attention_heads", config.config().heads);
    if (config.failed())
        return a;
    a.headDim = config.checked("qk_nope_head_dim", latent.nopeDim + latent.ropeDim, ConfigReader::kWidth / a.heads);
    a.valueDim = config.checked("v_head_dim", values, ConfigReader::kWidth / a.heads);
    a.rope = config.rope(latent.ropeDim, 10000);
    a.pairing = config.flag("rope_interleave", true) ? RopePairing::Neighbours : RopePairing::Halves;
    a.scale = 1 / std::sqrt(double(a.headDim));
    if (const auto &scaling = a.rope.scaling; scaling && scaling->type == "yarn" && scaling->mscaleAllDim.value_or(0) != 0)
        a.scale *= std::pow(yarnMagnitude(scaling->factor, *scaling->mscaleAllDim), 2);
    a.queryBias = a.keyBias = a.outputBias = !config.gguf() && config.config().attentionBias.value_or(false);
    a.latent = latent;
    return a;
}

void resolveLatent(ConfigReader &config, DecoderSpec &spec, int64_t defaultContext, const DeepseekDefaults &defaults)
{
    config.sizes(spec, defaultContext, false);
    LayerSpec layer;
    layer.inputNorm = layer.mlpNorm = config.norm(NormKind::Rms, 1e-6);
    layer.attention = latentAttention(config);
    layer.feedForward = config.feedForward("silu", true);
    config.layers(spec, layer);
    placeDeepseekExperts(config, spec, defaults);
}

void resolveDeepseek(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 2048, false);
    LayerSpec layer = llamaLayer(config, 1e-6);
    setAttentionBias(config, layer.attention);
    layer.attention.pairing = config.gguf() ? RopePairing::Neighbours : RopePairing::Halves;
    config.layers(spec, layer);
    placeDeepseekExperts(config, spec, kFirst);
}

void resolveDeepseekV2(ConfigReader &config, DecoderSpec &spec)
{
    // What to do with it differs between DeepSeek's own code, transformers and llama.cpp; no published model sets it.
    config.refuse("norm_topk_prob");
    resolveLatent(config, spec, 2048, kSecond);
}

void resolveDeepseekV3(ConfigReader &config, DecoderSpec &spec)
{
    resolveLatent(config, spec, 4096, kThird);
}

using namespace names;
constexpr std::array kLatentNames = joined(joined(kLlama, kDeepseekExperts), std::to_array<PartName>({
    {Part::QueryDown, "model.layers.{layer}.self_attn.q_a_proj"},
    {Part::QueryDownNorm, "model.layers.{layer}.self_attn.q_a_layernorm"},
    {Part::QueryUp, "model.layers.{layer}.self_attn.q_b_proj"},
    {Part::LatentDown, "model.layers.{layer}.self_attn.kv_a_proj_with_mqa"},
    {Part::LatentDownNorm, "model.layers.{layer}.self_attn.kv_a_layernorm"},
    {Part::LatentUp, "model.layers.{layer}.self_attn.kv_b_proj"},
}));
constexpr std::array kDeepseekNames = joined(kLlama, kDeepseekExperts);

constexpr const char *kDeepseekClasses[] = {"DeepseekForCausalLM"};
constexpr const char *kDeepseekV2Classes[] = {"DeepseekV2ForCausalLM"};
constexpr const char *kDeepseekV3Classes[] = {"DeepseekV3ForCausalLM"};

} // namespace

void placeDeepseekExperts(ConfigReader &config, DecoderSpec &spec, const DeepseekDefaults &defaults)
{
    if (!config.config().experts || config.failed())
        return;
    const ExpertsConfig &declared = *config.config().experts;
    ExpertsSpec experts = routedExperts(config, 0, 0, spec.layers.front().feedForward.intermediate);
    experts.scores = expertScores(config, defaults.scores);
    // A GGUF file says all that is done; what it leaves out is not.
    experts.normalised = config.flag("norm_topk_prob", !config.gguf() && defaults.normalised);
    experts.scale = config.number("routed_scaling_factor", config.gguf() ? 1 : defaults.scale);
    if (config.gguf() && experts.scale == 0)
        experts.scale = 1;
    config.within("routed_scaling_factor", experts.scale, 1e-6, 1e6);
    const std::string method = config.text("topk_method", config.gguf() && config.integer("n_group", 1) > 1 && defaults.scores == ExpertScores::Softmax
                                                              ? "group_limited_greedy" : defaults.method);
    if (method != "greedy" && method != "group_limited_greedy" && method != "noaux_tc")
        config.unsupported("topk_method " + method);
    experts.correction = method == "noaux_tc";
    if (method != "greedy")
        limitToGroups(config, experts, experts.correction ? GroupScores::BestTwo : GroupScores::Best);
    if (declared.shared != 0)
        experts.sharedIntermediate = config.checked("n_shared_experts", declared.shared, ConfigReader::kWidth / experts.intermediate) * experts.intermediate;
    const int64_t every = config.checked("moe_layer_freq", declared.layerFrequency), first = declared.firstDenseLayers;
    placeExperts(config, spec, experts, [=](int64_t layer) { return layer >= first && layer % every == 0; });
}

constexpr ArchitectureDescription kDeepseekArchitecture{kDeepseekClasses, kDeepseekNames, resolveDeepseek};
constexpr ArchitectureDescription kDeepseekV2Architecture{kDeepseekV2Classes, kLatentNames, resolveDeepseekV2};
constexpr ArchitectureDescription kDeepseekV3Architecture{kDeepseekV3Classes, kLatentNames, resolveDeepseekV3};

} // namespace assay
