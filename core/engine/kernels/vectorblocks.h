// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF's quantised blocks, taken apart 256 elements at a time into what all of them are:
// value = scale x (code - zero) + minimum, with a scale and a minimum for 16 elements. Layouts: ggml-common.h
// of ggml.
#include "core/engine/kernels/vectorunpacked.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

/// Eight blocks of 32 elements and `size` bytes: `codes` gives those of one.
template <int64_t size, class Codes>
inline void putEight(const uint8_t *from, Unpacked &to, const Codes &codes)
{
#pragma GCC unroll 4
    for (int64_t pair = 0; pair < 4; ++pair)
        put(to, pair, codes(from + 2 * pair * size), codes(from + (2 * pair + 1) * size));
}

// Each takes a chunk: eight blocks of 32 elements, or one of 256.
struct Q8_0
{
    static constexpr int64_t kElements = 32, kBytes = 34;
    static constexpr int kZero = 128;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        halvesOf<kBytes>(from, to.scales);
        putEight<kBytes>(from, to, [](const uint8_t *block) { return load<ThirtyTwo>(block + 2) ^ 128; });
    }
};

struct Q4_0
{
    static constexpr int64_t kElements = 32, kBytes = 18;
    static constexpr int kZero = 8;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        halvesOf<kBytes>(from, to.scales);
        putEight<kBytes>(from, to, [](const uint8_t *block) { return nibbles(block + 2); });
    }
};

struct Q4_1
{
    static constexpr int64_t kElements = 32, kBytes = 20;
    static constexpr int kZero = 0;
    static constexpr bool kMinima = true;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        halvesOf<kBytes>(from, to.scales);
        halvesOf<kBytes>(from + 2, to.minima);
        putEight<kBytes>(from, to, [](const uint8_t *block) { return nibbles(block + 4); });
    }
};

struct Q5_0
{
    static constexpr int64_t kElements = 32, kBytes = 22;
    static constexpr int kZero = 16;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        halvesOf<kBytes>(from, to.scales);
        putEight<kBytes>(from, to,
                         [](const uint8_t *block) { return nibbles(block + 6) | fifthBits(block + 2); });
    }
};

struct Q5_1
{
    static constexpr int64_t kElements = 32, kBytes = 24;
    static constexpr int kZero = 0;
    static constexpr bool kMinima = true;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        halvesOf<kBytes>(from, to.scales);
        halvesOf<kBytes>(from + 2, to.minima);
        putEight<kBytes>(from, to,
                         [](const uint8_t *block) { return nibbles(block + 8) | fifthBits(block + 4); });
    }
};

/// What the codes of IQ4_NL and IQ4_XS stand for, and 128.
constexpr Sixteen kNonLinear = {1, 24, 45, 63, 79, 93, 106, 118, 129, 141, 153, 166, 181, 197, 217, 241};
/// Twice the values of E2M1, and 12: the scales are halved instead.
constexpr Sixteen kE2M1 = {12, 13, 14, 15, 16, 18, 20, 24, 12, 11, 10, 9, 8, 6, 4, 0};

struct IQ4_NL
{
    static constexpr int64_t kElements = 32, kBytes = 18;
    static constexpr int kZero = 128;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        halvesOf<kBytes>(from, to.scales);
        putEight<kBytes>(from, to, [](const uint8_t *block) { return lookUp(block + 2, kNonLinear); });
    }
};

struct MXFP4
{
    static constexpr int64_t kElements = 32, kBytes = 17;
    static constexpr int kZero = 12;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        // 2^(exponent - 128); the least two are below the normal numbers.
        Floats wide[kGroupVectors];
        const Sixteen exponents = {from[0],  from[17], from[34],  from[51],
                                   from[68], from[85], from[102], from[119]};
        widenSixteen(exponents, wide);
#pragma GCC unroll 4
        for (int64_t k = 0; k < kGroupVectors; ++k) {
            const Words exponent = Words(__builtin_convertvector(wide[k], SignedWords));
            wide[k] = Floats(exponent < 2 ? (exponent + 1) * 0x200000u : (exponent - 1) << 23);
        }
        forPairs(wide, to.scales);
        putEight<kBytes>(from, to, [](const uint8_t *block) { return lookUp(block + 1, kE2M1); });
    }
};

/// Super-blocks of 256 elements with scales that are quantised themselves.
struct IQ4_XS
{
    static constexpr int64_t kElements = 256, kBytes = 136;
    static constexpr int kZero = 128;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        const uint32_t high = shortAt(from + 2);
        const auto own = [&](uint32_t part) {
            return uint8_t((from[4 + part / 2] >> (4 * (part % 2)) & 15u) | (high >> (2 * part) & 3) << 4);
        };
        const Sixteen packed = {own(0), own(1), own(2), own(3), own(4), own(5), own(6), own(7)};
        Floats wide[kGroupVectors];
        widenSixteen(packed, wide);
        forPairs(wide, to.scales);
#pragma GCC unroll 4
        for (int64_t k = 0; k < kGroupVectors; ++k)
            to.scales[k] = (to.scales[k] - 32.0f) * halfOf(from);
        putEight<16>(from + 8, to, [](const uint8_t *codes) { return lookUp(codes, kNonLinear); });
    }
};

