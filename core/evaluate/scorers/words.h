// SPDX-License-Identifier: GPL-3.0-or-later
// Texts as the reference scorers, which are written in Python, take them apart. Bytes that are no UTF-8 count as U+FFFD.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::words {

std::string_view trimmed(std::string_view text); ///< of ASCII white space
/// The code point at this place; moves the place behind it.
char32_t next(std::string_view text, size_t &at);
void append(std::string &text, char32_t codePoint);
bool isSpace(char32_t codePoint); ///< as Python's str.isspace
bool isWord(char32_t codePoint);  ///< \w of Python's re: letters, numbers, underscore
bool isAsciiPunctuation(char32_t codePoint);
/// Han, kana and Hangul: scripts whose words are not set apart.
bool isCjk(char32_t codePoint);
size_t codePoints(std::string_view text);

std::string lowered(std::string_view text); ///< simple case mapping of each code point
std::string withoutAsciiPunctuation(std::string_view text);
std::string withoutDigits(std::string_view text); ///< 0 to 9
/// Full-width letters, digits and signs as their ASCII forms, the ideographic space as a space.
std::string narrowed(std::string_view text);

/// What remains of an answer in SQuAD's and HELM's comparison, as words: lower case, without ASCII punctuation, without a, an and the.
std::vector<std::string> answerWords(std::string_view text);
/// The same for text that sets no words apart: narrowed first, punctuation of every script removed, each character of such a script
/// its own word.
std::vector<std::string> answerCharacters(std::string_view text);
std::string joined(const std::vector<std::string> &words); ///< with single spaces

} // namespace assay::words
