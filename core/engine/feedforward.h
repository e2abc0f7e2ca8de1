// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/layerweights.h"

namespace assay::engine {

/// activation(gate) * up where there is a gate, else activation(up).
at::Tensor activate(const FeedForwardSpec &spec, const at::Tensor &gate, const at::Tensor &up);

/// The feed-forward part of a layer on x [..., hidden]: one network, or experts.
at::Tensor feedForward(const FeedForwardSpec &spec, const LayerWeights &layer, const at::Tensor &x);

/// Mixture of experts on x [..., hidden].
at::Tensor mixExperts(const FeedForwardSpec &spec, const LayerWeights &layer, const at::Tensor &x);

} // namespace assay::engine
