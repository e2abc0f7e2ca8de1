// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

/// The formulas of transformers, one function each, in double precision and plain loops: slow, and short enough to be
/// read against their sources. Shares nothing with the engine.
namespace assay::slow {

using Vector = std::vector<double>;
using Rows = std::vector<Vector>; ///< one vector a token

/// y = W x + b; W [out, in] row by row, b empty for none.
Vector linear(const Vector &weights, const Vector &bias, const Vector &x);
Rows linear(const Vector &weights, const Vector &bias, const Rows &x);
Rows sum(const Rows &a, const Rows &b, double scaleOfB = 1);

/// x / sqrt(mean(x^2) + epsilon) * (weight + offset): arXiv 1910.07467, equation 4; offset is 1 for Gemma, whose
/// weights are stored less 1.
Vector rmsNorm(const Vector &x, const Vector &weight, double epsilon, double offset = 0);
/// (x - mean) / sqrt(variance + epsilon) * weight + bias: arXiv 1607.06450, equation 3; bias may be empty, and so may
/// weight.
Vector layerNorm(const Vector &x, const Vector &weight, const Vector &bias, double epsilon);

double sigmoid(double x);
double silu(double x);     ///< x sigmoid(x): arXiv 1702.03118
double gelu(double x);     ///< x Phi(x): arXiv 1606.08415, section 2
double geluTanh(double x); ///< its approximation by tanh, ibidem
double relu(double x);

/// Softmax over values and, when there is one, over another logit that takes its part and gives nothing.
Vector softmax(const Vector &values, const double *sink = nullptr);

/// The places of the largest values, best first.
std::vector<size_t> largest(const Vector &values, size_t count);

/// Rotary position embedding (arXiv 2104.09864, section 3.2.2): number 2i and its partner turn by position x
/// frequency i. Cosine and sine are multiplied by factor, which is 1 except in YaRN and LongRoPE.
struct Rope
{
    Vector frequencies; ///< one for every two of the leading numbers of a head; the rest does not turn
    double factor = 1;
};
enum class Partner {
    Half, ///< i turns with i + dim / 2 (GPT-NeoX, Llama in transformers)
    Next, ///< 2i turns with 2i + 1 (RoFormer, Cohere, GLM)
};
void rotate(Vector &head, int64_t position, const Rope &rope, Partner partner);
/// theta ^ (-2i / dim)
Rope plainRope(int64_t dim, double theta);

/// What one layer's attention needs beside queries, keys and values.
struct Attending
{
    double scale = 1;
    int64_t window = 0;   ///< a query sees itself and the window - 1 keys before it; 0: all before it
    double softCap = 0;   ///< scores become cap tanh(score / cap): Gemma 2 report (arXiv 2408.00118), section 2
    Vector sinks;         ///< a logit a head, gpt-oss
    Vector slopes;        ///< ALiBi's a head (arXiv 2108.12409), added times the key's position
    std::function<double(size_t head, size_t key)> inner; ///< added to q k before it is scaled
};
/// softmax(q k / scale) v (arXiv 1706.03762, equation 1) with a causal mask. Queries [head][token], keys and values
/// [key head][token]: as many queries' heads share one key head as there are more of them (arXiv 2305.13245).
/// Gives a token's heads one after another.
Rows attend(const std::vector<Rows> &queries, const std::vector<Rows> &keys, const std::vector<Rows> &values,
            const Attending &how);

/// A token's numbers cut into heads: [head][token].
std::vector<Rows> heads(const Rows &rows, int64_t count);

} // namespace assay::slow
