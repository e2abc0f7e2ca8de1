// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/decoder.h"
#include "core/engine/engine.h"
#include "core/engine/weightmatch.h"

namespace assay::engine {

/// The type most of the weights' bytes are stored in, as far as the engine computes in it: bf16 for packed ones.
at::ScalarType storedType(const std::vector<MatchedWeight> &weights, const Checkpoint &checkpoint);

/// Reads the weights straight into the decoder's tensors on all threads, converting piece by piece: the model is never in
/// memory twice. Bytes of the model done and in total go to progress, from any of the threads, one at a time.
Result<void> loadWeights(Decoder &decoder, const std::vector<MatchedWeight> &weights, const WeightCatalog &catalog,
                         const FileSet &files, const Progress &progress, const std::stop_token &stop);

} // namespace assay::engine
