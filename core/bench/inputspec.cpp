// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/inputspec.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace assay {
namespace {

struct TypeRow
{
    InputType type;
    const char *name;
    int64_t bytes;
    bool floating;
    int64_t limit; ///< drawn numbers are below this; 0: no whole numbers
    int64_t usual; ///< where no limit is declared
};
constexpr int64_t kEvery = std::numeric_limits<int64_t>::max();
constexpr std::array<TypeRow, 10> kTypes{{
    {InputType::F32, "f32", 4, true, 0, 0},
    {InputType::F16, "f16", 2, true, 0, 0},
    {InputType::BF16, "bf16", 2, true, 0, 0},
    {InputType::F64, "f64", 8, true, 0, 0},
    {InputType::I64, "i64", 8, false, kEvery, 2},
    {InputType::I32, "i32", 4, false, int64_t(1) << 31, 2},
    {InputType::I16, "i16", 2, false, 1 << 15, 2},
    {InputType::I8, "i8", 1, false, 1 << 7, 2},
    {InputType::U8, "u8", 1, false, 1 << 8, 1 << 8},
    {InputType::Bool, "bool", 1, false, 0, 0},
}};
constexpr bool inOrder()
{
    for (size_t i = 0; i < kTypes.size(); ++i) {
        if (size_t(kTypes[i].type) != i)
            return false;
    }
    return true;
}
static_assert(inOrder(), "the table follows the order of InputType");

const TypeRow &rowOf(InputType type)
{
    return kTypes[size_t(type)];
}

using Reason = std::optional<const char *>;

/// The number that the whole text is.
template <class T> std::optional<T> numberIn(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// Text between commas that no bracket encloses.
std::vector<std::string_view> partsOf(std::string_view text)
{
    std::vector<std::string_view> out;
    size_t begin = 0;
    int depth = 0;
    for (size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || (text[i] == ',' && depth == 0)) {
            out.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        } else if (text[i] == '[') {
            ++depth;
        } else if (text[i] == ']') {
            --depth;
        }
    }
    return out;
}

Reason readShape(std::string_view text, InputSpec &out)
{
    if (text.empty())
        return {};
    uint64_t bytes = uint64_t(rowOf(out.type).bytes);
    for (const std::string_view part : partsOf(text)) {
        const auto size = numberIn<int64_t>(part);
        if (!size)
            return ASSAY_TEXT("Reason", "its sizes should be whole numbers with commas between them, as in f32[1,3,224,224]");
        if (*size < 1)
            return ASSAY_TEXT("Reason", "each of its sizes should be 1 or more");
        if (uint64_t(*size) > kMostInputBytes / bytes)
            return ASSAY_TEXT("Reason", "it is larger than 4 GiB");
        bytes *= uint64_t(*size);
        out.shape.push_back(*size);
        if (out.shape.size() > kMostDimensions)
            return ASSAY_TEXT("Reason", "it has more than 16 dimensions");
    }
    return {};
}

Reason readLimit(std::string_view text, InputSpec &out)
{
    const TypeRow &row = rowOf(out.type);
    out.below = row.usual;
    if (text.empty())
        return {};
    const auto below = text.front() == '<' ? numberIn<int64_t>(text.substr(1)) : std::nullopt;
    if (!below)
        return ASSAY_TEXT("Reason", "after its sizes only a limit can follow, as in i64[1,128]<30522");
    if (row.limit == 0)
        return ASSAY_TEXT("Reason", "only whole numbers can have a limit");
    if (*below < 1 || *below > row.limit)
        return ASSAY_TEXT("Reason", "its limit does not fit its type");
    out.below = *below;
    return {};
}

Reason readTensor(std::string_view text, InputSpec &out)
{
    const size_t open = text.find('['), close = text.find(']');
    const std::string_view name = text.substr(0, open);
    const auto *row = std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeRow &known) { return name == known.name; });
    if (row == kTypes.end())
        return ASSAY_TEXT("Reason", "its type is none of f32, f16, bf16, f64, i64, i32, i16, i8, u8 and bool");
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return ASSAY_TEXT("Reason", "its sizes should stand in brackets, as in f32[1,3,224,224]");
    out.type = row->type;
    if (const Reason wrong = readShape(text.substr(open + 1, close - open - 1), out))
        return wrong;
    return readLimit(text.substr(close + 1), out);
}

Reason readList(std::string_view text, InputSpec &out)
{
    out.kind = InputSpec::Kind::List;
    if (!text.ends_with(']'))
        return ASSAY_TEXT("Reason", "a list ends with a bracket, as in [f32[3,8,8],f32[3,9,7]]");
    for (const std::string_view part : partsOf(text.substr(1, text.size() - 2))) {
        InputSpec item;
        if (const Reason wrong = readTensor(part, item))
            return wrong;
        out.items.push_back(std::move(item));
        if (out.items.size() > kMostInputs)
            return ASSAY_TEXT("Reason", "it has more than 64 tensors");
    }
    return {};
}

