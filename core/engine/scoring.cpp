// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/implementation.h"

#include <algorithm>

namespace assay::engine {
namespace {

using Implementation = Engine::Implementation;

/// Scores items one after the other in one cache; what an item shares with the one before is not computed
/// again.
class Scorer
{
public:
    Scorer(const Implementation &model, KvCache &cache) : m_model(model), m_cache(cache) {}

    Result<ContinuationScore> score(const Continuation &item, const std::stop_token &stop)
    {
        ContinuationScore out;
        // The input is everything but the last token, cut from the left to fit (evaluation.md 3.1).
        std::vector<int64_t> all = item.context;
        all.insert(all.end(), item.continuation.begin(), item.continuation.end());
        const size_t room = size_t(m_cache.capacity()) + 1;
        out.truncated = all.size() > room;
        if (out.truncated)
            all.erase(all.begin(), all.end() - std::ptrdiff_t(room));
        const std::vector<int64_t> input(all.begin(), all.end() - 1);
        const std::vector<int64_t> targets = item.continuation;

        const int64_t count = int64_t(targets.size());
        const int64_t shared = std::min(sharedWithCache(input), int64_t(input.size()) - count);
        m_cache.truncate(shared);
        m_held = input;
        auto states =
            m_model.feed(m_model.tensorOf(std::span(input).subspan(size_t(shared))), m_cache, count, stop);
        if (!states) {
            m_held.clear();
            m_cache.truncate(0);
            return tl::unexpected(states.error());
        }
        addUp(m_model.decoder->head(*states).to(at::kFloat), m_model.tensorOf(targets), out);
        return out;
    }

private:
    int64_t sharedWithCache(const std::vector<int64_t> &input) const
    {
        const auto [mine, theirs] = std::ranges::mismatch(input, m_held);
        return mine - input.begin();
    }

    static void addUp(const at::Tensor &logits, const at::Tensor &targets, ContinuationScore &out)
    {
        const at::Tensor logProbabilities = at::log_softmax(logits, -1);
        const at::Tensor chosen = logProbabilities.gather(-1, targets.unsqueeze(-1));
        out.logLikelihood = chosen.to(at::kDouble).sum().item<double>();
        out.greedy = logits.argmax(-1).eq(targets).all().item<bool>();
    }

    const Implementation &m_model;
    KvCache &m_cache;
    std::vector<int64_t> m_held; ///< the tokens whose keys and values the cache holds
};

Result<int64_t> longestInput(const Implementation &model, const std::vector<Continuation> &items)
{
    int64_t longest = 1;
    for (const Continuation &item : items) {
        for (const auto &ids : {item.context, item.continuation}) {
            if (auto sound = model.checkIds(ids); !sound)
                return tl::unexpected(sound.error());
        }
        if (auto sound = model.checkLength(int64_t(item.continuation.size())); !sound)
            return tl::unexpected(sound.error());
        longest = std::max(longest, int64_t(item.context.size() + item.continuation.size()) - 1);
    }
    return std::min(longest, model.description.contextLength);
}

} // namespace

Result<std::vector<ContinuationScore>> Engine::score(const std::vector<Continuation> &items,
                                                     const Progress &progress, std::stop_token stop)
{
    using Scores = std::vector<ContinuationScore>;
    const Implementation &model = *m_implementation;
    const auto capacity = longestInput(model, items);
    if (!capacity)
        return tl::unexpected(capacity.error());
    return guarded(model.device(), [&]() -> Result<Scores> {
        auto cache = model.newCache(1, *capacity);
        if (!cache)
            return tl::unexpected(cache.error());
        Scorer scorer(model, *cache);
        Scores out;
        for (const Continuation &item : items) {
            auto score = scorer.score(item, stop);
            if (!score)
                return tl::unexpected(score.error());
            out.push_back(*score);
            if (progress)
                progress(double(out.size()), double(items.size()));
        }
        return out;
    });
}

} // namespace assay::engine
