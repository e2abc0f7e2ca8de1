// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/distribution.h"
#include "core/engine/encoderbatches.h"
#include "core/engine/sampling.h"

#include <algorithm>
#include <cmath>

namespace assay::engine {
namespace {

using Implementation = Engine::Implementation;

std::vector<float> valuesOf(const at::Tensor &tensor)
{
    const at::Tensor near = tensor.to(at::kCPU, at::kFloat).contiguous();
    return {near.data_ptr<float>(), near.data_ptr<float>() + near.numel()};
}

bool areNumbers(const std::vector<float> &values)
{
    return std::ranges::all_of(values, [](float x) { return std::isfinite(x); });
}

template <class Item, class Project> std::vector<const EncoderInput *> pointersTo(const std::vector<Item> &items, Project project)
{
    std::vector<const EncoderInput *> out;
    for (const Item &item : items)
        out.push_back(&std::invoke(project, item));
    return out;
}

/// states [tokens, hidden] of one text, without padding -> [hidden]
at::Tensor pooledState(const Implementation &model, const at::Tensor &states, const EncodeOptions &options)
{
    const auto pool = [&]() -> at::Tensor {
        switch (options.pooling) {
        case Pooling::Mean: return states.to(at::kFloat).mean(0);
        case Pooling::First: return states.select(0, 0);
        case Pooling::Pooler: return model.decoder->pool(states.unsqueeze(0)).select(0, 0);
        }
        return {};
    };
    const at::Tensor vector = pool().to(at::kFloat);
    return options.normalise ? vector / vector.norm().clamp_min(1e-12) : vector;
}

Result<void> checkPositions(const Implementation &model, const std::vector<MaskedInput> &inputs, int64_t top)
{
    if (top < 0 || top > kMostTop)
        return failure(ErrorCode::BadParameters, {"top", std::to_string(top)});
    for (const MaskedInput &input : inputs) {
        for (const int64_t position : input.positions) {
            if (position < 0 || position >= int64_t(input.text.ids.size()))
                return failure(ErrorCode::BadParameters, {"positions", std::to_string(position)});
        }
    }
    return checkInputs(model, pointersTo(inputs, &MaskedInput::text));
}

/// states [tokens, hidden] of one text
Result<std::vector<TokenScore>> fillOne(const Implementation &model, const at::Tensor &states, const std::vector<int64_t> &positions, int64_t top)
{
    std::vector<TokenScore> out;
    for (const int64_t position : positions) {
        const std::vector<float> logits = valuesOf(model.decoder->head(states.narrow(0, position, 1)));
        const auto likeliest = largestOf(logits);
        if (!likeliest)
            return noNumbers();
        auto score = scoreToken(logits, int64_t(*likeliest), top);
        if (!score)
            return tl::unexpected(score.error());
        out.push_back(std::move(*score));
    }
    return out;
}

} // namespace

Result<void> Engine::encode(const std::vector<EncoderInput> &inputs, const EncodeOptions &options, const OnEncoded &onEncoded,
                            const Progress &progress, std::stop_token stop)
{
    const Implementation &model = *m_implementation;
    auto sound = model.checkKind({ModelKind::Encoder, ModelKind::Classifier, ModelKind::Masked}, ASSAY_TEXT("Reason", "give vectors of texts"));
    if (!sound)
        return sound;
    if (options.pooling == Pooling::Pooler && !model.description.pooler)
        return failure(ErrorCode::BadParameters, {"pooling", ASSAY_TEXT("Reason", "the model has no pooler")});
    const auto texts = pointersTo(inputs, std::identity());
    if (sound = checkInputs(model, texts); !sound)
        return sound;
    const auto take = [&](const EncodedBatch &batch) -> Result<void> {
        for (size_t row = 0; row < batch.inputs.size(); ++row) {
            const at::Tensor states = batch.states.select(0, int64_t(row)).narrow(0, 0, batch.lengths[row]);
            Encoded out{valuesOf(pooledState(model, states, options)), {}};
            if (!areNumbers(out.vector))
                return failure(ErrorCode::EngineFailed, {ASSAY_TEXT("Reason", "the model's states are not numbers")});
            if (options.states)
                out.states = valuesOf(states);
            onEncoded(batch.inputs[row], out);
        }
        return {};
    };
    return guarded(model.device(), stop, [&] { return forEachBatch(model, texts, take, progress, stop); });
}

Result<std::vector<Classified>> Engine::classify(const std::vector<EncoderInput> &inputs, const Progress &progress, std::stop_token stop)
{
    const Implementation &model = *m_implementation;
    auto sound = model.checkKind({ModelKind::Classifier}, ASSAY_TEXT("Reason", "classify texts"));
    if (!sound)
        return tl::unexpected(sound.error());
    const auto texts = pointersTo(inputs, std::identity());
    if (sound = checkInputs(model, texts); !sound)
        return tl::unexpected(sound.error());
    std::vector<Classified> out(inputs.size());
    const auto take = [&](const EncodedBatch &batch) -> Result<void> {
        const at::Tensor logits = model.decoder->classify(batch.states);
        for (size_t row = 0; row < batch.inputs.size(); ++row) {
            Classified &one = out[batch.inputs[row]];
            one.logits = valuesOf(logits.select(0, int64_t(row)));
            if (!areNumbers(one.logits))
                return noNumbers();
            one.values = classValues(one.logits, model.description.labels->problem);
        }
        return {};
    };
    auto done = guarded(model.device(), stop, [&] { return forEachBatch(model, texts, take, progress, stop); });
    if (!done)
        return tl::unexpected(done.error());
    return out;
}

Result<std::vector<std::vector<TokenScore>>> Engine::fill(const std::vector<MaskedInput> &inputs, int64_t top, const Progress &progress,
                                                          std::stop_token stop)
{
    const Implementation &model = *m_implementation;
    auto sound = model.checkKind({ModelKind::Masked}, ASSAY_TEXT("Reason", "fill masks in"));
    if (!sound)
        return tl::unexpected(sound.error());
    if (sound = checkPositions(model, inputs, top); !sound)
        return tl::unexpected(sound.error());
    std::vector<std::vector<TokenScore>> out(inputs.size());
    const auto take = [&](const EncodedBatch &batch) -> Result<void> {
        for (size_t row = 0; row < batch.inputs.size(); ++row) {
            const size_t index = batch.inputs[row];
            auto filled = fillOne(model, batch.states.select(0, int64_t(row)), inputs[index].positions, top);
            if (!filled)
                return tl::unexpected(filled.error());
            out[index] = std::move(*filled);
        }
        return {};
    };
    auto done = guarded(model.device(), stop, [&] { return forEachBatch(model, pointersTo(inputs, &MaskedInput::text), take, progress, stop); });
    if (!done)
        return tl::unexpected(done.error());
    return out;
}

} // namespace assay::engine
