// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/implementation.h"

namespace assay::engine {

/// Prompts [batch, tokens], of text or random: a seed and a run give the same ones everywhere, no two runs share any.
/// TokenOutOfRange where the text's tokens are none of the model's.
Result<at::Tensor> measuredPrompts(const Engine::Implementation &model, const MeasureOptions &options, int64_t run);

} // namespace assay::engine
