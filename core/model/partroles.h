// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/leafgroups.h"

#include <span>
#include <string>

namespace assay {

/// What a tensor does in its model, whatever it is called there: the common words of safetensors' many namings and
/// GGUF's. In the order in which a token meets them.
enum class PartRole {
    TokenEmbedding,
    PositionEmbedding,
    TypeEmbedding,
    EmbeddingNorm,
    AttentionNorm,
    Query,
    Key,
    Value,
    QueryKeyValue,
    QueryNorm,
    KeyNorm,
    LatentQueryDown,
    LatentQueryNorm,
    LatentQueryUp,
    LatentKvDown,
    LatentKvNorm,
    LatentKvUp,
    AttentionSinks,
    AttentionOutput,
    AttentionOutputNorm,
    CrossAttention,
    StateSpace,
    MlpNorm,
    Gate,
    Up,
    GateUp,
    Down,
    Router,
    RouterBias,
    ExpertGate,
    ExpertUp,
    ExpertGateUp,
    ExpertDown,
    SharedGate,
    SharedUp,
    SharedDown,
    SharedRouter,
    MlpOutputNorm,
    FinalNorm,
    Head,
    Pooler,
    Classifier,
    NextToken,
    Vision,
    Audio,
    Projector,
    Adapter,
    Other,
    Count_
};

/// One role: its words, and the endings of names that mean it.
struct PartDefinition
{
    PartRole role;
    const char *id;    ///< stable name, for JSON: "expert_gate"
    const char *group; ///< "Attention", ...; translation context "Part"
    const char *label; ///< translation context "Part"
    /// Endings of module names, whole dotted parts, with blanks between them; the longest that fits any role wins.
    const char *inLayers;
    const char *outside;
};

std::span<const PartDefinition> partDefinitions();
const PartDefinition &definitionOf(PartRole role);

/// What the tensors of a group are. `postAttentionNorm`: the model also has a norm right before its MLP, so that
/// post_attention_layernorm follows the attention instead (Gemma 2).
PartRole partRoleOf(const LeafGroup &group, bool postAttentionNorm = false);
/// Whether one of the groups is a norm right before the MLP under a name of its own.
bool hasOwnMlpNorm(std::span<const LeafGroup> groups);

/// The name's last part when it is not the module itself: "weight", "bias", "qweight", "weight_scale_inv"; empty else.
std::string_view parameterSuffix(std::string_view name);
/// Routed experts, one tensor each or all in one.
bool isRoutedExpert(PartRole role);

} // namespace assay
