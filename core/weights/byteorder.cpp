// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/byteorder.h"

#include <algorithm>

namespace assay {
namespace {

/// Numbers of several bytes in a block: `count` of `width` bytes from `offset` on.
struct WideField
{
    Dtype dtype;
    uint32_t offset, width, count;
};

constexpr WideField kWideFields[] = {
    {Dtype::Q4_0, 0, 2, 1},    {Dtype::Q4_1, 0, 2, 2},    {Dtype::Q5_0, 0, 2, 1},   {Dtype::Q5_1, 0, 2, 2},
    {Dtype::Q8_0, 0, 2, 1},    {Dtype::Q8_1, 0, 2, 2},    {Dtype::Q2_K, 80, 2, 2},  {Dtype::Q3_K, 108, 2, 1},
    {Dtype::Q4_K, 0, 2, 2},    {Dtype::Q5_K, 0, 2, 2},    {Dtype::Q6_K, 208, 2, 1}, {Dtype::Q8_K, 0, 4, 1},
    {Dtype::Q8_K, 260, 2, 16}, {Dtype::IQ2_XXS, 0, 2, 33}, {Dtype::IQ2_XS, 0, 2, 33}, {Dtype::IQ3_XXS, 0, 2, 1},
    {Dtype::IQ1_S, 0, 2, 1},   {Dtype::IQ1_S, 34, 2, 8},  {Dtype::IQ4_NL, 0, 2, 1}, {Dtype::IQ3_S, 0, 2, 1},
    {Dtype::IQ2_S, 0, 2, 1},   {Dtype::IQ4_XS, 0, 2, 2},  {Dtype::TQ1_0, 52, 2, 1}, {Dtype::TQ2_0, 64, 2, 1},
};

uint32_t numberWidth(Dtype dtype)
{
    const DtypeBlock block = dtypeBlock(dtype);
    if (dtype == Dtype::C64 || dtype == Dtype::C128)
        return block.bytes / 2;
    return block.elements == 1 ? block.bytes : 1;
}

void turn(std::byte *first, uint32_t width, uint32_t count)
{
    for (uint32_t i = 0; i < count; ++i)
        std::reverse(first + i * width, first + (i + 1) * width);
}

} // namespace

void fromBigEndian(Dtype dtype, std::span<std::byte> blocks)
{
    if (const uint32_t width = numberWidth(dtype); width > 1) {
        turn(blocks.data(), width, uint32_t(blocks.size() / width));
        return;
    }
    const uint32_t bytes = dtypeBlock(dtype).bytes;
    for (const WideField &field : kWideFields) {
        if (field.dtype != dtype)
            continue;
        for (size_t block = 0; block + bytes <= blocks.size(); block += bytes)
            turn(blocks.data() + block + field.offset, field.width, field.count);
    }
}

} // namespace assay
