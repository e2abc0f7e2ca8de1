// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay {

/// The code point at this offset of valid UTF-8; moves the offset behind it.
inline char32_t nextCodePoint(std::string_view text, size_t &offset)
{
    const uint8_t first = uint8_t(text[offset++]);
    if (first < 0x80)
        return first;
    const int following = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    char32_t codePoint = first & (0x3F >> following);
    for (int i = 0; i < following && offset < text.size(); ++i)
        codePoint = (codePoint << 6) | (uint8_t(text[offset++]) & 0x3F);
    return codePoint;
}
/// The last code point of valid, non-empty UTF-8.
char32_t lastCodePoint(std::string_view text);
void appendUtf8(std::string &text, char32_t codePoint);
/// Bytes as text: every maximal part of a broken sequence becomes one U+FFFD (Unicode 15, section 3.9), as the
/// reference decodes; base replaces byte by byte.
std::string lossyUtf8(std::string_view bytes);
/// Unicode White_Space.
bool isWhiteSpace(char32_t codePoint);
/// Alphabetic, mark, decimal number, connector punctuation or joiner: \w of Unicode's technical standard 18.
bool isWordCharacter(char32_t codePoint);

} // namespace assay
