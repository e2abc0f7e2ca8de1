// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"

namespace assay {

/// Tensors of a checkpoint whose bytes are the same bytes of the same file, by their indexes, two or more, in the
/// checkpoint's order: PyTorch and ONNX write a tied head as a second name of the embedding. Empty for formats in which
/// each tensor has a place of its own (there an overlap is a damage, and a finding).
std::vector<std::vector<uint32_t>> sharedTensors(const Checkpoint &checkpoint);

} // namespace assay
