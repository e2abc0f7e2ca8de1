// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/distribution.h"
#include "core/engine/implementation.h"
#include "core/engine/prefill.h"
#include "core/engine/rotation.h"
#include "core/engine/sampling.h"
#include "core/engine/sharedscoring.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace assay::engine {
namespace {

using Implementation = Engine::Implementation;

/// What goes into the model for an item: everything but the last token, cut from the left to fit (evaluation.md 3.1).
struct ScoreInput
{
    std::vector<int64_t> ids;
    bool truncated = false;
};

ScoreInput inputOf(const Continuation &item, int64_t longest)
{
    ScoreInput out;
    out.ids = item.context;
    out.ids.insert(out.ids.end(), item.continuation.begin(), item.continuation.end() - 1);
    out.truncated = int64_t(out.ids.size()) > longest;
    if (out.truncated)
        out.ids.erase(out.ids.begin(), out.ids.end() - std::ptrdiff_t(longest));
    return out;
}

/// These in the order in which each input shares as much as possible with the one before it.
std::vector<size_t> byPrefix(const std::vector<ScoreInput> &inputs, std::vector<size_t> order)
{
    std::ranges::stable_sort(order, {}, [&inputs](size_t i) -> const std::vector<int64_t> & { return inputs[i].ids; });
    return order;
}

/// Scores items one after the other in one cache; what an item shares with the one before is not computed again.
class Scorer
{
public:
    Scorer(const Implementation &model, KvCache &cache, const ScoreOptions &options)
        : m_model(model), m_cache(cache), m_options(options)
    {
    }

    Result<ContinuationScore> score(const ScoreInput &input, const std::vector<int64_t> &targets, const std::stop_token &stop)
    {
        auto states = statesOf(input.ids, int64_t(targets.size()), stop);
        if (!states)
            return tl::unexpected(states.error());
        ContinuationScore out;
        out.truncated = input.truncated;
        // About 16 MiB of logits at a time.
        const int64_t piece = std::max<int64_t>(1, (4 << 20) / m_model.spec().vocabulary);
        for (int64_t at = 0; at < states->size(1); at += piece) {
            if (stop.stop_requested())
                return failure(ErrorCode::Cancelled);
            const int64_t rows = std::min(piece, states->size(1) - at);
            const at::Tensor logits = m_model.decoder->head(states->narrow(1, at, rows)).to(at::kFloat);
            const auto part = std::span(targets).subspan(size_t(at), size_t(rows));
            if (auto added = m_options.tokens ? addTokens(logits, part, out) : addUp(logits, part, out); !added)
                return tl::unexpected(added.error());
        }
        return out;
    }

private:
    /// The hidden states of the input's last `count` tokens.
    Result<at::Tensor> statesOf(const std::vector<int64_t> &input, int64_t count, const std::stop_token &stop)
    {
        const int64_t size = int64_t(input.size()), needed = size - count;
        const int64_t shared = std::ranges::mismatch(input, m_held).in1 - input.begin();
        if (shared == size && needed >= m_firstState)
            return m_states.narrow(1, needed - m_firstState, count);
        const int64_t kept = std::min(shared, needed);
        m_cache.truncate(kept);
        m_held.clear();
        auto states = m_model.feed(m_model.tensorOf(std::span(input).subspan(size_t(kept))), m_cache, count, stop);
        if (!states) {
            m_cache.truncate(0);
            return states;
        }
        m_held = input;
        m_states = *states;
        m_firstState = needed;
        return states;
    }

    Result<void> addUp(const at::Tensor &logits, std::span<const int64_t> targets, ContinuationScore &out) const
    {
        const at::Tensor wanted = m_model.tensorOf(targets);
        const at::Tensor chosen = at::log_softmax(logits, -1).gather(-1, wanted.unsqueeze(-1));
        const double sum = chosen.to(at::kDouble).sum().item<double>();
        if (std::isnan(sum))
            return noNumbers();
        out.logLikelihood += sum;
        out.greedy = out.greedy && logits.argmax(-1).eq(wanted).all().item<bool>();
        return {};
    }

    Result<void> addTokens(const at::Tensor &logits, std::span<const int64_t> targets, ContinuationScore &out) const
    {
        const at::Tensor near = logits.to(at::kCPU).contiguous();
        const size_t width = size_t(near.size(-1));
        std::vector<Result<TokenScore>> scores(targets.size());
        at::parallel_for(0, int64_t(targets.size()), 1, [&](int64_t begin, int64_t end) {
            for (size_t i = size_t(begin); i < size_t(end); ++i)
                scores[i] = scoreToken({near.data_ptr<float>() + i * width, width}, targets[i], m_options.top);
        });
        for (Result<TokenScore> &score : scores) {
            if (!score)
                return tl::unexpected(score.error());
            out.logLikelihood += score->logProbability;
            out.greedy = out.greedy && score->rank == 1;
            out.tokens.push_back(std::move(*score));
        }
        return {};
    }

