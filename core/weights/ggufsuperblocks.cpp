// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/ggufblocks.h"
#include "core/weights/ggufbytes.h"

#include <bit>

namespace assay {
namespace {

/// Sixteen parts of 16 elements, each with a scale and a minimum of four bits: 2-bit codes.
void decodeQ2_K(const uint8_t *block, float *out)
{
    const uint8_t *scales = block, *codes = block + 16;
    const float scale = readHalf(block + 80), minimum = readHalf(block + 82);
    for (size_t part = 0; part < 16; ++part) {
        const float own = scale * float(scales[part] & 15), least = minimum * float(scales[part] >> 4);
        const size_t half = part / 8, shift = part % 8 / 2 * 2;
        const uint8_t *from = codes + 32 * half + 16 * (part % 2);
        for (size_t i = 0; i < 16; ++i)
            out[16 * part + i] = own * float(from[i] >> shift & 3) - least;
    }
}

/// The scale of part k of Q3_K: four bits in the first eight bytes, two more in the last four.
int scaleOfQ3(const uint8_t *scales, size_t k)
{
    const int low = k < 8 ? scales[k] & 15 : scales[k - 8] >> 4;
    return (low | (scales[8 + k % 4] >> (2 * (k / 4)) & 3) << 4) - 32;
}

/// 2-bit codes and a mask of third bits: where it is clear, four is taken off.
void decodeQ3_K(const uint8_t *block, float *out)
{
    const uint8_t *mask = block, *codes = block + 32;
    const float scale = readHalf(block + 108);
    for (size_t part = 0; part < 16; ++part) {
        const float own = scale * float(scaleOfQ3(block + 96, part));
        const size_t half = part / 8, shift = part % 8 / 2 * 2, bit = part / 2, first = 16 * (part % 2);
        for (size_t i = 0; i < 16; ++i) {
            const int low = codes[32 * half + first + i] >> shift & 3;
            out[16 * part + i] = own * float(low - ((mask[first + i] >> bit & 1) != 0 ? 0 : 4));
        }
    }
}

/// Scale and minimum of part k of Q4_K and Q5_K, six bits each in twelve bytes.
struct ScaleAndMinimum
{
    int scale, minimum;
};
ScaleAndMinimum sixBits(const uint8_t *packed, size_t k)
{
    if (k < 4)
        return {packed[k] & 63, packed[k + 4] & 63};
    return {(packed[k + 4] & 15) | packed[k - 4] >> 6 << 4, packed[k + 4] >> 4 | packed[k] >> 6 << 4};
}

void decodeQ4_K(const uint8_t *block, float *out)
{
    const float scale = readHalf(block), minimum = readHalf(block + 2);
    for (size_t part = 0; part < 8; ++part) {
        const ScaleAndMinimum packed = sixBits(block + 4, part);
        const float own = scale * float(packed.scale), least = minimum * float(packed.minimum);
        const uint8_t *codes = block + 16 + 32 * (part / 2);
        const int shift = part % 2 == 0 ? 0 : 4;
        for (size_t i = 0; i < 32; ++i)
            out[32 * part + i] = own * float(codes[i] >> shift & 15) - least;
    }
}

/// As Q4_K, with fifth bits: bit k of 32 bytes belongs to part k.
void decodeQ5_K(const uint8_t *block, float *out)
{
    const float scale = readHalf(block), minimum = readHalf(block + 2);
    const uint8_t *high = block + 16;
    for (size_t part = 0; part < 8; ++part) {
        const ScaleAndMinimum packed = sixBits(block + 4, part);
        const float own = scale * float(packed.scale), least = minimum * float(packed.minimum);
        const uint8_t *codes = block + 48 + 32 * (part / 2);
        const int shift = part % 2 == 0 ? 0 : 4;
        for (size_t i = 0; i < 32; ++i)
            out[32 * part + i] = own * float((codes[i] >> shift & 15) | (high[i] >> part & 1) << 4) - least;
    }
}

/// Six-bit codes: four bits in 128 bytes, two more in 64; signed scales of eight bits for 16 elements each.
void decodeQ6_K(const uint8_t *block, float *out)
{
    const uint8_t *scales = block + 192;
    const float scale = readHalf(block + 208);
    for (size_t part = 0; part < 16; ++part) {
        const float own = scale * float(int8_t(scales[part]));
        const size_t half = part / 8, quarter = part % 8 / 2, first = 16 * (part % 2);
        const uint8_t *low = block + 64 * half + 32 * (quarter % 2) + first;
        const uint8_t *high = block + 128 + 32 * half + first;
        const int lowShift = quarter < 2 ? 0 : 4;
        for (size_t i = 0; i < 16; ++i) {
            const int code = (low[i] >> lowShift & 15) | (high[i] >> (2 * quarter) & 3) << 4;
            out[16 * part + i] = own * float(code - 32);
        }
    }
}

/// The type of activations: a float32 scale, signed bytes, and sums behind them.
void decodeQ8_K(const uint8_t *block, float *out)
{
    const float scale = std::bit_cast<float>(read32(block));
    for (size_t i = 0; i < 256; ++i)
        out[i] = scale * float(int8_t(block[4 + i]));
}

} // namespace

BlockDecoder ggufSuperBlockDecoder(Dtype dtype)
{
    switch (dtype) {
    case Dtype::Q2_K: return decodeEach<decodeQ2_K, 84, 256>;
    case Dtype::Q3_K: return decodeEach<decodeQ3_K, 110, 256>;
    case Dtype::Q4_K: return decodeEach<decodeQ4_K, 144, 256>;
    case Dtype::Q5_K: return decodeEach<decodeQ5_K, 176, 256>;
    case Dtype::Q6_K: return decodeEach<decodeQ6_K, 210, 256>;
    case Dtype::Q8_K: return decodeEach<decodeQ8_K, 292, 256>;
    default: return nullptr;
    }
}

} // namespace assay
