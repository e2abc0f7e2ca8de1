// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"

namespace assay::engine {

/// What the softmax of one position's logits [vocabulary] says of a token, of the `top` likeliest and of all the others,
/// computed in double over the whole vocabulary. EngineFailed when the logits are no numbers.
Result<TokenScore> scoreToken(std::span<const float> logits, int64_t id, int64_t top);

} // namespace assay::engine
