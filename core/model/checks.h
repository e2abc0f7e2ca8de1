// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/counting.h"
#include "core/model/structurematch.h"

namespace assay {

/// A size that config and tensors both tell, found in the tensors.
struct TensorSize
{
    int64_t value = 0;
    const TensorRecord *tensor = nullptr;
};

std::optional<TensorSize> countedHiddenSize(const CountedModel &model);
std::optional<TensorSize> countedVocabulary(const CountedModel &model);
/// Width of the dense MLP, else of one expert; `expert` says which.
std::optional<TensorSize> countedIntermediate(const CountedModel &model, bool &expert);
/// Rows of the query and key projections; nothing where they are fused or packed.
std::optional<TensorSize> countedQueryRows(const CountedModel &model);
std::optional<TensorSize> countedKeyRows(const CountedModel &model);
/// Whether the tensors are those of multi-head latent attention.
bool hasLatentAttention(const CountedModel &model);

/// Everything that config and tensors disagree about. `complete`: all shards were read; else what is absent
/// tells nothing.
std::vector<Finding> checkAgainstConfig(const CountedModel &model, const ModelConfig &config,
                                        const StructureMatch &structure, bool complete);

/// The name's size ("7B", "1.5b") against what was counted: within a quarter of the main model, with or without
/// its embedding, or of all. Names like 8x7B and active sizes (A3B) are not sizes of the whole.
std::optional<Finding> checkNameSize(const std::string &name, const ParameterCounts &counts);

} // namespace assay
