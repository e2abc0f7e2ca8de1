// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF's quantised blocks, taken apart 256 elements at a time into what all of them are:
// value = scale x (code - zero) + minimum, with a scale and a minimum for 16 elements. Layouts: ggml-common.h of ggml.
#include "core/engine/kernels/vectorbase.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

constexpr int64_t kChunk = kChunkElements, kGroups = kChunkElements / 16;

struct Unpacked
{
    alignas(64) uint8_t codes[kChunk];
    alignas(64) float scales[kGroups], minima[kGroups];
};

using Sixteen = uint8_t ASSAY_VECTOR(uint8_t, 16);
using ThirtyTwo = uint8_t ASSAY_VECTOR(uint8_t, 32);
using FourLong = uint64_t ASSAY_VECTOR(uint64_t, 32);

inline float halfOf(const uint8_t *from)
{
    uint16_t bits[kLanes] = {};
    std::memcpy(bits, from, 2);
    return widenHalves(bits)[0];
}

/// One number for each 32 elements, from halves that lie `distance` bytes apart.
inline void halvesOf(const uint8_t *from, int64_t distance, int64_t blocks, float *groups)
{
    uint16_t bits[8 + kLanes] = {};
    float wide[8 + kLanes];
    for (int64_t i = 0; i < blocks; ++i)
        std::memcpy(bits + i, from + i * distance, 2);
    for (int64_t i = 0; i < 8; i += kLanes)
        store(wide + i, widenHalves(bits + i));
    for (int64_t i = 0; i < kGroups; ++i)
        groups[i] = wide[i / 2];
}

/// The lower halves of 16 bytes, then the upper ones.
inline void nibbles(const uint8_t *from, uint8_t *codes)
{
    const Sixteen both = load<Sixteen>(from);
    store(codes, both & 15);
    store(codes + 16, both >> 4);
}

/// 16 in each byte whose bit of 32 is set.
inline ThirtyTwo fifthBits(const uint8_t *from)
{
    constexpr uint64_t kEvery = 0x0101010101010101, kOwn = 0x8040201008040201;
    const FourLong bits = FourLong{from[0] * kEvery, from[1] * kEvery, from[2] * kEvery, from[3] * kEvery} & kOwn;
    return ThirtyTwo(ThirtyTwo(bits) != 0) & 16;
}

/// Blocks of 32 elements, up to eight of them.
struct Q8_0
{
    static constexpr int64_t kElements = 32, kBytes = 34;
    static constexpr int kZero = 128;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, int64_t blocks, Unpacked &to)
    {
        halvesOf(from, kBytes, blocks, to.scales);
        for (int64_t i = 0; i < blocks; ++i)
            store(to.codes + 32 * i, load<ThirtyTwo>(from + i * kBytes + 2) ^ 128);
    }
};

struct Q4_0
{
    static constexpr int64_t kElements = 32, kBytes = 18;
    static constexpr int kZero = 8;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, int64_t blocks, Unpacked &to)
    {
        halvesOf(from, kBytes, blocks, to.scales);
        for (int64_t i = 0; i < blocks; ++i)
            nibbles(from + i * kBytes + 2, to.codes + 32 * i);
    }
};

struct Q4_1
{
    static constexpr int64_t kElements = 32, kBytes = 20;
    static constexpr int kZero = 0;
    static constexpr bool kMinima = true;
    static void unpack(const uint8_t *from, int64_t blocks, Unpacked &to)
    {
        halvesOf(from, kBytes, blocks, to.scales);
        halvesOf(from + 2, kBytes, blocks, to.minima);
        for (int64_t i = 0; i < blocks; ++i)
            nibbles(from + i * kBytes + 4, to.codes + 32 * i);
    }
};

inline void fiveBits(const uint8_t *high, const uint8_t *low, uint8_t *codes)
{
    nibbles(low, codes);
    store(codes, load<ThirtyTwo>(codes) | fifthBits(high));
}

struct Q5_0
{
    static constexpr int64_t kElements = 32, kBytes = 22;
    static constexpr int kZero = 16;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, int64_t blocks, Unpacked &to)
    {
        halvesOf(from, kBytes, blocks, to.scales);
        for (int64_t i = 0; i < blocks; ++i)
            fiveBits(from + i * kBytes + 2, from + i * kBytes + 6, to.codes + 32 * i);
    }
};

