// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architectures.h"
#include "core/model/facts.h"
#include "core/model/quantscheme.h"
#include "core/model/tensorroles.h"

namespace assay {

/// A group with what it was taken for.
struct CountedGroup
{
    LeafGroup group;
    TensorKind kind;
    uint64_t repeated = 0; ///< of the copies, those whose bytes are another tensor's and were counted there
};

/// A quantised weight with what was read about its packing.
struct PackedWeight
{
    size_t weight = 0;                        ///< index into CountedModel::groups
    const TensorRecord *scale = nullptr;      ///< null when it has none
    std::string scaleName;                    ///< what it is called or should be
    QuantizationScheme scheme;                ///< of this group alone
    uint64_t parametersEach = 0;
    std::vector<int64_t> expectedScale;       ///< its shape; empty when nothing can be said
    bool needsScale = true;
};

/// The tensors of one model, read once: everything that is counted comes from here.
struct CountedModel
{
    const ArchitectureFamily *family = nullptr; ///< null when unknown
    ModelTask task = ModelTask::Unknown;
    std::vector<CountedGroup> groups;
    std::vector<PackedWeight> packed;
    std::string container;   ///< where the main layers are: "model.layers"
    int64_t layers = 0;      ///< in the container, multi-token-prediction layers left out; 0: none were found
    int64_t firstNextTokenLayer = 0; ///< layers from here on predict further tokens
    bool tiedTwice = false;  ///< the config ties the head to the embedding, yet both are stored

    /// The first group of this purpose; null when there is none.
    const CountedGroup *find(TensorPurpose purpose) const;
    uint64_t nextTokenCopies(const CountedGroup &counted) const;
    /// Copies of the main model with bytes of their own.
    uint64_t mainCopies(const CountedGroup &counted) const;
};

CountedModel countModel(const LayerNode &tree, const Checkpoint &checkpoint, const ModelConfig &config);

/// Parameters by inspectors.md 4f and 4g: scales and buffers apart, layers from num_hidden_layers on apart when
/// the config declares multi-token prediction, a head that is tied but stored counted once.
ParameterCounts countParameters(const CountedModel &model, const ModelConfig &config);

/// 2 x the weights of matrices that a token passes, of the main model: lookups left out, the head in, active of
/// routed experts (inspectors.md 4i, context 0).
WorkFacts matrixWork(const CountedModel &model, const ModelConfig &config);

/// Routed experts of a layer by their tensors: separate ones by their number, fused ones by the first axis.
std::optional<int64_t> countedExperts(const CountedModel &model);
/// Layers that predict further tokens among the tensors.
int64_t countedNextTokenLayers(const CountedModel &model);

} // namespace assay
