// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/stringliteral.h"

#include "core/tokenizer/utf8.h"

#include <charconv>

namespace assay::jinja {
namespace {

/// A number of exactly this many digits; moves behind it.
std::optional<char32_t> hexadecimal(std::string_view body, size_t &at, size_t digits)
{
    uint32_t value = 0;
    if (at + digits > body.size())
        return std::nullopt;
    const char *end = body.data() + at + digits;
    const auto [stop, error] = std::from_chars(body.data() + at, end, value, 16);
    if (error != std::errc() || stop != end)
        return std::nullopt;
    at += digits;
    return char32_t(value);
}

char32_t octal(std::string_view body, size_t &at)
{
    char32_t value = 0;
    for (int i = 0; i < 3 && at < body.size() && body[at] >= '0' && body[at] <= '7'; ++i)
        value = value * 8 + char32_t(body[at++] - '0');
    return value;
}

/// One half of a pair of surrogates stands for nothing in UTF-8.
bool isCharacter(char32_t c)
{
    return c < 0x110000 && (c < 0xD800 || c > 0xDFFF);
}

constexpr std::string_view kPlain = "\\'\"abfnrtv", kMeaning = "\\'\"\a\b\f\n\r\t\v";

} // namespace

std::optional<std::string> readStringLiteral(std::string_view body)
{
    std::string text;
    for (size_t at = 0; at < body.size();) {
        if (body[at] != '\\') {
            text += body[at++];
            continue;
        }
        if (++at >= body.size())
            return std::nullopt;
        const char c = body[at];
        if (const size_t plain = kPlain.find(c); plain != std::string_view::npos) {
            text += kMeaning[plain];
            ++at;
        } else if (c == '\n') {
            ++at; // a line that goes on
        } else if (c >= '0' && c <= '7') {
            appendUtf8(text, octal(body, at));
        } else if (c == 'x' || c == 'u' || c == 'U') {
            const auto value = hexadecimal(body, ++at, c == 'x' ? 2 : c == 'u' ? 4 : 8);
            if (!value || !isCharacter(*value))
                return std::nullopt;
            appendUtf8(text, *value);
        } else if (c == 'N') {
            return std::nullopt; // characters by name
        } else {
            text += '\\';
        }
    }
    return text;
}

} // namespace assay::jinja
