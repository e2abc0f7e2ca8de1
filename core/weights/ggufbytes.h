// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/smallfloats.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace assay {

/// Numbers in a block, the smallest byte first.
inline const uint8_t *bytesOf(const std::byte *blocks)
{
    return reinterpret_cast<const uint8_t *>(blocks);
}

inline uint32_t read16(const uint8_t *bytes)
{
    return uint32_t(bytes[0]) | uint32_t(bytes[1]) << 8;
}

inline uint32_t read32(const uint8_t *bytes)
{
    return read16(bytes) | read16(bytes + 2) << 16;
}

inline float readHalf(const uint8_t *bytes)
{
    return float16(uint16_t(read16(bytes)));
}

/// Four factors for each combination of four bits: -1 where the bit is set. Looking signs up is several times as fast
/// as asking for each bit.
inline constexpr auto kSigns = [] {
    std::array<std::array<float, 4>, 16> signs{};
    for (size_t bits = 0; bits < 16; ++bits) {
        for (size_t i = 0; i < 4; ++i)
            signs[bits][i] = (bits >> i & 1) != 0 ? -1.0f : 1.0f;
    }
    return signs;
}();

/// A decoder of whole rows of blocks from one of a single block of so many bytes and elements.
template <void (*decodeOne)(const uint8_t *block, float *out), size_t bytes, size_t elements>
void decodeEach(const std::byte *blocks, size_t count, float *out)
{
    for (size_t i = 0; i < count; ++i)
        decodeOne(bytesOf(blocks) + i * bytes, out + i * elements);
}

} // namespace assay
