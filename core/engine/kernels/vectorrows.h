// SPDX-License-Identifier: GPL-3.0-or-later
// Norms, activations, softmax and rotary positions of one row.
#include "core/engine/kernels/vectormath.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

inline Floats loadSome(const float *from, int64_t count)
{
    return count >= kLanes ? load<Floats>(from) : widenSome<FromFloat>(from, count);
}

inline void storeSome(float *to, int64_t count, Floats values)
{
    if (count >= kLanes)
        return store(to, values);
    std::memcpy(to, &values, size_t(count) * sizeof(float));
}

/// result[i] = each(i, values left): a vector at a time, the last one in part.
template <class Each> inline void forVectors(int64_t count, float *result, const Each &each)
{
    for (int64_t at = 0; at < count; at += kLanes)
        storeSome(result + at, count - at, each(at, count - at));
}

/// The sum of each(i), of which only those below count are right. Two in turn.
template <class Each> inline float sumVectors(int64_t count, const Each &each)
{
    Floats even{}, odd{};
    int64_t at = 0;
    for (; at + 2 * kLanes <= count; at += 2 * kLanes) {
        even += each(at, kLanes);
        odd += each(at + kLanes, kLanes);
    }
    for (; at + kLanes <= count; at += kLanes)
        even += each(at, kLanes);
    float sum = sumOf(even + odd);
    if (at < count) {
        const Floats last = each(at, count - at);
        for (int64_t i = 0; i < count - at; ++i)
            sum += last[i];
    }
    return sum;
}

void rmsNorm(const float *x, int64_t columns, const float *weight, float epsilon, float *result)
{
    const float squares = sumVectors(columns, [&](int64_t at, int64_t left) {
        const Floats values = loadSome(x + at, left);
        return values * values;
    });
    const float factor = 1.0f / __builtin_sqrtf(squares / float(columns) + epsilon);
    forVectors(columns, result, [&](int64_t at, int64_t left) {
        const Floats values = loadSome(x + at, left) * factor;
        return weight ? values * loadSome(weight + at, left) : values;
    });
}

void layerNorm(const float *x, int64_t columns, const float *weight, const float *bias, float epsilon,
               float *result)
{
    const float mean = sumVectors(columns, [&](int64_t at, int64_t left) { return loadSome(x + at, left); }) /
                       float(columns);
    const float squares = sumVectors(columns, [&](int64_t at, int64_t left) {
        const Floats values = loadSome(x + at, left) - mean;
        return values * values;
    });
    const float factor = 1.0f / __builtin_sqrtf(squares / float(columns) + epsilon);
    forVectors(columns, result, [&](int64_t at, int64_t left) {
        Floats values = (loadSome(x + at, left) - mean) * factor;
        if (weight)
            values *= loadSome(weight + at, left);
        return bias ? values + loadSome(bias + at, left) : values;
    });
}

struct Silu
{
    static Floats of(Floats x) { return x * sigmoidOf(x); }
};
struct Gelu
{
    static Floats of(Floats x) { return x * normalOf(x); }
};
struct GeluTanh // (1 + tanh(y)) / 2 = sigmoid(2y)
{
    static Floats of(Floats x) { return x * sigmoidOf(x * (1.59576912f + 0.0713548163f * x * x)); }
};
struct QuickGelu
{
    static Floats of(Floats x) { return x * sigmoidOf(1.702f * x); }
};
struct Relu
{
    static Floats of(Floats x) { return x < 0.0f ? Floats{} : x; } // NaN stays
};
struct ReluSquared
{
    static Floats of(Floats x) { return Relu::of(x) * Relu::of(x); }
};
struct Sigmoid
{
    static Floats of(Floats x) { return sigmoidOf(x); }
};
struct Tanh
{
    static Floats of(Floats x) { return tanhOf(x); }
};

template <class Function> void activate(const float *gate, const float *up, int64_t count, float *result)
{
    if (!up)
        return forVectors(count, result,
                          [&](int64_t at, int64_t left) { return Function::of(loadSome(gate + at, left)); });
    forVectors(count, result, [&](int64_t at, int64_t left) {
        return Function::of(loadSome(gate + at, left)) * loadSome(up + at, left);
    });
}

