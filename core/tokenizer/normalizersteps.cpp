// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/normalizersteps.h"

#include "core/tokenizer/bytelevel.h"
#include "core/tokenizer/characterwalk.h"
#include "core/tokenizer/tokenmodel.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

namespace assay::normalize {
namespace {

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return uint8_t(c) < 0x80; });
}

void appendForm(std::string &out, std::string_view text, int options)
{
    utf8proc_uint8_t *mapped = nullptr;
    const utf8proc_ssize_t length =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t *>(text.data()), utf8proc_ssize_t(text.size()), &mapped,
                     utf8proc_option_t(options));
    if (length < 0) { // out of memory: the text stays as it is
        out += text;
        return;
    }
    out.append(reinterpret_cast<const char *>(mapped), size_t(length));
    std::free(mapped);
}

/// Rebuilds the text: `change(c, out)` appends what a character becomes, or returns false to keep it.
template <class F>
void rebuild(std::string &text, F &&change)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (size_t offset = 0; offset < text.size();) {
        const size_t begin = offset;
        const char32_t c = nextCodePoint(text, offset);
        if (!change(c, out))
            out.append(text, begin, offset - begin);
    }
    text = std::move(out);
}

bool isChinese(char32_t c) // the ranges of BERT's code, a gap before U+2B920 included
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2B73F) || (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

} // namespace

void form(std::string &text, int options)
{
    if (isAscii(text))
        return;
    std::string out;
    out.reserve(text.size());
    size_t done = 0, previous = 0; // what is copied; the last character that stays as it is
    for (size_t offset = 0; offset < text.size();) {
        const size_t begin = offset;
        if (!(nextClass(text, offset) & character::Moves)) {
            previous = begin;
            continue;
        }
        // A mark may join the character before it.
        const size_t from = std::max(done, previous);
        while (offset < text.size()) {
            size_t next = offset;
            if (!(nextClass(text, next) & character::Moves))
                break;
            offset = next;
        }
        out.append(text, done, from - done);
        appendForm(out, std::string_view(text).substr(from, offset - from), options);
        done = previous = offset;
    }
    out.append(text, done);
    text = std::move(out);
}

void lowercase(std::string &text)
{
    rebuild(text, [](char32_t c, std::string &out) {
        if (c == 0x130) { // the only one that becomes two
            out += "i\u0307";
            return true;
        }
        const char32_t lower = char32_t(utf8proc_tolower(utf8proc_int32_t(c)));
        if (lower != c)
            appendUtf8(out, lower);
        return lower != c;
    });
}

void dropMarks(std::string &text, bool onlyNonspacing)
{
    if (isAscii(text))
        return;
    const uint32_t dropped = onlyNonspacing ? uint32_t(character::MarkNonspacing) : uint32_t(character::Mark);
    rebuild(text, [&](char32_t c, std::string &) { return (CharacterClasses::instance().of(c) & dropped) != 0; });
}

void strip(std::string &text, bool left, bool right)
{
    size_t begin = 0, end = text.size();
    while (left && begin < end) {
        size_t next = begin;
        if (!isWhiteSpace(nextCodePoint(text, next)))
            break;
        begin = next;
    }
    while (right && end > begin && isWhiteSpace(lastCodePoint(std::string_view(text).substr(0, end)))) {
        do
            --end;
        while (end > begin && (uint8_t(text[end]) & 0xC0) == 0x80);
    }
    text = text.substr(begin, end - begin);
}

void nmt(std::string &text)
{
    rebuild(text, [](char32_t c, std::string &out) {
        if ((c >= 0x1 && c <= 0x8) || c == 0xB || (c >= 0xE && c <= 0x1F) || c == 0x7F || c == 0x8F || c == 0x9F)
            return true;
        const bool blank = c == 0x9 || c == 0xA || c == 0xC || c == 0xD || c == 0x1680 || (c >= 0x200B && c <= 0x200F)
                           || c == 0x2028 || c == 0x2029 || c == 0x2581 || c == 0xFEFF || c == 0xFFFD;
        if (blank)
            out += ' ';
        return blank;
    });
}

void clean(std::string &text)
{
    rebuild(text, [](char32_t c, std::string &out) {
        const bool space = isWhiteSpace(c);
        const bool lineOrTab = c == '\t' || c == '\n' || c == '\r';
        if (c == 0 || c == 0xFFFD || (!lineOrTab && (CharacterClasses::instance().of(c) & character::Other)))
            return true;
        if (space)
            out += ' ';
        return space;
    });
}

void spaceChinese(std::string &text)
{
    if (isAscii(text))
        return;
    rebuild(text, [](char32_t c, std::string &out) {
        if (!isChinese(c))
            return false;
        out += ' ';
        appendUtf8(out, c);
        out += ' ';
        return true;
    });
}

void prepend(std::string &text, const std::string &content)
{
    if (!text.empty())
        text.insert(0, content);
}

void byteLevel(std::string &text)
{
    text = pieceFromBytes(text);
}

void precompiled(std::string &text, const Charsmap &map)
{
    std::string out;
    out.reserve(text.size());
    const std::string_view view(text);
    for (size_t offset = 0; offset < view.size();) {
        const size_t begin = offset;
        char32_t last = nextCodePoint(view, offset);
        utf8proc_int32_t state = 0;
        for (size_t next = offset; next < view.size(); offset = next) {
            const char32_t c = nextCodePoint(view, next);
            if (utf8proc_grapheme_break_stateful(utf8proc_int32_t(last), utf8proc_int32_t(c), &state))
                break;
            last = c;
        }
        const std::string_view grapheme = view.substr(begin, offset - begin);
        const auto whole = grapheme.size() < 6 ? map.shortest(grapheme) : std::nullopt;
        if (whole) {
            out += *whole;
            continue;
        }
        for (size_t at = 0; at < grapheme.size();) {
            const size_t from = at;
            nextCodePoint(grapheme, at);
            const std::string_view c = grapheme.substr(from, at - from);
            out += map.shortest(c).value_or(c);
        }
    }
    text = lossyUtf8(out); // the map's results may be anything
}

void sentencePiece(std::string &text, const Charsmap *map, SentencePieceRules rules)
{
    std::string mapped;
    mapped.reserve(text.size());
    const std::string_view view(text);
    for (size_t offset = 0; offset < view.size();) {
        size_t length = 0;
        const auto found = map ? map->longest(view.substr(offset), length) : std::nullopt;
        if (found) {
            mapped += *found;
            offset += length;
            continue;
        }
        const size_t begin = offset;
        nextCodePoint(view, offset);
        mapped += view.substr(begin, offset - begin);
    }
    mapped = lossyUtf8(mapped);
    const std::string blank(rules.escapeWhitespaces ? kMetaspace : " ");
    std::string out;
    out.reserve(mapped.size() + mapped.size() / 4);
    bool afterBlank = rules.removeExtraWhitespaces; // so that those at the start go
    for (const char c : mapped) {
        if (c != ' ')
            out += c;
        else if (!(rules.removeExtraWhitespaces && afterBlank))
            out += blank;
        afterBlank = c == ' ';
    }
    while (rules.removeExtraWhitespaces && out.ends_with(blank))
        out.resize(out.size() - blank.size());
    if (rules.addDummyPrefix && !out.empty())
        out.insert(rules.blankBehind ? out.size() : 0, blank);
    text = std::move(out);
}

} // namespace assay::normalize
