// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/ggufblocks.h"
#include "core/weights/ggufbytes.h"

#include <cmath>

namespace assay {
namespace {

/// What the codes of IQ4_NL and IQ4_XS stand for.
constexpr float kNonLinear[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};
/// Twice the values of E2M1, so that they are whole; the scales are halved instead.
constexpr float kE2M1Doubled[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

/// The lower halves of the bytes, then the upper ones.
template <size_t bytes>
void lookUp(const uint8_t *codes, const float (&table)[16], float scale, float *out)
{
    for (size_t i = 0; i < bytes; ++i) {
        out[i] = scale * table[codes[i] & 15];
        out[i + bytes] = scale * table[codes[i] >> 4];
    }
}

void decodeIQ4_NL(const uint8_t *block, float *out)
{
    lookUp<16>(block + 2, kNonLinear, readHalf(block), out);
}

/// Eight parts of 32 elements; a scale has four bits in four bytes and two more in a word of 16.
void decodeIQ4_XS(const uint8_t *block, float *out)
{
    const float scale = readHalf(block);
    const uint32_t high = read16(block + 2);
    for (size_t part = 0; part < 8; ++part) {
        const int low = block[4 + part / 2] >> (part % 2 == 0 ? 0 : 4) & 15;
        const int own = (low | int(high >> (2 * part) & 3) << 4) - 32;
        lookUp<16>(block + 8 + 16 * part, kNonLinear, scale * float(own), out + 32 * part);
    }
}

/// The scale is a power of two: 2^(e - 127), halved.
void decodeMxfp4(const uint8_t *block, float *out)
{
    lookUp<16>(block + 1, kE2M1Doubled, std::ldexp(1.0f, int(block[0]) - 128), out);
}

/// An unsigned E4M3 scale, halved; the code of its NaN counts as zero.
float scaleOfNvfp4(uint8_t code)
{
    if (code == 0x7F)
        return 0;
    const int exponent = code >> 3 & 15, mantissa = code & 7;
    return exponent == 0 ? std::ldexp(float(mantissa), -10) : std::ldexp(float(8 + mantissa), exponent - 11);
}

/// Four parts of 16 elements.
void decodeNvfp4(const uint8_t *block, float *out)
{
    for (size_t part = 0; part < 4; ++part)
        lookUp<8>(block + 4 + 8 * part, kE2M1Doubled, scaleOfNvfp4(block[part]), out + 16 * part);
}

} // namespace

BlockDecoder ggufTableDecoder(Dtype dtype)
{
    switch (dtype) {
    case Dtype::IQ4_NL: return decodeEach<decodeIQ4_NL, 18, 32>;
    case Dtype::IQ4_XS: return decodeEach<decodeIQ4_XS, 136, 256>;
    case Dtype::MXFP4: return decodeEach<decodeMxfp4, 17, 32>;
    case Dtype::NVFP4: return decodeEach<decodeNvfp4, 36, 64>;
    default: return nullptr;
    }
}

} // namespace assay
