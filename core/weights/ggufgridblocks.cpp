// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/ggufblocks.h"
#include "core/weights/ggufbytes.h"
#include "core/weights/ggufgrids.h"

#include <bit>

namespace assay {
namespace {

/// Seven signs written out; that of the eighth element makes their number even.
uint32_t eightSigns(uint32_t seven)
{
    return seven | uint32_t(std::popcount(seven) & 1) << 7;
}

/// scale x row, with a sign for each bit that is set.
template <size_t elements>
void signedRow(const std::array<float, elements> &row, float scale, uint32_t signs, float *out)
{
    for (size_t i = 0; i < elements; i += 4) {
        const auto &factors = kSigns[signs >> i & 15];
        for (size_t k = 0; k < 4; ++k)
            out[i + k] = scale * row[i + k] * factors[k];
    }
}

/// The scale of part k, four bits each.
int fourBits(const uint8_t *scales, size_t k)
{
    return scales[k / 2] >> (k % 2 == 0 ? 0 : 4) & 15;
}

/// Eight parts of 32 elements: four indices of a byte, then four times seven signs and a scale of four bits.
void decodeIQ2_XXS(const uint8_t *block, float *out)
{
    const auto &grid = gridOfIQ2_XXS();
    const float scale = readHalf(block);
    for (size_t part = 0; part < 8; ++part) {
        const uint8_t *indices = block + 2 + 8 * part;
        const uint32_t rest = read32(indices + 4);
        const float own = scale * (0.5f + float(rest >> 28)) * 0.25f;
        for (size_t i = 0; i < 4; ++i)
            signedRow(grid[indices[i]], own, eightSigns(rest >> (7 * i) & 127), out + 32 * part + 8 * i);
    }
}

/// 32 words of nine bits of index and seven signs; scales of four bits for 16 elements each.
void decodeIQ2_XS(const uint8_t *block, float *out)
{
    const auto &grid = gridOfIQ2_XS();
    const float scale = readHalf(block);
    for (size_t i = 0; i < 32; ++i) {
        const uint32_t word = read16(block + 2 + 2 * i);
        const float own = scale * (0.5f + float(fourBits(block + 66, i / 2))) * 0.25f;
        signedRow(grid[word & 511], own, eightSigns(word >> 9), out + 8 * i);
    }
}

/// Indices of ten bits: a byte, and two bits in the bytes behind the signs.
void decodeIQ2_S(const uint8_t *block, float *out)
{
    const auto &grid = gridOfIQ2_S();
    const float scale = readHalf(block);
    const uint8_t *low = block + 2, *signs = block + 34, *high = block + 66, *scales = block + 74;
    for (size_t i = 0; i < 32; ++i) {
        const size_t index = low[i] | size_t(high[i / 4] >> (2 * (i % 4)) & 3) << 8;
        signedRow(grid[index], scale * (0.5f + float(fourBits(scales, i / 2))) * 0.25f, signs[i], out + 8 * i);
    }
}

/// As IQ2_XXS with rows of four: two indices for eight elements.
void decodeIQ3_XXS(const uint8_t *block, float *out)
{
    const auto &grid = gridOfIQ3_XXS();
    const float scale = readHalf(block);
    for (size_t part = 0; part < 8; ++part) {
        const uint8_t *indices = block + 2 + 8 * part;
        const uint32_t rest = read32(block + 66 + 4 * part);
        const float own = scale * (0.5f + float(rest >> 28)) * 0.5f;
        for (size_t i = 0; i < 8; ++i) {
            const uint32_t signs = eightSigns(rest >> (7 * (i / 2)) & 127);
            signedRow(grid[indices[i]], own, signs >> (4 * (i % 2)), out + 32 * part + 4 * i);
        }
    }
}

/// Indices of nine bits, a bit of sign for each element; a scale is 1 + 2 x four bits, for 32 elements.
void decodeIQ3_S(const uint8_t *block, float *out)
{
    const auto &grid = gridOfIQ3_S();
    const float scale = readHalf(block);
    const uint8_t *low = block + 2, *high = block + 66, *signs = block + 74, *scales = block + 106;
    for (size_t i = 0; i < 64; ++i) {
        const size_t index = low[i] | size_t(high[i / 8] >> (i % 8) & 1) << 8;
        const float own = scale * float(1 + 2 * fourBits(scales, i / 8));
        signedRow(grid[index], own, uint32_t(signs[i / 2]) >> (4 * (i % 2)), out + 4 * i);
    }
}

// How far the rows of IQ1 are moved, up or down.
constexpr float kShift = 0.125f;

void shiftedRow(const std::array<float, 8> &row, float scale, bool down, float *out)
{
    const float shift = down ? -kShift : kShift;
    for (size_t i = 0; i < 8; ++i)
        out[i] = scale * (row[i] + shift);
}

/// A word for 32 elements: four times three bits of index, a scale of three bits, and the direction of the shift.
void decodeIQ1_S(const uint8_t *block, float *out)
{
    const auto &grid = gridOfIQ1();
    const float scale = readHalf(block);
    for (size_t i = 0; i < 32; ++i) {
        const uint32_t word = read16(block + 34 + 2 * (i / 4));
        const size_t index = block[2 + i] | size_t(word >> (3 * (i % 4)) & 7) << 8;
        shiftedRow(grid[index], scale * float(2 * (word >> 12 & 7) + 1), (word & 0x8000) != 0, out + 8 * i);
    }
}

/// The float16 scale is spread over the upper four bits of four words, whose other bits are scales of 16 elements.
void decodeIQ1_M(const uint8_t *block, float *out)
{
    const auto &grid = gridOfIQ1();
    const uint8_t *high = block + 32, *scales = block + 48;
    uint32_t bits = 0;
    for (size_t i = 0; i < 4; ++i)
        bits |= read16(scales + 2 * i) >> 12 << (4 * i);
    const float scale = float16(uint16_t(bits));
    for (size_t i = 0; i < 32; ++i) {
        const uint32_t more = uint32_t(high[i / 2]) >> (4 * (i % 2)) & 15;
        const uint32_t own = read16(scales + 2 * (i / 8)) >> (3 * (i / 2 % 4)) & 7;
        shiftedRow(grid[block[i] | size_t(more & 7) << 8], scale * float(2 * own + 1), (more & 8) != 0, out + 8 * i);
    }
}

} // namespace

BlockDecoder ggufGridDecoder(Dtype dtype)
{
    switch (dtype) {
    case Dtype::IQ2_XXS: return decodeEach<decodeIQ2_XXS, 66, 256>;
    case Dtype::IQ2_XS: return decodeEach<decodeIQ2_XS, 74, 256>;
    case Dtype::IQ2_S: return decodeEach<decodeIQ2_S, 82, 256>;
    case Dtype::IQ3_XXS: return decodeEach<decodeIQ3_XXS, 98, 256>;
    case Dtype::IQ3_S: return decodeEach<decodeIQ3_S, 110, 256>;
    case Dtype::IQ1_S: return decodeEach<decodeIQ1_S, 50, 256>;
    case Dtype::IQ1_M: return decodeEach<decodeIQ1_M, 56, 256>;
    default: return nullptr;
    }
}

} // namespace assay
