// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/spec.h"
#include "core/engine/kernels/matrix.h"
#include "core/engine/torch.h"
#include "core/engine/weightregion.h"

#include <array>

namespace assay::engine {

/// A matrix [out, in] with its bias, or the weight and bias of a norm; undefined where the model has none.
struct Matrix
{
    at::Tensor weight; ///< undefined when the matrix is kept in blocks
    at::Tensor bias;   ///< f32 or as the weight
    at::Tensor blocks; ///< bytes [out, bytes of a row] as `storedAs` says, on the CPU
    at::Tensor scales; ///< [out] f32, of I8Rows
    kernels::StoredAs storedAs = kernels::StoredAs::F32;
    int64_t columns = 0; ///< of blocks

    int64_t rows() const { return blocks.defined() ? blocks.size(0) : weight.size(0); }
};

/// The matrices of one routed expert.
struct ExpertWeights
{
    Matrix gate, up, down;
};

/// The weights of one layer, or of what is outside the layers.
struct LayerWeights
{
    std::array<Matrix, size_t(Part::Count_)> parts;
    Matrix queryKeyValue; ///< inference: holds the three; they are views of it
    Matrix gateUp, sharedGateUp;
    std::vector<ExpertWeights> experts;
    at::Tensor slopes; ///< [heads] f32 of ALiBi, made of the spec; undefined: none

    const Matrix &operator[](Part part) const { return parts[size_t(part)]; }
    Matrix &operator[](Part part) { return parts[size_t(part)]; }
    Matrix &of(const TensorSlot &slot);
};

/// The tensors of all slots of one layer (-1: outside), each kept as `kept` says, uninitialised; fused, those matrices that
/// read the same input and are kept alike lie in one. With a region they lie there, on the CPU.
LayerWeights allocateWeights(const std::vector<TensorSlot> &slots, const std::vector<kernels::StoredAs> &kept, int64_t layer,
                             at::Device device, bool fused, WeightRegion *region);

} // namespace assay::engine
