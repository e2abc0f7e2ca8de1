// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kernels/matrix.h"
#include "core/engine/kernels/threadpool.h"

// Everything on a token's way that is no product of matrices: float32 rows, one after the other in memory
// that the caller owns, spread over the pool when there are enough of them. Results may be the arguments.
namespace assay::kernels {

/// x / sqrt(mean(x^2) + epsilon) x weight; no weight: as if all were 1. x, result: [rows, columns].
void rmsNorm(const float *x, int64_t rows, int64_t columns, const float *weight, float epsilon, float *result,
             ThreadPool &pool);

/// (x - mean) / sqrt(variance + epsilon) x weight + bias; either may be null.
void layerNorm(const float *x, int64_t rows, int64_t columns, const float *weight, const float *bias,
               float epsilon, float *result, ThreadPool &pool);

enum class Activation {
    Silu,      ///< x sigmoid(x)
    Gelu,      ///< x times the normal distribution function
    GeluTanh,  ///< its approximation 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))
    QuickGelu, ///< x sigmoid(1.702 x)
    Relu,
    ReluSquared,
    Sigmoid,
    Tanh,
};

/// result[rows, columns] = activation(gate) x up. Rows of gate and up lie `distance` elements apart, so that
/// both may be halves of one product's result; up may be null.
void activate(Activation activation, const float *gate, const float *up, int64_t rows, int64_t columns,
              int64_t distance, float *result, ThreadPool &pool);

/// gpt-oss's: g = min(gate, limit), u = clamp(up, -limit, limit); result = (u + 1) g sigmoid(alpha g).
void clampedSwiglu(const float *gate, const float *up, int64_t rows, int64_t columns, int64_t distance,
                   float alpha, float limit, float *result, ThreadPool &pool);

/// In place. A row of nothing but -infinity becomes zeros.
void softmax(float *x, int64_t rows, int64_t columns, ThreadPool &pool);

/// In place: limit x tanh(x / limit).
void softCap(float *x, int64_t count, float limit, ThreadPool &pool);

/// to += factor x from.
void addScaled(float *to, const float *from, int64_t count, float factor, ThreadPool &pool);
inline void add(float *to, const float *from, int64_t count, ThreadPool &pool)
{
    addScaled(to, from, count, 1.0f, pool);
}

/// Which elements turn together: i and i + rotated/2, or 2i and 2i + 1.
enum class RotaryPairs { Halves, Neighbours };

/// Heads of tokens: head h of token t begins at t * tokenDistance + h * headDistance.
struct Heads
{
    float *values;
    int64_t tokens, heads, tokenDistance, headDistance;
};

/// Turns the first `rotated` elements of every head in place, by the token's angles: cosines, sines [tokens,
/// rotated / 2].
void rotate(const Heads &heads, int64_t rotated, const float *cosines, const float *sines, RotaryPairs pairs,
            ThreadPool &pool);

/// float32 to F32, BF16 or F16 (to the nearest, ties to even) and back, on the caller's thread; cache rows
/// are written so.
void narrow(const float *from, int64_t count, StoredAs type, void *to);
void widen(StoredAs type, const void *from, int64_t count, float *to);

/// One row of any matrix in float32, as of an embedding.
void widenRow(const MatrixView &matrix, int64_t row, float *to);

} // namespace assay::kernels
