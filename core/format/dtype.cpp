// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/dtype.h"

#include <array>

namespace assay {
namespace {

constexpr int kNotGguf = -1;

struct DtypeRow
{
    Dtype dtype;
    const char *name;
    DtypeBlock block;
    int gguf = kNotGguf; ///< number in enum ggml_type
};

// safetensors: tensor.rs, enum Dtype and its bitsize(); GGUF: ggml-common.h, sizes of the block structures; ONNX:
// onnx.proto, TensorProto.DataType 21 to 26.
constexpr std::array<DtypeRow, size_t(Dtype::Unknown) + 1> kDtypes{{
    {Dtype::Bool, "BOOL", {1, 1}},
    {Dtype::F4, "F4", {2, 1}},
    {Dtype::F6E2M3, "F6_E2M3", {4, 3}},
    {Dtype::F6E3M2, "F6_E3M2", {4, 3}},
    {Dtype::U8, "U8", {1, 1}},
    {Dtype::I8, "I8", {1, 1}, 24},
    {Dtype::F8E5M2, "F8_E5M2", {1, 1}},
    {Dtype::F8E4M3, "F8_E4M3", {1, 1}},
    {Dtype::F8E8M0, "F8_E8M0", {1, 1}},
    {Dtype::F8E4M3Fnuz, "F8_E4M3FNUZ", {1, 1}},
    {Dtype::F8E5M2Fnuz, "F8_E5M2FNUZ", {1, 1}},
    {Dtype::I16, "I16", {1, 2}, 25},
    {Dtype::U16, "U16", {1, 2}},
    {Dtype::F16, "F16", {1, 2}, 1},
    {Dtype::BF16, "BF16", {1, 2}, 30},
    {Dtype::I32, "I32", {1, 4}, 26},
    {Dtype::U32, "U32", {1, 4}},
    {Dtype::F32, "F32", {1, 4}, 0},
    {Dtype::C64, "C64", {1, 8}},
    {Dtype::F64, "F64", {1, 8}, 28},
    {Dtype::I64, "I64", {1, 8}, 27},
    {Dtype::U64, "U64", {1, 8}},
    {Dtype::C128, "C128", {1, 16}},
    {Dtype::I4, "I4", {2, 1}},
    {Dtype::U4, "U4", {2, 1}},
    {Dtype::I2, "I2", {4, 1}},
    {Dtype::U2, "U2", {4, 1}},
    {Dtype::Q4_0, "Q4_0", {32, 18}, 2},
    {Dtype::Q4_1, "Q4_1", {32, 20}, 3},
    {Dtype::Q5_0, "Q5_0", {32, 22}, 6},
    {Dtype::Q5_1, "Q5_1", {32, 24}, 7},
    {Dtype::Q8_0, "Q8_0", {32, 34}, 8},
    {Dtype::Q8_1, "Q8_1", {32, 36}, 9},
    {Dtype::Q2_K, "Q2_K", {256, 84}, 10},
    {Dtype::Q3_K, "Q3_K", {256, 110}, 11},
    {Dtype::Q4_K, "Q4_K", {256, 144}, 12},
    {Dtype::Q5_K, "Q5_K", {256, 176}, 13},
    {Dtype::Q6_K, "Q6_K", {256, 210}, 14},
    {Dtype::Q8_K, "Q8_K", {256, 292}, 15},
    {Dtype::IQ2_XXS, "IQ2_XXS", {256, 66}, 16},
    {Dtype::IQ2_XS, "IQ2_XS", {256, 74}, 17},
    {Dtype::IQ3_XXS, "IQ3_XXS", {256, 98}, 18},
    {Dtype::IQ1_S, "IQ1_S", {256, 50}, 19},
    {Dtype::IQ4_NL, "IQ4_NL", {32, 18}, 20},
    {Dtype::IQ3_S, "IQ3_S", {256, 110}, 21},
    {Dtype::IQ2_S, "IQ2_S", {256, 82}, 22},
    {Dtype::IQ4_XS, "IQ4_XS", {256, 136}, 23},
    {Dtype::IQ1_M, "IQ1_M", {256, 56}, 29},
    {Dtype::TQ1_0, "TQ1_0", {256, 54}, 34},
    {Dtype::TQ2_0, "TQ2_0", {256, 66}, 35},
    {Dtype::MXFP4, "MXFP4", {32, 17}, 39},
    {Dtype::NVFP4, "NVFP4", {64, 36}, 40},
    {Dtype::Q1_0, "Q1_0", {128, 18}, 41},
    {Dtype::Q2_0, "Q2_0", {64, 18}, 42},
    {Dtype::Unknown, "?", {0, 0}},
}};

constexpr bool inOrder()
{
    for (size_t i = 0; i < kDtypes.size(); ++i) {
        if (size_t(kDtypes[i].dtype) != i)
            return false;
    }
    return true;
}
static_assert(inOrder(), "the table follows the order of Dtype");

} // namespace

Dtype dtypeFromName(std::string_view name)
{
    for (const DtypeRow &row : kDtypes) {
        if (name == row.name && row.dtype != Dtype::Unknown)
            return row.dtype;
    }
    return Dtype::Unknown;
}

const char *dtypeName(Dtype dtype)
{
    return kDtypes[size_t(dtype)].name;
}

DtypeBlock dtypeBlock(Dtype dtype)
{
    return kDtypes[size_t(dtype)].block;
}

bool isBlockQuantized(Dtype dtype)
{
    return dtype >= Dtype::Q4_0 && dtype < Dtype::Unknown;
}

int dtypeBits(Dtype dtype)
{
    const DtypeBlock block = dtypeBlock(dtype);
    return block.elements == 0 || isBlockQuantized(dtype) ? 0 : int(block.bytes * 8 / block.elements);
}

std::optional<uint64_t> dtypeBytes(Dtype dtype, uint64_t elements)
{
    const DtypeBlock block = dtypeBlock(dtype);
    uint64_t bytes = 0;
    if (block.elements == 0 || elements % block.elements != 0
        || __builtin_mul_overflow(elements / block.elements, uint64_t(block.bytes), &bytes))
        return std::nullopt;
    return bytes;
}

Dtype dtypeFromGguf(uint32_t number)
{
    for (const DtypeRow &row : kDtypes) {
        if (row.gguf >= 0 && uint32_t(row.gguf) == number)
            return row.dtype;
    }
    return Dtype::Unknown;
}

} // namespace assay
