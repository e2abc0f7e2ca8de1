// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/decoder.h"

#include "core/architecture/description.h"
#include "core/engine/weightstorage.h"

#include <ATen/CPUGeneratorImpl.h>
#include <cmath>

namespace assay::engine {
namespace {

bool isMatrix(const TensorSlot &slot)
{
    return !slot.bias && slot.shape.size() == 2 && slot.part != Part::QueryNorm && slot.part != Part::KeyNorm;
}

/// Matrices whose results are added to what flows through the layers.
bool writesResidual(Part part)
{
    return part == Part::AttentionOutput || part == Part::Down || part == Part::ExpertDown || part == Part::SharedDown;
}

} // namespace

Decoder::Decoder(DecoderSpec spec, at::ScalarType dtype, at::Device device, Purpose purpose, std::vector<kernels::StoredAs> kept,
                 std::vector<at::Device> layerDevices)
    : m_spec(std::move(spec)), m_dtype(dtype), m_device(device), m_layerDevices(std::move(layerDevices)), m_rotations(m_spec, device)
{
    const std::vector<TensorSlot> slots = m_spec.tensors();
    if (kept.empty()) {
        for (const TensorSlot &each : slots)
            kept.push_back(keptIn(dtype, each, device, purpose == Purpose::Inference));
    }
    // A gradient's owner is a tensor of its own, and so is its memory.
    std::optional<WeightRegion> region;
    if (purpose == Purpose::Inference && device.is_cpu())
        region.emplace(slots, kept);
    WeightRegion *const place = region ? &*region : nullptr;
    m_outside = allocateWeights(slots, kept, -1, device, false, place);
    const auto deviceOf = [&](size_t layer) { return m_layerDevices.empty() ? device : m_layerDevices[layer]; };
    for (int64_t layer = 0; layer < m_spec.layerCount(); ++layer)
        m_layers.push_back(allocateWeights(slots, kept, layer, deviceOf(size_t(layer)), purpose == Purpose::Inference, place));
    for (size_t layer = 0; layer < m_layers.size(); ++layer) {
        const AttentionSpec &attention = m_spec.layers[layer].attention;
        if (attention.positions == Positions::Alibi || attention.positions == Positions::RoundedAlibi)
            m_layers[layer].slopes = alibiSlopes(attention.heads).pow(attention.alibiMax / 8).to(deviceOf(layer));
    }
    if (purpose == Purpose::Inference)
        return;
    for (const TensorSlot &where : slots)
        slot(where).requires_grad_(true);
}

Matrix &Decoder::matrix(const TensorSlot &where)
{
    return (where.layer < 0 ? m_outside : m_layers[size_t(where.layer)]).of(where);
}

at::Tensor &Decoder::slot(const TensorSlot &where)
{
    Matrix &its = matrix(where);
    return where.bias ? its.bias : its.weight;
}

void Decoder::initialise(double std, uint64_t seed)
{
    const at::NoGradGuard noGradient;
    at::Generator generator = at::detail::createCPUGenerator(seed);
    const double residual = std / std::sqrt(2.0 * double(m_spec.layerCount()));
    for (const TensorSlot &where : m_spec.tensors()) {
        at::Tensor &tensor = slot(where);
        if (!isMatrix(where)) {
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
        out.push_back({where, tensorName(m_spec, where), slot(where)});
    return out;
}

} // namespace assay::engine
