// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/decoder.h"

#include <ATen/CPUGeneratorImpl.h>
#include <algorithm>
#include <cmath>

namespace assay::engine {
namespace {

using P = DecoderPart;

bool isNorm(P part)
{
    return part == P::InputNorm || part == P::MlpNorm || part == P::FinalNorm;
}

bool writesResidual(P part)
{
    return part == P::AttentionOutput || part == P::Down;
}

} // namespace

Decoder::Decoder(DecoderSpec spec, at::ScalarType dtype, at::Device device, Purpose purpose)
    : m_spec(std::move(spec)), m_dtype(dtype), m_device(device), m_layers(size_t(m_spec.layers))
{
    const auto options = at::TensorOptions(dtype).device(device);
    if (purpose == Purpose::Inference) {
        for (Layer &layer : m_layers) {
            layer.queryKeyValue = allocateFused(layer, {P::Query, P::Key, P::Value});
            layer.gateUp = allocateFused(layer, {P::Gate, P::Up});
        }
    }
    for (const TensorSlot &where : m_spec.tensors()) {
        at::Tensor &tensor = slot(where);
        if (!tensor.defined())
            tensor = at::empty(where.shape, options).requires_grad_(purpose == Purpose::Training);
    }
}

Decoder::Matrix Decoder::allocateFused(Layer &layer, std::initializer_list<P> parts) const
{
    const auto options = at::TensorOptions(m_dtype).device(m_device);
    int64_t rows = 0;
    size_t biases = 0;
    for (const PartDescription &description : m_spec.layout->parts) {
        if (std::find(parts.begin(), parts.end(), description.part) != parts.end()) {
            rows += m_spec.weightShape(description.part).front();
            biases += m_spec.hasBias(description);
        }
    }
    Matrix fused;
    // A bias on some of the parts alone has no place in one tensor.
    if (biases != 0 && biases != parts.size())
        return fused;
    fused.weight = at::empty({rows, m_spec.hidden}, options);
    if (biases != 0)
        fused.bias = at::empty({rows}, options);
    int64_t at = 0;
    for (const P part : parts) {
        const int64_t height = m_spec.weightShape(part).front();
        Matrix &matrix = layer.parts[size_t(part)];
        matrix.weight = fused.weight.narrow(0, at, height);
        if (biases != 0)
            matrix.bias = fused.bias.narrow(0, at, height);
        at += height;
    }
    return fused;
}

at::Tensor &Decoder::slot(const TensorSlot &where)
{
    Layer &layer = where.layer < 0 ? m_outside : m_layers[size_t(where.layer)];
    Matrix &matrix = layer.parts[size_t(where.part)];
    return where.bias ? matrix.bias : matrix.weight;
}

void Decoder::initialise(double std, uint64_t seed)
{
    const at::NoGradGuard noGradient;
    at::Generator generator = at::detail::createCPUGenerator(seed);
    const double residual = std / std::sqrt(2.0 * double(m_spec.layers));
    for (const TensorSlot &where : m_spec.tensors()) {
        at::Tensor &tensor = slot(where);
        if (where.bias || isNorm(where.part)) {
            tensor.fill_(where.bias ? 0.0 : 1.0);
            continue;
        }
        // Drawn on the CPU in f32, so that a seed gives the same model on every device.
        at::Tensor drawn = at::empty(where.shape, at::TensorOptions(at::kFloat));
        drawn.normal_(0.0, writesResidual(where.part) ? residual : std, generator);
        tensor.copy_(drawn);
    }
}

std::vector<NamedTensor> Decoder::parameters()
{
    std::vector<NamedTensor> out;
    for (const TensorSlot &where : m_spec.tensors())
        out.push_back({where.name, slot(where)});
    return out;
}

} // namespace assay::engine
