// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/encoderbatches.h"

#include "core/base/units.h"
#include "core/engine/prefill.h"

#include <algorithm>
#include <numeric>

namespace assay::engine {
namespace {

using Implementation = Engine::Implementation;
using Inputs = std::vector<const EncoderInput *>;

int64_t lengthOf(const EncoderInput &input)
{
    return int64_t(input.ids.size());
}

Result<void> checkInput(const Implementation &model, const EncoderInput &input)
{
    if (auto sound = model.checkIds(input.ids); !sound)
        return sound;
    if (auto sound = model.checkLength(lengthOf(input)); !sound)
        return sound;
    if (!input.types.empty() && input.types.size() != input.ids.size())
        return failure(ErrorCode::BadParameters, {"types", ASSAY_TEXT("Reason", "there is not one for each token")});
    for (const int64_t type : input.types) {
        // A model without token types has one, so to speak.
        if (type < 0 || type >= std::max<int64_t>(1, model.spec().tokenTypes))
            return failure(ErrorCode::BadParameters, {"types", std::to_string(type)});
    }
    return {};
}

/// Rows of ids, filled up behind their ends.
Input padded(const Implementation &model, const Inputs &inputs, const EncodedBatch &batch)
{
    const int64_t rows = int64_t(batch.inputs.size()), tokens = std::ranges::max(batch.lengths);
    // RoBERTa counts its positions by the padding's id.
    Input out{at::full({rows, tokens}, model.spec().positionPadding.value_or(0), at::kLong), {}, {}};
    if (std::ranges::min(batch.lengths) < tokens)
        out.mask = at::zeros({rows, tokens}, at::kBool);
    if (model.spec().tokenTypes > 0)
        out.types = at::zeros({rows, tokens}, at::kLong);
    for (int64_t row = 0; row < rows; ++row) {
        const EncoderInput &input = *inputs[batch.inputs[size_t(row)]];
        std::ranges::copy(input.ids, out.ids.data_ptr<int64_t>() + row * tokens);
        if (out.types.defined())
            std::ranges::copy(input.types, out.types.data_ptr<int64_t>() + row * tokens);
        if (out.mask.defined())
            out.mask[row].narrow(0, 0, lengthOf(input)).fill_(true);
    }
    for (at::Tensor *tensor : {&out.ids, &out.mask, &out.types}) {
        if (tensor->defined())
            *tensor = tensor->to(model.device());
    }
    return out;
}

/// The longest first: what cannot be held is known at once, and neighbours differ little.
std::vector<size_t> byLength(const Inputs &inputs)
{
    std::vector<size_t> order(inputs.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::ranges::stable_sort(order, std::greater(), [&](size_t i) { return inputs[i]->ids.size(); });
    return order;
}

} // namespace

Result<void> checkInputs(const Implementation &model, const Inputs &inputs)
{
    for (size_t i = 0; i < inputs.size(); ++i) {
        auto sound = checkInput(model, *inputs[i]);
        if (sound)
            continue;
        if (inputs.size() > 1)
            sound.error().where = "input " + std::to_string(i + 1);
        return sound;
    }
    return {};
}

Result<void> checkPassMemory(const Implementation &model, int64_t rows, int64_t tokens, bool padded)
{
    const LayerSpec &layer = model.spec().layers.front();
    const double vectors = double(rows) * double(tokens) * double(8 * model.spec().hidden + 2 * layer.feedForward.intermediate);
    // Attention keeps no scores where its own loops can do it.
    const bool loops = model.device().is_cpu() && !padded;
    const double scores = loops ? 0 : 3 * double(rows) * double(layer.attention.heads) * double(tokens) * double(tokens);
    const double needed = (vectors + scores) * sizeof(float);
    const uint64_t unused = freeMemory(model.device());
    if (needed <= double(unused))
        return {};
    return failure(ErrorCode::NotEnoughMemory, {std::to_string(rows) + " x " + std::to_string(tokens) + " tokens", formatBytes(needed),
                                                formatBytes(double(unused)), model.description.device});
}

Result<void> forEachBatch(const Implementation &model, const Inputs &inputs,
                          const std::function<Result<void>(const EncodedBatch &)> &take, const Progress &progress,
                          const std::stop_token &stop)
{
    const std::vector<size_t> order = byLength(inputs);
    for (size_t first = 0; first < order.size();) {
        const int64_t longest = lengthOf(*inputs[order[first]]);
        const auto together = size_t(std::max<int64_t>(1, prefillPiece(model.device()) / longest));
        EncodedBatch batch;
        for (const size_t end = std::min(order.size(), first + together); first < end; ++first) {
            batch.inputs.push_back(order[first]);
            batch.lengths.push_back(lengthOf(*inputs[order[first]]));
        }
        if (auto fits = checkPassMemory(model, int64_t(batch.inputs.size()), longest, batch.lengths.back() < longest); !fits)
            return fits;
        batch.states = model.decoder->hidden(padded(model, inputs, batch), nullptr, stop);
        if (!batch.states.defined())
            return failure(ErrorCode::Cancelled);
        if (auto taken = take(batch); !taken)
            return taken;
        if (progress)
            progress(double(first), double(order.size()));
    }
    return {};
}

} // namespace assay::engine
