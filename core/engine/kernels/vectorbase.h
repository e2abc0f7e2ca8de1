// SPDX-License-Identifier: GPL-3.0-or-later
// Types and small tools of the vector kernels, compiled once for each width of vectors with the flags of the
// processors that have it: ASSAY_VECTOR_BYTES says the width and ASSAY_VECTOR_SPACE the namespace. Nothing of
// the standard library may be called here or in the other vector*.h: its inline functions would be compiled
// for that processor too, and the linker might keep those.
#pragma once

#include "core/engine/kernels/kerneltable.h"

#include <cstring>
#if ASSAY_VECTOR_BYTES > 16
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

#define ASSAY_VECTOR(element, bytes) __attribute__((vector_size(bytes), aligned(alignof(element)), may_alias))
using Floats = float ASSAY_VECTOR(float, ASSAY_VECTOR_BYTES);
using Words = uint32_t ASSAY_VECTOR(uint32_t, ASSAY_VECTOR_BYTES);
using SignedWords = int32_t ASSAY_VECTOR(int32_t, ASSAY_VECTOR_BYTES);
/// As many 16-bit and 8-bit elements as there are floats in a vector.
using HalfShorts = uint16_t ASSAY_VECTOR(uint16_t, ASSAY_VECTOR_BYTES / 2);
using QuarterBytes = int8_t ASSAY_VECTOR(int8_t, ASSAY_VECTOR_BYTES / 4);

constexpr int64_t kLanes = ASSAY_VECTOR_BYTES / 4;

// No alignment is asked for, not even the elements' own: files have none.
template <class T> inline T load(const void *from)
{
    T value;
    std::memcpy(&value, from, sizeof(T));
    return value;
}

template <class T> inline void store(void *to, T value)
{
    std::memcpy(to, &value, sizeof(T));
}

/// Subtracting nothing keeps even a negative zero.
inline Floats spread(float value)
{
    return value - Floats{};
}

/// Halves are added until one is left; in registers where the compiler would go through memory.
inline float sumOf(Floats all)
{
#if ASSAY_VECTOR_BYTES > 16
#if ASSAY_VECTOR_BYTES == 64
    const __m256 eight = _mm512_castps512_ps256((__m512)all) +
                         _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd((__m512)all), 1));
#else
    const __m256 eight = (__m256)all;
#endif
    const __m128 four = _mm256_castps256_ps128(eight) + _mm256_extractf128_ps(eight, 1);
    const __m128 two = four + _mm_movehl_ps(four, four);
    return _mm_cvtss_f32(two) + _mm_cvtss_f32(_mm_movehdup_ps(two));
#else
    float sums[kLanes];
    store(sums, all);
    for (int64_t step = kLanes / 2; step > 0; step /= 2) {
        for (int64_t i = 0; i < step; ++i)
            sums[i] += sums[i + step];
    }
    return sums[0];
#endif
}

inline float floatOf(uint32_t bits)
{
    return __builtin_bit_cast(float, bits);
}

/// Signed bytes, a vector's worth; the compiler would take them one by one.
inline SignedWords widenBytes(const int8_t *from)
{
#if ASSAY_VECTOR_BYTES == 64
    return (SignedWords)_mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)));
#elif ASSAY_VECTOR_BYTES == 32
    return (SignedWords)_mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i *>(from)));
#elif defined(__SSE2__)
    int32_t four;
    std::memcpy(&four, from, sizeof(four));
    const __m128i bytes = _mm_cvtsi32_si128(four), twice = _mm_unpacklo_epi8(bytes, bytes);
    return (SignedWords)_mm_srai_epi32(_mm_unpacklo_epi16(twice, twice), 24);
#else
    return __builtin_convertvector(load<QuarterBytes>(from), SignedWords);
#endif
}

inline Words widenUnsigned(const uint8_t *from)
{
#if ASSAY_VECTOR_BYTES == 64
    return (Words)_mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)));
#elif ASSAY_VECTOR_BYTES == 32
    return (Words)_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i *>(from)));
#else
    return Words(widenBytes(reinterpret_cast<const int8_t *>(from))) & 0xffu;
#endif
}

/// Unsigned 16-bit elements, a vector's worth.
inline Words widenShorts(const uint16_t *from)
{
#if ASSAY_VECTOR_BYTES == 64
    return (Words)_mm512_cvtepu16_epi32((__m256i)load<HalfShorts>(from));
#elif ASSAY_VECTOR_BYTES == 32
    return (Words)_mm256_cvtepu16_epi32((__m128i)load<HalfShorts>(from));
#elif defined(__SSE2__)
    return (Words)_mm_unpacklo_epi16(_mm_loadl_epi64(reinterpret_cast<const __m128i *>(from)),
                                     _mm_setzero_si128());
#else
    return __builtin_convertvector(load<HalfShorts>(from), Words);
#endif
}

/// IEEE 754 half precision by its fields: those below the normal ones count in 2^-24.
inline Floats widenHalves(const uint16_t *from)
{
#if ASSAY_VECTOR_BYTES == 64
    return (Floats)_mm512_cvtph_ps((__m256i)load<HalfShorts>(from));
#elif ASSAY_VECTOR_BYTES == 32
    return (Floats)_mm256_cvtph_ps((__m128i)load<HalfShorts>(from));
#else
    const Words bits = widenShorts(from), magnitude = bits & 0x7fffu;
    const Words normal = (magnitude << 13) + (112u << 23), odd = (magnitude << 13) | 0x7f800000u;
    const Words tiny = Words(__builtin_convertvector(SignedWords(magnitude), Floats) * 0x1p-24f);
    const Words value = magnitude < 0x400u ? tiny : magnitude < 0x7c00u ? normal : odd;
    return Floats(value | (bits & 0x8000u) << 16);
#endif
}

// How the elements of a row become floats, a vector of them at a time.
struct FromFloat
{
    using Element = float;
    static Floats widen(const Element *from) { return load<Floats>(from); }
};
struct FromBfloat
{
    using Element = uint16_t;
    static Floats widen(const Element *from) { return Floats(widenShorts(from) << 16); }
};
struct FromHalf
{
    using Element = uint16_t;
    static Floats widen(const Element *from) { return widenHalves(from); }
};
struct FromByte
{
    using Element = int8_t;
    static Floats widen(const Element *from) { return __builtin_convertvector(widenBytes(from), Floats); }
};

/// The last elements of a row, fewer than a vector; zeros behind them.
template <class From> inline Floats widenSome(const typename From::Element *from, int64_t count)
{
    typename From::Element some[kLanes] = {};
    std::memcpy(some, from, size_t(count) * sizeof(some[0]));
    return From::widen(some);
}

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
