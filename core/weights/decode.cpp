// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/decode.h"

#include "core/weights/ggufblocks.h"
#include "core/weights/smallfloats.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace assay {
namespace {

template <class T>
void decodeNumbers(const std::byte *blocks, size_t count, float *out)
{
    for (size_t i = 0; i < count; ++i) {
        T value;
        std::memcpy(&value, blocks + i * sizeof(T), sizeof(T));
        out[i] = float(value);
    }
}

/// bfloat16 is the upper half of a float32.
void decodeBf16(const std::byte *blocks, size_t count, float *out)
{
    for (size_t i = 0; i < count; ++i) {
        uint16_t bits;
        std::memcpy(&bits, blocks + i * 2, 2);
        out[i] = std::bit_cast<float>(uint32_t(bits) << 16);
    }
}

void decodeF16(const std::byte *blocks, size_t count, float *out)
{
    for (size_t i = 0; i < count; ++i) {
        uint16_t bits;
        std::memcpy(&bits, blocks + i * 2, 2);
        out[i] = float16(bits);
    }
}

void decodeBool(const std::byte *blocks, size_t count, float *out)
{
    for (size_t i = 0; i < count; ++i)
        out[i] = blocks[i] == std::byte{0} ? 0.0f : 1.0f;
}

template <const std::array<float, 256> &(*table)()>
void decodeBytes(const std::byte *blocks, size_t count, float *out)
{
    const auto &values = table();
    for (size_t i = 0; i < count; ++i)
        out[i] = values[size_t(blocks[i])];
}

/// Two elements a byte, the first in the lower half.
void decodeF4(const std::byte *blocks, size_t count, float *out)
{
    const auto &values = float4E2M1();
    for (size_t i = 0; i < count; ++i) {
        out[2 * i] = values[size_t(blocks[i]) & 15];
        out[2 * i + 1] = values[size_t(blocks[i]) >> 4];
    }
}

/// Four elements in three bytes, from the lowest bit on.
template <const std::array<float, 64> &(*table)()>
void decodeSixBits(const std::byte *blocks, size_t count, float *out)
{
    const auto &values = table();
    for (size_t i = 0; i < count; ++i) {
        const uint32_t word = uint32_t(blocks[3 * i]) | uint32_t(blocks[3 * i + 1]) << 8 | uint32_t(blocks[3 * i + 2]) << 16;
        for (int element = 0; element < 4; ++element)
            out[4 * i + size_t(element)] = values[(word >> (6 * element)) & 63];
    }
}

/// Integers of 4 or 2 bits, the first in the lowest ones (onnx.proto).
template <int bits, bool isSigned>
void decodeSmallIntegers(const std::byte *blocks, size_t count, float *out)
{
    constexpr int kEach = 8 / bits, kRange = 1 << bits;
    for (size_t i = 0; i < count; ++i) {
        for (int element = 0; element < kEach; ++element) {
            const int code = (int(blocks[i]) >> (element * bits)) & (kRange - 1);
            out[i * kEach + size_t(element)] = float(isSigned && code >= kRange / 2 ? code - kRange : code);
        }
    }
}

} // namespace

BlockDecoder blockDecoder(Dtype dtype)
{
    switch (dtype) {
    case Dtype::Bool: return decodeBool;
    case Dtype::F4: return decodeF4;
    case Dtype::F6E2M3: return decodeSixBits<float6E2M3>;
    case Dtype::F6E3M2: return decodeSixBits<float6E3M2>;
    case Dtype::F8E4M3: return decodeBytes<float8E4M3>;
    case Dtype::F8E5M2: return decodeBytes<float8E5M2>;
    case Dtype::F8E4M3Fnuz: return decodeBytes<float8E4M3Fnuz>;
    case Dtype::F8E5M2Fnuz: return decodeBytes<float8E5M2Fnuz>;
    case Dtype::F8E8M0: return decodeBytes<float8E8M0>;
    case Dtype::F16: return decodeF16;
    case Dtype::I4: return decodeSmallIntegers<4, true>;
    case Dtype::U4: return decodeSmallIntegers<4, false>;
    case Dtype::I2: return decodeSmallIntegers<2, true>;
    case Dtype::U2: return decodeSmallIntegers<2, false>;
    case Dtype::F32: return decodeNumbers<float>;
    case Dtype::F64: return decodeNumbers<double>;
    case Dtype::BF16: return decodeBf16;
    case Dtype::U8: return decodeNumbers<uint8_t>;
    case Dtype::I8: return decodeNumbers<int8_t>;
    case Dtype::U16: return decodeNumbers<uint16_t>;
    case Dtype::I16: return decodeNumbers<int16_t>;
    case Dtype::U32: return decodeNumbers<uint32_t>;
    case Dtype::I32: return decodeNumbers<int32_t>;
    case Dtype::U64: return decodeNumbers<uint64_t>;
    case Dtype::I64: return decodeNumbers<int64_t>;
    default: return ggufBlockDecoder(dtype);
    }
}

} // namespace assay
