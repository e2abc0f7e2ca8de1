// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/torch.h"

namespace assay::engine {

/// x [..., in] times weight [out, in], plus bias [out] where it is defined -> [..., out]. A few rows on the
/// CPU without gradients go through rowDot: there libtorch's own linear reaches a third of the memory
/// bandwidth.
at::Tensor linear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias);

} // namespace assay::engine
