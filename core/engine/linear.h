// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kernels/threadpool.h"
#include "core/engine/layerweights.h"

#include <optional>

namespace assay::engine {

/// x [..., in] times the matrix [out, in], plus its bias -> [..., out] in x's type. On the CPU without gradients the
/// engine's own kernels do it: libtorch's reaches a third of the memory bandwidth for a single row, and cannot read blocks.
at::Tensor linear(const at::Tensor &x, const Matrix &matrix);

/// The rows with these numbers [..., columns], as of an embedding: in the weight's type, from blocks in f32.
at::Tensor rowsOf(const Matrix &matrix, const at::Tensor &ids);

/// Several matrices of the same input, through the one that holds them where there is one.
std::vector<at::Tensor> linearOfEach(const at::Tensor &x, const Matrix &fused, std::initializer_list<const Matrix *> matrices);

/// How the kernels call a type of numbers; nothing for those that they cannot read.
std::optional<kernels::StoredAs> storedAs(at::ScalarType type);

/// Whether x can go through the engine's own loops: float32 on the CPU, one row after the other, without gradients.
bool suitsLoops(const at::Tensor &x);

/// The threads of the engine's own loops.
kernels::ThreadPool &threadPool();
void resizeThreadPool(int threads);

/// Products and attention in float32 alone, for comparisons with references.
void setExact(bool exact);

/// Whether the engine's own kernels work on this device: on the CPU. Elsewhere everything is libtorch's operators, and what
/// flows between the layers has the model's own type.
bool ownKernels(at::Device device);
/// The CPU like any other device, for tests of what a GPU runs: set before a model is loaded.
void setLibtorchOnly(bool only);

} // namespace assay::engine
