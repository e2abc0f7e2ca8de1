// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/batchrun.h"
#include "core/engine/distribution.h"
#include "core/engine/sampling.h"

#include <algorithm>

namespace assay::engine {
namespace {

using Implementation = Engine::Implementation;

bool holds(const std::vector<int64_t> &ids, int64_t id)
{
    return std::ranges::find(ids, id) != ids.end();
}

/// One sequence and what has become of it.
struct Row
{
    size_t index;
    const GenerateOptions &options;
    int64_t room; ///< tokens that may come
    Sampler sampler;
    Generated out;
};

Result<void> check(const Implementation &model, const GenerateOptions &options)
{
    if (auto sound = model.checkIds(options.ids); !sound)
        return sound;
    if (options.maxTokens < 1)
        return failure(ErrorCode::BadParameters, {"maxTokens", std::to_string(options.maxTokens)});
    if (auto sound = checkSampling(options.sampling); !sound)
        return sound;
    if (!options.stopTokens.empty()) {
        if (auto sound = model.checkIds(options.stopTokens); !sound)
            return sound;
    }
    if (options.top && (*options.top < 0 || *options.top > kMostTop))
        return failure(ErrorCode::BadParameters, {"top", std::to_string(*options.top)});
    return model.checkLength(int64_t(options.ids.size()) + 1);
}

Result<void> checkAll(const Implementation &model, const std::vector<GenerateOptions> &rows)
{
    if (auto sound = model.checkKind({ModelKind::Decoder}, ASSAY_TEXT("Reason", "continue texts")); !sound)
        return sound;
    if (rows.empty() || rows.size() > kMostRows)
        return failure(ErrorCode::BadParameters, {"rows", std::to_string(rows.size())});
    for (size_t i = 0; i < rows.size(); ++i) {
        auto sound = check(model, rows[i]);
        if (sound)
            continue;
        if (rows.size() > 1)
            sound.error().where = "prompt " + std::to_string(i + 1);
        return sound;
    }
    return {};
}

/// The logits' next token of one row, by the row's own options.
Result<NewToken> choose(Row &row, std::span<const float> logits)
{
    NewToken out;
    out.row = row.index;
    auto id = row.sampler.choose(logits);
    if (!id)
        return tl::unexpected(id.error());
    out.id = *id;
    if (row.options.top) {
        auto score = scoreToken(logits, out.id, *row.options.top);
        if (!score)
            return tl::unexpected(score.error());
        out.score = std::move(*score);
    }
    return out;
}

/// The next tokens [rows] of logits [rows, vocabulary]. Where only the largest logits are wanted, they are looked for where
/// the logits are.
Result<std::vector<NewToken>> chooseAll(std::vector<Row *> &rows, const at::Tensor &logits)
{
    std::vector<NewToken> out(rows.size());
    const bool largestOnly =
        std::ranges::all_of(rows, [](const Row *row) { return row->sampler.takesLargest() && !row->options.top; });
    if (largestOnly && !logits.is_cpu()) {
        const auto [values, indices] = logits.max(-1);
        if (!values.isfinite().all().item<bool>())
            return noNumbers();
        const at::Tensor ids = indices.to(at::kCPU);
        for (size_t i = 0; i < rows.size(); ++i) {
            out[i].row = rows[i]->index;
            out[i].id = ids.data_ptr<int64_t>()[i];
        }
        return out;
    }
    const at::Tensor near = logits.to(at::kCPU).contiguous();
    const size_t width = size_t(near.size(1));
    for (size_t i = 0; i < rows.size(); ++i) {
        auto token = choose(*rows[i], {near.data_ptr<float>() + i * width, width});
        if (!token)
            return tl::unexpected(token.error());
        out[i] = std::move(*token);
    }
    return out;
}

/// Adds a token; false when the row is complete by it.
bool take(const Implementation &model, Row &row, NewToken &token, double seconds, const OnNewToken &onToken)
{
    token.seconds = seconds;
    token.stops = holds(row.options.stopTokens, token.id);
    row.out.ids.push_back(token.id);
    row.out.lastToken = seconds;
    if (row.out.ids.size() == 1)
        row.out.firstToken = seconds;
    const bool goesOn = !onToken || onToken(token);
    const bool ends = !row.options.ignoreEnd && holds(model.description.endTokens, token.id);
    row.out.ended = !goesOn || ends || token.stops;
    return !row.out.ended && int64_t(row.out.ids.size()) < row.room;
}

Result<void> run(const Implementation &model, std::vector<Row> &rows, const OnNewToken &onToken,
                 const std::stop_token &stop)
{
    const Watch watch;
    std::vector<BatchRun::Sequence> sequences;
    std::vector<Row *> active;
    for (Row &row : rows) {
        sequences.push_back({row.options.ids, row.room});
        active.push_back(&row);
    }
    auto batch = BatchRun::start(model, sequences);
    if (!batch)
        return tl::unexpected(batch.error());
    auto logits = batch->prefill(stop);
    std::vector<int64_t> ids;
    std::vector<size_t> left;
    while (logits) {
        auto tokens = chooseAll(active, *logits);
        if (!tokens)
            return tl::unexpected(tokens.error());
        const double seconds = watch.seconds();
        ids.clear();
        left.clear();
        for (size_t i = 0; i < active.size(); ++i) {
            if (!take(model, *active[i], (*tokens)[i], seconds, onToken))
                continue;
            left.push_back(i);
            ids.push_back((*tokens)[i].id);
        }
        if (left.empty())
            return {};
        if (left.size() < active.size()) {
            batch->keep(left);
            for (size_t i = 0; i < left.size(); ++i)
                active[i] = active[left[i]];
            active.resize(left.size());
        }
        logits = batch->next(ids, stop);
    }
    return tl::unexpected(logits.error());
}

} // namespace

Result<std::vector<Generated>> Engine::generateBatch(const std::vector<GenerateOptions> &options, const OnNewToken &onToken,
                                                     std::stop_token stop)
{
    const Implementation &model = *m_implementation;
    if (auto sound = checkAll(model, options); !sound)
        return tl::unexpected(sound.error());
    return guarded(model.device(), stop, [&]() -> Result<std::vector<Generated>> {
        std::vector<Row> rows;
        for (size_t i = 0; i < options.size(); ++i) {
            const GenerateOptions &one = options[i];
            // The context ends the answer where the request does not.
            const int64_t room = std::min(one.maxTokens, model.description.contextLength - int64_t(one.ids.size()));
            rows.push_back({i, one, room, Sampler(one.sampling, one.ids, model.spec().vocabulary), {}});
        }
        if (auto done = run(model, rows, onToken, stop); !done)
            return tl::unexpected(done.error());
        std::vector<Generated> out;
        for (Row &row : rows)
            out.push_back(std::move(row.out));
        return out;
    });
}

Result<Generated> Engine::generate(const GenerateOptions &options, const OnToken &onToken, std::stop_token stop)
{
    OnNewToken onNewToken;
    if (onToken)
        onNewToken = [&onToken](const NewToken &token) { return onToken(token.id, token.seconds); };
    auto rows = generateBatch({options}, onNewToken, std::move(stop));
    if (!rows)
        return tl::unexpected(rows.error());
    return std::move(rows->front());
}

} // namespace assay::engine
