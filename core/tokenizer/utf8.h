// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay {

/// The code point at this offset of valid UTF-8; moves the offset behind it.
char32_t nextCodePoint(std::string_view text, size_t &offset);
/// The last code point of valid, non-empty UTF-8.
char32_t lastCodePoint(std::string_view text);
void appendUtf8(std::string &text, char32_t codePoint);
/// Bytes as text: every maximal part of a broken sequence becomes one U+FFFD (Unicode 15, section 3.9), as the
/// reference decodes; base replaces byte by byte.
std::string lossyUtf8(std::string_view bytes);
/// Unicode White_Space.
bool isWhiteSpace(char32_t codePoint);
/// Letter, mark, number or connector punctuation: \w of a Unicode-aware regular expression.
bool isWordCharacter(char32_t codePoint);

} // namespace assay
