// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/decoder.h"
#include "core/engine/engine.h"
#include "core/engine/weightmatch.h"

namespace assay::engine {

/// The type most of the weights' bytes are stored in, as far as the engine computes in it: bf16 for packed ones.
at::ScalarType storedType(const std::vector<MatchedWeight> &weights, const Checkpoint &checkpoint);

/// Reads the weights straight into the decoder's tensors, converting piece by piece: the model is never in memory
/// twice. Elements done and in total go to progress.
Result<void> loadWeights(Decoder &decoder, const std::vector<MatchedWeight> &weights, const WeightCatalog &catalog,
                         const FileSet &files, const Progress &progress, const std::stop_token &stop);

} // namespace assay::engine
