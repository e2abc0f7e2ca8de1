// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/batchrun.h"

#include <algorithm>

namespace assay::engine {

Result<BatchRun> BatchRun::start(const Engine::Implementation &model, std::vector<Sequence> sequences)
{
    BatchRun out(model);
    int64_t longest = 0;
    for (const Sequence &sequence : sequences)
        longest = std::max(longest, int64_t(sequence.prompt.size()) + sequence.room);
    // Memory is taken as it is written to: whether all fits is asked before the first is there.
    if (auto fits = model.newCache(int64_t(sequences.size()), longest); !fits)
        return tl::unexpected(fits.error());
    for (const Sequence &sequence : sequences) {
        auto cache = model.newCache(1, int64_t(sequence.prompt.size()) + sequence.room);
        if (!cache)
            return tl::unexpected(cache.error());
        out.m_caches.push_back(std::move(*cache));
    }
    out.m_sequences = std::move(sequences);
    return out;
}

Result<at::Tensor> BatchRun::feed(size_t sequence, std::span<const int64_t> ids, const std::stop_token &stop)
{
    auto states = m_model->feed(m_model->tensorOf(ids), m_caches[sequence], 1, stop);
    if (!states)
        return states;
    return m_model->decoder->head(*states).reshape({1, -1}).to(at::kFloat);
}

Result<at::Tensor> BatchRun::prefill(const std::stop_token &stop)
{
    std::vector<at::Tensor> logits;
    for (size_t i = 0; i < m_sequences.size(); ++i) {
        auto row = feed(i, m_sequences[i].prompt, stop);
        if (!row)
            return row;
        logits.push_back(std::move(*row));
    }
    return at::cat(logits);
}

Result<at::Tensor> BatchRun::next(std::span<const int64_t> ids, const std::stop_token &stop)
{
    std::vector<at::Tensor> logits;
    for (size_t i = 0; i < ids.size(); ++i) {
        auto row = feed(i, ids.subspan(i, 1), stop);
        if (!row)
            return row;
        logits.push_back(std::move(*row));
    }
    return at::cat(logits);
}

void BatchRun::keep(std::span<const size_t> sequences)
{
    for (size_t i = 0; i < sequences.size(); ++i) {
        m_sequences[i] = m_sequences[sequences[i]];
        if (sequences[i] != i)
            m_caches[i] = std::move(m_caches[sequences[i]]);
    }
    m_sequences.resize(sequences.size());
    m_caches.erase(m_caches.begin() + std::ptrdiff_t(sequences.size()), m_caches.end());
}

} // namespace assay::engine
