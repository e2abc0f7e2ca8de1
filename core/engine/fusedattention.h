// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/attention.h"

namespace assay::engine {

/// attend() by libtorch's fused kernels (2.1 and newer), which never hold the scores. An undefined tensor where they
/// do not compute such a rule: capped or sloped scores, sinks, padding.
at::Tensor fusedAttention(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values, int64_t offset,
                          const AttentionRule &rule);

} // namespace assay::engine