void clampedSwiglu(const float *gate, const float *up, int64_t count, float alpha, float limit, float *result)
{
    forVectors(count, result, [&](int64_t at, int64_t left) {
        Floats g = loadSome(gate + at, left), u = loadSome(up + at, left);
        g = g > limit ? spread(limit) : g;
        u = u > limit ? spread(limit) : u < -limit ? spread(-limit) : u;
        return (u + 1.0f) * g * sigmoidOf(alpha * g);
    });
}

inline float largestOf(const float *x, int64_t count)
{
    Floats most = spread(-__builtin_inff());
    int64_t at = 0;
    for (; at + kLanes <= count; at += kLanes) {
        const Floats values = load<Floats>(x + at);
        most = values > most ? values : most;
    }
    float largest = -__builtin_inff();
    for (int64_t i = 0; i < kLanes; ++i)
        largest = most[i] > largest ? most[i] : largest;
    for (; at < count; ++at)
        largest = x[at] > largest ? x[at] : largest;
    return largest;
}

/// x = exp(x - largest); the sum of them.
float exponentials(float *x, int64_t count, float largest)
{
    forVectors(count, x, [&](int64_t at, int64_t left) { return expOf(loadSome(x + at, left) - largest); });
    return sumVectors(count, [&](int64_t at, int64_t left) { return loadSome(x + at, left); });
}

void scaleBy(float *x, int64_t count, float factor)
{
    forVectors(count, x, [&](int64_t at, int64_t left) { return loadSome(x + at, left) * factor; });
}

void softmax(float *x, int64_t count)
{
    const float largest = largestOf(x, count);
    // Taken from -infinity it would be NaN; NaN itself is no largest, and stays.
    const float sum = exponentials(x, count, largest == -__builtin_inff() ? 0.0f : largest);
    scaleBy(x, count, sum == 0 ? 0.0f : 1.0f / sum);
}

void softCap(float *x, int64_t count, float limit)
{
    forVectors(count, x,
               [&](int64_t at, int64_t left) { return limit * tanhOf(loadSome(x + at, left) / limit); });
}

void addScaled(float *to, const float *from, int64_t count, float factor)
{
    forVectors(count, to, [&](int64_t at, int64_t left) {
        return loadSome(to + at, left) + factor * loadSome(from + at, left);
    });
}

/// Elements i and i + half.
void rotateHalves(float *x, int64_t half, const float *cosines, const float *sines)
{
    for (int64_t at = 0; at < half; at += kLanes) {
        const int64_t left = half - at;
        const Floats a = loadSome(x + at, left), b = loadSome(x + half + at, left);
        const Floats c = loadSome(cosines + at, left), s = loadSome(sines + at, left);
        storeSome(x + at, left, a * c - b * s);
        storeSome(x + half + at, left, b * c + a * s);
    }
}

/// Elements 2i and 2i + 1.
void rotateNeighbours(float *x, int64_t half, const float *cosines, const float *sines)
{
    for (int64_t i = 0; i < half; ++i) {
        const float a = x[2 * i], b = x[2 * i + 1];
        x[2 * i] = a * cosines[i] - b * sines[i];
        x[2 * i + 1] = b * cosines[i] + a * sines[i];
    }
}

/// Scores before their softmax: scaled, capped where there is a limit, and lowered by the distance to the
/// query, which is `distance` at the first and one less at each next. Returns the largest.
float prepareScores(float *scores, int64_t count, const ScoreRule &rule, float distance)
{
    const bool capped = rule.limit > 0;
    Floats steps{};
    for (int64_t i = 0; i < kLanes; ++i)
        steps[i] = float(i) - distance;
    forVectors(count, scores, [&](int64_t at, int64_t left) {
        Floats values = loadSome(scores + at, left) * rule.scale;
        if (capped)
            values = rule.limit * tanhOf(values / rule.limit);
        return rule.slope == 0 ? values : values + rule.slope * (steps + float(at));
    });
    return largestOf(scores, count);
}

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
