// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/feedforward.h"

#include "core/engine/kernels/rows.h"
#include "core/engine/linear.h"

#include <optional>

namespace assay::engine {
namespace {

/// The activation as the kernels have it.
std::optional<kernels::Activation> kernelOf(Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        return kernels::Activation::Silu;
    case Activation::Gelu:
        return kernels::Activation::Gelu;
    case Activation::GeluTanh:
        return kernels::Activation::GeluTanh;
    case Activation::QuickGelu:
        return kernels::Activation::QuickGelu;
    case Activation::Relu:
        return kernels::Activation::Relu;
    case Activation::Relu2:
        return kernels::Activation::ReluSquared;
    case Activation::Tanh:
        return kernels::Activation::Tanh;
    case Activation::ClampedSwish:
        break;
    }
    return std::nullopt;
}

/// activation(first half) * second half of each row.
at::Tensor activateHalves(kernels::Activation activation, const at::Tensor &both)
{
    const int64_t width = both.size(-1) / 2, rows = both.numel() / both.size(-1);
    std::vector<int64_t> shape = both.sizes().vec();
    shape.back() = width;
    at::Tensor out = at::empty(shape, both.options());
    const float *gate = both.data_ptr<float>();
    kernels::activate(activation, gate, gate + width, rows, width, 2 * width, out.data_ptr<float>(), threadPool());
    return out;
}

at::Tensor apply(Activation activation, const at::Tensor &x)
{
    switch (activation) {
    case Activation::Silu:
        return at::silu(x);
    case Activation::Gelu:
        return at::gelu(x);
    case Activation::GeluTanh:
        return at::gelu(x, "tanh");
    case Activation::QuickGelu:
        return x * at::sigmoid(1.702 * x);
    case Activation::Relu:
        return at::relu(x);
    case Activation::Relu2:
        return at::relu(x).square();
    case Activation::Tanh:
        return at::tanh(x);
    case Activation::ClampedSwish:
        break; // never without a gate
    }
    return x;
}

} // namespace

at::Tensor activate(const FeedForwardSpec &spec, const at::Tensor &gate, const at::Tensor &up)
{
    if (!spec.gated)
        return apply(spec.activation, up);
    if (spec.activation != Activation::ClampedSwish)
        return apply(spec.activation, gate) * up;
    const at::Tensor clamped = gate.clamp_max(spec.limit);
    return (up.clamp(-spec.limit, spec.limit) + 1) * clamped * at::sigmoid(1.702 * clamped);
}

at::Tensor feedForward(const FeedForwardSpec &spec, const LayerWeights &layer, const at::Tensor &x)
{
    if (spec.experts)
        return mixExperts(spec, layer, x);
    if (!spec.gated)
        return linear(activate(spec, {}, linear(x, layer[Part::Up])), layer[Part::Down]);
    const std::optional<kernels::Activation> kernel = kernelOf(spec.activation);
    if (kernel && (layer.gateUp.weight.defined() || layer.gateUp.blocks.defined()) && suitsLoops(x))
        return linear(activateHalves(*kernel, linear(x, layer.gateUp)), layer[Part::Down]);
    const auto both = linearOfEach(x, layer.gateUp, {&layer[Part::Gate], &layer[Part::Up]});
    return linear(activate(spec, both[0], both[1]), layer[Part::Down]);
}

} // namespace assay::engine
