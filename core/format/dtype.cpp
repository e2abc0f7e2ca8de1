// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/dtype.h"

#include <array>

namespace assay {
namespace {

struct DtypeRow
{
    Dtype dtype;
    const char *name;
    int bits;
};

// safetensors, tensor.rs: enum Dtype and its bitsize().
constexpr std::array<DtypeRow, size_t(Dtype::Unknown) + 1> kDtypes{{
    {Dtype::Bool, "BOOL", 8},
    {Dtype::F4, "F4", 4},
    {Dtype::F6E2M3, "F6_E2M3", 6},
    {Dtype::F6E3M2, "F6_E3M2", 6},
    {Dtype::U8, "U8", 8},
    {Dtype::I8, "I8", 8},
    {Dtype::F8E5M2, "F8_E5M2", 8},
    {Dtype::F8E4M3, "F8_E4M3", 8},
    {Dtype::F8E8M0, "F8_E8M0", 8},
    {Dtype::F8E4M3Fnuz, "F8_E4M3FNUZ", 8},
    {Dtype::F8E5M2Fnuz, "F8_E5M2FNUZ", 8},
    {Dtype::I16, "I16", 16},
    {Dtype::U16, "U16", 16},
    {Dtype::F16, "F16", 16},
    {Dtype::BF16, "BF16", 16},
    {Dtype::I32, "I32", 32},
    {Dtype::U32, "U32", 32},
    {Dtype::F32, "F32", 32},
    {Dtype::C64, "C64", 64},
    {Dtype::F64, "F64", 64},
    {Dtype::I64, "I64", 64},
    {Dtype::U64, "U64", 64},
    {Dtype::Unknown, "?", 0},
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
        if (name == row.name)
            return row.dtype;
    }
    return Dtype::Unknown;
}

const char *dtypeName(Dtype dtype)
{
    return kDtypes[size_t(dtype)].name;
}

int dtypeBits(Dtype dtype)
{
    return kDtypes[size_t(dtype)].bits;
}

} // namespace assay
