// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/batchrun.h"

#include <algorithm>

namespace assay::engine {
namespace {

int64_t lengthOf(std::span<const int64_t> prompt)
{
    return int64_t(prompt.size());
}

/// Prompts as rows of one tensor, padded on the left by token 0, which the mask hides.
at::Tensor padded(const std::vector<std::span<const int64_t>> &prompts)
{
    const int64_t longest = lengthOf(std::ranges::max(prompts, {}, lengthOf));
    at::Tensor out = at::zeros({int64_t(prompts.size()), longest}, at::TensorOptions(at::kLong));
    for (size_t i = 0; i < prompts.size(); ++i)
        std::ranges::copy(prompts[i], out.data_ptr<int64_t>() + int64_t(i + 1) * longest - lengthOf(prompts[i]));
    return out;
}

/// Undefined where nothing is padded.
at::Tensor maskOf(const std::vector<std::span<const int64_t>> &prompts, int64_t capacity)
{
    const auto [shortest, longest] = std::ranges::minmax(prompts, {}, lengthOf);
    if (shortest.size() == longest.size())
        return {};
    at::Tensor out = at::ones({int64_t(prompts.size()), capacity}, at::TensorOptions(at::kBool));
    for (size_t i = 0; i < prompts.size(); ++i)
        out[int64_t(i)].narrow(0, 0, lengthOf(longest) - lengthOf(prompts[i])).fill_(false);
    return out;
}

} // namespace

BatchRun::BatchRun(const Engine::Implementation &model, KvCache cache, std::vector<std::span<const int64_t>> prompts, at::Tensor mask)
    : m_model(&model), m_prompts(std::move(prompts)), m_cache(std::move(cache)), m_mask(std::move(mask))
{
}

Result<BatchRun> BatchRun::start(const Engine::Implementation &model, const std::vector<Sequence> &sequences)
{
    std::vector<std::span<const int64_t>> prompts;
    int64_t longest = 0, room = 0;
    for (const Sequence &sequence : sequences) {
        prompts.push_back(sequence.prompt);
        longest = std::max(longest, lengthOf(sequence.prompt));
        room = std::max(room, sequence.room);
    }
    auto cache = model.newCache(int64_t(prompts.size()), longest + room);
    if (!cache)
        return tl::unexpected(cache.error());
    at::Tensor mask = maskOf(prompts, longest + room);
    if (mask.defined())
        mask = mask.to(model.device());
    return BatchRun(model, std::move(*cache), std::move(prompts), std::move(mask));
}

Result<at::Tensor> BatchRun::feed(const at::Tensor &ids, const std::stop_token &stop)
{
    auto states = m_model->feed(ids.to(m_model->device()), m_cache, 1, stop, m_mask);
    if (!states)
        return states;
    return m_model->decoder->head(*states).reshape({ids.size(0), -1}).to(at::kFloat);
}

int64_t BatchRun::sharedTokens() const
{
    // A pass of its own reads all weights once more, which takes about as long as computing so many tokens.
    constexpr int64_t kWorthAPass = 64;
    const std::span<const int64_t> first = m_prompts.front();
    int64_t shared = lengthOf(first);
    for (const std::span<const int64_t> prompt : m_prompts) {
        const int64_t same = std::ranges::mismatch(first, prompt).in1 - first.begin();
        // The last token of each prompt goes with the others: its logits are wanted.
        shared = std::min({shared, same, lengthOf(prompt) - 1});
    }
    return shared * int64_t(m_prompts.size() - 1) < kWorthAPass ? 0 : shared;
}

Result<void> BatchRun::prefillShared(int64_t tokens, const std::stop_token &stop)
{
    auto cache = m_model->newCache(1, tokens);
    if (!cache)
        return tl::unexpected(cache.error());
    const auto states = m_model->feed(m_model->tensorOf(m_prompts.front().first(size_t(tokens))), *cache, 1, stop);
    if (!states)
        return tl::unexpected(states.error());
    const int64_t longest = lengthOf(std::ranges::max(m_prompts, {}, lengthOf));
    std::vector<int64_t> padding;
    for (const std::span<const int64_t> prompt : m_prompts)
        padding.push_back(longest - lengthOf(prompt));
    m_cache.beginWith(*cache, padding);
    return {};
}

Result<at::Tensor> BatchRun::prefill(const std::stop_token &stop)
{
    const at::Tensor ids = padded(m_prompts);
    const int64_t shared = sharedTokens();
    if (shared > 0) {
        if (auto done = prefillShared(shared, stop); !done)
            return tl::unexpected(done.error());
    }
    return feed(ids.narrow(1, shared, ids.size(1) - shared), stop);
}

Result<at::Tensor> BatchRun::next(std::span<const int64_t> ids, const std::stop_token &stop)
{
    return feed(m_model->tensorOf(ids).view({int64_t(ids.size()), 1}), stop);
}

void BatchRun::keep(std::span<const size_t> sequences)
{
    std::vector<int64_t> rows;
    std::vector<std::span<const int64_t>> prompts;
    for (const size_t sequence : sequences) {
        rows.push_back(int64_t(sequence));
        prompts.push_back(m_prompts[sequence]);
    }
    m_prompts = std::move(prompts);
    m_cache.keepRows(rows);
    if (m_mask.defined())
        m_mask = m_mask.index_select(0, at::tensor(rows, at::TensorOptions(at::kLong)).to(m_mask.device()));
}

} // namespace assay::engine
