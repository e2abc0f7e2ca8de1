// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/implementation.h"

namespace assay::engine {

/// Times passes over batch x promptTokens tokens of a model that generates nothing: from their being on the device
/// until the pooled states, labels' logits or tokens' logits are there. Sample knows neither first token nor gaps then.
Result<void> measurePasses(const Engine::Implementation &model, const MeasureOptions &options, const OnSample &onSample,
                           const std::stop_token &stop);

} // namespace assay::engine
