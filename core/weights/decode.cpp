// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/decode.h"

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

} // namespace

BlockDecoder blockDecoder(Dtype dtype)
{
    switch (dtype) {
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
    default: return nullptr;
    }
}

} // namespace assay
