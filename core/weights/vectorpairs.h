// SPDX-License-Identifier: GPL-3.0-or-later
// The body of the kernels of pairs (vectortypes.h says how it is compiled).
#include "core/weights/vectortypes.h"

namespace assay::ASSAY_VECTOR_SPACE {
namespace {

using SignedLongs = int64_t ASSAY_VECTOR(int64_t, ASSAY_VECTOR_BYTES);

/// How many vectors are added up in float32 before their sums go to float64: few, so that little is lost.
constexpr size_t kRound = 8;

ASSAY_INLINE Doubles widened(Floats values)
{
    HalfFloats halves[2];
    __builtin_memcpy(halves, &values, sizeof(values));
    return __builtin_convertvector(halves[0], Doubles) + __builtin_convertvector(halves[1], Doubles);
}

/// The lanes added up. A copy: what is looked at lane by lane would else lie in memory while it is summed.
template <class Sum, class Vector> ASSAY_INLINE Sum lanes(Vector vector)
{
    Sum all = 0;
    for (size_t i = 0; i < sizeof(vector) / sizeof(vector[0]); ++i)
        all += Sum(vector[i]);
    return all;
}

template <class Vector> ASSAY_INLINE auto largest(Vector vector)
{
    auto most = vector[0];
    for (size_t i = 1; i < sizeof(vector) / sizeof(vector[0]); ++i)
        most = most < vector[i] ? vector[i] : most;
    return most;
}

// Templates take no vectors by themselves.
struct InFloats { using Vector = Floats; };
struct InDoubles { using Vector = Doubles; };

/// Sums of one chain: two are taken in turn, since one would wait for itself.
template <class Of> struct PairChain
{
    using Vector = typename Of::Vector;
    Vector squaresA{}, squaresB{}, differences{}, dots{};

    ASSAY_INLINE Vector add(Vector x, Vector y)
    {
        const Vector d = x - y;
        squaresA += x * x;
        squaresB += y * y;
        differences += d * d;
        dots += x * y;
        return d;
    }
};

/// What float32 cannot tell from nothing or from infinity when it is squared.
ASSAY_INLINE bool summable(uint16_t magnitude)
{
    return magnitude == 0 || (magnitude >= kLeast && magnitude <= kLargest);
}

bool pairBfloats(const uint16_t *a, const uint16_t *b, size_t count, PairSums &sums)
{
    constexpr size_t kLanes = sizeof(Shorts) / sizeof(uint16_t);
    PairChain<InDoubles> all;
    Shorts mostA{}, mostB{}, nonzeroA{}, nonzeroB{};
    Words equal{};
    Floats furthest{};
    for (size_t at = 0; at < count;) {
        PairChain<InFloats> even, odd;
        const size_t end = count - at < kRound * kLanes ? count : at + kRound * kLanes;
        for (; at < end; at += kLanes) {
            const Shorts x = load<Shorts>(a + at), y = load<Shorts>(b + at);
            const Shorts sizeA = x & 0x7fff, sizeB = y & 0x7fff;
            mostA = larger(mostA, sizeA);
            mostB = larger(mostB, sizeB);
            nonzeroA += smaller(sizeA, Shorts{} + 1);
            nonzeroB += smaller(sizeB, Shorts{} + 1);
            const Floats first = even.add(Floats(Words(x) << 16), Floats(Words(y) << 16));
            const Floats second = odd.add(Floats(Words(x) & 0xffff0000u), Floats(Words(y) & 0xffff0000u));
            equal -= Words(first == Floats{}) + Words(second == Floats{});
            furthest = larger(furthest, larger(Floats(Words(first) & 0x7fffffffu), Floats(Words(second) & 0x7fffffffu)));
        }
        all.squaresA += widened(even.squaresA) + widened(odd.squaresA);
        all.squaresB += widened(even.squaresB) + widened(odd.squaresB);
        all.differences += widened(even.differences) + widened(odd.differences);
        all.dots += widened(even.dots) + widened(odd.dots);
    }
    const float far = largest(furthest);
    if (!summable(largest(mostA)) || !summable(largest(mostB)) || !summable(uint16_t(__builtin_bit_cast(uint32_t, far) >> 16)))
        return false;
    sums.squaresA += lanes<double>(all.squaresA);
    sums.squaresB += lanes<double>(all.squaresB);
    sums.squaresDifference += lanes<double>(all.differences);
    sums.dot += lanes<double>(all.dots);
    sums.maximum = sums.maximum < double(far) ? double(far) : sums.maximum;
    sums.equal += lanes<uint64_t>(equal);
    sums.zerosA += count - lanes<uint64_t>(nonzeroA);
    sums.zerosB += count - lanes<uint64_t>(nonzeroB);
    return true;
}

void pairFloats(const float *a, const float *b, size_t count, PairSums &sums)
{
    constexpr size_t kLanes = sizeof(HalfFloats) / sizeof(float);
    PairChain<InDoubles> chains[2];
    SignedLongs equal{}, zerosA{}, zerosB{};
    Doubles furthest{};
    for (size_t at = 0; at < count; at += 2 * kLanes) {
#pragma GCC unroll 2
        for (size_t turn = 0; turn < 2; ++turn) {
            const Doubles x = __builtin_convertvector(load<HalfFloats>(a + at + turn * kLanes), Doubles);
            const Doubles y = __builtin_convertvector(load<HalfFloats>(b + at + turn * kLanes), Doubles);
            const Doubles d = chains[turn].add(x, y);
            equal -= SignedLongs(d == Doubles{});
            zerosA -= SignedLongs(x == Doubles{});
            zerosB -= SignedLongs(y == Doubles{});
            furthest = larger(furthest, Doubles(SignedLongs(d) & 0x7fffffffffffffff));
        }
    }
    sums.squaresA += lanes<double>(chains[0].squaresA + chains[1].squaresA);
    sums.squaresB += lanes<double>(chains[0].squaresB + chains[1].squaresB);
    sums.squaresDifference += lanes<double>(chains[0].differences + chains[1].differences);
    sums.dot += lanes<double>(chains[0].dots + chains[1].dots);
    const double far = largest(furthest);
    sums.maximum = sums.maximum < far ? far : sums.maximum;
    sums.equal += lanes<uint64_t>(equal);
    sums.zerosA += lanes<uint64_t>(zerosA);
    sums.zerosB += lanes<uint64_t>(zerosB);
}

} // namespace
} // namespace assay::ASSAY_VECTOR_SPACE
