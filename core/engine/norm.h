// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/layerweights.h"

namespace assay::engine {

/// x [..., size] normed over its last axis, computed in f32; x itself where the spec has no norm. Weights may be
/// [heads, size] for x [..., heads, size].
at::Tensor normalise(const at::Tensor &x, const NormSpec &spec, const Matrix &weights);

} // namespace assay::engine
