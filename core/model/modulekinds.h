// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/leafgroups.h"

namespace assay {

/// What a part of a model does, told from the names and shapes of its tensors alone, whatever the model is.
enum class ModuleKind {
    RmsNorm,
    LayerNorm,
    BatchNorm,
    GroupNorm,
    TokenEmbedding,
    LearnedPositions,
    RotaryPositions,
    RelativePositions,
    PatchEmbedding,
    Convolution,
    DepthwiseConvolution,
    PointwiseConvolution,
    SelfAttention,
    LatentAttention,
    CrossAttention,
    AttentionSinks,
    Mlp,
    GatedMlp,
    Router,
    Experts,
    SharedExperts,
    StateSpace,
    LinearAttention,
    Adapter,
    VisionTower,
    AudioTower,
    Projector,
    UNetBlock,
    AutoencoderBlock,
    TextEncoder,
    NextToken,
    Count_
};

/// The field's word for it: "RMSNorm"; translation context "Fact".
const char *moduleKindName(ModuleKind kind);
/// Stable, for JSON: "rms_norm".
const char *moduleKindId(ModuleKind kind);
/// The id of its row in the facts table: "modules.rms_norm".
const char *moduleKindRow(ModuleKind kind);

/// One kind of part that a model has.
struct ModuleFact
{
    ModuleKind kind = ModuleKind::Count_;
    uint64_t count = 0;   ///< modules of this kind
    std::string example;  ///< a tensor of it
    std::string evidence; ///< the rule that told: "a weight without a bias: %1" (the example); translation context "Evidence"
};

/// In the order of ModuleKind; kinds that are not there are left out.
std::vector<ModuleFact> moduleFacts(const std::vector<LeafGroup> &groups);
/// Null when the model has none of this kind.
const ModuleFact *findModule(const std::vector<ModuleFact> &modules, ModuleKind kind);

} // namespace assay
