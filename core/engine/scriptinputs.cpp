// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/scriptinputs.h"

#include "core/engine/scripttypes.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/List.h>
#include <ATen/core/jit_type.h>
#include <algorithm>
#include <sstream>

namespace assay::engine {
namespace {

using Kind = InputSpec::Kind;

/// Whether an argument of this type can be given such an input.
bool accepts(const c10::Type &type, const InputSpec &input)
{
    switch (type.kind()) {
    case c10::TypeKind::AnyType: return true;
    case c10::TypeKind::TensorType: return input.kind == Kind::Tensor;
    case c10::TypeKind::IntType: return input.kind == Kind::Integer;
    case c10::TypeKind::FloatType:
    case c10::TypeKind::NumberType: return input.kind == Kind::Real || input.kind == Kind::Integer;
    case c10::TypeKind::BoolType: return input.kind == Kind::Truth;
    case c10::TypeKind::NoneType: return input.kind == Kind::None;
    case c10::TypeKind::ListType:
        return input.kind == Kind::List && type.containedType(0)->kind() == c10::TypeKind::TensorType;
    case c10::TypeKind::OptionalType:
    case c10::TypeKind::UnionType: {
        const auto members = type.containedTypes();
        const bool none = input.kind == Kind::None && type.kind() == c10::TypeKind::OptionalType;
        return none || std::any_of(members.begin(), members.end(), [&](const auto &member) { return accepts(*member, input); });
    }
    default: return false;
    }
}

/// Whether anything that can be declared fits.
bool declarable(const c10::Type &type)
{
    for (const Kind kind : {Kind::Tensor, Kind::List, Kind::Integer, Kind::Real, Kind::Truth, Kind::None}) {
        InputSpec input;
        input.kind = kind;
        if (accepts(type, input))
            return true;
    }
    return false;
}

at::Tensor randomTensor(const InputSpec &input, at::Generator &generator, at::Device device)
{
    const at::ScalarType type = scalarTypeOf(input.type);
    if (isFloating(input.type)) {
        // The CPU's normal distribution knows no half precision everywhere.
        const auto drawn = type == at::kDouble ? at::kDouble : at::kFloat;
        return at::randn(input.shape, generator, at::TensorOptions(drawn)).to(at::TensorOptions(type).device(device));
    }
    const int64_t below = input.type == InputType::Bool ? 2 : input.below;
    return at::randint(below, input.shape, generator, at::TensorOptions(at::kLong)).to(at::TensorOptions(type).device(device));
}

c10::IValue valueOf(const InputSpec &input, const c10::Type &type, at::Generator &generator, at::Device device)
{
    switch (input.kind) {
    case Kind::Tensor: return randomTensor(input, generator, device);
    case Kind::Integer:
        return type.kind() == c10::TypeKind::FloatType ? c10::IValue(double(input.integer)) : c10::IValue(input.integer);
    case Kind::Real: return input.real;
    case Kind::Truth: return input.truth;
    case Kind::None: return {};
    case Kind::List: break;
    }
    c10::List<at::Tensor> list;
    for (const InputSpec &item : input.items)
        list.push_back(randomTensor(item, generator, device));
    return list;
}

} // namespace

std::string signatureOf(const c10::FunctionSchema &schema)
{
    std::ostringstream out;
    out << '(';
    for (size_t i = 1; i < schema.arguments().size(); ++i) {
        const c10::Argument &argument = schema.arguments()[i];
        out << (i > 1 ? ", " : "") << argument.name() << ": " << argument.type()->annotation_str();
        if (argument.default_value())
            out << " = " << *argument.default_value();
    }
    out << ')';
    for (const c10::Argument &result : schema.returns())
        out << " -> " << result.type()->annotation_str();
    return validUtf8(out.str());
}

Result<void> checkInputs(const c10::FunctionSchema &schema, const std::vector<InputSpec> &inputs)
{
    const std::string signature = signatureOf(schema);
    const auto unfit = [&signature](const char *reason, const std::string &argument = {}) {
        return failure(ErrorCode::InputsUnfit, {reason, signature}, validUtf8(argument));
    };
    const auto &arguments = schema.arguments();
    for (size_t i = 1; i < arguments.size(); ++i) {
        const c10::Argument &argument = arguments[i];
        const std::string shown = argument.name() + ": " + argument.type()->annotation_str();
        if (i - 1 < inputs.size()) {
            if (!declarable(*argument.type()))
                return unfit(ASSAY_TEXT("Reason", "an argument is of a type that cannot be declared"), shown);
            if (!accepts(*argument.type(), inputs[i - 1]))
                return unfit(ASSAY_TEXT("Reason", "an input is not what its argument takes"),
                             inputText(inputs[i - 1]) + ", " + shown);
        } else if (!argument.default_value()) {
            return inputs.empty() ? unfit(ASSAY_TEXT("Reason", "none is declared"))
                                  : unfit(ASSAY_TEXT("Reason", "there are too few"), shown);
        }
    }
    if (inputs.size() + 1 > arguments.size())
        return unfit(ASSAY_TEXT("Reason", "there are too many"));
    return {};
}

std::vector<c10::IValue> randomInputs(const c10::FunctionSchema &schema, const std::vector<InputSpec> &inputs, uint64_t seed,
                                      at::Device device)
{
    at::Generator generator = at::detail::createCPUGenerator(seed);
    std::vector<c10::IValue> out;
    for (size_t i = 0; i < inputs.size(); ++i)
        out.push_back(valueOf(inputs[i], *schema.arguments()[i + 1].type(), generator, device));
    return out;
}

} // namespace assay::engine
