// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/session.h"

#include "app/worker/convert.h"
#include "app/worker/parameters.h"
#include "app/worker/textprompts.h"
#include "app/worker/texts.h"
#include "core/protocol/base64.h"

namespace assay::worker {
namespace {

using protocol::Json;
using Clock = std::chrono::steady_clock;

} // namespace

Session::Answer Session::tokenize(const Request &request)
{
    auto model = modelOf(request);
    auto text = textParameter(request.params, "text");
    auto special = booleanParameter(request.params, "special", true);
    for (const Error *error : {model ? nullptr : &model.error(), text ? nullptr : &text.error(),
                               special ? nullptr : &special.error()}) {
        if (error)
            return tl::unexpected(*error);
    }
    if (!(*model)->tokenizer)
        return tl::unexpected((*model)->tokenizer.error());
    const Tokenizer &tokenizer = **(*model)->tokenizer;
    const std::vector<int64_t> ids = tokenizer.encode(*text, *special);
    Json tokens = Json::array();
    for (const int64_t id : ids)
        tokens.push_back(tokenizer.piece(id));
    return Json{{"ids", ids}, {"tokens", tokens}};
}

Session::Answer Session::score(const Request &request)
{
    const Clock::time_point begin = Clock::now();
    protocol::ScoreRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    auto model = this->model(wanted.model);
    if (!model)
        return tl::unexpected(model.error());
    // That the model is of another kind is said before anything about the texts.
    if ((*model)->engine->description().kind != engine::ModelKind::Decoder)
        return tl::unexpected((*model)->engine->score({}).error());
    const Tokenizer *tokenizer = (*model)->tokenizer ? (*model)->tokenizer->get() : nullptr;
    std::vector<engine::Continuation> items;
    LastContext last;
    for (const protocol::ScoreItem &item : wanted.items) {
        auto ids = continuationOf(item, (*model)->tokenizer, (*model)->engine->description(), last);
        if (!ids)
            return tl::unexpected(ids.error());
        items.push_back(std::move(*ids));
    }
    const auto scores = (*model)->engine->score(items, {wanted.tokens, wanted.top}, progressOf(request, "score"),
                                                request.stop.get_token());
    if (!scores)
        return tl::unexpected(scores.error());
    protocol::ScoreResult out;
    for (size_t i = 0; i < scores->size(); ++i) {
        const engine::ContinuationScore &score = (*scores)[i];
        const std::string &text = wanted.items[i].continuation;
        out.scores.push_back({score.logLikelihood, int64_t(items[i].continuation.size()),
                              characterCount(text), int64_t(text.size()), score.greedy, score.truncated,
                              int64_t(items[i].context.size())});
        sendTokens(request, int64_t(i), score, tokenizer);
    }
    out.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return protocol::toJson(out);
}

void Session::sendTokens(const Request &request, int64_t item, const engine::ContinuationScore &score,
                         const Tokenizer *tokenizer)
{
    // A line of about 1 MiB at most.
    constexpr size_t kMostEntries = 16 * 1024;
    protocol::ScoreTokens part{request.id, item, 0, {}};
    size_t entries = 0;
    for (size_t i = 0; i < score.tokens.size(); ++i) {
        part.tokens.push_back(toMessage(score.tokens[i], tokenizer));
        entries += 1 + score.tokens[i].top.size();
        if (entries < kMostEntries && i + 1 < score.tokens.size())
            continue;
        m_outbox.send(protocol::notificationLine(protocol::notification::kScoreTokens, protocol::toJson(part)));
        part = {request.id, item, int64_t(i + 1), {}};
        entries = 0;
    }
}

Session::Answer Session::logits(const Request &request)
{
    auto model = modelOf(request);
    auto ids = integersParameter(request.params, "ids");
    auto cache = booleanParameter(request.params, "cache", false);
    for (const Error *error :
         {model ? nullptr : &model.error(), ids ? nullptr : &ids.error(), cache ? nullptr : &cache.error()}) {
        if (error)
            return tl::unexpected(*error);
    }
    const auto onRows = [&](int64_t first, int64_t rows, std::span<const float> values) {
        const Json block = {{"id", request.id},
                            {"first", first},
                            {"rows", rows},
                            {"data", protocol::toBase64(std::as_bytes(values))}};
        m_outbox.send(protocol::notificationLine(protocol::notification::kLogitsRows, block));
    };
    engine::Engine &engine = *(*model)->engine;
    if (auto done = engine.logits(*ids, *cache, onRows, request.stop.get_token()); !done)
        return tl::unexpected(done.error());
    return Json{{"rows", ids->size()}, {"columns", engine.description().vocabularySize}};
}

Session::Answer Session::measure(const Request &request)
{
    protocol::MeasureRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    if (const auto script = m_scripts.find(wanted.model); script != m_scripts.end())
        return measureScript(request, wanted, *script->second);
    auto model = this->model(wanted.model);
    if (!model)
        return tl::unexpected(model.error());
    if (!wanted.inputs.empty())
        return failure(ErrorCode::BadParameters, {"inputs", ASSAY_TEXT("Reason", "only a TorchScript module takes declared inputs")});
    const bool eager = wanted.decoding == "eager";
    if (!eager && wanted.decoding != "auto")
        return failure(ErrorCode::BadParameters, {"decoding", wanted.decoding});
    auto prompts = promptIdsOf(wanted, (*model)->tokenizer, (*model)->engine->description());
    if (!prompts)
        return tl::unexpected(prompts.error());
    const char *const madeOf = *prompts ? "text" : "random";
    protocol::MeasureResult out;
    const auto progress = progressOf(request, "measure");
    const auto onSample = [&](const engine::Sample &sample) {
        out.samples.push_back(toMessage(sample, wanted));
        out.samples.back().prompts = madeOf;
        const Json params = {{"id", request.id}, {"sample", protocol::toJson(out.samples.back())}};
        m_outbox.send(protocol::notificationLine(protocol::notification::kMeasureSample, params));
        progress(double(out.samples.size()), double(wanted.warmup + wanted.runs));
    };
    const engine::MeasureOptions options{wanted.promptTokens, wanted.outputTokens, wanted.batch,
                                         wanted.runs,         wanted.warmup,       wanted.seed,
                                         eager ? engine::Decoding::Eager : engine::Decoding::Auto,
                                         wanted.streamed,
                                         wanted.depth,
                                         wanted.shares,
                                         std::move(*prompts)};
    auto done = (*model)->engine->measure(options, onSample, request.stop.get_token());
    if (!done)
        return tl::unexpected(done.error());
    return protocol::toJson(out);
}

} // namespace assay::worker
