// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/session.h"

#include "app/worker/convert.h"
#include "app/worker/encoderinputs.h"
#include "core/protocol/base64.h"

#include <algorithm>

namespace assay::worker {
namespace {

using protocol::Json;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// "auto" becomes what the model says of itself, else the mean. ArchitectureUnsupported when that is not known here.
Result<void> choosePooling(protocol::EncodeRequest &request, const std::optional<SentencePooling> &own, const engine::Description &model)
{
    if (request.pooling != "auto")
        return {};
    if (own && !own->unsupported.empty())
        return failure(ErrorCode::ArchitectureUnsupported, {model.architecture, own->unsupported}, "modules.json");
    request.pooling = own ? own->mode : "mean";
    request.normalise = request.normalise || (own && own->normalise);
    return {};
}

Result<engine::Pooling> poolingOf(const std::string &name)
{
    struct Row
    {
        const char *name;
        engine::Pooling pooling;
    };
    for (const Row &row : {Row{"mean", engine::Pooling::Mean}, Row{"first", engine::Pooling::First}, Row{"pooler", engine::Pooling::Pooler}}) {
        if (name == row.name)
            return row.pooling;
    }
    return failure(ErrorCode::BadParameters, {"pooling", name});
}

/// BadParameters when an answer with so many numbers an item would be too long for one message.
Result<void> checkAnswer(size_t items, uint64_t width)
{
    if (items <= protocol::kMostNumbers / std::max<uint64_t>(width, 1))
        return {};
    return failure(ErrorCode::BadParameters, {"items", ASSAY_TEXT("Reason", "there are too many for one answer")});
}

/// The masks' places; BadParameters for a text without any.
Result<std::vector<engine::MaskedInput>> maskedInputs(std::vector<engine::EncoderInput> inputs, int64_t mask)
{
    std::vector<engine::MaskedInput> out;
    for (engine::EncoderInput &input : inputs) {
        engine::MaskedInput one{std::move(input), {}};
        for (size_t i = 0; i < one.text.ids.size(); ++i) {
            if (one.text.ids[i] == mask)
                one.positions.push_back(int64_t(i));
        }
        if (one.positions.empty()) {
            const std::string where = inputs.size() > 1 ? "input " + std::to_string(out.size() + 1) : std::string();
            return failure(ErrorCode::BadParameters, {"text", ASSAY_TEXT("Reason", "there is no mask in it")}, where);
        }
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<double> wide(const std::vector<float> &values)
{
    return {values.begin(), values.end()};
}

} // namespace

Session::Answer Session::encode(const Request &request)
{
    const Clock::time_point begin = Clock::now();
    protocol::EncodeRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    auto model = this->model(wanted.model);
    if (!model)
        return tl::unexpected(model.error());
    engine::Engine &engine = *(*model)->engine;
    if (auto can = engine.encode({}, {}, {}); !can)
        return tl::unexpected(can.error());
    if (auto chosen = choosePooling(wanted, (*model)->pooling, engine.description()); !chosen)
        return tl::unexpected(chosen.error());
    auto pooling = poolingOf(wanted.pooling);
    if (!pooling)
        return tl::unexpected(pooling.error());
    if (auto fits = checkAnswer(wanted.items.size(), uint64_t(engine.description().hiddenSize)); !fits)
        return tl::unexpected(fits.error());
    auto texts = encoderInputs(wanted.items, (*model)->tokenizer, engine.description());
    if (!texts)
        return tl::unexpected(texts.error());
    protocol::EncodeResult out;
    out.pooling = wanted.pooling;
    out.normalised = wanted.normalise;
    out.items.resize(texts->inputs.size());
    const auto take = [&](size_t index, const engine::Encoded &encoded) {
        out.items[index] = {int64_t(texts->inputs[index].ids.size()), texts->truncated[index], wide(encoded.vector)};
        sendStates(request, int64_t(index), encoded.states, engine.description().hiddenSize);
    };
    const auto done = engine.encode(texts->inputs, {*pooling, wanted.normalise, wanted.states}, take, progressOf(request, "encode"),
                                    request.stop.get_token());
    if (!done)
        return tl::unexpected(done.error());
    out.seconds = secondsSince(begin);
    return protocol::toJson(out);
}

void Session::sendStates(const Request &request, int64_t item, std::span<const float> states, int64_t width)
{
    // Lines of about 5 MiB at most.
    const int64_t rows = int64_t(states.size()) / width, most = std::max<int64_t>(1, (1 << 20) / width);
    for (int64_t first = 0; first < rows; first += most) {
        const int64_t count = std::min(most, rows - first);
        const Json block = {{"id", request.id},
                            {"item", item},
                            {"first", first},
                            {"rows", count},
                            {"data", protocol::toBase64(std::as_bytes(states.subspan(size_t(first * width), size_t(count * width))))}};
        m_outbox.send(protocol::notificationLine(protocol::notification::kEncodeStates, block));
    }
}

Session::Answer Session::classify(const Request &request)
{
    const Clock::time_point begin = Clock::now();
    protocol::ClassifyRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    auto model = this->model(wanted.model);
    if (!model)
        return tl::unexpected(model.error());
    engine::Engine &engine = *(*model)->engine;
    // That the model is of another kind is said before anything about the texts.
    if (auto can = engine.classify({}); !can)
        return tl::unexpected(can.error());
    const auto &labels = engine.description().labels;
    if (auto fits = checkAnswer(wanted.items.size(), labels ? labels->names.size() : 1); !fits)
        return tl::unexpected(fits.error());
    auto texts = encoderInputs(wanted.items, (*model)->tokenizer, engine.description());
    if (!texts)
        return tl::unexpected(texts.error());
    const auto classified = engine.classify(texts->inputs, progressOf(request, "classify"), request.stop.get_token());
    if (!classified)
        return tl::unexpected(classified.error());
    protocol::ClassifyResult out;
    for (size_t i = 0; i < classified->size(); ++i) {
        const engine::Classified &one = (*classified)[i];
        out.items.push_back({int64_t(texts->inputs[i].ids.size()), texts->truncated[i], wide(one.logits), one.values});
    }
    out.seconds = secondsSince(begin);
    return protocol::toJson(out);
}

Session::Answer Session::fill(const Request &request)
{
    const Clock::time_point begin = Clock::now();
    protocol::FillRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    auto model = this->model(wanted.model);
    if (!model)
        return tl::unexpected(model.error());
    engine::Engine &engine = *(*model)->engine;
    // That the model is of another kind is said before anything about the texts.
    if (auto can = engine.fill({}, 0); !can)
        return tl::unexpected(can.error());
    const auto mask = maskId(wanted.mask, (*model)->tokenizer);
    auto texts = encoderInputs(wanted.items, (*model)->tokenizer, engine.description());
    if (!texts || !mask)
        return tl::unexpected(texts ? mask.error() : texts.error());
    auto masked = maskedInputs(std::move(texts->inputs), *mask);
    if (!masked)
        return tl::unexpected(masked.error());
    size_t masks = 0;
    for (const engine::MaskedInput &one : *masked)
        masks += one.positions.size();
    if (auto fits = checkAnswer(masks, uint64_t(std::clamp<int64_t>(wanted.top, 0, engine::kMostTop)) + 1); !fits)
        return tl::unexpected(fits.error());
    const auto filled = engine.fill(*masked, wanted.top, progressOf(request, "fill"), request.stop.get_token());
    if (!filled)
        return tl::unexpected(filled.error());
    const Tokenizer *tokenizer = (*model)->tokenizer ? (*model)->tokenizer->get() : nullptr;
    protocol::FillResult out;
    for (size_t i = 0; i < filled->size(); ++i) {
        const engine::MaskedInput &one = (*masked)[i];
        protocol::FilledItem item{int64_t(one.text.ids.size()), texts->truncated[i], one.positions, {}};
        for (const engine::TokenScore &score : (*filled)[i])
            item.fillers.push_back(toMessage(score, tokenizer));
        out.items.push_back(std::move(item));
    }
    out.seconds = secondsSince(begin);
    return protocol::toJson(out);
}

} // namespace assay::worker
