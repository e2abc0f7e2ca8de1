// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/spec.h"
#include "core/engine/torch.h"

namespace assay::engine {

/// Tokens that pass through the model at a time during prefill. On the CPU a layer of a large model takes so long that
/// fewer are taken: a stop is heard after about a tenth of a second.
int64_t prefillPiece(const DecoderSpec &spec, at::Device device);

} // namespace assay::engine
