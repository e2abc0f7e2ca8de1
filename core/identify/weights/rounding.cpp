// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/rounding.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay {
namespace {

constexpr double kEvenVariance = 1.0 / 12;                            // of an even distribution over one step
constexpr double kSquaredSignificand = 1.5 / std::numbers::ln2;       // mean of m^2 where m lies as 1/m in [1, 2)
constexpr size_t kGroup = 128;                                        // the usual one of 4-bit weights
constexpr double kCutOff = 2;
constexpr double kNoRounding = 0.5;                                   // beyond, half of the weights' size is something else

/// Bits of significand of the floats of a size; 0 where there are none.
int significandOf(int bits)
{
    switch (bits) {
    case 4: return 2;  // e2m1
    case 8: return 4;  // e4m3
    case 16: return 8; // bfloat16; float16 has 11
    default: return 0;
    }
}

} // namespace

double floatRounding(int significandBits)
{
    return std::ldexp(1.0, 1 - significandBits) * std::sqrt(kEvenVariance / kSquaredSignificand);
}

double largestNormal(size_t count)
{
    // E[max^2] is the integral of 2 t P(max > t).
    constexpr double kStep = 1.0 / 512, kEnd = 12;
    double sum = 0;
    for (double t = kStep / 2; t < kEnd; t += kStep)
        sum += 2 * t * -std::expm1(double(count) * std::log1p(-std::erfc(t / std::numbers::sqrt2))) * kStep;
    return std::sqrt(sum);
}

double integerRounding(int bits, size_t group)
{
    const double steps = std::ldexp(1.0, bits - 1) - 1;
    return largestNormal(group) / steps * std::sqrt(kEvenVariance);
}

double expectedRounding(int bits)
{
    if (bits > 16)
        return 0;
    const int significand = significandOf(bits);
    return std::max(integerRounding(std::max(bits, 2), kGroup), significand > 0 ? floatRounding(significand) : 0);
}

double roundingLimit(int bits)
{
    return std::min(kCutOff * expectedRounding(bits), kNoRounding);
}

} // namespace assay
