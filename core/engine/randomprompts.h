// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/implementation.h"

namespace assay::engine {

/// Random prompts [batch, tokens]: a seed and a run give the same ones everywhere, no two runs share any.
at::Tensor randomPrompts(const Engine::Implementation &model, const MeasureOptions &options, int64_t run);

} // namespace assay::engine