struct Q5_1
{
    static constexpr int64_t kElements = 32, kBytes = 24;
    static constexpr int kZero = 0;
    static constexpr bool kMinima = true;
    static void unpack(const uint8_t *from, int64_t blocks, Unpacked &to)
    {
        halvesOf(from, kBytes, blocks, to.scales);
        halvesOf(from + 2, kBytes, blocks, to.minima);
        for (int64_t i = 0; i < blocks; ++i)
            fiveBits(from + i * kBytes + 4, from + i * kBytes + 8, to.codes + 32 * i);
    }
};

inline void lookUp(const uint8_t *from, Sixteen table, uint8_t *codes)
{
    const Sixteen both = load<Sixteen>(from);
    store(codes, __builtin_shuffle(table, both & 15));
    store(codes + 16, __builtin_shuffle(table, both >> 4));
}

/// What the codes of IQ4_NL and IQ4_XS stand for, and 128.
constexpr Sixteen kNonLinear = {1, 24, 45, 63, 79, 93, 106, 118, 129, 141, 153, 166, 181, 197, 217, 241};
/// Twice the values of E2M1, and 12: the scales are halved instead.
constexpr Sixteen kE2M1 = {12, 13, 14, 15, 16, 18, 20, 24, 12, 11, 10, 9, 8, 6, 4, 0};

struct IQ4_NL
{
    static constexpr int64_t kElements = 32, kBytes = 18;
    static constexpr int kZero = 128;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, int64_t blocks, Unpacked &to)
    {
        halvesOf(from, kBytes, blocks, to.scales);
        for (int64_t i = 0; i < blocks; ++i)
            lookUp(from + i * kBytes + 2, kNonLinear, to.codes + 32 * i);
    }
};

struct MXFP4
{
    static constexpr int64_t kElements = 32, kBytes = 17;
    static constexpr int kZero = 12;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, int64_t blocks, Unpacked &to)
    {
        for (int64_t i = 0; i < blocks; ++i) {
            // 2^(exponent - 128); the least two are below the normal numbers.
            const uint32_t exponent = from[i * kBytes];
            to.scales[2 * i] = to.scales[2 * i + 1] = floatOf(exponent < 2 ? 0x200000u << exponent : (exponent - 1) << 23);
            lookUp(from + i * kBytes + 1, kE2M1, to.codes + 32 * i);
        }
    }
};

/// Super-blocks of 256 elements with scales that are quantised themselves.
struct IQ4_XS
{
    static constexpr int64_t kElements = 256, kBytes = 136;
    static constexpr int kZero = 128;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, int64_t, Unpacked &to)
    {
        const float scale = halfOf(from);
        const uint32_t high = uint32_t(from[2]) | uint32_t(from[3]) << 8;
        for (uint32_t part = 0; part < 8; ++part) {
            const int own = int((from[4 + part / 2] >> (4 * (part % 2)) & 15u) | (high >> (2 * part) & 3) << 4) - 32;
            to.scales[2 * part] = to.scales[2 * part + 1] = scale * float(own);
            lookUp(from + 8 + 16 * part, kNonLinear, to.codes + 32 * part);
        }
    }
};

/// Eight scales and eight minima of six bits each in twelve bytes.
inline void sixBits(const uint8_t *packed, float scale, float minimum, Unpacked &to)
{
    uint32_t words[3];
    std::memcpy(words, packed, sizeof(words));
    constexpr uint32_t kSix = 0x3f3f3f3f, kFour = 0x0f0f0f0f, kTwo = 0x03030303;
    const uint32_t parts[4] = {words[0] & kSix, (words[2] & kFour) | (words[0] >> 6 & kTwo) << 4, words[1] & kSix,
                               (words[2] >> 4 & kFour) | (words[1] >> 6 & kTwo) << 4};
    uint8_t bytes[16];
    std::memcpy(bytes, parts, sizeof(bytes));
    for (int64_t i = 0; i < kGroups; ++i) {
        to.scales[i] = scale * float(bytes[i / 2]);
        to.minima[i] = -(minimum * float(bytes[8 + i / 2]));
    }
}

