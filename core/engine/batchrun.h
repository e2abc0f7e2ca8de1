// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/implementation.h"

namespace assay::engine {

/// Sequences of different lengths on their way through a model, one token each a step. Its calls belong into guarded().
class BatchRun
{
public:
    /// One sequence: its prompt, not empty, and how many tokens may follow.
    struct Sequence
    {
        std::span<const int64_t> prompt;
        int64_t room = 0;
    };
    /// At least one; NotEnoughMemory. The prompts stay the caller's.
    static Result<BatchRun> start(const Engine::Implementation &model, const std::vector<Sequence> &sequences);

    /// The logits behind each prompt: [sequences, vocabulary], f32. What all prompts begin with goes through the model once.
    /// Cancelled, NotEnoughMemory.
    Result<at::Tensor> prefill(const std::stop_token &stop);
    /// The logits behind these tokens, one for each sequence that is left. Cancelled.
    Result<at::Tensor> next(std::span<const int64_t> ids, const std::stop_token &stop);
    /// Goes on with these only: indices among those that are left, ascending.
    void keep(std::span<const size_t> sequences);

private:
    BatchRun(const Engine::Implementation &model, KvCache cache, std::vector<std::span<const int64_t>> prompts, at::Tensor mask);
    /// What all prompts begin with, where computing it once is worth a pass of its own.
    int64_t sharedTokens() const;
    Result<void> prefillShared(int64_t tokens, const std::stop_token &stop);
    Result<at::Tensor> feed(const at::Tensor &ids, const std::stop_token &stop);

    const Engine::Implementation *m_model;
    std::vector<std::span<const int64_t>> m_prompts; ///< of the sequences that are left; shorter ones are padded on their left
    KvCache m_cache;
    at::Tensor m_mask; ///< bool [prompts, capacity], false for padding; undefined: all are equally long
};

} // namespace assay::engine
