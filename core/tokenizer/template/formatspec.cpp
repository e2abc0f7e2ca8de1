// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/formatting.h"
#include "core/tokenizer/template/pythontext.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace assay::jinja {
namespace {

constexpr int kWidest = 10'000, kMostDigits = 300;

/// [[fill]align][sign][#][0][width][,][.precision][type] of Python's format language.
struct Spec
{
    std::string fill = " ";
    char align = '\0', sign = '-', type = '\0', grouping = '\0';
    bool alternate = false;
    int width = 0, precision = -1;
};

bool isAlign(char c)
{
    return c == '<' || c == '>' || c == '^' || c == '=';
}

bool readNumber(std::string_view spec, size_t &at, int &number)
{
    const auto [end, error] = std::from_chars(spec.data() + at, spec.data() + spec.size(), number);
    at = size_t(end - spec.data());
    return error == std::errc();
}

std::optional<Spec> readSpec(std::string_view text)
{
    Spec spec;
    size_t at = 0;
    const size_t first = text.empty() ? 0 : size_t(byteOf(Text{std::string(text), false, false}, 1));
    if (text.size() > first && isAlign(text[first])) {
        spec.fill = text.substr(0, first);
        spec.align = text[first];
        at = first + 1;
    } else if (!text.empty() && isAlign(text[0])) {
        spec.align = text[at++];
    }
    const auto is = [&](std::string_view set) { return at < text.size() && set.find(text[at]) != std::string_view::npos; };
    if (is("+- "))
        spec.sign = text[at++];
    if (is("#"))
        spec.alternate = (++at, true);
    if (is("0")) {
        ++at;
        spec.fill = "0";
        spec.align = spec.align ? spec.align : '=';
    }
    if (is("0123456789") && (!readNumber(text, at, spec.width) || spec.width > kWidest))
        return std::nullopt;
    if (is(",_"))
        spec.grouping = text[at++];
    if (is(".") && (!readNumber(text, ++at, spec.precision) || spec.precision > kMostDigits))
        return std::nullopt;
    if (at < text.size())
        spec.type = text[at++];
    return at == text.size() ? std::optional(spec) : std::nullopt;
}

std::string padded(std::string text, const std::string &sign, const Spec &spec, char align)
{
    const int64_t length = lengthOf(Text{text, false, false}) + int64_t(sign.size());
    const int64_t missing = std::max<int64_t>(spec.width - length, 0);
    const int64_t left = align == '>' || align == '=' ? missing : align == '^' ? missing / 2 : 0;
    std::string before, after;
    for (int64_t i = 0; i < missing; ++i)
        (i < left ? before : after) += spec.fill;
    return align == '=' ? sign + before + text : before + sign + text + after;
}

std::string grouped(std::string digits, char mark)
{
    const size_t whole = std::min(digits.find_first_not_of("0123456789"), digits.size());
    for (size_t at = whole; mark && at > 3; at -= 3)
        digits.insert(at - 3, 1, mark);
    return digits;
}

std::string signOf(bool negative, char sign)
{
    return negative ? "-" : sign == '-' ? "" : std::string(1, sign);
}

std::string based(uint64_t value, int base, bool capital)
{
    char buffer[72];
    std::string digits(buffer, std::to_chars(buffer, buffer + sizeof buffer, value, base).ptr);
    return capital ? cased(digits, Case::Upper) : digits;
}

std::string realDigits(double value, const Spec &spec)
{
    if (!std::isfinite(value))
        return std::isnan(value) ? "nan" : "inf";
    if (spec.type == '\0' && spec.precision < 0)
        return floatText(value);
    const bool percent = spec.type == '%';
    char pattern[8] = {'%', '.', '*', spec.type == '\0' || spec.type == 'n' ? 'g' : percent ? 'f' : spec.type, '\0'};
    char buffer[700];
    std::snprintf(buffer, sizeof buffer, pattern, spec.precision < 0 ? 6 : spec.precision, percent ? value * 100 : value);
    std::string digits = buffer;
    if (spec.type == '\0' && digits.find_first_of(".e") == std::string::npos)
        digits += ".0";
    return percent ? digits + "%" : digits;
}

std::optional<std::string> wholeNumber(int64_t whole, const Spec &spec, char align)
{
    const uint64_t size = whole < 0 ? 0 - uint64_t(whole) : uint64_t(whole);
    const std::string sign = signOf(whole < 0, spec.sign);
    switch (spec.type) {
    case '\0': case 'd': case 'n': return padded(grouped(std::to_string(size), spec.grouping), sign, spec, align);
    case 'x': case 'X': return padded(based(size, 16, spec.type == 'X'), sign + (spec.alternate ? spec.type == 'X' ? "0X" : "0x" : ""), spec, align);
    case 'o': return padded(based(size, 8, false), sign + (spec.alternate ? "0o" : ""), spec, align);
    case 'b': return padded(based(size, 2, false), sign + (spec.alternate ? "0b" : ""), spec, align);
    default: return std::nullopt;
    }
}

std::optional<std::string> number(const Value &value, const Spec &spec)
{
    const bool whole = !value.as<double>();
    const char align = spec.align ? spec.align : '>';
    const std::string_view realTypes = whole ? "eEfFgG%" : std::string_view("\0eEfFgGn%", 9);
    if (realTypes.find(spec.type) != std::string_view::npos) {
        const double real = *value.number();
        return padded(grouped(realDigits(std::fabs(real), spec), spec.grouping), signOf(std::signbit(real) && !std::isnan(real), spec.sign), spec, align);
    }
    if (!whole || spec.precision >= 0)
        return std::nullopt;
    return wholeNumber(value.integer().value_or(0), spec, align);
}

} // namespace

std::string formattedBySpec(Interpreter &run, const Value &value, std::string_view text)
{
    if (text.empty())
        return printed(run, value);
    const auto spec = readSpec(text);
    const bool flag = value.as<bool>() && spec && spec->type == '\0';
    std::optional<std::string> out;
    if (spec && value.number() && !flag)
        out = number(value, *spec);
    else if (spec && flag)
        out = padded(std::to_string(*value.integer()), {}, *spec, spec->align ? spec->align : '>');
    else if (spec && value.text() && (spec->type == '\0' || spec->type == 's') && spec->align != '=' && spec->sign == '-') {
        const Text &held = *value.text();
        const std::string part = spec->precision < 0 ? held.bytes : held.bytes.substr(0, byteOf(held, spec->precision));
        out = padded(part, {}, *spec, spec->align ? spec->align : '<');
    }
    if (!out)
        run.fail(ASSAY_TEXT("Reason", "a value cannot be formatted this way"));
    return out.value_or(std::string());
}

} // namespace assay::jinja
