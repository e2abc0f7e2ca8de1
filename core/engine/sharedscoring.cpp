// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sharedscoring.h"

#include "core/engine/prefill.h"
#include "core/engine/sampling.h"

#include <algorithm>
#include <cmath>

namespace assay::engine {
namespace {

constexpr uint64_t kMostCacheBytes = 256 << 20; ///< of the copies of keys and values
constexpr int64_t kMostLogits = 4 << 20;        ///< of one piece: 16 MiB

/// Positions whose next token is wanted, of states that lie in rows: which row, which token, whose item.
struct Wanted
{
    std::vector<int64_t> rows, targets;
    std::vector<size_t> items;
    void add(int64_t row, int64_t target, size_t item)
    {
        rows.push_back(row);
        targets.push_back(target);
        items.push_back(item);
    }
};

at::Tensor indices(std::span<const int64_t> values, at::Device device)
{
    return at::tensor(at::ArrayRef<int64_t>(values.data(), values.size()), at::TensorOptions(at::kLong)).to(device);
}

/// Adds the log-probability of each wanted token to its item's sum. states [rows, hidden]
Result<void> addUp(const Engine::Implementation &model, const at::Tensor &states, const Wanted &wanted, std::vector<ContinuationScore> &out,
                   const std::stop_token &stop)
{
    const int64_t count = int64_t(wanted.rows.size()), piece = std::max<int64_t>(1, kMostLogits / model.spec().vocabulary);
    for (int64_t at = 0; at < count; at += piece) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        const int64_t length = std::min(piece, count - at);
        const at::Tensor rows = indices(std::span(wanted.rows).subspan(size_t(at), size_t(length)), states.device());
        const at::Tensor targets = indices(std::span(wanted.targets).subspan(size_t(at), size_t(length)), states.device());
        const at::Tensor logits = model.decoder->head(states.index_select(0, rows)).to(at::kFloat);
        const at::Tensor chosen = at::log_softmax(logits, -1).gather(-1, targets.unsqueeze(-1)).squeeze(-1).to(at::kDouble).to(at::kCPU).contiguous();
        const at::Tensor likeliest = logits.argmax(-1).eq(targets).to(at::kCPU).contiguous();
        for (int64_t i = 0; i < length; ++i) {
            ContinuationScore &score = out[wanted.items[size_t(at + i)]];
            score.logLikelihood += chosen.data_ptr<double>()[i];
            score.greedy = score.greedy && likeliest.data_ptr<bool>()[i];
            if (std::isnan(score.logLikelihood))
                return noNumbers();
        }
    }
    return {};
}

at::Tensor contextTensor(const Engine::Implementation &model, std::span<const SharedContext> contexts)
{
    const auto length = int64_t(contexts.front().ids.size());
    at::Tensor ids = at::empty({int64_t(contexts.size()), length}, at::TensorOptions(at::kLong));
    for (size_t i = 0; i < contexts.size(); ++i)
        std::ranges::copy(contexts[i].ids, ids.data_ptr<int64_t>() + int64_t(i) * length);
    return ids.to(model.device());
}

/// Everything behind the continuations' first tokens. What a shorter one is padded with stands behind it, where nothing of it looks.
Result<void> scoreRest(const Engine::Implementation &model, const std::vector<Continuation> &items, std::span<const SharedContext> contexts,
                       KvCache &cache, std::vector<ContinuationScore> &out, const std::stop_token &stop)
{
    std::vector<int64_t> owners;
    std::vector<size_t> members;
    int64_t longest = 0;
    for (size_t i = 0; i < contexts.size(); ++i) {
        for (const size_t item : contexts[i].items) {
            const int64_t more = int64_t(items[item].continuation.size()) - 1;
            longest = std::max(longest, more);
            if (more > 0) {
                owners.push_back(int64_t(i));
                members.push_back(item);
            }
        }
    }
    if (members.empty())
        return {};
    cache.keepRows(owners); // each as often as it has continuations
    at::Tensor ids = at::zeros({int64_t(members.size()), longest}, at::TensorOptions(at::kLong));
    Wanted wanted;
    for (size_t row = 0; row < members.size(); ++row) {
        const std::vector<int64_t> &tokens = items[members[row]].continuation;
        std::copy(tokens.begin(), tokens.end() - 1, ids.data_ptr<int64_t>() + int64_t(row) * longest);
        for (size_t i = 1; i < tokens.size(); ++i)
            wanted.add(int64_t(row) * longest + int64_t(i) - 1, tokens[i], members[row]);
    }
    const auto states = model.feed(ids.to(model.device()), cache, longest, stop);
    if (!states)
        return tl::unexpected(states.error());
    return addUp(model, states->reshape({int64_t(members.size()) * longest, -1}), wanted, out, stop);
}

} // namespace

std::vector<SharedContext> sharedContexts(const std::vector<Continuation> &items, const std::vector<size_t> &which)
{
    std::vector<size_t> order = which;
    std::ranges::stable_sort(order, [&](size_t a, size_t b) {
        const std::vector<int64_t> &first = items[a].context, &second = items[b].context;
        return first.size() != second.size() ? first.size() > second.size() : first < second;
    });
    std::vector<SharedContext> out;
    for (const size_t item : order) {
        if (out.empty() || !std::ranges::equal(out.back().ids, items[item].context))
            out.push_back({items[item].context, {}});
        out.back().items.push_back(item);
    }
    return out;
}

size_t scoredTogether(const Engine::Implementation &model, const std::vector<Continuation> &items, std::span<const SharedContext> contexts)
{
    const uint64_t perToken = model.spec().kvBytesPerToken(int(at::elementSize(model.decoder->dtype())));
    const auto length = contexts.front().ids.size();
    size_t count = 0, rows = 0, longest = 0;
    while (count < contexts.size() && contexts[count].ids.size() == length) {
        for (const size_t item : contexts[count].items)
            longest = std::max(longest, items[item].continuation.size());
        rows += contexts[count].items.size();
        const bool many = (count + 1) * length > 2 * size_t(prefillPiece(model.device()));
        if (count > 0 && (many || rows * (length + longest) * perToken > kMostCacheBytes))
            break;
        ++count;
    }
    return count;
}

Result<void> scoreShared(const Engine::Implementation &model, const std::vector<Continuation> &items, std::span<const SharedContext> contexts,
                         std::vector<ContinuationScore> &out, const std::stop_token &stop)
{
    int64_t longest = 0;
    for (const SharedContext &context : contexts) {
        for (const size_t item : context.items)
            longest = std::max(longest, int64_t(items[item].continuation.size()) - 1);
    }
    auto cache = model.newCache(int64_t(contexts.size()), int64_t(contexts.front().ids.size()) + longest);
    if (!cache)
        return tl::unexpected(cache.error());
    const auto states = model.feed(contextTensor(model, contexts), *cache, 1, stop);
    if (!states)
        return tl::unexpected(states.error());
    Wanted first;
    for (size_t i = 0; i < contexts.size(); ++i) {
        for (const size_t item : contexts[i].items)
            first.add(int64_t(i), items[item].continuation.front(), item);
    }
    if (auto added = addUp(model, states->reshape({int64_t(contexts.size()), -1}), first, out, stop); !added)
        return added;
    return scoreRest(model, items, contexts, *cache, out, stop);
}

} // namespace assay::engine
