// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/layerweights.h"

#include <algorithm>

namespace assay::engine {
namespace {

/// Puts matrices of the same input into one; they become views of it. Nothing happens when one is missing or only some
/// have a bias.
Matrix fuse(LayerWeights &layer, std::initializer_list<Part> parts)
{
    int64_t rows = 0;
    size_t biases = 0;
    for (const Part part : parts) {
        if (!layer[part].weight.defined())
            return {};
        rows += layer[part].weight.size(0);
        biases += layer[part].bias.defined();
    }
    if (biases != 0 && biases != parts.size())
        return {};
    const at::Tensor &model = layer[*parts.begin()].weight;
    Matrix fused;
    fused.weight = at::empty({rows, model.size(1)}, model.options());
    if (biases != 0)
        fused.bias = at::empty({rows}, layer[*parts.begin()].bias.options());
    int64_t at = 0;
    for (const Part part : parts) {
        Matrix &matrix = layer[part];
        const int64_t height = matrix.weight.size(0);
        matrix.weight = fused.weight.narrow(0, at, height);
        if (biases != 0)
            matrix.bias = fused.bias.narrow(0, at, height);
        at += height;
    }
    return fused;
}

} // namespace

Matrix &LayerWeights::of(const TensorSlot &slot)
{
    if (slot.expert < 0)
        return parts[size_t(slot.part)];
    if (size_t(slot.expert) >= experts.size())
        experts.resize(size_t(slot.expert) + 1);
    ExpertWeights &expert = experts[size_t(slot.expert)];
    return slot.part == Part::ExpertGate ? expert.gate : slot.part == Part::ExpertUp ? expert.up : expert.down;
}

LayerWeights allocateWeights(const std::vector<TensorSlot> &slots, int64_t layer, const at::TensorOptions &options, bool inference)
{
    // On the CPU what flows between the matrices is float32, and so are the few numbers that meet it there.
    const at::TensorOptions ofVectors = inference && options.device().is_cpu() ? options.dtype(at::kFloat) : options;
    LayerWeights out;
    for (const TensorSlot &slot : slots) {
        if (slot.layer != layer)
            continue;
        Matrix &matrix = out.of(slot);
        const bool vector = slot.bias || slot.shape.size() == 1;
        (slot.bias ? matrix.bias : matrix.weight) = at::empty(slot.shape, vector ? ofVectors : options);
    }
    if (inference && layer >= 0) {
        out.queryKeyValue = fuse(out, {Part::Query, Part::Key, Part::Value});
        out.gateUp = fuse(out, {Part::Gate, Part::Up});
        out.sharedGateUp = fuse(out, {Part::SharedGate, Part::SharedUp});
    }
    return out;
}

} // namespace assay::engine