Reason readValue(std::string_view name, std::string_view value, InputSpec &out)
{
    if (name == "int") {
        out.kind = InputSpec::Kind::Integer;
        const auto number = numberIn<int64_t>(value);
        out.integer = number.value_or(0);
        return number ? Reason() : ASSAY_TEXT("Reason", "a whole number should follow int=");
    }
    if (name == "float") {
        out.kind = InputSpec::Kind::Real;
        const auto number = numberIn<double>(value);
        out.real = number.value_or(0);
        return number && std::isfinite(*number) ? Reason() : ASSAY_TEXT("Reason", "a number should follow float=");
    }
    out.kind = InputSpec::Kind::Truth;
    out.truth = value == "true";
    if (name != "bool")
        return ASSAY_TEXT("Reason", "only int=, float= and bool= are values");
    return out.truth || value == "false" ? Reason() : ASSAY_TEXT("Reason", "true or false should follow bool=");
}

Reason read(std::string_view text, InputSpec &out)
{
    if (text.empty())
        return ASSAY_TEXT("Reason", "it is empty");
    if (text == "none") {
        out.kind = InputSpec::Kind::None;
        return {};
    }
    if (text.front() == '[')
        return readList(text, out);
    if (const size_t equals = text.find('='); equals != std::string_view::npos)
        return readValue(text.substr(0, equals), text.substr(equals + 1), out);
    return readTensor(text, out);
}

std::string withoutSpaces(std::string_view text)
{
    std::string out(text);
    std::erase_if(out, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
    return out;
}

tl::unexpected<Error> invalid(std::string_view text, const char *reason)
{
    constexpr size_t kShown = 120;
    return failure(ErrorCode::InputInvalid, {validUtf8(text.substr(0, kShown)), reason});
}

} // namespace

const char *inputTypeName(InputType type)
{
    return rowOf(type).name;
}

int64_t inputTypeBytes(InputType type)
{
    return rowOf(type).bytes;
}

bool isFloating(InputType type)
{
    return rowOf(type).floating;
}

uint64_t InputSpec::elements() const
{
    uint64_t out = 1;
    for (const int64_t size : shape)
        out *= uint64_t(size);
    return out;
}

uint64_t InputSpec::bytes() const
{
    uint64_t out = kind == Kind::Tensor ? elements() * uint64_t(inputTypeBytes(type)) : 0;
    for (const InputSpec &item : items)
        out += item.bytes();
    return out;
}

Result<InputSpec> parseInput(std::string_view text)
{
    InputSpec out;
    const std::string dense = withoutSpaces(text);
    if (const Reason wrong = read(dense, out))
        return invalid(text, *wrong);
    return out;
}

Result<std::vector<InputSpec>> parseInputs(const std::vector<std::string> &texts)
{
    std::vector<InputSpec> out;
    uint64_t bytes = 0;
    for (const std::string &text : texts) {
        for (const std::string_view part : partsOf(text)) {
            auto input = parseInput(part);
            if (!input)
                return tl::unexpected(input.error());
            bytes += input->bytes();
            if (bytes > kMostInputBytes)
                return invalid(part, ASSAY_TEXT("Reason", "all inputs together are larger than 4 GiB"));
            if (out.size() == kMostInputs)
                return invalid(part, ASSAY_TEXT("Reason", "more than 64 inputs are declared"));
            out.push_back(std::move(*input));
        }
    }
    return out;
}

std::string inputText(const InputSpec &input)
{
    switch (input.kind) {
    case InputSpec::Kind::Integer: return "int=" + std::to_string(input.integer);
    case InputSpec::Kind::Real: {
        std::array<char, 32> digits{};
        return "float=" + std::string(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), input.real).ptr);
    }
    case InputSpec::Kind::Truth: return input.truth ? "bool=true" : "bool=false";
    case InputSpec::Kind::None: return "none";
    case InputSpec::Kind::List: {
        std::string out;
        for (const InputSpec &item : input.items)
            out += (out.empty() ? "" : ",") + inputText(item);
        return "[" + out + "]";
    }
    case InputSpec::Kind::Tensor: break;
    }
    std::string out;
    for (const int64_t size : input.shape)
        out += (out.empty() ? "" : ",") + std::to_string(size);
    const bool limited = input.below != rowOf(input.type).usual;
    return std::string(inputTypeName(input.type)) + "[" + out + "]" + (limited ? "<" + std::to_string(input.below) : "");
}

std::string inputsText(const std::vector<InputSpec> &inputs)
{
    std::string out;
    for (const InputSpec &input : inputs)
        out += (out.empty() ? "" : ", ") + inputText(input);
    return out;
}

int64_t batchOf(const std::vector<InputSpec> &inputs)
{
    for (const InputSpec &input : inputs) {
        if (input.kind == InputSpec::Kind::Tensor && !input.shape.empty())
            return input.shape.front();
        if (input.kind == InputSpec::Kind::List)
            return int64_t(input.items.size());
    }
    return 1;
}

} // namespace assay
