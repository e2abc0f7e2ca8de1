// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/onnxgraph.h"

#include <array>

namespace assay {
namespace {

// onnx.proto, TensorProto.DataType, by number.
constexpr std::array<OnnxType, 27> kTypes{{
    {"UNDEFINED", Dtype::Unknown, 0},    {"FLOAT", Dtype::F32, 32},
    {"UINT8", Dtype::U8, 8},             {"INT8", Dtype::I8, 8},
    {"UINT16", Dtype::U16, 16},          {"INT16", Dtype::I16, 16},
    {"INT32", Dtype::I32, 32},           {"INT64", Dtype::I64, 64},
    {"STRING", Dtype::Unknown, 0},       {"BOOL", Dtype::Bool, 8},
    {"FLOAT16", Dtype::F16, 16},         {"DOUBLE", Dtype::F64, 64},
    {"UINT32", Dtype::U32, 32},          {"UINT64", Dtype::U64, 64},
    {"COMPLEX64", Dtype::C64, 64},       {"COMPLEX128", Dtype::C128, 128},
    {"BFLOAT16", Dtype::BF16, 16},       {"FLOAT8E4M3FN", Dtype::F8E4M3, 8},
    {"FLOAT8E4M3FNUZ", Dtype::F8E4M3Fnuz, 8}, {"FLOAT8E5M2", Dtype::F8E5M2, 8},
    {"FLOAT8E5M2FNUZ", Dtype::F8E5M2Fnuz, 8}, {"UINT4", Dtype::U4, 4},
    {"INT4", Dtype::I4, 4},              {"FLOAT4E2M1", Dtype::F4, 4},
    {"FLOAT8E8M0", Dtype::F8E8M0, 8},    {"UINT2", Dtype::U2, 2},
    {"INT2", Dtype::I2, 2},
}};

} // namespace

OnnxType onnxType(uint64_t number)
{
    return number < kTypes.size() ? kTypes[size_t(number)] : OnnxType{nullptr, Dtype::Unknown, 0};
}

std::string onnxTypeName(uint64_t number)
{
    const OnnxType type = onnxType(number);
    return type.name ? type.name : "type #" + std::to_string(number);
}

} // namespace assay
