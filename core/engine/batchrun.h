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
    static Result<BatchRun> start(const Engine::Implementation &model, const std::vector<Sequence> &sequences);

    /// The logits behind each prompt: [sequences, vocabulary], f32. Cancelled.
    Result<at::Tensor> prefill(const std::stop_token &stop);
    /// The logits behind these tokens, one for each sequence that is left. Cancelled.
    Result<at::Tensor> next(std::span<const int64_t> ids, const std::stop_token &stop);
    /// Goes on with these only: indices among those that are left, ascending.
    void keep(std::span<const size_t> sequences);

private:
    /// Sequences that go through the model together: shorter prompts are padded on their left.
    struct Group
    {
        std::vector<std::span<const int64_t>> prompts;
        KvCache cache;
        at::Tensor mask; ///< bool [prompts, capacity], false for padding; undefined: all are equally long
    };

    explicit BatchRun(const Engine::Implementation &model) : m_model(&model) {}
    Result<void> addGroup(std::span<const Sequence> sequences);
    Result<at::Tensor> feed(Group &group, const at::Tensor &ids, const std::stop_token &stop) const;

    const Engine::Implementation *m_model;
    std::vector<Group> m_groups;
};

} // namespace assay::engine
