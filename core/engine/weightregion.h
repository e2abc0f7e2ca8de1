// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/spec.h"
#include "core/engine/kernels/matrix.h"
#include "core/engine/torch.h"

namespace assay::engine {

/// Memory on the CPU for all weights of a model in one piece: large pages then hold the small ones, too, and both ends of
/// each large one. It lives as long as any tensor in it.
class WeightRegion
{
public:
    /// For tensors() of a model, each kept so. Throws as libtorch's allocator does.
    WeightRegion(const std::vector<TensorSlot> &slots, const std::vector<kernels::StoredAs> &kept);

    /// The next tensor, uninitialised, at a multiple of 64 bytes.
    at::Tensor take(at::IntArrayRef shape, at::ScalarType type);

private:
    at::Tensor m_memory; ///< bytes
    uint64_t m_used = 0;
};

} // namespace assay::engine
