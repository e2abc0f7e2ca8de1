// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <algorithm>
#include <optional>

namespace assay {
namespace {

/// Bytes of the valid UTF-8 sequence at the start of the text; 0 when there is none (RFC 3629, section 4).
size_t sequenceLength(std::string_view text)
{
    const auto at = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const unsigned lead = at(0);
    if (lead < 0x80)
        return 1;
    const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    for (size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xC0) != 0x80)
            return 0;
    }
    // Overlong forms, surrogates, and what lies beyond U+10FFFF.
    const unsigned second = at(1);
    const bool refused = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)
                         || (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
    return refused ? 0 : length;
}

/// The form of "{1:one|many}" at the start of the pattern that fits the argument; takes it off the pattern. Nothing
/// where no such braces stand there.
std::optional<std::string_view> takeForm(std::string_view &pattern, const std::vector<std::string> &arguments)
{
    if (pattern.size() < 3 || pattern[0] != '{' || pattern[1] < '1' || pattern[1] > '9' || pattern[2] != ':')
        return std::nullopt;
    const size_t bar = pattern.find('|'), end = pattern.find('}');
    if (bar == std::string_view::npos || end == std::string_view::npos || bar > end)
        return std::nullopt;
    const size_t index = size_t(pattern[1] - '1');
    const bool one = index < arguments.size() && arguments[index] == "1";
    const std::string_view form = one ? pattern.substr(3, bar - 3) : pattern.substr(bar + 1, end - bar - 1);
    pattern.remove_prefix(end + 1);
    return form;
}

} // namespace

std::string untranslated(const char *, const char *source)
{
    return source;
}

std::string fillIn(std::string_view pattern, const std::vector<std::string> &arguments)
{
    std::string out;
    out.reserve(pattern.size() + 32);
    while (!pattern.empty()) {
        if (const auto form = takeForm(pattern, arguments)) {
            out += fillIn(*form, arguments); // its own marks, too
            continue;
        }
        const bool mark = pattern.size() > 1 && pattern[0] == '%' && pattern[1] >= '1' && pattern[1] <= '9';
        const size_t index = mark ? size_t(pattern[1] - '1') : arguments.size();
        out += index < arguments.size() ? std::string_view(arguments[index]) : pattern.substr(0, 1);
        pattern.remove_prefix(index < arguments.size() ? 2 : 1);
    }
    return out;
}

std::string validUtf8(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const size_t length = sequenceLength(text);
        out += length > 0 ? text.substr(0, length) : std::string_view("\xEF\xBF\xBD");
        text.remove_prefix(length > 0 ? length : 1);
    }
    return out;
}

size_t characters(std::string_view text)
{
    return size_t(std::ranges::count_if(text, [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace assay
