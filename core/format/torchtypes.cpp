// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/torchtypes.h"

#include "core/base/text.h"

#include <array>

namespace assay {
namespace {

struct Row
{
    std::string_view storage, dtype, numpy; ///< "Float" of FloatStorage, "float32" of torch.float32, "f4"
    Dtype stored;
    uint32_t bits;
};

// torch/storage.py and torch/_C: the legacy storage classes; c10/core/ScalarType.h: the types.
constexpr std::array kRows = {
    Row{"Float", "float32", "f4", Dtype::F32, 32},
    Row{"Double", "float64", "f8", Dtype::F64, 64},
    Row{"Half", "float16", "f2", Dtype::F16, 16},
    Row{"BFloat16", "bfloat16", "", Dtype::BF16, 16},
    Row{"Long", "int64", "i8", Dtype::I64, 64},
    Row{"Int", "int32", "i4", Dtype::I32, 32},
    Row{"Short", "int16", "i2", Dtype::I16, 16},
    Row{"Char", "int8", "i1", Dtype::I8, 8},
    Row{"Byte", "uint8", "u1", Dtype::U8, 8},
    Row{"Bool", "bool", "b1", Dtype::Bool, 8},
    Row{"ComplexFloat", "complex64", "c8", Dtype::C64, 64},
    Row{"ComplexDouble", "complex128", "c16", Dtype::C128, 128},
    Row{"", "uint16", "u2", Dtype::U16, 16},
    Row{"", "uint32", "u4", Dtype::U32, 32},
    Row{"", "uint64", "u8", Dtype::U64, 64},
    Row{"QInt8", "qint8", "", Dtype::I8, 8},
    Row{"QUInt8", "quint8", "", Dtype::U8, 8},
    Row{"QInt32", "qint32", "", Dtype::I32, 32},
    Row{"QUInt4x2", "quint4x2", "", Dtype::U4, 4},
    Row{"QUInt2x4", "quint2x4", "", Dtype::U2, 2},
    Row{"", "float8_e4m3fn", "", Dtype::F8E4M3, 8},
    Row{"", "float8_e5m2", "", Dtype::F8E5M2, 8},
    Row{"", "float8_e4m3fnuz", "", Dtype::F8E4M3Fnuz, 8},
    Row{"", "float8_e5m2fnuz", "", Dtype::F8E5M2Fnuz, 8},
    Row{"", "float8_e8m0fnu", "", Dtype::F8E8M0, 8},
    Row{"ComplexHalf", "complex32", "", Dtype::Unknown, 32},
    // Two elements a byte, counted as bytes in PyTorch's shapes.
    Row{"", "float4_e2m1fn_x2", "", Dtype::Unknown, 8},
    Row{"Untyped", "", "", Dtype::U8, 8},
};

template <class Column>
TorchType find(std::string_view wanted, std::string_view text, Column column)
{
    for (const Row &row : kRows) {
        if (!wanted.empty() && row.*column == wanted)
            return {row.stored, row.bits, validUtf8(text)};
    }
    return {Dtype::Unknown, 0, validUtf8(text)};
}

} // namespace

TorchType torchType(std::string_view global)
{
    constexpr std::string_view kStorage = "Storage";
    std::string_view name = global.substr(global.rfind('.') + 1);
    if (!name.ends_with(kStorage))
        return find(name, name, &Row::dtype);
    const std::string_view text = name;
    name.remove_suffix(kStorage.size());
    if (name.starts_with('_'))
        name.remove_prefix(1);
    return find(name, text, &Row::storage);
}

TorchType numpyType(std::string_view code)
{
    const std::string_view text = code;
    while (!code.empty() && (code.front() == '<' || code.front() == '|' || code.front() == '='))
        code.remove_prefix(1);
    return find(code, text, &Row::numpy);
}

} // namespace assay
