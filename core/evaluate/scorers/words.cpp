// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/words.h"

#include <algorithm>
#include <utf8proc.h>

namespace assay::words {
namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";
constexpr char32_t kReplacement = 0xFFFD;

bool isPunctuation(char32_t c)
{
    const utf8proc_category_t category = utf8proc_category(utf8proc_int32_t(c));
    return isAsciiPunctuation(c) || (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO);
}

bool isArticle(std::string_view word)
{
    return word == "a" || word == "an" || word == "the";
}

/// Splits at white space; within a piece, articles that stand between characters that are no word's go, too ("l’a").
class WordSplit
{
public:
    void space()
    {
        endRun();
        if (!m_word.empty())
            m_words.push_back(std::move(m_word));
        m_word.clear();
    }
    void character(char32_t c)
    {
        if (isWord(c)) {
            append(m_run, c);
            return;
        }
        endRun();
        append(m_word, c);
    }
    std::vector<std::string> take()
    {
        space();
        return std::move(m_words);
    }

private:
    /// An article gives way to a space.
    void endRun()
    {
        if (isArticle(m_run)) {
            m_run.clear();
            if (!m_word.empty())
                m_words.push_back(std::move(m_word));
            m_word.clear();
        }
        m_word += m_run;
        m_run.clear();
    }

    std::string m_word, m_run; ///< what the word has so far; the word characters since the last other one
    std::vector<std::string> m_words;
};

template <typename Keep>
std::string filtered(std::string_view text, Keep keep)
{
    std::string out;
    out.reserve(text.size());
    std::ranges::copy_if(text, std::back_inserter(out), keep);
    return out;
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    const size_t first = text.find_first_not_of(kBlank);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

char32_t next(std::string_view text, size_t &at)
{
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x80) {
        ++at;
        return first;
    }
    utf8proc_int32_t codePoint = 0;
    const auto *bytes = reinterpret_cast<const utf8proc_uint8_t *>(text.data() + at);
    const auto left = utf8proc_ssize_t(std::min<size_t>(text.size() - at, 4));
    const utf8proc_ssize_t taken = utf8proc_iterate(bytes, left, &codePoint);
    at += taken > 0 ? size_t(taken) : 1;
    return taken > 0 ? char32_t(codePoint) : kReplacement;
}

void append(std::string &text, char32_t codePoint)
{
    if (codePoint < 0x80) {
        text += char(codePoint);
        return;
    }
    utf8proc_uint8_t bytes[4];
    const utf8proc_ssize_t count = utf8proc_encode_char(utf8proc_int32_t(codePoint), bytes);
    text.append(reinterpret_cast<const char *>(bytes), size_t(count));
}

bool isSpace(char32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A)
           || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool isWord(char32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    switch (utf8proc_category(utf8proc_int32_t(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
    }
}

bool isAsciiPunctuation(char32_t c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

bool isCjk(char32_t c)
{
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3)
           || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF) || c == 0x3005 || c == 0x3007;
}

size_t codePoints(std::string_view text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.size(); ++count)
        next(text, at);
    return count;
}

std::string lowered(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (size_t at = 0; at < text.size();) {
        const char32_t c = next(text, at);
        append(out, c < 0x80 ? char32_t(c >= 'A' && c <= 'Z' ? c + 32 : c) : char32_t(utf8proc_tolower(utf8proc_int32_t(c))));
    }
    return out;
}

std::string withoutAsciiPunctuation(std::string_view text)
{
    return filtered(text, [](char c) { return !isAsciiPunctuation(char32_t(static_cast<unsigned char>(c))); });
}

std::string withoutDigits(std::string_view text)
{
    return filtered(text, [](char c) { return c < '0' || c > '9'; });
}

std::string narrowed(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (size_t at = 0; at < text.size();) {
        const char32_t c = next(text, at);
        append(out, c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c == 0x3000 ? U' ' : c);
    }
    return out;
}

std::vector<std::string> answerWords(std::string_view text)
{
    const std::string plain = withoutAsciiPunctuation(lowered(text));
    WordSplit split;
    for (size_t at = 0; at < plain.size();) {
        const char32_t c = next(plain, at);
        isSpace(c) ? split.space() : split.character(c);
    }
    return split.take();
}

std::vector<std::string> answerCharacters(std::string_view text)
{
    const std::string plain = lowered(narrowed(text));
    WordSplit split;
    for (size_t at = 0; at < plain.size();) {
        const char32_t c = next(plain, at);
        if (isPunctuation(c))
            continue;
        if (isSpace(c) || isCjk(c))
            split.space();
        if (isSpace(c))
            continue;
        split.character(c);
        if (isCjk(c))
            split.space();
    }
    return split.take();
}

std::string joined(const std::vector<std::string> &words)
{
    std::string out;
    for (const std::string &word : words)
        out += out.empty() ? word : " " + word;
    return out;
}

} // namespace assay::words
