// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/evidence.h"
#include "core/identify/weights/parametercosine.h"
#include "core/model/facts.h"

namespace assay {

/// A matrix with rows that are all zero.
struct ZeroedTensor
{
    std::string name;
    uint64_t rows = 0, zeroRows = 0;
    uint64_t elements = 0, zeros = 0;
};

/// What is missing of a model.
struct PruningFound
{
    std::vector<ZeroedTensor> zeroed; ///< embeddings and heads left out: their unused rows are often zero
    uint64_t zeroRows = 0;
    double zeroShare = 0, referenceZeroShare = 0; ///< of the elements that were looked at
    std::optional<int64_t> experts, referenceExperts; ///< routed, of a layer
    int64_t layers = 0, referenceLayers = 0;          ///< reference: 0 without one
    bool any() const;
};

/// Counts of layers and experts beside the reference's, where there is one.
void comparePrunedParts(const ModelFacts &subject, const ModelFacts *reference, PruningFound &found);

/// Rows of zeros among the subject's matrices. With a comparison only those are read again that have more zeros than the reference's; else all
/// are. What cannot be read is left out. Error: Cancelled. Progress counts matrices.
Result<PruningFound> pruningOf(const WeightSide &subject, const ParameterLikeness *compared, const StreamControl &control = {});

/// "weights.pruning"; nothing where nothing was found. `claimed`: the reference is what the subject is said to be; then a contradiction, as matrices are
/// that are zero altogether.
std::optional<Evidence> pruningEvidence(const PruningFound &found, const std::string &reference, bool claimed);

} // namespace assay
