// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/template/value.h"

namespace assay::jinja {

/// str.isspace() of one character.
bool isSpace(char32_t c);
std::string_view strippedLeft(std::string_view text);
std::string_view strippedRight(std::string_view text);

/// The characters of valid UTF-8.
std::u32string decoded(std::string_view text);
std::string encoded(std::u32string_view text);
/// How many characters a text has.
int64_t lengthOf(const Text &text);
/// The byte at which a character stands; the size for those behind the end.
size_t byteOf(const Text &text, int64_t character);
/// The character at a byte.
int64_t characterOf(const Text &text, size_t byte);

enum class Case { Lower, Upper, Title };
/// One character in another case: mostly one, up to three (ß in capitals).
void appendCased(std::string &out, char32_t c, Case wanted);
std::string cased(std::string_view text, Case wanted);
/// str.islower() and its kin: there are letters with cases, and all are in this one.
bool allCased(std::u32string_view text, Case wanted);
/// Whether Python's repr() shows the character itself.
bool isPrintable(char32_t c);

} // namespace assay::jinja
