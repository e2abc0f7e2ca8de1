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
    /// NotEnoughMemory. The prompts stay the caller's.
    static Result<BatchRun> start(const Engine::Implementation &model, std::vector<Sequence> sequences);

    /// The logits behind each prompt: [sequences, vocabulary], f32. Cancelled.
    Result<at::Tensor> prefill(const std::stop_token &stop);
    /// The logits behind these tokens, one for each sequence that is left. Cancelled.
    Result<at::Tensor> next(std::span<const int64_t> ids, const std::stop_token &stop);
    /// Goes on with these only: indices among those that are left, ascending.
    void keep(std::span<const size_t> sequences);

private:
    explicit BatchRun(const Engine::Implementation &model) : m_model(&model) {}
    Result<at::Tensor> feed(size_t sequence, std::span<const int64_t> ids, const std::stop_token &stop);

    const Engine::Implementation *m_model;
    std::vector<Sequence> m_sequences;
    std::vector<KvCache> m_caches;
};

} // namespace assay::engine
