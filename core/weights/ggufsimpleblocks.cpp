// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/ggufblocks.h"
#include "core/weights/ggufbytes.h"

namespace assay {
namespace {

constexpr size_t kHalf = 16; // elements whose codes are in the lower halves of the bytes, then as many in the upper

/// scale x (code - 8)
void decodeQ4_0(const uint8_t *block, float *out)
{
    const float scale = readHalf(block);
    const uint8_t *codes = block + 2;
    for (size_t i = 0; i < kHalf; ++i) {
        out[i] = float(int(codes[i] & 15) - 8) * scale;
        out[i + kHalf] = float(int(codes[i] >> 4) - 8) * scale;
    }
}

/// scale x code + minimum
void decodeQ4_1(const uint8_t *block, float *out)
{
    const float scale = readHalf(block), minimum = readHalf(block + 2);
    const uint8_t *codes = block + 4;
    for (size_t i = 0; i < kHalf; ++i) {
        out[i] = float(codes[i] & 15) * scale + minimum;
        out[i + kHalf] = float(codes[i] >> 4) * scale + minimum;
    }
}

/// Fifth bits of all 32 elements in one word, four more of each in the bytes behind.
struct FiveBits
{
    uint32_t high;
    const uint8_t *low;
    int first(size_t i) const { return int(low[i] & 15) | int((high >> i & 1) << 4); }
    int second(size_t i) const { return int(low[i] >> 4) | int((high >> (i + kHalf) & 1) << 4); }
};

void decodeQ5_0(const uint8_t *block, float *out)
{
    const float scale = readHalf(block);
    const FiveBits codes{read32(block + 2), block + 6};
    for (size_t i = 0; i < kHalf; ++i) {
        out[i] = float(codes.first(i) - 16) * scale;
        out[i + kHalf] = float(codes.second(i) - 16) * scale;
    }
}

void decodeQ5_1(const uint8_t *block, float *out)
{
    const float scale = readHalf(block), minimum = readHalf(block + 2);
    const FiveBits codes{read32(block + 4), block + 8};
    for (size_t i = 0; i < kHalf; ++i) {
        out[i] = float(codes.first(i)) * scale + minimum;
        out[i + kHalf] = float(codes.second(i)) * scale + minimum;
    }
}

/// Q8_1 has a sum between scale and codes, which is of no use here.
template <size_t codesAt>
void decodeQ8(const uint8_t *block, float *out)
{
    const float scale = readHalf(block);
    for (size_t i = 0; i < 2 * kHalf; ++i)
        out[i] = float(int8_t(block[codesAt + i])) * scale;
}

/// One bit an element: the scale where it is set, else its negative.
void decodeQ1_0(const uint8_t *block, float *out)
{
    const float scale = -readHalf(block);
    for (size_t i = 0; i < 128; i += 4) {
        const auto &factors = kSigns[block[2 + i / 8] >> (i % 8) & 15];
        for (size_t k = 0; k < 4; ++k)
            out[i + k] = scale * factors[k];
    }
}

/// Two bits an element: scale x (code - 1)
void decodeQ2_0(const uint8_t *block, float *out)
{
    const float scale = readHalf(block);
    for (size_t i = 0; i < 64; ++i)
        out[i] = float(int(block[2 + i / 4] >> (2 * (i % 4)) & 3) - 1) * scale;
}

/// Five ternary digits a byte, as the fraction byte / 256 in base 3: digit n is what 3^n x byte carries over next.
void decodeDigits(const uint8_t *bytes, size_t count, int digits, float scale, float *out)
{
    uint8_t power = 1;
    for (int digit = 0; digit < digits; ++digit, power = uint8_t(power * 3)) {
        for (size_t i = 0; i < count; ++i) {
            const uint8_t rest = uint8_t(bytes[i] * power);
            out[size_t(digit) * count + i] = float(int(rest * 3 >> 8) - 1) * scale;
        }
    }
}

void decodeTQ1_0(const uint8_t *block, float *out)
{
    const float scale = readHalf(block + 52);
    decodeDigits(block, 32, 5, scale, out);
    decodeDigits(block + 32, 16, 5, scale, out + 160);
    decodeDigits(block + 48, 4, 4, scale, out + 240);
}

void decodeTQ2_0(const uint8_t *block, float *out)
{
    const float scale = readHalf(block + 64);
    for (size_t half = 0; half < 2; ++half) {
        for (size_t part = 0; part < 4; ++part) {
            for (size_t i = 0; i < 32; ++i)
                out[128 * half + 32 * part + i] = float(int(block[32 * half + i] >> (2 * part) & 3) - 1) * scale;
        }
    }
}

} // namespace

BlockDecoder ggufSimpleDecoder(Dtype dtype)
{
    switch (dtype) {
    case Dtype::Q4_0: return decodeEach<decodeQ4_0, 18, 32>;
    case Dtype::Q4_1: return decodeEach<decodeQ4_1, 20, 32>;
    case Dtype::Q5_0: return decodeEach<decodeQ5_0, 22, 32>;
    case Dtype::Q5_1: return decodeEach<decodeQ5_1, 24, 32>;
    case Dtype::Q8_0: return decodeEach<decodeQ8<2>, 34, 32>;
    case Dtype::Q8_1: return decodeEach<decodeQ8<4>, 36, 32>;
    case Dtype::Q1_0: return decodeEach<decodeQ1_0, 18, 128>;
    case Dtype::Q2_0: return decodeEach<decodeQ2_0, 18, 64>;
    case Dtype::TQ1_0: return decodeEach<decodeTQ1_0, 54, 256>;
    case Dtype::TQ2_0: return decodeEach<decodeTQ2_0, 66, 256>;
    default: return nullptr;
    }
}

} // namespace assay
