// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/description.h"
#include "core/weights/weightvalues.h"

namespace assay::engine {

/// A slot of the model and the weights of the checkpoint that fill it: one nearly always.
struct MatchedWeight
{
    struct Piece
    {
        TensorSource source;
        size_t tensor = 0; ///< in the catalog
    };
    TensorSlot slot;
    std::vector<Piece> pieces;
};

/// Finds each slot's tensor under the names of Hugging Face or GGUF and checks its shape: TensorMissing,
/// TensorShapeWrong, WeightsUnreadable where its values cannot be known; Cancelled.
Result<std::vector<MatchedWeight>> matchWeights(const DecoderSpec &spec, const WeightCatalog &catalog, const FileSet &files, bool gguf,
                                                const std::stop_token &stop = {});

/// An encoder that was saved without its pooler is one without: its states are the same.
void forgetMissingPooler(DecoderSpec &spec, const WeightCatalog &catalog, bool gguf);

/// Tables of rotary factors that the checkpoint holds as tensors become part of the spec.
Result<void> readRopeTables(DecoderSpec &spec, const WeightCatalog &catalog, const FileSet &files, bool gguf);

} // namespace assay::engine
