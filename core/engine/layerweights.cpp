// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/layerweights.h"

#include "core/engine/tensormemory.h"
#include "core/engine/weightstorage.h"

#include <algorithm>

namespace assay::engine {
namespace {

using kernels::StoredAs;

/// The rows [first, first + count) of what holds several matrices.
void viewInto(Matrix &out, const Matrix &whole, int64_t first, int64_t count)
{
    const auto part = [&](const at::Tensor &tensor) { return tensor.defined() ? tensor.narrow(0, first, count) : tensor; };
    out.storedAs = whole.storedAs;
    out.columns = whole.columns;
    out.weight = part(whole.weight);
    out.blocks = part(whole.blocks);
    out.scales = part(whole.scales);
    out.bias = part(whole.bias);
}

/// Allocates the tensors of one layer, those that one product reads in one piece.
class Allocator
{
public:
    Allocator(const std::vector<TensorSlot> &slots, const std::vector<StoredAs> &kept, int64_t layer, at::Device device, WeightRegion *region)
        : m_slots(slots), m_kept(kept), m_layer(layer), m_device(device), m_region(region)
    {
    }

    /// One matrix that holds these, unless one is missing, they are kept differently or only some have a bias.
    void fuse(LayerWeights &layer, Matrix &fused, std::initializer_list<Part> parts) const
    {
        std::optional<StoredAs> type, biasType;
        std::vector<int64_t> heights;
        int64_t rows = 0, columns = 0;
        for (const Part part : parts) {
            const auto weight = find(part, false), bias = find(part, true);
            if (!weight || (type && *type != m_kept[*weight]))
                return;
            const std::optional<StoredAs> itsBias = bias ? std::optional(m_kept[*bias]) : std::nullopt;
            if (type && itsBias != biasType)
                return;
            type = m_kept[*weight];
            biasType = itsBias;
            heights.push_back(m_slots[*weight].shape[0]);
            rows += heights.back();
            columns = m_slots[*weight].shape[1];
        }
        allocateMatrix(fused, {rows, columns}, *type);
        if (biasType)
            fused.bias = allocate({rows}, scalarTypeOf(*biasType).value());
        int64_t at = 0;
        for (size_t i = 0; i < parts.size(); at += heights[i], ++i)
            viewInto(layer[parts.begin()[i]], fused, at, heights[i]);
    }

    /// Those that have no place yet.
    void rest(LayerWeights &layer) const
    {
        for (size_t i = 0; i < m_slots.size(); ++i) {
            const TensorSlot &slot = m_slots[i];
            if (slot.layer != m_layer)
                continue;
            Matrix &matrix = layer.of(slot);
            if (slot.bias && !matrix.bias.defined())
                matrix.bias = allocate(slot.shape, scalarTypeOf(m_kept[i]).value());
            else if (!slot.bias && !matrix.weight.defined() && !matrix.blocks.defined())
                allocateMatrix(matrix, slot.shape, m_kept[i]);
        }
    }

private:
    at::Tensor allocate(at::IntArrayRef shape, at::ScalarType type) const
    {
        if (m_region)
            return m_region->take(shape, type);
        at::Tensor out = at::empty(shape, at::TensorOptions(type).device(m_device));
        if (out.is_cpu())
            adviseLargePages(out.data_ptr(), out.nbytes());
        return out;
    }

    /// The weight's tensors without numbers in them; the bias is another slot's.
    void allocateMatrix(Matrix &out, const std::vector<int64_t> &shape, StoredAs type) const
    {
        if (const auto scalar = scalarTypeOf(type)) {
            out.weight = allocate(shape, *scalar);
            return;
        }
        out.storedAs = type;
        out.columns = shape[1];
        out.blocks = allocate({shape[0], kernels::bytesOfRow(type, shape[1])}, at::kByte);
        if (type == StoredAs::I8Rows)
            out.scales = allocate({shape[0]}, at::kFloat);
    }

    std::optional<size_t> find(Part part, bool bias) const
    {
        const auto found = std::ranges::find_if(m_slots, [&](const TensorSlot &slot) {
            return slot.layer == m_layer && slot.part == part && slot.bias == bias && slot.expert < 0;
        });
        return found == m_slots.end() ? std::nullopt : std::optional(size_t(found - m_slots.begin()));
    }

    const std::vector<TensorSlot> &m_slots;
    const std::vector<StoredAs> &m_kept;
    int64_t m_layer;
    at::Device m_device;
    WeightRegion *m_region;
};

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

LayerWeights allocateWeights(const std::vector<TensorSlot> &slots, const std::vector<StoredAs> &kept, int64_t layer, at::Device device,
                             bool fused, WeightRegion *region)
{
    LayerWeights out;
    const Allocator allocator(slots, kept, layer, device, region);
    if (fused && layer >= 0) {
        allocator.fuse(out, out.queryKeyValue, {Part::Query, Part::Key, Part::Value});
        allocator.fuse(out, out.gateUp, {Part::Gate, Part::Up});
        allocator.fuse(out, out.sharedGateUp, {Part::SharedGate, Part::SharedUp});
    }
    allocator.rest(out);
    return out;
}

} // namespace assay::engine
