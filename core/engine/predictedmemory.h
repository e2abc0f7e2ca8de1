// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/spec.h"
#include "core/engine/engine.h"
#include "core/engine/torch.h"

namespace assay::engine {

/// What a model needs whose weights take so many bytes: a cache of `capacity` tokens in each sequence, of this type, and
/// the workspace of a prefill of `prompt` tokens in each.
PredictedMemory predictMemory(const DecoderSpec &spec, uint64_t weights, at::ScalarType dtype, at::Device device,
                              int64_t batch, int64_t prompt, int64_t capacity);

} // namespace assay::engine
