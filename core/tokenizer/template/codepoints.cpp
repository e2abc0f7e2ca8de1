// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/codepoints.h"

#include "core/base/text.h"
#include "core/tokenizer/unicode.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <utf8proc.h>

namespace assay::jinja {
namespace {

/// Letters that are several in capitals (Unicode's SpecialCasing.txt), as far as they occur in living languages and
/// old print.
struct SpecialCase
{
    char32_t letter;
    std::u32string_view upper, title;
};
constexpr SpecialCase kSpecial[] = {
    {0x00DF, U"SS", U"Ss"},       {0x0149, U"\u02BCN", U"\u02BCN"}, {0x01F0, U"J\u030C", U"J\u030C"},
    {0x0390, U"\u0399\u0308\u0301", U"\u0399\u0308\u0301"}, {0x03B0, U"\u03A5\u0308\u0301", U"\u03A5\u0308\u0301"},
    {0x0587, U"\u0535\u0552", U"\u0535\u0582"}, {0x1E96, U"H\u0331", U"H\u0331"}, {0x1E97, U"T\u0308", U"T\u0308"},
    {0x1E98, U"W\u030A", U"W\u030A"}, {0x1E99, U"Y\u030A", U"Y\u030A"}, {0x1E9A, U"A\u02BE", U"A\u02BE"},
    {0xFB00, U"FF", U"Ff"},       {0xFB01, U"FI", U"Fi"},       {0xFB02, U"FL", U"Fl"},
    {0xFB03, U"FFI", U"Ffi"},     {0xFB04, U"FFL", U"Ffl"},     {0xFB05, U"ST", U"St"},
    {0xFB06, U"ST", U"St"},
};
constexpr char32_t kCapitalIWithDot = 0x130, kCapitalSigma = 0x3A3, kFinalSigma = 0x3C2;

char32_t simplyCased(char32_t c, Case wanted)
{
    const auto mapped = utf8proc_int32_t(c);
    switch (wanted) {
    case Case::Lower: return char32_t(utf8proc_tolower(mapped));
    case Case::Upper: return char32_t(utf8proc_toupper(mapped));
    case Case::Title: return char32_t(utf8proc_totitle(mapped));
    }
    return c;
}

bool isLetter(char32_t c)
{
    return CharacterClasses::instance().of(c) & character::Letter;
}

} // namespace

bool isSpace(char32_t c)
{
    return isWhiteSpace(c) || (c >= 0x1C && c <= 0x1F);
}

std::string_view strippedLeft(std::string_view text)
{
    size_t at = 0;
    while (at < text.size()) {
        size_t next = at;
        if (!isSpace(nextCodePoint(text, next)))
            break;
        at = next;
    }
    return text.substr(at);
}

std::string_view strippedRight(std::string_view text)
{
    size_t end = text.size();
    while (end > 0) {
        size_t start = end - 1;
        while (start > 0 && (uint8_t(text[start]) & 0xC0) == 0x80)
            --start;
        size_t at = start;
        if (!isSpace(nextCodePoint(text, at)))
            break;
        end = start;
    }
    return text.substr(0, end);
}

std::u32string decoded(std::string_view text)
{
    std::u32string characters;
    characters.reserve(text.size());
    for (size_t at = 0; at < text.size();)
        characters += nextCodePoint(text, at);
    return characters;
}

std::string encoded(std::u32string_view text)
{
    std::string bytes;
    bytes.reserve(text.size());
    for (const char32_t c : text)
        appendUtf8(bytes, c);
    return bytes;
}

int64_t lengthOf(const Text &text)
{
    if (text.ascii)
        return int64_t(text.bytes.size());
    return int64_t(characters(text.bytes));
}

size_t byteOf(const Text &text, int64_t character)
{
    if (text.ascii)
        return size_t(std::min<int64_t>(character, int64_t(text.bytes.size())));
    size_t at = 0;
    for (; character > 0 && at < text.bytes.size(); --character)
        nextCodePoint(text.bytes, at);
    return std::min(at, text.bytes.size());
}

int64_t characterOf(const Text &text, size_t byte)
{
    if (text.ascii)
        return int64_t(byte);
    return int64_t(characters(std::string_view(text.bytes).substr(0, byte)));
}

void appendCased(std::string &out, char32_t c, Case wanted)
{
    if (c < 0x80) {
        const bool letter = wanted == Case::Lower ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z';
        out += char(letter ? c ^ 0x20 : c);
        return;
    }
    if (wanted == Case::Lower && c == kCapitalIWithDot) {
        out += "i\xCC\x87";
        return;
    }
    const auto special = wanted == Case::Lower ? std::end(kSpecial)
                                               : std::find_if(std::begin(kSpecial), std::end(kSpecial), [c](const SpecialCase &row) { return row.letter == c; });
    if (special != std::end(kSpecial))
        out += encoded(wanted == Case::Upper ? special->upper : special->title);
    else
        appendUtf8(out, simplyCased(c, wanted));
}

std::string cased(std::string_view text, Case wanted)
{
    std::string out;
    out.reserve(text.size());
    char32_t before = 0;
    for (size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        size_t next = at;
        const bool last = at >= text.size() || !isLetter(nextCodePoint(text, next));
        if (wanted == Case::Lower && c == kCapitalSigma && last && before && isLetter(before))
            appendUtf8(out, kFinalSigma);
        else
            appendCased(out, c, wanted);
        before = c;
    }
    return out;
}

bool allCased(std::u32string_view text, Case wanted)
{
    bool any = false, behindLetter = false;
    for (const char32_t c : text) {
        const bool title = CharacterClasses::instance().of(c) & character::Title;
        const bool upper = utf8proc_isupper(utf8proc_int32_t(c)) || title, lower = !upper && utf8proc_islower(utf8proc_int32_t(c));
        const bool fits = wanted == Case::Lower ? !upper : wanted == Case::Upper ? !lower && !title : behindLetter ? !upper : !lower;
        if (!fits)
            return false;
        any = any || upper || lower;
        behindLetter = upper || lower;
    }
    return any;
}

bool isPrintable(char32_t c)
{
    return c == ' ' || !(CharacterClasses::instance().of(c) & (character::Other | character::Unassigned | character::Space));
}

} // namespace assay::jinja
