// SPDX-License-Identifier: GPL-3.0-or-later
// 256 elements of quantised blocks as registers hold them, and the steps that several layouts share.
#include "core/engine/kernels/vectorbase.h"

#include <utility>

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

using Bytes = uint8_t ASSAY_VECTOR(uint8_t, ASSAY_VECTOR_BYTES);
using Sixteen = uint8_t ASSAY_VECTOR(uint8_t, 16);
using ThirtyTwo = uint8_t ASSAY_VECTOR(uint8_t, 32);
using EightShorts = uint16_t ASSAY_VECTOR(uint16_t, 16);
using FourWords = uint32_t ASSAY_VECTOR(uint32_t, 16);
using FourLong = uint64_t ASSAY_VECTOR(uint64_t, 32);

constexpr int64_t kChunk = kChunkElements, kGroups = kChunkElements / 16;
constexpr int64_t kGroupVectors = kGroups / kLanes, kCodeVectors = kChunk / ASSAY_VECTOR_BYTES;

/// value = scale x (code - zero) + minimum, with a scale and a minimum for 16 elements. All indices are known
/// when it is compiled, or nothing would stay in registers: what is stored narrow and loaded wide at once has
/// to wait.
struct Unpacked
{
    Bytes codes[kCodeVectors];
    Floats scales[kGroupVectors], minima[kGroupVectors];
};

/// Puts the codes of elements [64 x pair, 64 x pair + 64).
inline void put(Unpacked &to, int64_t pair, ThirtyTwo first, ThirtyTwo second)
{
#if ASSAY_VECTOR_BYTES == 64
    to.codes[pair] = (Bytes)_mm512_inserti64x4(_mm512_castsi256_si512((__m256i)first), (__m256i)second, 1);
#elif ASSAY_VECTOR_BYTES == 32
    to.codes[2 * pair] = first;
    to.codes[2 * pair + 1] = second;
#else
    std::memcpy(&to.codes[4 * pair], &first, 32);
    std::memcpy(&to.codes[4 * pair + 2], &second, 32);
#endif
}

inline ThirtyTwo joined(Sixteen first, Sixteen second)
{
#if ASSAY_VECTOR_BYTES >= 32
    return (ThirtyTwo)_mm256_inserti128_si256(_mm256_castsi128_si256((__m128i)first), (__m128i)second, 1);
#else
    ThirtyTwo both;
    std::memcpy(&both, &first, 16);
    std::memcpy(reinterpret_cast<uint8_t *>(&both) + 16, &second, 16);
    return both;
#endif
}

/// The lower halves of 16 bytes, then the upper ones.
inline ThirtyTwo nibbles(const uint8_t *from)
{
    const Sixteen both = load<Sixteen>(from);
    return joined(both & 15, both >> 4);
}

inline ThirtyTwo lookUp(const uint8_t *from, Sixteen table)
{
    const Sixteen both = load<Sixteen>(from);
    return joined(__builtin_shuffle(table, both & 15), __builtin_shuffle(table, both >> 4));
}

/// 16 in each byte whose bit of 32 is set.
inline ThirtyTwo fifthBits(const uint8_t *from)
{
    constexpr uint64_t kEvery = 0x0101010101010101, kOwn = 0x8040201008040201;
    const FourLong bits =
        FourLong{from[0] * kEvery, from[1] * kEvery, from[2] * kEvery, from[3] * kEvery} & kOwn;
    return ThirtyTwo(ThirtyTwo(bits) != 0) & 16;
}

/// Sixteen bytes as numbers.
template <bool isSigned = false> inline void widenSixteen(Sixteen bytes, Floats (&to)[kGroupVectors])
{
#if ASSAY_VECTOR_BYTES == 64
    const __m512i wide =
        isSigned ? _mm512_cvtepi8_epi32((__m128i)bytes) : _mm512_cvtepu8_epi32((__m128i)bytes);
    to[0] = (Floats)_mm512_cvtepi32_ps(wide);
#elif ASSAY_VECTOR_BYTES == 32
    const __m128i low = (__m128i)bytes, high = _mm_unpackhi_epi64(low, low);
    to[0] = (Floats)_mm256_cvtepi32_ps(isSigned ? _mm256_cvtepi8_epi32(low) : _mm256_cvtepu8_epi32(low));
    to[1] = (Floats)_mm256_cvtepi32_ps(isSigned ? _mm256_cvtepi8_epi32(high) : _mm256_cvtepu8_epi32(high));
#else
    for (int64_t k = 0; k < kGroupVectors; ++k) {
        const auto *from = reinterpret_cast<const uint8_t *>(&bytes) + k * kLanes;
        const SignedWords wide =
            isSigned ? widenBytes(reinterpret_cast<const int8_t *>(from)) : SignedWords(widenUnsigned(from));
        to[k] = __builtin_convertvector(wide, Floats);
    }
#endif
}