    const Implementation &m_model;
    KvCache &m_cache;
    const ScoreOptions &m_options;
    std::vector<int64_t> m_held; ///< the tokens whose keys and values the cache holds
    at::Tensor m_states;         ///< the hidden states of those from m_firstState on
    int64_t m_firstState = 0;
};

Result<void> check(const Implementation &model, const std::vector<Continuation> &items, const ScoreOptions &options)
{
    if (options.top < 0 || options.top > kMostTop)
        return failure(ErrorCode::BadParameters, {"top", std::to_string(options.top)});
    for (size_t i = 0; i < items.size(); ++i) {
        auto sound = model.checkIds(items[i].context);
        if (sound)
            sound = model.checkIds(items[i].continuation);
        if (sound)
            sound = model.checkLength(int64_t(items[i].continuation.size()));
        if (!sound) {
            sound.error().where = "item " + std::to_string(i + 1);
            return sound;
        }
    }
    return {};
}

int64_t longestInput(const Implementation &model, const std::vector<Continuation> &items)
{
    int64_t longest = 1;
    for (const Continuation &item : items)
        longest = std::max(longest, int64_t(item.context.size() + item.continuation.size()) - 1);
    return std::min(longest, model.description.contextLength);
}

using Scores = std::vector<ContinuationScore>;

/// Which items are scored with others of equally long contexts: those that one pass would leave the machine idle with. Long contexts
/// fill it alone, and share what they begin with.
bool isShort(const Implementation &model, const ScoreInput &input)
{
    return !input.truncated && int64_t(input.ids.size()) < prefillPiece(model.device());
}

Result<void> scoreShort(const Implementation &model, const std::vector<Continuation> &items, const std::vector<size_t> &which, Scores &out,
                        const std::function<void(size_t)> &done, const std::stop_token &stop)
{
    const std::vector<SharedContext> contexts = sharedContexts(items, which);
    for (size_t at = 0; at < contexts.size();) {
        const std::span left = std::span(contexts).subspan(at);
        const std::span together = left.first(scoredTogether(model, items, left));
        if (auto scored = scoreShared(model, items, together, out, stop); !scored)
            return scored;
        for (const SharedContext &context : together)
            done(context.items.size());
        at += together.size();
    }
    return {};
}

Result<void> scoreLong(const Implementation &model, const std::vector<Continuation> &items, const std::vector<ScoreInput> &inputs,
                       const std::vector<size_t> &which, const ScoreOptions &options, Scores &out, const std::function<void(size_t)> &done,
                       const std::stop_token &stop)
{
    if (which.empty())
        return {};
    auto cache = model.newCache(1, longestInput(model, items));
    if (!cache)
        return tl::unexpected(cache.error());
    Scorer scorer(model, *cache, options);
    for (const size_t i : byPrefix(inputs, which)) {
        auto score = scorer.score(inputs[i], items[i].continuation, stop);
        if (!score)
            return tl::unexpected(score.error());
        out[i] = std::move(*score);
        done(1);
    }
    return {};
}

Result<Scores> scoreAll(const Implementation &model, const std::vector<Continuation> &items, const ScoreOptions &options,
                        const Progress &progress, const std::stop_token &stop)
{
    // Of frequencies that depend on the length each item has its own.
    const bool apart = options.tokens || dependsOnLength(model.spec());
    std::vector<ScoreInput> inputs;
    std::vector<size_t> shortOnes, longOnes;
    const int64_t longest = longestInput(model, items);
    for (size_t i = 0; i < items.size(); ++i) {
        inputs.push_back(inputOf(items[i], longest));
        (apart || !isShort(model, inputs.back()) ? longOnes : shortOnes).push_back(i);
    }
    Scores out(items.size());
    double count = 0;
    const auto done = [&](size_t more) {
        count += double(more);
        if (progress)
            progress(count, double(items.size()));
    };
    // The large ones first: where memory is too small, that is known early.
    auto scored = scoreLong(model, items, inputs, longOnes, options, out, done, stop);
    if (scored)
        scored = scoreShort(model, items, shortOnes, out, done, stop);
    if (!scored)
        return tl::unexpected(scored.error());
    return out;
}

} // namespace

Result<Scores> Engine::score(const std::vector<Continuation> &items, const ScoreOptions &options, const Progress &progress,
                             std::stop_token stop)
{
    const Implementation &model = *m_implementation;
    auto sound = model.checkKind({ModelKind::Decoder}, ASSAY_TEXT("Reason", "score continuations"));
    if (sound)
        sound = check(model, items, options);
    if (!sound)
        return tl::unexpected(sound.error());
    return guarded(model.device(), stop, [&] { return scoreAll(model, items, options, progress, stop); });
}

} // namespace assay::engine
