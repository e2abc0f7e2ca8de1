// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/decoder.h"
#include "core/engine/engine.h"
#include "core/format/checkpoint.h"

namespace assay::engine {

/// The type most of the slots' bytes are stored in, after checking that each tensor is there, has the
/// config's shape and a floating type: TensorMissing, TensorShapeWrong, DtypeUnsupported.
Result<at::ScalarType> checkWeights(const DecoderSpec &spec, const Checkpoint &checkpoint);

/// Reads the tensors straight into the decoder's, converting piece by piece: the model is never in memory
/// twice. Bytes done and in total go to progress. Call after checkWeights.
Result<void> loadWeights(Decoder &decoder, const Checkpoint &checkpoint, const Progress &progress,
                         const std::stop_token &stop);

} // namespace assay::engine
