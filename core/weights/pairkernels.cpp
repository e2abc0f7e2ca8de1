// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/pairkernels.h"

#include "core/weights/vectorkernels.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace assay {
namespace {

constexpr size_t kPart = 4096; // values that are summed before anybody looks whether they could be

float valueOf(float value)
{
    return value;
}

float valueOf(uint16_t bfloat)
{
    return std::bit_cast<float>(uint32_t(bfloat) << 16);
}

/// One by one, whatever the values are.
template <class Value> PairSums sumCarefully(const Value *a, const Value *b, size_t count)
{
    PairSums sums;
    for (size_t i = 0; i < count; ++i) {
        const double x = double(valueOf(a[i])), y = double(valueOf(b[i]));
        sums.equal += x == y || (std::isnan(x) && std::isnan(y));
        sums.zerosA += x == 0;
        sums.zerosB += y == 0;
        if (!std::isfinite(x) || !std::isfinite(y)) {
            ++sums.notFinite;
            continue;
        }
        const double d = x - y;
        sums.squaresA += x * x;
        sums.squaresB += y * y;
        sums.squaresDifference += d * d;
        sums.dot += x * y;
        sums.maximum = std::max(sums.maximum, std::abs(d));
    }
    return sums;
}

/// Of float32 only NaN and Inf cannot be summed in float64, and they show in the squares.
bool summed(const VectorKernels &kernels, const float *a, const float *b, size_t count, PairSums &sums)
{
    kernels.pairFloats(a, b, count, sums);
    return std::isfinite(sums.squaresA) && std::isfinite(sums.squaresB);
}

bool summed(const VectorKernels &kernels, const uint16_t *a, const uint16_t *b, size_t count, PairSums &sums)
{
    return kernels.pairBfloats(a, b, count, sums);
}

template <class Value> PairSums sumPairs(const Value *a, const Value *b, size_t count)
{
    const VectorKernels &kernels = widestKernels();
    PairSums all;
    for (size_t done = 0; done < count; done += std::min(kPart, count - done)) {
        const size_t here = std::min(kPart, count - done), whole = here / kernels.step * kernels.step;
        PairSums part;
        all.join(summed(kernels, a + done, b + done, whole, part) ? part : sumCarefully(a + done, b + done, whole));
        all.join(sumCarefully(a + done + whole, b + done + whole, here - whole));
    }
    return all;
}

} // namespace

void PairSums::join(const PairSums &other)
{
    squaresA += other.squaresA;
    squaresB += other.squaresB;
    squaresDifference += other.squaresDifference;
    dot += other.dot;
    maximum = std::max(maximum, other.maximum);
    equal += other.equal;
    zerosA += other.zerosA;
    zerosB += other.zerosB;
    notFinite += other.notFinite;
}

PairSums pairSums(const float *a, const float *b, size_t count)
{
    return sumPairs(a, b, count);
}

PairSums pairSums(const uint16_t *a, const uint16_t *b, size_t count)
{
    return sumPairs(a, b, count);
}

} // namespace assay
