// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/feedforward.h"

#include "core/engine/linear.h"

namespace assay::engine {
namespace {

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
    const auto both = linearOfEach(x, layer.gateUp, {&layer[Part::Gate], &layer[Part::Up]});
    return linear(activate(spec, both[0], both[1]), layer[Part::Down]);
}

} // namespace assay::engine
