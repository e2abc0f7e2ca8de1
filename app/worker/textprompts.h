// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/protocol/messages.h"
#include "core/tokenizer/tokenizer.h"

namespace assay::worker {

/// Where the prompts of a measurement come from, as it asks for: an empty function for random tokens, which dense models are as fast
/// with, else the sentences that endpoints are asked with, in the model's own tokens: routing to experts follows what is said
/// (benchmarking.md 4, pitfall 18). Text that was asked for by name without a tokenizer: the error of opening it.
Result<engine::PromptIds> promptIdsOf(const protocol::MeasureRequest &request, const Result<std::shared_ptr<const Tokenizer>> &tokenizer,
                                      const engine::Description &model);

} // namespace assay::worker