struct Q4_K
{
    static constexpr int64_t kElements = 256, kBytes = 144;
    static constexpr int kZero = 0;
    static constexpr bool kMinima = true;
    static void unpack(const uint8_t *from, int64_t, Unpacked &to)
    {
        sixBits(from + 4, halfOf(from), halfOf(from + 2), to);
        for (int64_t pair = 0; pair < 4; ++pair) {
            const ThirtyTwo both = load<ThirtyTwo>(from + 16 + 32 * pair);
            store(to.codes + 64 * pair, both & 15);
            store(to.codes + 64 * pair + 32, both >> 4);
        }
    }
};

struct Q5_K
{
    static constexpr int64_t kElements = 256, kBytes = 176;
    static constexpr int kZero = 0;
    static constexpr bool kMinima = true;
    static void unpack(const uint8_t *from, int64_t, Unpacked &to)
    {
        sixBits(from + 4, halfOf(from), halfOf(from + 2), to);
        ThirtyTwo high = load<ThirtyTwo>(from + 16);
        for (int64_t pair = 0; pair < 4; ++pair, high >>= 2) {
            const ThirtyTwo both = load<ThirtyTwo>(from + 48 + 32 * pair);
            store(to.codes + 64 * pair, (both & 15) | (high & 1) << 4);
            store(to.codes + 64 * pair + 32, both >> 4 | (high & 2) << 3);
        }
    }
};

struct Q6_K
{
    static constexpr int64_t kElements = 256, kBytes = 210;
    static constexpr int kZero = 32;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, int64_t, Unpacked &to)
    {
        const float scale = halfOf(from + 208);
        for (int64_t i = 0; i < kGroups; ++i)
            to.scales[i] = scale * float(int8_t(from[192 + i]));
        for (int64_t half = 0; half < 2; ++half) {
            const ThirtyTwo low = load<ThirtyTwo>(from + 64 * half), next = load<ThirtyTwo>(from + 64 * half + 32);
            const ThirtyTwo high = load<ThirtyTwo>(from + 128 + 32 * half);
            uint8_t *const codes = to.codes + 128 * half;
            store(codes, (low & 15) | (high & 3) << 4);
            store(codes + 32, (next & 15) | (high >> 2 & 3) << 4);
            store(codes + 64, low >> 4 | (high >> 4 & 3) << 4);
            store(codes + 96, next >> 4 | high >> 6 << 4);
        }
    }
};

struct Q2_K
{
    static constexpr int64_t kElements = 256, kBytes = 84;
    static constexpr int kZero = 0;
    static constexpr bool kMinima = true;
    static void unpack(const uint8_t *from, int64_t, Unpacked &to)
    {
        const float scale = halfOf(from + 80), minimum = halfOf(from + 82);
        for (int64_t i = 0; i < kGroups; ++i) {
            to.scales[i] = scale * float(from[i] & 15);
            to.minima[i] = -(minimum * float(from[i] >> 4));
        }
        for (int64_t half = 0; half < 2; ++half) {
            ThirtyTwo codes = load<ThirtyTwo>(from + 16 + 32 * half);
            for (int64_t run = 0; run < 4; ++run, codes >>= 2)
                store(to.codes + 128 * half + 32 * run, codes & 3);
        }
    }
};

struct Q3_K
{
    static constexpr int64_t kElements = 256, kBytes = 110;
    static constexpr int kZero = 4;
    static constexpr bool kMinima = false;
    static void unpack(const uint8_t *from, int64_t, Unpacked &to)
    {
        const uint8_t *const packed = from + 96;
        const float scale = halfOf(from + 108);
        for (int64_t i = 0; i < kGroups; ++i) {
            const int low = packed[i % 8] >> (i < 8 ? 0 : 4) & 15, high = packed[8 + i % 4] >> (2 * (i / 4)) & 3;
            to.scales[i] = scale * float((low | high << 4) - 32);
        }
        ThirtyTwo third = load<ThirtyTwo>(from);
        for (int64_t half = 0; half < 2; ++half) {
            ThirtyTwo codes = load<ThirtyTwo>(from + 32 + 32 * half);
            for (int64_t run = 0; run < 4; ++run, codes >>= 2, third >>= 1)
                store(to.codes + 128 * half + 32 * run, (codes & 3) | (third & 1) << 2);
        }
    }
};

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
