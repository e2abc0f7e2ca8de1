// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/smallfloats.h"

#include <bit>
#include <cstddef>
#include <limits>

namespace assay {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

constexpr float powerOfTwo(int exponent)
{
    float value = 1;
    for (; exponent > 0; --exponent)
        value *= 2;
    for (; exponent < 0; ++exponent)
        value /= 2;
    return value;
}

/// Sign, exponent and mantissa without any special code.
constexpr float finite(uint32_t code, int exponentBits, int mantissaBits, int bias)
{
    const uint32_t mantissa = code & ((1u << mantissaBits) - 1);
    const uint32_t exponent = (code >> mantissaBits) & ((1u << exponentBits) - 1);
    const bool negative = (code >> (mantissaBits + exponentBits)) & 1;
    const float fraction = float(mantissa) / float(1 << mantissaBits);
    const float value = exponent == 0 ? fraction * powerOfTwo(1 - bias)
                                      : (1 + fraction) * powerOfTwo(int(exponent) - bias);
    return negative ? -value : value;
}

template <size_t N> constexpr std::array<float, N> finiteTable(int exponentBits, int mantissaBits, int bias)
{
    std::array<float, N> table{};
    for (size_t code = 0; code < N; ++code)
        table[code] = finite(uint32_t(code), exponentBits, mantissaBits, bias);
    return table;
}

constexpr std::array<float, 256> e4m3()
{
    auto table = finiteTable<256>(4, 3, 7);
    table[0x7f] = table[0xff] = kNaN;
    return table;
}

constexpr std::array<float, 256> e5m2()
{
    auto table = finiteTable<256>(5, 2, 15);
    for (const size_t sign : {size_t(0), size_t(0x80)}) {
        table[sign | 0x7c] = sign ? -kInfinity : kInfinity;
        table[sign | 0x7d] = table[sign | 0x7e] = table[sign | 0x7f] = kNaN;
    }
    return table;
}

constexpr std::array<float, 256> unsignedZero(std::array<float, 256> table)
{
    table[0x80] = kNaN;
    return table;
}

constexpr std::array<float, 256> e8m0()
{
    std::array<float, 256> table{};
    for (int code = 0; code < 255; ++code)
        table[size_t(code)] = powerOfTwo(code - 127);
    table[255] = kNaN;
    return table;
}

constexpr auto kE4M3 = e4m3();
constexpr auto kE5M2 = e5m2();
constexpr auto kE4M3Fnuz = unsignedZero(finiteTable<256>(4, 3, 8));
constexpr auto kE5M2Fnuz = unsignedZero(finiteTable<256>(5, 2, 16));
constexpr auto kE8M0 = e8m0();
constexpr auto kE2M1 = finiteTable<16>(2, 1, 1);
constexpr auto kE2M3 = finiteTable<64>(2, 3, 1);
constexpr auto kE3M2 = finiteTable<64>(3, 2, 3);

} // namespace

const std::array<float, 256> &float8E4M3() { return kE4M3; }
const std::array<float, 256> &float8E5M2() { return kE5M2; }
const std::array<float, 256> &float8E4M3Fnuz() { return kE4M3Fnuz; }
const std::array<float, 256> &float8E5M2Fnuz() { return kE5M2Fnuz; }
const std::array<float, 256> &float8E8M0() { return kE8M0; }
const std::array<float, 16> &float4E2M1() { return kE2M1; }
const std::array<float, 64> &float6E2M3() { return kE2M3; }
const std::array<float, 64> &float6E3M2() { return kE3M2; }

float float16(uint16_t bits)
{
    // Exponent and mantissa moved to their places in a float32 give the value times 2^-112, subnormals included.
    const uint32_t moved = uint32_t(bits & 0x7fff) << 13;
    const bool special = (bits & 0x7c00) == 0x7c00;
    const float magnitude = special ? std::bit_cast<float>(moved | 0x7f800000) : std::bit_cast<float>(moved) * 0x1p112f;
    return std::bit_cast<float>(std::bit_cast<uint32_t>(magnitude) | uint32_t(bits & 0x8000) << 16);
}

} // namespace assay
