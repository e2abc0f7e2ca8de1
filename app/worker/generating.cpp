// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/session.h"

#include "app/worker/convert.h"
#include "app/worker/textstream.h"

#include <algorithm>

namespace assay::worker {
namespace {

using protocol::Json;
using Clock = std::chrono::steady_clock;
using SharedTokenizer = Result<std::shared_ptr<const Tokenizer>>;

/// The prompt's ids: given as such, or encoded.
Result<std::vector<int64_t>> promptIds(const protocol::GenerateItem &item, const SharedTokenizer &tokenizer)
{
    if (!item.ids.empty())
        return item.ids;
    if (!tokenizer)
        return tl::unexpected(tokenizer.error());
    return (*tokenizer)->encode(item.prompt, item.special);
}

/// BadParameters for stop strings that are empty, huge or too many; without a tokenizer none can be looked for.
Result<void> checkStops(const std::vector<std::string> &stops, const SharedTokenizer &tokenizer)
{
    constexpr size_t kLongest = 1000, kMost = 100;
    if (!stops.empty() && !tokenizer)
        return tl::unexpected(tokenizer.error());
    if (stops.size() > kMost)
        return failure(ErrorCode::BadParameters, {"stop", ASSAY_TEXT("Reason", "there are more than 100 texts")});
    for (const std::string &stop : stops) {
        if (stop.empty())
            return failure(ErrorCode::BadParameters, {"stop", ASSAY_TEXT("Reason", "the text is empty")});
        if (stop.size() > kLongest)
            return failure(ErrorCode::BadParameters, {"stop", ASSAY_TEXT("Reason", "the text is longer than 1000 bytes")});
    }
    return {};
}

Result<engine::GenerateOptions> optionsOf(const protocol::GenerateItem &item, const SharedTokenizer &tokenizer)
{
    if (auto sound = checkStops(item.stop, tokenizer); !sound)
        return tl::unexpected(sound.error());
    auto ids = promptIds(item, tokenizer);
    if (!ids)
        return tl::unexpected(ids.error());
    engine::GenerateOptions out;
    out.ids = std::move(*ids);
    out.maxTokens = item.maxTokens;
    out.sampling = {item.temperature, item.topK, item.topP, item.minP, item.repetitionPenalty, item.seed};
    out.ignoreEnd = item.ignoreEos;
    out.stopTokens = item.stopTokens;
    out.top = item.top;
    return out;
}

Result<std::vector<engine::GenerateOptions>> optionsOf(const std::vector<protocol::GenerateItem> &items,
                                                       const SharedTokenizer &tokenizer)
{
    std::vector<engine::GenerateOptions> out;
    for (const protocol::GenerateItem &item : items) {
        auto options = optionsOf(item, tokenizer);
        if (!options) {
            if (items.size() > 1)
                options.error().where = "prompt " + std::to_string(out.size() + 1);
            return tl::unexpected(options.error());
        }
        out.push_back(std::move(*options));
    }
    return out;
}

} // namespace

Session::Answer Session::generate(const Request &request)
{
    protocol::GenerateRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    auto rows = generateRows(request, wanted.model, {wanted});
    if (!rows)
        return tl::unexpected(rows.error());
    return protocol::toJson(rows->front());
}

Session::Answer Session::generateBatch(const Request &request)
{
    protocol::GenerateBatchRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    auto rows = generateRows(request, wanted.model, wanted.rows);
    if (!rows)
        return tl::unexpected(rows.error());
    return protocol::toJson(protocol::GenerateBatchResult{std::move(*rows)});
}

Result<std::vector<protocol::GenerateResult>> Session::generateRows(const Request &request, int64_t handle,
                                                                    const std::vector<protocol::GenerateItem> &items)
{
    const Clock::time_point begin = Clock::now();
    auto model = this->model(handle);
    if (!model)
        return tl::unexpected(model.error());
    // That the model is of another kind is said before anything about the prompts.
    if ((*model)->engine->description().kind != engine::ModelKind::Decoder)
        return tl::unexpected((*model)->engine->generateBatch({}).error());
    const auto options = optionsOf(items, (*model)->tokenizer);
    if (!options)
        return tl::unexpected(options.error());
    const Tokenizer *tokenizer = (*model)->tokenizer ? (*model)->tokenizer->get() : nullptr;
    std::vector<TextStream> texts;
    for (const protocol::GenerateItem &item : items)
        texts.emplace_back(item.stop);

    // The engine's clock starts after the prompts were encoded; the answer's times include that.
    const double offset = std::chrono::duration<double>(Clock::now() - begin).count();
    const auto send = [&](const protocol::GenerateChunk &chunk) {
        m_outbox.send(protocol::notificationLine(protocol::notification::kGenerateChunk, protocol::toJson(chunk)));
    };
    const auto onToken = [&](const engine::NewToken &token) {
        TextStream &text = texts[token.row];
        protocol::GenerateChunk chunk{request.id, int64_t(token.row), {token.id}, {}, offset + token.seconds, {}};
        if (tokenizer && !token.stops)
            chunk.text = text.push(tokenizer->bytesOf(token.id, true));
        if (token.score)
            chunk.tokens.push_back(toMessage(*token.score, tokenizer));
        send(chunk);
        return !text.stopped();
    };
    auto generated = (*model)->engine->generateBatch(*options, onToken, request.stop.get_token());
    if (!generated)
        return tl::unexpected(generated.error());
    std::vector<protocol::GenerateResult> out;
    for (size_t i = 0; i < generated->size(); ++i) {
        const engine::Generated &row = (*generated)[i];
        if (std::string rest = texts[i].finish(); !rest.empty())
            send({request.id, int64_t(i), {}, std::move(rest), offset + row.lastToken, {}});
        out.push_back({row.ids, texts[i].text(), row.ended ? "stop" : "length", int64_t((*options)[i].ids.size()),
                       offset + row.firstToken, offset + row.lastToken});
    }
    return out;
}

} // namespace assay::worker
