// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/fidelity.h"

#include "core/engine/distribution.h"
#include "core/engine/divergence.h"
#include "core/engine/implementation.h"
#include "core/engine/sampling.h"

#include <algorithm>
#include <cmath>

namespace assay::engine {
namespace {

using Implementation = Engine::Implementation;

constexpr int64_t kMostLogits = 4 << 20;  // of one model at a time: 16 MiB
constexpr float kSmallestSixteenBit = -16; // llama.cpp's: what is below says nothing, being clamped

Result<void> check(const Implementation &model, const TextPiece &text)
{
    auto sound = model.checkKind({ModelKind::Decoder}, ASSAY_TEXT("Reason", "give logits of next tokens"));
    if (sound)
        sound = model.checkIds(text.ids);
    if (sound)
        sound = model.checkLength(int64_t(text.ids.size()));
    if (sound && (text.first < 0 || text.first + 1 >= int64_t(text.ids.size())))
        return failure(ErrorCode::BadParameters, {"first", std::to_string(text.first)});
    return sound;
}

Result<void> checkVocabulary(const Implementation &model, const TextPiece &text, int64_t vocabulary)
{
    if (vocabulary < 1 || vocabulary > model.spec().vocabulary)
        return failure(ErrorCode::BadParameters, {"vocabulary", std::to_string(vocabulary)});
    for (const int64_t id : text.ids) {
        if (id >= vocabulary)
            return failure(ErrorCode::TokenOutOfRange, {std::to_string(id), std::to_string(vocabulary)});
    }
    return {};
}

int64_t positionsOf(const TextPiece &text)
{
    return int64_t(text.ids.size()) - 1 - text.first;
}

/// Hidden states [1, positions, hidden] of the positions that are asked about.
Result<at::Tensor> statesOf(const Implementation &model, const TextPiece &text, const std::stop_token &stop)
{
    const auto input = std::span(text.ids).first(text.ids.size() - 1);
    auto cache = model.newCache(1, int64_t(input.size()));
    if (!cache)
        return tl::unexpected(cache.error());
    return model.feed(model.tensorOf(input), *cache, positionsOf(text), stop);
}

/// Logits [positions, vocabulary] of a part of the states, in f32 where `device` is; EngineFailed when they are no numbers.
Result<at::Tensor> logitsOf(const Implementation &model, const at::Tensor &states, int64_t from, int64_t count, int64_t vocabulary, at::Device device)
{
    at::Tensor logits = model.decoder->head(states.narrow(1, from, count)).to(at::kFloat).squeeze(0).narrow(-1, 0, vocabulary);
    if (logits.isnan().any().item<bool>())
        return noNumbers();
    return logits.to(device).contiguous();
}

at::Tensor targetsOf(const TextPiece &text, int64_t from, int64_t count, at::Device device)
{
    const int64_t *const first = text.ids.data() + text.first + 1 + from;
    return at::tensor(at::ArrayRef<int64_t>(first, size_t(count)), at::TensorOptions(at::kLong)).to(device);
}

/// Calls work(from, count) for some positions at a time.
template <class Work> Result<void> inPieces(const TextPiece &text, int64_t vocabulary, const std::stop_token &stop, Work &&work)
{
    const int64_t all = positionsOf(text), piece = std::max<int64_t>(1, kMostLogits / vocabulary);
    for (int64_t from = 0; from < all; from += piece) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        if (auto done = work(from, std::min(piece, all - from)); !done)
            return done;
    }
    return {};
}

Result<PositionValues> compareBoth(const Implementation &reference, const Implementation &other, const TextPiece &text,
                                   const FidelityOptions &options, const std::stop_token &stop)
{
    const auto first = statesOf(reference, text, stop);
    if (!first)
        return tl::unexpected(first.error());
    const auto second = statesOf(other, text, stop);
    if (!second)
        return tl::unexpected(second.error());
    PositionValues out;
    const auto work = [&](int64_t from, int64_t count) -> Result<void> {
        const auto p = logitsOf(reference, *first, from, count, options.vocabulary, other.device());
        if (!p)
            return tl::unexpected(p.error());
        const auto q = logitsOf(other, *second, from, count, options.vocabulary, other.device());
        if (!q)
            return tl::unexpected(q.error());
        addValues(out, Softmax(*p).logProbabilities(), Softmax(*q), targetsOf(text, from, count, other.device()), {});
        if (options.temperature > 0)
            addSoftened(out, *p, *q, options.temperature);
        return {};
    };
    if (auto done = inPieces(text, options.vocabulary, stop, work); !done)
        return tl::unexpected(done.error());
    return out;
}

at::Tensor sixteenBitRows(const BaseRows &base, int64_t from, int64_t count)
{
    const uint64_t bytes = rowBytes(base.layout);
    at::Tensor out = at::empty({count, base.layout.vocabulary}, at::TensorOptions(at::kFloat));
    at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i)
            readSixteenBitRow(base.bytes.subspan(uint64_t(from + i) * bytes, bytes), {out.data_ptr<float>() + i * base.layout.vocabulary, size_t(base.layout.vocabulary)});
    });
    return out;
}

