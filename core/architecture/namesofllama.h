// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/description.h"

#include <algorithm>
#include <array>

/// Names that most architectures took over from Llama; a description lists those that it has.
namespace assay::names {

inline constexpr PartName kEmbedding{Part::Embedding, "model.embed_tokens"};
inline constexpr PartName kInputNorm{Part::InputNorm, "model.layers.{layer}.input_layernorm"};
inline constexpr PartName kQuery{Part::Query, "model.layers.{layer}.self_attn.q_proj"};
inline constexpr PartName kKey{Part::Key, "model.layers.{layer}.self_attn.k_proj"};
inline constexpr PartName kValue{Part::Value, "model.layers.{layer}.self_attn.v_proj"};
inline constexpr PartName kQueryNorm{Part::QueryNorm, "model.layers.{layer}.self_attn.q_norm"};
inline constexpr PartName kKeyNorm{Part::KeyNorm, "model.layers.{layer}.self_attn.k_norm"};
inline constexpr PartName kAttentionOutput{Part::AttentionOutput, "model.layers.{layer}.self_attn.o_proj"};
inline constexpr PartName kMlpNorm{Part::MlpNorm, "model.layers.{layer}.post_attention_layernorm"};
inline constexpr PartName kGate{Part::Gate, "model.layers.{layer}.mlp.gate_proj"};
inline constexpr PartName kUp{Part::Up, "model.layers.{layer}.mlp.up_proj"};
inline constexpr PartName kDown{Part::Down, "model.layers.{layer}.mlp.down_proj"};
inline constexpr PartName kRouter{Part::Router, "model.layers.{layer}.mlp.gate"};
inline constexpr PartName kExpertGate{Part::ExpertGate, "model.layers.{layer}.mlp.experts.{expert}.gate_proj"};
inline constexpr PartName kExpertUp{Part::ExpertUp, "model.layers.{layer}.mlp.experts.{expert}.up_proj"};
inline constexpr PartName kExpertDown{Part::ExpertDown, "model.layers.{layer}.mlp.experts.{expert}.down_proj"};
// One tensor of all experts, as transformers 5 holds them in memory.
inline constexpr PartName kExpertGate3d{Part::ExpertGate, "model.layers.{layer}.mlp.experts.gate_up_proj!", Layout::ExpertsStacked};
inline constexpr PartName kExpertUp3d{Part::ExpertUp, "model.layers.{layer}.mlp.experts.gate_up_proj!", Layout::ExpertsStacked};
inline constexpr PartName kExpertDown3d{Part::ExpertDown, "model.layers.{layer}.mlp.experts.down_proj!", Layout::Experts};
inline constexpr PartName kGateStacked{Part::Gate, "model.layers.{layer}.mlp.gate_up_proj", Layout::Stacked};
inline constexpr PartName kUpStacked{Part::Up, "model.layers.{layer}.mlp.gate_up_proj", Layout::Stacked};
inline constexpr PartName kFinalNorm{Part::FinalNorm, "model.norm"};
inline constexpr PartName kHead{Part::Head, "lm_head"};

inline constexpr std::array kLlama{kEmbedding, kInputNorm, kQuery, kKey, kValue, kQueryNorm, kKeyNorm, kAttentionOutput, kMlpNorm,
                                   kGate, kUp, kDown, kFinalNorm, kHead};

/// The experts of DeepSeek and of those who took them over.
inline constexpr std::array kDeepseekExperts = std::to_array<PartName>({
    kRouter, {Part::RouterCorrection, "model.layers.{layer}.mlp.gate.e_score_correction_bias!"},
    kExpertGate, kExpertUp, kExpertDown, kExpertGate3d, kExpertUp3d, kExpertDown3d,
    {Part::SharedGate, "model.layers.{layer}.mlp.shared_experts.gate_proj"},
    {Part::SharedUp, "model.layers.{layer}.mlp.shared_experts.up_proj"},
    {Part::SharedDown, "model.layers.{layer}.mlp.shared_experts.down_proj"},
});

template <size_t First, size_t Second>
constexpr std::array<PartName, First + Second> joined(const std::array<PartName, First> &first, const std::array<PartName, Second> &second)
{
    std::array<PartName, First + Second> out{};
    std::ranges::copy(second, std::ranges::copy(first, out.begin()).out);
    return out;
}

} // namespace assay::names
