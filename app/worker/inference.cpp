// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/session.h"

#include "app/worker/convert.h"
#include "app/worker/parameters.h"
#include "app/worker/texts.h"
#include "app/worker/textstream.h"
#include "core/protocol/base64.h"

namespace assay::worker {
namespace {

using protocol::Json;
using Clock = std::chrono::steady_clock;

/// The prompt's ids: given as such, or encoded.
Result<std::vector<int64_t>> promptIds(const protocol::GenerateRequest &request,
                                       const Result<std::shared_ptr<const Tokenizer>> &tokenizer)
{
    if (!request.ids.empty())
        return request.ids;
    if (!tokenizer)
        return tl::unexpected(tokenizer.error());
    return (*tokenizer)->encode(request.prompt, request.special);
}

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

Session::Answer Session::generate(const Request &request)
{
    const Clock::time_point begin = Clock::now();
    protocol::GenerateRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    auto model = this->model(wanted.model);
    if (!model)
        return tl::unexpected(model.error());
    const auto ids = promptIds(wanted, (*model)->tokenizer);
    if (!ids)
        return tl::unexpected(ids.error());
    const Tokenizer *tokenizer = (*model)->tokenizer ? (*model)->tokenizer->get() : nullptr;

    TextStream text(wanted.stop);
    // The engine's clock starts after the prompt was encoded; the answer's times include that.
    const double offset = std::chrono::duration<double>(Clock::now() - begin).count();
    const auto onToken = [&](int64_t id, double seconds) {
        protocol::GenerateChunk chunk{request.id, {id}, {}, offset + seconds};
        chunk.text = tokenizer ? text.push(tokenizer->bytesOf(id, true)) : std::string();
        m_outbox.send(
            protocol::notificationLine(protocol::notification::kGenerateChunk, protocol::toJson(chunk)));
        return !text.stopped();
    };
    const engine::GenerateOptions options{*ids, wanted.maxTokens, wanted.temperature, wanted.seed,
                                          wanted.ignoreEos};
    auto generated = (*model)->engine->generate(options, onToken, request.stop.get_token());
    if (!generated)
        return tl::unexpected(generated.error());
    text.finish();
    return protocol::toJson(protocol::GenerateResult{
        generated->ids, text.text(), generated->ended ? "stop" : "length", int64_t(ids->size()),
        offset + generated->firstToken, offset + generated->lastToken});
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
    const Tokenizer *tokenizer = (*model)->tokenizer ? (*model)->tokenizer->get() : nullptr;
    std::vector<engine::Continuation> items;
    for (const protocol::ScoreItem &item : wanted.items) {
        auto ids = continuationOf(item, tokenizer, (*model)->engine->description());
        if (!ids)
            return tl::unexpected(ids.error());
        items.push_back(std::move(*ids));
    }
    const auto scores =
        (*model)->engine->score(items, progressOf(request, "score"), request.stop.get_token());
    if (!scores)
        return tl::unexpected(scores.error());
    protocol::ScoreResult out;
    for (size_t i = 0; i < scores->size(); ++i) {
        const engine::ContinuationScore &score = (*scores)[i];
        const std::string &text = wanted.items[i].continuation;
        out.scores.push_back({score.logLikelihood, int64_t(items[i].continuation.size()),
                              characterCount(text), int64_t(text.size()), score.greedy, score.truncated});
    }
    out.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return protocol::toJson(out);
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
    auto model = this->model(wanted.model);
    if (!model)
        return tl::unexpected(model.error());
    protocol::MeasureResult out;
    const auto progress = progressOf(request, "measure");
    const auto onSample = [&](const engine::Sample &sample) {
        out.samples.push_back(toMessage(sample, wanted));
        const Json params = {{"id", request.id}, {"sample", protocol::toJson(out.samples.back())}};
        m_outbox.send(protocol::notificationLine(protocol::notification::kMeasureSample, params));
        progress(double(out.samples.size()), double(wanted.warmup + wanted.runs));
    };
    const engine::MeasureOptions options{wanted.promptTokens, wanted.outputTokens, wanted.batch,
                                         wanted.runs,         wanted.warmup,       wanted.seed};
    auto done = (*model)->engine->measure(options, onSample, request.stop.get_token());
    if (!done)
        return tl::unexpected(done.error());
    return protocol::toJson(out);
}

} // namespace assay::worker
