// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/scripttypes.h"

namespace assay::engine {
namespace {

struct TypeRow
{
    InputType type;
    at::ScalarType scalar;
};
constexpr TypeRow kTypes[] = {{InputType::F32, at::kFloat},   {InputType::F16, at::kHalf}, {InputType::BF16, at::kBFloat16},
                              {InputType::F64, at::kDouble},  {InputType::I64, at::kLong}, {InputType::I32, at::kInt},
                              {InputType::I16, at::kShort},   {InputType::I8, at::kChar},  {InputType::U8, at::kByte},
                              {InputType::Bool, at::kBool}};

} // namespace

at::ScalarType scalarTypeOf(InputType type)
{
    for (const TypeRow &row : kTypes) {
        if (row.type == type)
            return row.scalar;
    }
    return at::kFloat;
}

std::string typeName(at::ScalarType type)
{
    for (const TypeRow &row : kTypes) {
        if (row.scalar == type)
            return inputTypeName(row.type);
    }
    return c10::toString(type);
}

} // namespace assay::engine
