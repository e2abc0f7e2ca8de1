// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/torch.h"

namespace assay::engine {

/// Tokens that pass through the model at a time during prefill: enough that each weight is read for many of them, few
/// enough that what a layer makes of them takes little memory.
int64_t prefillPiece(at::Device device);

} // namespace assay::engine
