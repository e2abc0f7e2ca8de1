// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/session.h"

#include "core/engine/fidelity.h"
#include "core/protocol/base64.h"
#include "core/protocol/fidelitymessages.h"

namespace assay::worker {
namespace {

using protocol::Json;
using Clock = std::chrono::steady_clock;

/// BadParameters when no base file has such rows.
Result<BaseLayout> layoutOf(const std::string &form, int64_t vocabulary, int64_t top)
{
    const bool tops = form == "top";
    if (!tops && form != "16bit")
        return failure(ErrorCode::BadParameters, {"form", form});
    if (vocabulary < 1 || vocabulary > kMostBaseVocabulary)
        return failure(ErrorCode::BadParameters, {"vocabulary", std::to_string(vocabulary)});
    if (tops && (top < 1 || top > std::min(kMostBaseTop, vocabulary)))
        return failure(ErrorCode::BadParameters, {"top", std::to_string(top)});
    return BaseLayout{tops ? BaseForm::TopTokens : BaseForm::SixteenBit, vocabulary, tops ? top : 0};
}

template <class T> std::string packed(const std::vector<T> &values)
{
    return protocol::toBase64(std::as_bytes(std::span(values)));
}

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

} // namespace

Session::Answer Session::vocabulary(const Request &request)
{
    auto model = modelOf(request);
    if (!model)
        return tl::unexpected(model.error());
    protocol::VocabularyResult out;
    out.rows = (*model)->engine->description().vocabularySize;
    if ((*model)->tokenizer) {
        const Tokenizer &tokenizer = **(*model)->tokenizer;
        for (int64_t id = 0; id < tokenizer.vocabularySize(); ++id) {
            out.pieces.push_back(tokenizer.piece(id));
            if (tokenizer.kind(id) != TokenKind::Plain)
                out.added.push_back(id);
        }
    }
    return protocol::toJson(out);
}

Session::Answer Session::fidelity(const Request &request)
{
    const Clock::time_point begin = Clock::now();
    protocol::FidelityRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    auto model = this->model(wanted.model);
    if (!model)
        return tl::unexpected(model.error());
    const engine::TextPiece text{std::move(wanted.ids), wanted.first};
    const std::stop_token stop = request.stop.get_token();
    Result<engine::PositionValues> values;
    if (wanted.reference == 0) {
        values = engine::compareWithRows({m_rowLayout, std::as_bytes(std::span(m_rows))}, *(*model)->engine, text, stop);
        m_rows.clear();
    } else {
        auto reference = this->model(wanted.reference);
        if (!reference)
            return tl::unexpected(reference.error());
        values = engine::compareModels(*(*reference)->engine, *(*model)->engine, text, {wanted.vocabulary, wanted.temperature}, stop);
    }
    if (!values)
        return tl::unexpected(values.error());
    return protocol::toJson(protocol::FidelityResult{packed(values->divergence), packed(values->nllReference), packed(values->nllOther),
                                                     packed(values->softened), packed(values->sameTop), secondsSince(begin)});
}

Session::Answer Session::baseRows(const Request &request)
{
    const Clock::time_point begin = Clock::now();
    protocol::BaseRowsRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    const auto layout = layoutOf(wanted.form, wanted.vocabulary, wanted.top);
    if (!layout)
        return tl::unexpected(layout.error());
    auto model = this->model(wanted.model);
    if (!model)
        return tl::unexpected(model.error());
    const engine::TextPiece text{std::move(wanted.ids), wanted.first};
    uint64_t bytes = 0;
    const auto onRows = [&](std::span<const std::byte> rows) {
        bytes += rows.size();
        // Whatever a row's length, a message stays short.
        for (; !rows.empty(); rows = rows.subspan(std::min(rows.size(), size_t(protocol::kRowPiece)))) {
            const Json params = {{"id", request.id}, {"data", protocol::toBase64(rows.first(std::min(rows.size(), size_t(protocol::kRowPiece))))}};
            m_outbox.send(protocol::notificationLine(protocol::notification::kBaseRowsRows, params));
        }
    };
    if (auto done = engine::baseRows(*(*model)->engine, text, *layout, onRows, request.stop.get_token()); !done)
        return tl::unexpected(done.error());
    return protocol::toJson(protocol::BaseRowsResult{int64_t(bytes / rowBytes(*layout)), secondsSince(begin)});
}

Session::Answer Session::useRows(const Request &request)
{
    protocol::UseRowsRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    const auto layout = layoutOf(wanted.form, wanted.vocabulary, wanted.top);
    if (!layout)
        return tl::unexpected(layout.error());
    const auto bytes = protocol::fromBase64(wanted.data);
    if (!bytes)
        return failure(ErrorCode::BadParameters, {"data", ASSAY_TEXT("Reason", "it is no base64")});
    if (wanted.begin)
        m_rows.clear();
    if (bytes->size() > protocol::kMostRowBytes - m_rows.size())
        return failure(ErrorCode::BadParameters, {"data", ASSAY_TEXT("Reason", "it is too much at once")});
    m_rowLayout = *layout;
    m_rows.append(reinterpret_cast<const char *>(bytes->data()), bytes->size());
    return Json::object();
}

} // namespace assay::worker