template <uint32_t first, uint32_t... i> constexpr Words twice(std::integer_sequence<uint32_t, i...>)
{
    return Words{((first + i / 2) % uint32_t(kLanes))...};
}
constexpr std::make_integer_sequence<uint32_t, uint32_t(kLanes)> kLaneNumbers;

/// Eight numbers, each for two groups of 16 elements. They lie from `offset` on in the numbers.
template <int64_t offset = 0, int64_t k = 0>
inline void forPairs(const Floats *numbers, Floats (&to)[kGroupVectors])
{
    constexpr uint32_t kFirst = uint32_t(offset + k * kLanes / 2);
    constexpr Words kFrom = twice<kFirst>(kLaneNumbers);
    to[k] = __builtin_shuffle(numbers[kFirst / kLanes], kFrom);
    if constexpr (k + 1 < kGroupVectors)
        forPairs<offset, k + 1>(numbers, to);
}

inline uint16_t shortAt(const uint8_t *from)
{
    uint16_t value;
    std::memcpy(&value, from, 2);
    return value;
}

inline uint32_t wordAt(const uint8_t *from)
{
    uint32_t value;
    std::memcpy(&value, from, 4);
    return value;
}

/// Float16 numbers of eight blocks of 32 elements, `distance` bytes apart.
template <int64_t distance> inline void halvesOf(const uint8_t *from, Floats (&to)[kGroupVectors])
{
    const EightShorts bits = {shortAt(from),
                              shortAt(from + distance),
                              shortAt(from + 2 * distance),
                              shortAt(from + 3 * distance),
                              shortAt(from + 4 * distance),
                              shortAt(from + 5 * distance),
                              shortAt(from + 6 * distance),
                              shortAt(from + 7 * distance)};
#if ASSAY_VECTOR_BYTES == 64
    const Floats wide[1] = {(Floats)_mm512_castps256_ps512(_mm256_cvtph_ps((__m128i)bits))};
#elif ASSAY_VECTOR_BYTES == 32
    const Floats wide[1] = {(Floats)_mm256_cvtph_ps((__m128i)bits)};
#else
    const auto *shorts = reinterpret_cast<const uint16_t *>(&bits);
    const Floats wide[2] = {widenHalves(shorts), widenHalves(shorts + kLanes)};
#endif
    forPairs(wide, to);
}

inline float halfOf(const uint8_t *from)
{
#if ASSAY_VECTOR_BYTES >= 32
    return _cvtsh_ss(shortAt(from));
#else
    const uint16_t bits[kLanes] = {shortAt(from)};
    return widenHalves(bits)[0];
#endif
}

/// Eight scales and eight minima of six bits each in twelve bytes, as Q4_K and Q5_K have them.
inline void sixBits(const uint8_t *packed, float scale, float minimum, Unpacked &to)
{
    constexpr uint32_t kSix = 0x3f3f3f3f, kFour = 0x0f0f0f0f, kTwo = 0x03030303;
    const uint32_t a = wordAt(packed), b = wordAt(packed + 4), c = wordAt(packed + 8);
    const FourWords parts = {a & kSix, (c & kFour) | (a >> 6 & kTwo) << 4, b & kSix,
                             (c >> 4 & kFour) | (b >> 6 & kTwo) << 4};
    Floats wide[kGroupVectors];
    widenSixteen(Sixteen(parts), wide);
    forPairs<0>(wide, to.scales);
    forPairs<8>(wide, to.minima);
#pragma GCC unroll 4
    for (int64_t k = 0; k < kGroupVectors; ++k) {
        to.scales[k] *= scale;
        to.minima[k] *= -minimum;
    }
}

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
