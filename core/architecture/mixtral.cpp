// SPDX-License-Identifier: GPL-3.0-or-later
// Mixtral (arXiv 2401.04088): Mistral with eight experts a layer, two of which see a token.
#include "core/architecture/architectures.h"
#include "core/architecture/llama.h"
#include "core/architecture/mixture.h"
#include "core/architecture/namesofllama.h"

namespace assay {
namespace {

void resolveMixtral(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 131072, false);
    LayerSpec layer = llamaLayer(config, 1e-5, 1e6);
    layer.attention.window = config.window(std::nullopt);
    layer.attention.pairing = config.gguf() ? RopePairing::Neighbours : RopePairing::Halves;
    config.layers(spec, layer);
    ExpertsSpec experts = routedExperts(config, 0, 0, layer.feedForward.intermediate);
    experts.normalised = true;
    placeExperts(config, spec, experts, [](int64_t) { return true; });
}

using namespace names;
constexpr PartName kMixtralNames[] = {
    kEmbedding, kInputNorm, kQuery, kKey, kValue, kAttentionOutput, kMlpNorm, kFinalNorm, kHead,
    {Part::Router, "model.layers.{layer}.block_sparse_moe.gate"},
    {Part::ExpertGate, "model.layers.{layer}.block_sparse_moe.experts.{expert}.w1"},
    {Part::ExpertUp, "model.layers.{layer}.block_sparse_moe.experts.{expert}.w3"},
    {Part::ExpertDown, "model.layers.{layer}.block_sparse_moe.experts.{expert}.w2"},
    kRouter, kExpertGate3d, kExpertUp3d, kExpertDown3d, // as transformers 5 holds them
};

constexpr const char *kMixtralClasses[] = {"MixtralForCausalLM"};

} // namespace

constexpr ArchitectureDescription kMixtralArchitecture{kMixtralClasses, kMixtralNames, resolveMixtral};

} // namespace assay