/// BadParameters when an id is outside the vocabulary: rows come from files.
Result<TopOfReference> topRows(const BaseRows &base, int64_t from, int64_t count, at::Device device)
{
    const uint64_t bytes = rowBytes(base.layout);
    const auto top = size_t(base.layout.top);
    const auto options = at::TensorOptions(at::kFloat);
    TopOfReference out{at::empty({count, base.layout.top}, options), at::empty({count, base.layout.top}, at::TensorOptions(at::kLong)), at::empty({count}, options), at::empty({count}, options)};
    std::vector<int32_t> ids(top);
    for (int64_t i = 0; i < count; ++i) {
        TopRow row{0, 0, {out.logs.data_ptr<float>() + size_t(i) * top, top}, ids};
        readTopRow(base.bytes.subspan(uint64_t(from + i) * bytes, bytes), row);
        out.nll.data_ptr<float>()[i] = -row.logProbability;
        out.tail.data_ptr<float>()[i] = row.tail;
        for (size_t k = 0; k < top; ++k) {
            if (ids[k] < 0 || ids[k] >= base.layout.vocabulary)
                return failure(ErrorCode::BadParameters, {"data", std::to_string(ids[k])});
            out.ids.data_ptr<int64_t>()[size_t(i) * top + k] = ids[k];
        }
    }
    for (at::Tensor *part : {&out.logs, &out.ids, &out.tail, &out.nll})
        *part = part->to(device);
    return out;
}

Result<PositionValues> compareRows(const BaseRows &base, const Implementation &model, const TextPiece &text, const std::stop_token &stop)
{
    const auto states = statesOf(model, text, stop);
    if (!states)
        return tl::unexpected(states.error());
    PositionValues out;
    const auto work = [&](int64_t from, int64_t count) -> Result<void> {
        const auto logits = logitsOf(model, *states, from, count, base.layout.vocabulary, model.device());
        if (!logits)
            return tl::unexpected(logits.error());
        const at::Tensor targets = targetsOf(text, from, count, model.device());
        if (base.layout.form == BaseForm::SixteenBit) {
            addValues(out, sixteenBitRows(base, from, count).to(model.device()), Softmax(*logits), targets, kSmallestSixteenBit);
            return {};
        }
        const auto rows = topRows(base, from, count, model.device());
        if (!rows)
            return tl::unexpected(rows.error());
        addTopValues(out, *rows, Softmax(*logits), targets);
        return {};
    };
    if (auto done = inPieces(text, base.layout.vocabulary, stop, work); !done)
        return tl::unexpected(done.error());
    return out;
}

