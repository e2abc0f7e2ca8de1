// SPDX-License-Identifier: GPL-3.0-or-later
// Packing of weights into panels, and the changes of type around it.
#include "core/engine/kernels/vectortile.h"

#include <utility>

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

/// Where each element of two vectors woven together comes from: the first halves' elements in turn, or the
/// second ones'.
template <uint32_t half, uint32_t... i> constexpr Words weaving(std::integer_sequence<uint32_t, i...>)
{
    return Words{(half * uint32_t(kLanes / 2) + i / 2 + (i % 2) * uint32_t(kLanes))...};
}
constexpr std::make_integer_sequence<uint32_t, uint32_t(kLanes)> kEachLane;

/// Weaving row i with row i + n/2, log2(n) times over, turns rows into columns.
inline void transpose(Words (&rows)[kLanes])
{
    constexpr Words kFirst = weaving<0>(kEachLane), kSecond = weaving<1>(kEachLane);
#pragma GCC unroll 4
    for (int64_t step = 1; step < kLanes; step *= 2) {
        Words woven[kLanes];
#pragma GCC unroll 8
        for (int64_t i = 0; i < kLanes / 2; ++i) {
            woven[2 * i] = __builtin_shuffle(rows[i], rows[i + kLanes / 2], kFirst);
            woven[2 * i + 1] = __builtin_shuffle(rows[i], rows[i + kLanes / 2], kSecond);
        }
#pragma GCC unroll 16
        for (int64_t i = 0; i < kLanes; ++i)
            rows[i] = woven[i];
    }
}

/// A vector of a row's bytes from `at` on; zeros behind its end.
inline Words wordsAt(const std::byte *row, int64_t at, int64_t bytes)
{
    if (at + ASSAY_VECTOR_BYTES <= bytes)
        return load<Words>(row + at);
    std::byte some[ASSAY_VECTOR_BYTES] = {};
    if (at < bytes)
        std::memcpy(some, row + at, size_t(bytes - at));
    return load<Words>(some);
}

void pack(const std::byte *from, int64_t distance, int64_t rows, int64_t bytes, int64_t units,
          uint32_t *panel)
{
    for (int64_t first = 0; first < kPanelRows; first += kLanes) {
        for (int64_t unit = 0; unit < units; unit += kLanes) {
            Words square[kLanes];
            for (int64_t i = 0; i < kLanes; ++i)
                square[i] =
                    first + i < rows ? wordsAt(from + (first + i) * distance, unit * 4, bytes) : Words{};
            transpose(square);
            const int64_t valid = units - unit < kLanes ? units - unit : kLanes;
            for (int64_t i = 0; i < valid; ++i)
                store(panel + (unit + i) * kPanelRows + first, square[i]);
        }
    }
}

template <class From> void widen(const typename From::Element *from, int64_t count, float *to)
{
    int64_t at = 0;
    for (; at + kLanes <= count; at += kLanes)
        store(to + at, From::widen(from + at));
    if (at < count) {
        float some[kLanes];
        store(some, widenSome<From>(from + at, count - at));
        std::memcpy(to + at, some, size_t(count - at) * sizeof(float));
    }
}

/// The carry of adding half of the last place, or a little less when the place is even, rounds to even.
inline HalfShorts toBfloats(Floats values)
{
    const Words bits = Words(values), up = bits + 0x7fffu + (bits >> 16 & 1u);
    const Words quiet = bits | 0x400000u;
    return __builtin_convertvector((values == values ? up : quiet) >> 16, HalfShorts);
}

inline HalfShorts toHalves(Floats values)
{
#if ASSAY_VECTOR_BYTES == 64
    return (HalfShorts)_mm512_cvtps_ph((__m512)values, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
#elif ASSAY_VECTOR_BYTES == 32
    return (HalfShorts)_mm256_cvtps_ph((__m256)values, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
#else
    const Words bits = Words(values), magnitude = bits & 0x7fffffffu, sign = bits >> 16 & 0x8000u;
    // 112 less in the exponent; rounding may carry into it. What half precision has no normal number for is
    // rounded where a float of 0.5 has the place of 2^-24 as its last; what is too large becomes infinity.
    const Words normal = (magnitude - (112u << 23) + 0xfffu + (magnitude >> 13 & 1u)) >> 13;
    const Words tiny = Words(Floats(magnitude) + 0.5f) - 0x3f000000u;
    const Words odd = magnitude > 0x7f800000u ? (magnitude >> 13 & 0x3ffu) | 0x7e00u : Words{} + 0x7c00u;
    const Words value = magnitude < (113u << 23) ? tiny : magnitude < 0x477ff000u ? normal : odd;
    return __builtin_convertvector(value | sign, HalfShorts);
#endif
}

template <HalfShorts (*narrow)(Floats)> void roundTo(const float *from, int64_t count, uint16_t *to)
{
    int64_t at = 0;
    for (; at + kLanes <= count; at += kLanes)
        store(to + at, narrow(load<Floats>(from + at)));
    if (at < count) {
        uint16_t some[kLanes];
        store(some, narrow(widenSome<FromFloat>(from + at, count - at)));
        std::memcpy(to + at, some, size_t(count - at) * sizeof(uint16_t));
    }
}

/// As bits, magnitudes have the order of their values, then infinity, then NaN.
float largestMagnitude(const float *x, int64_t count, float least)
{
    SignedWords most{};
    int64_t at = 0;
    for (; at + kLanes <= count; at += kLanes) {
        const SignedWords magnitude = load<SignedWords>(x + at) & 0x7fffffff;
        most = magnitude > most ? magnitude : most;
    }
    if (at < count) {
        const SignedWords magnitude = SignedWords(widenSome<FromFloat>(x + at, count - at)) & 0x7fffffff;
        most = magnitude > most ? magnitude : most;
    }
    int32_t largest = __builtin_bit_cast(int32_t, least);
    for (int64_t i = 0; i < kLanes; ++i)
        largest = most[i] > largest ? most[i] : largest;
    return floatOf(uint32_t(largest));
}

void toBytes(const float *x, int64_t count, float factor, int8_t *to)
{
    constexpr float kWhole = 12582912; // 1.5 x 2^23: what is added to it becomes whole
    for (int64_t at = 0; at < count; at += kLanes) {
        const int64_t some = count - at < kLanes ? count - at : kLanes;
        const Floats values = some == kLanes ? load<Floats>(x + at) : widenSome<FromFloat>(x + at, some);
        const QuarterBytes codes =
            __builtin_convertvector(SignedWords(values * factor + kWhole) - 0x4b400000, QuarterBytes);
        std::memcpy(to + at, &codes, size_t(some));
    }
}

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
