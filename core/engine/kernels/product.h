// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kernels/matrix.h"
#include "core/engine/kernels/threadpool.h"

namespace assay::kernels {

/// How far a product may depart from float32 arithmetic on the weights' exact values.
enum class Exactness {
    /// Sums are in float32 always, and F32 and F16 weights are as in Float. With more than four vectors,
    /// activations (and
    /// weights of quantised blocks) are rounded to bfloat16 where the processor multiplies those: by 2^-9 of
    /// each. With up
    /// to four, quantised blocks meet activations of eight bits: off by 1/254 of the largest of 32 (as
    /// llama.cpp does).
    Fast,
    /// Everything in float32: the order of the sums is all that differs from plain loops.
    Float,
};

/// result[count, rows] = x[count, columns] x transposed weights, + bias[rows] unless it is null. Up to four
/// vectors run at the memory's speed, more in register tiles. NaN and infinity spread as float32 arithmetic
/// has it. Nothing is allocated once a thread has called it with the largest shape: it keeps at most 516 x
/// columns x 4 bytes.
void product(const MatrixView &weights, const float *x, int64_t count, float *result, const float *bias,
             ThreadPool &pool, Exactness exactness = Exactness::Fast);

} // namespace assay::kernels