struct Q4_K
{
    static constexpr int64_t kElements = 256, kBytes = 144;
    static constexpr int kZero = 0;
    static constexpr bool kMinima = true;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        sixBits(from + 4, halfOf(from), halfOf(from + 2), to);
#pragma GCC unroll 4
        for (int64_t pair = 0; pair < 4; ++pair) {
            const ThirtyTwo both = load<ThirtyTwo>(from + 16 + 32 * pair);
            put(to, pair, both & 15, both >> 4);
        }
    }
};

struct Q5_K
{
    static constexpr int64_t kElements = 256, kBytes = 176;
    static constexpr int kZero = 0;
    static constexpr bool kMinima = true;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        sixBits(from + 4, halfOf(from), halfOf(from + 2), to);
        ThirtyTwo high = load<ThirtyTwo>(from + 16);
#pragma GCC unroll 4
        for (int64_t pair = 0; pair < 4; ++pair, high >>= 2) {
            const ThirtyTwo both = load<ThirtyTwo>(from + 48 + 32 * pair);
            put(to, pair, (both & 15) | (high & 1) << 4, both >> 4 | (high & 2) << 3);
        }
    }
};

struct Q6_K
{
    static constexpr int64_t kElements = 256, kBytes = 210;
    static constexpr int kZero = 32;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        widenSixteen<true>(load<Sixteen>(from + 192), to.scales);
#pragma GCC unroll 4
        for (int64_t k = 0; k < kGroupVectors; ++k)
            to.scales[k] *= halfOf(from + 208);
#pragma GCC unroll 2
        for (int64_t half = 0; half < 2; ++half) {
            const ThirtyTwo low = load<ThirtyTwo>(from + 64 * half),
                            next = load<ThirtyTwo>(from + 64 * half + 32);
            const ThirtyTwo high = load<ThirtyTwo>(from + 128 + 32 * half);
            put(to, 2 * half, (low & 15) | (high & 3) << 4, (next & 15) | (high >> 2 & 3) << 4);
            put(to, 2 * half + 1, low >> 4 | (high >> 4 & 3) << 4, next >> 4 | high >> 6 << 4);
        }
    }
};

struct Q2_K
{
    static constexpr int64_t kElements = 256, kBytes = 84;
    static constexpr int kZero = 0;
    static constexpr bool kMinima = true;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        const Sixteen both = load<Sixteen>(from);
        widenSixteen(both & 15, to.scales);
        widenSixteen(both >> 4, to.minima);
#pragma GCC unroll 4
        for (int64_t k = 0; k < kGroupVectors; ++k) {
            to.scales[k] *= halfOf(from + 80);
            to.minima[k] *= -halfOf(from + 82);
        }
#pragma GCC unroll 2
        for (int64_t half = 0; half < 2; ++half) {
            const ThirtyTwo codes = load<ThirtyTwo>(from + 16 + 32 * half);
            put(to, 2 * half, codes & 3, codes >> 2 & 3);
            put(to, 2 * half + 1, codes >> 4 & 3, codes >> 6);
        }
    }
};

struct Q3_K
{
    static constexpr int64_t kElements = 256, kBytes = 110;
    static constexpr int kZero = 4;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, Unpacked &to)
    {
        // Four bits of each scale in eight bytes, two more in four.
        constexpr uint32_t kFour = 0x0f0f0f0f, kTwo = 0x03030303;
        const uint32_t a = wordAt(from + 96), b = wordAt(from + 100), c = wordAt(from + 104);
        const FourWords parts = {(a & kFour) | (c & kTwo) << 4, (b & kFour) | (c >> 2 & kTwo) << 4,
                                 (a >> 4 & kFour) | (c >> 4 & kTwo) << 4,
                                 (b >> 4 & kFour) | (c >> 6 & kTwo) << 4};
        widenSixteen(Sixteen(parts), to.scales);
#pragma GCC unroll 4
        for (int64_t k = 0; k < kGroupVectors; ++k)
            to.scales[k] = (to.scales[k] - 32.0f) * halfOf(from + 108);
        const ThirtyTwo third = load<ThirtyTwo>(from);
#pragma GCC unroll 2
        for (int half = 0; half < 2; ++half) {
            const ThirtyTwo codes = load<ThirtyTwo>(from + 32 + 32 * half), high = third >> (4 * half);
            put(to, 2 * half, (codes & 3) | (high & 1) << 2, (codes >> 2 & 3) | (high & 2) << 1);
            put(to, 2 * half + 1, (codes >> 4 & 3) | (high & 4), codes >> 6 | (high >> 1 & 4));
        }
    }
};

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
