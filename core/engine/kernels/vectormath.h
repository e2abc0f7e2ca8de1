// SPDX-License-Identifier: GPL-3.0-or-later
// exp and what is made of it. The polynomials interpolate at Chebyshev's points.
#include "core/engine/kernels/vectorbase.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

template <int count> inline Floats polynomial(Floats x, const float (&coefficients)[count])
{
    Floats sum = spread(coefficients[count - 1]);
#pragma GCC unroll 16
    for (int i = count - 2; i >= 0; --i)
        sum = sum * x + coefficients[i];
    return sum;
}

/// To 2 in the last place; 0 below 2^-126 and infinity above the largest float32; NaN stays NaN.
inline Floats expOf(Floats x)
{
    constexpr float kFull = 12582912; // 1.5 x 2^23: what is added to it becomes whole
    constexpr float kTerms[] = {
        1, 1, 0.4999998272f, 0.1666657699f, 0.04167230719f, 0.008363179053f, 0.001354311705f};
    const Floats shifted = x * 1.44269504f + kFull, whole = shifted - kFull;
    const Floats rest = x - whole * 0.693359375f - whole * -2.12194440e-4f; // ln 2 in two parts
    // Half of the exponent at a time: 2^128 is no float.
    const SignedWords power = __builtin_convertvector(whole, SignedWords), half = power >> 1;
    const Floats one = Floats((half + 127) << 23), two = Floats((power - half + 127) << 23);
    const Floats value = polynomial(rest, kTerms) * one * two;
    const Floats notLarge = x > 88.7228394f ? spread(__builtin_inff()) : value;
    return x < -87.3365479f ? Floats{} : notLarge;
}

inline Floats sigmoidOf(Floats x)
{
    return 1.0f / (1.0f + expOf(-x));
}

/// To 2e-7.
inline Floats tanhOf(Floats x)
{
    return 1.0f - 2.0f / (1.0f + expOf(2.0f * x));
}

inline Floats magnitudeOf(Floats x)
{
    return Floats(Words(x) & 0x7fffffffu);
}

/// The normal distribution function. erfc(z) = exp(-z^2) f(1 / (1 + z/2)); f was fitted to 5e-8 for z up to
/// 10, and behind that exp(-z^2) is 0.
inline Floats normalOf(Floats x)
{
    constexpr float kTerms[] = {0,
                                0.2820826737f,
                                0.282445042f,
                                0.242572893f,
                                0.2048536551f,
                                -0.0318417574f,
                                0.2856977103f,
                                -0.4938636488f,
                                0.2877683095f,
                                -0.05971491897f};
    const Floats z = magnitudeOf(x) * 0.707106781f;
    const Floats tail = 0.5f * expOf(-z * z) * polynomial(1.0f / (1.0f + 0.5f * z), kTerms);
    return x < 0.0f ? tail : 1.0f - tail;
}

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
