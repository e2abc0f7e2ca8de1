// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/implementation.h"

namespace assay::engine {

/// Continuations of one context: the choices of an item.
struct SharedContext
{
    std::span<const int64_t> ids;
    std::vector<size_t> items; ///< whose context it is
};

/// The items' contexts, each once, equally long ones beside each other, the longest first. which: the items that are meant.
std::vector<SharedContext> sharedContexts(const std::vector<Continuation> &items, const std::vector<size_t> &which);

/// How many of these contexts, from the first on, are scored together: they are equally long, so that nothing is padded, and what
/// their continuations' keys and values take is bounded.
size_t scoredTogether(const Engine::Implementation &model, const std::vector<Continuation> &items, std::span<const SharedContext> contexts);

/// Scores the continuations of contexts that are equally long: the contexts go through the model together, once each, then all
/// continuations behind copies of their keys and values. Log-softmax is of f32. NotEnoughMemory, Cancelled.
Result<void> scoreShared(const Engine::Implementation &model, const std::vector<Continuation> &items, std::span<const SharedContext> contexts,
                         std::vector<ContinuationScore> &out, const std::stop_token &stop);

} // namespace assay::engine
