// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/slow/formulas.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay::slow {
namespace {

double dot(const double *a, const double *b, size_t count)
{
    double out = 0;
    for (size_t i = 0; i < count; ++i)
        out += a[i] * b[i];
    return out;
}

} // namespace

Vector linear(const Vector &weights, const Vector &bias, const Vector &x)
{
    Vector out(weights.size() / x.size());
    for (size_t row = 0; row < out.size(); ++row)
        out[row] = dot(weights.data() + row * x.size(), x.data(), x.size()) + (bias.empty() ? 0 : bias[row]);
    return out;
}

Rows linear(const Vector &weights, const Vector &bias, const Rows &x)
{
    Rows out;
    for (const Vector &row : x)
        out.push_back(linear(weights, bias, row));
    return out;
}

Rows sum(const Rows &a, const Rows &b, double scaleOfB)
{
    Rows out = a;
    for (size_t t = 0; t < out.size(); ++t) {
        for (size_t i = 0; i < out[t].size(); ++i)
            out[t][i] += scaleOfB * b[t][i];
    }
    return out;
}

Vector rmsNorm(const Vector &x, const Vector &weight, double epsilon, double offset)
{
    const double scale = 1 / std::sqrt(dot(x.data(), x.data(), x.size()) / double(x.size()) + epsilon);
    Vector out = x;
    for (size_t i = 0; i < x.size(); ++i)
        out[i] *= scale * (weight[i] + offset);
    return out;
}

Vector layerNorm(const Vector &x, const Vector &weight, const Vector &bias, double epsilon)
{
    const double mean = std::accumulate(x.begin(), x.end(), 0.0) / double(x.size());
    double variance = 0;
    for (const double value : x)
        variance += (value - mean) * (value - mean) / double(x.size());
    Vector out(x.size());
    for (size_t i = 0; i < x.size(); ++i) {
        out[i] = (x[i] - mean) / std::sqrt(variance + epsilon) * (weight.empty() ? 1 : weight[i])
                 + (bias.empty() ? 0 : bias[i]);
    }
    return out;
}

double sigmoid(double x)
{
    return 1 / (1 + std::exp(-x));
}

double silu(double x)
{
    return x * sigmoid(x);
}

double gelu(double x)
{
    return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0)));
}

double geluTanh(double x)
{
    return 0.5 * x * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
}

double relu(double x)
{
    return std::max(x, 0.0);
}

Vector softmax(const Vector &values, const double *sink)
{
    double largestValue = *std::max_element(values.begin(), values.end());
    if (sink)
        largestValue = std::max(largestValue, *sink);
    double total = sink ? std::exp(*sink - largestValue) : 0;
    Vector out;
    for (const double value : values)
        total += out.emplace_back(std::exp(value - largestValue));
    for (double &value : out)
        value /= total;
    return out;
}

std::vector<size_t> largest(const Vector &values, size_t count)
{
    std::vector<size_t> order(values.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] > values[b]; });
    order.resize(std::min(count, order.size()));
    return order;
}

Rope plainRope(int64_t dim, double theta)
{
    Rope out;
    for (int64_t i = 0; i < dim / 2; ++i)
        out.frequencies.push_back(std::pow(theta, -2.0 * double(i) / double(dim)));
    return out;
}

void rotate(Vector &head, int64_t position, const Rope &rope, Partner partner)
{
    const size_t half = rope.frequencies.size();
    for (size_t i = 0; i < half; ++i) {
        const double angle = double(position) * rope.frequencies[i];
        const double cosine = std::cos(angle) * rope.factor, sine = std::sin(angle) * rope.factor;
        double &a = head[partner == Partner::Half ? i : 2 * i];
        double &b = head[partner == Partner::Half ? i + half : 2 * i + 1];
        const double turned = a * cosine - b * sine;
        b = b * cosine + a * sine;
        a = turned;
    }
}

Rows attend(const std::vector<Rows> &queries, const std::vector<Rows> &keys, const std::vector<Rows> &values,
            const Attending &how)
{
    const size_t tokens = queries[0].size(), group = queries.size() / keys.size();
    Rows out(tokens);
    for (size_t t = 0; t < tokens; ++t) {
        for (size_t head = 0; head < queries.size(); ++head) {
            const Rows &headKeys = keys[head / group], &headValues = values[head / group];
            const size_t first = how.window > 0 && int64_t(t) >= how.window ? t + 1 - size_t(how.window) : 0;
            Vector scores;
            for (size_t k = first; k <= t; ++k) {
                const double product = dot(queries[head][t].data(), headKeys[k].data(), headKeys[k].size());
                double score = how.scale * (product + (how.inner ? how.inner(head, k) : 0));
                if (how.softCap > 0)
                    score = how.softCap * std::tanh(score / how.softCap);
                scores.push_back(score + (how.slopes.empty() ? 0 : how.slopes[head] * double(k)));
            }
            const Vector parts = softmax(scores, how.sinks.empty() ? nullptr : &how.sinks[head]);
            Vector mixed(headValues[0].size());
            for (size_t k = first; k <= t; ++k) {
                for (size_t i = 0; i < mixed.size(); ++i)
                    mixed[i] += parts[k - first] * headValues[k][i];
            }
            out[t].insert(out[t].end(), mixed.begin(), mixed.end());
        }
    }
    return out;
}

std::vector<Rows> heads(const Rows &rows, int64_t count)
{
    std::vector<Rows> out(static_cast<size_t>(count));
    for (const Vector &row : rows) {
        const size_t width = row.size() / out.size();
        for (size_t head = 0; head < out.size(); ++head) {
            const auto begin = row.begin() + std::ptrdiff_t(head * width);
            out[head].emplace_back(begin, begin + std::ptrdiff_t(width));
        }
    }
    return out;
}

} // namespace assay::slow
