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

Result<BatchRun> BatchRun::start(const Engine::Implementation &model, const std::vector<Sequence> &sequences)
{
    BatchRun out(model);
    // Where frequencies depend on a sequence's length, its neighbours' would turn it otherwise.
    const size_t together = dependsOnLength(model.spec()) ? 1 : sequences.size();
    for (size_t first = 0; first < sequences.size(); first += together) {
        if (auto added = out.addGroup(std::span(sequences).subspan(first, together)); !added)
            return tl::unexpected(added.error());
    }
    return out;
}

Result<void> BatchRun::addGroup(std::span<const Sequence> sequences)
{
    std::vector<std::span<const int64_t>> prompts;
    int64_t longest = 0, room = 0;
    for (const Sequence &sequence : sequences) {
        prompts.push_back(sequence.prompt);
        longest = std::max(longest, lengthOf(sequence.prompt));
        room = std::max(room, sequence.room);
    }
    auto cache = m_model->newCache(int64_t(prompts.size()), longest + room);
    if (!cache)
        return tl::unexpected(cache.error());
    at::Tensor mask = maskOf(prompts, longest + room);
    if (mask.defined())
        mask = mask.to(m_model->device());
    m_groups.push_back({std::move(prompts), std::move(*cache), std::move(mask)});
    return {};
}

Result<at::Tensor> BatchRun::feed(Group &group, const at::Tensor &ids, const std::stop_token &stop) const
{
    auto states = m_model->feed(ids.to(m_model->device()), group.cache, 1, stop, group.mask);
    if (!states)
        return states;
    return m_model->decoder->head(*states).reshape({ids.size(0), -1}).to(at::kFloat);
}

Result<at::Tensor> BatchRun::prefill(const std::stop_token &stop)
{
    std::vector<at::Tensor> logits;
    for (Group &group : m_groups) {
        auto rows = feed(group, padded(group.prompts), stop);
        if (!rows)
            return rows;
        logits.push_back(std::move(*rows));
    }
    return at::cat(logits);
}

Result<at::Tensor> BatchRun::next(std::span<const int64_t> ids, const std::stop_token &stop)
{
    std::vector<at::Tensor> logits;
    for (Group &group : m_groups) {
        const int64_t rows = int64_t(group.prompts.size());
        auto here = feed(group, m_model->tensorOf(ids.first(size_t(rows))).view({rows, 1}), stop);
        if (!here)
            return here;
        logits.push_back(std::move(*here));
        ids = ids.subspan(size_t(rows));
    }
    return at::cat(logits);
}

void BatchRun::keep(std::span<const size_t> sequences)
{
    size_t first = 0;
    for (Group &group : m_groups) {
        const size_t end = first + group.prompts.size();
        std::vector<int64_t> rows;
        std::vector<std::span<const int64_t>> prompts;
        for (const size_t sequence : sequences) {
            if (sequence < first || sequence >= end)
                continue;
            rows.push_back(int64_t(sequence - first));
            prompts.push_back(group.prompts[sequence - first]);
        }
        first = end;
        if (rows.size() == group.prompts.size())
            continue;
        group.prompts = std::move(prompts);
        if (rows.empty())
            continue;
        group.cache.keepRows(rows);
        if (group.mask.defined())
            group.mask = group.mask.index_select(0, at::tensor(rows, at::TensorOptions(at::kLong)).to(group.mask.device()));
    }
    std::erase_if(m_groups, [](const Group &group) { return group.prompts.empty(); });
}

} // namespace assay::engine