Result<void> writeTop(std::span<const float> logits, int64_t token, int64_t top, std::span<std::byte> row)
{
    const auto score = scoreToken(logits, token, top);
    if (!score)
        return tl::unexpected(score.error());
    std::vector<float> logs;
    std::vector<int32_t> ids;
    for (const TokenProbability &one : score->top) {
        logs.push_back(float(one.logProbability));
        ids.push_back(int32_t(one.id));
    }
    writeTopRow({float(score->logProbability), float(score->tail), logs, ids}, row);
    return {};
}

Result<void> writeRows(const Implementation &model, const TextPiece &text, const BaseLayout &layout, const OnBaseRows &onRows, const std::stop_token &stop)
{
    const auto states = statesOf(model, text, stop);
    if (!states)
        return tl::unexpected(states.error());
    const uint64_t bytes = rowBytes(layout);
    return inPieces(text, layout.vocabulary, stop, [&](int64_t from, int64_t count) -> Result<void> {
        const auto logits = logitsOf(model, *states, from, count, layout.vocabulary, at::kCPU);
        if (!logits)
            return tl::unexpected(logits.error());
        std::vector<std::byte> rows(uint64_t(count) * bytes);
        std::vector<Result<void>> done(static_cast<size_t>(count));
        at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i) {
                const std::span<const float> values(logits->data_ptr<float>() + i * layout.vocabulary, size_t(layout.vocabulary));
                const auto row = std::span(rows).subspan(uint64_t(i) * bytes, bytes);
                if (layout.form == BaseForm::SixteenBit)
                    writeSixteenBitRow(values, row);
                else
                    done[size_t(i)] = writeTop(values, text.ids[size_t(text.first + 1 + from + i)], layout.top, row);
            }
        });
        for (Result<void> &one : done) {
            if (!one)
                return one;
        }
        onRows(rows);
        return {};
    });
}

} // namespace

Result<PositionValues> compareModels(const Engine &reference, const Engine &other, const TextPiece &text, const FidelityOptions &options,
                                     std::stop_token stop)
{
    const Implementation &first = reference.implementation(), &second = other.implementation();
    FidelityOptions wanted = options;
    if (wanted.vocabulary == 0)
        wanted.vocabulary = std::min(first.spec().vocabulary, second.spec().vocabulary);
    if (!std::isfinite(wanted.temperature) || wanted.temperature < 0)
        return failure(ErrorCode::BadParameters, {"temperature", std::to_string(wanted.temperature)});
    for (const Implementation *model : {&first, &second}) {
        auto sound = check(*model, text);
        if (sound)
            sound = checkVocabulary(*model, text, wanted.vocabulary);
        if (!sound)
            return tl::unexpected(sound.error());
    }
    return guarded(second.device(), stop, [&] { return compareBoth(first, second, text, wanted, stop); });
}

Result<PositionValues> compareWithRows(const BaseRows &reference, const Engine &other, const TextPiece &text, std::stop_token stop)
{
    const Implementation &model = other.implementation();
    auto sound = check(model, text);
    if (sound)
        sound = checkVocabulary(model, text, reference.layout.vocabulary);
    if (!sound)
        return tl::unexpected(sound.error());
    if (reference.bytes.size() != uint64_t(positionsOf(text)) * rowBytes(reference.layout))
        return failure(ErrorCode::BadParameters, {"data", std::to_string(reference.bytes.size())});
    return guarded(model.device(), stop, [&] { return compareRows(reference, model, text, stop); });
}

Result<void> baseRows(const Engine &engine, const TextPiece &text, const BaseLayout &layout, const OnBaseRows &onRows, std::stop_token stop)
{
    const Implementation &model = engine.implementation();
    auto sound = check(model, text);
    if (sound)
        sound = checkVocabulary(model, text, layout.vocabulary);
    if (!sound)
        return sound;
    return guarded(model.device(), stop, [&] { return writeRows(model, text, layout, onRows, stop); });
}

} // namespace assay::engine
