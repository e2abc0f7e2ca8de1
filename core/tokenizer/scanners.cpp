// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/scanners.h"

#include "core/tokenizer/characterwalk.h"
#include "core/tokenizer/splitpatterns.h"

#include <array>

namespace assay {
namespace {

using namespace character;

/// Length of 's 't 're 've 'm 'll 'd at an apostrophe; 0: none of them.
size_t contraction(std::string_view text, size_t at, bool anyCase)
{
    if (at + 1 >= text.size() || text[at] != '\'')
        return 0;
    const auto lower = [&](size_t i) {
        const char c = i < text.size() ? text[i] : '\0';
        return char(anyCase && c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    };
    const char first = lower(at + 1), second = lower(at + 2);
    if (first == 's' || first == 't' || first == 'm' || first == 'd')
        return 2;
    if (anyCase && text.substr(at + 1).starts_with("\xC5\xBF")) // U+017F is a small s, too
        return 3;
    return (first == 'r' && second == 'e') || (first == 'v' && second == 'e') || (first == 'l' && second == 'l') ? 3 : 0;
}

/// Behind the run of characters of these classes that begins here.
size_t runOf(std::string_view text, size_t at, uint32_t classes)
{
    while (at < text.size()) {
        size_t next = at;
        if (!(nextClass(text, next) & classes))
            break;
        at = next;
    }
    return at;
}

/// Behind the run of characters that are of none of these classes.
size_t runOfOthers(std::string_view text, size_t at, uint32_t classes)
{
    while (at < text.size()) {
        size_t next = at;
        if (nextClass(text, next) & classes)
            break;
        at = next;
    }
    return at;
}

/// White space as all the patterns have it: "\s*[\r\n]+|\s+(?!\S)|\s+", the first part only where lines matter.
size_t whiteSpace(std::string_view text, size_t offset, bool lines)
{
    size_t at = offset, last = offset, behindLine = 0;
    while (at < text.size()) {
        size_t next = at;
        const uint32_t classes = nextClass(text, next);
        if (!(classes & Space))
            break;
        last = at;
        at = next;
        if (classes & NewLine)
            behindLine = at;
    }
    if (lines && behindLine > 0)
        return behindLine - offset;
    // The last blank goes with the word that follows.
    return (at == text.size() || last == offset ? at : last) - offset;
}

/// "\p{N}{1,most}"
template <int most>
size_t numbers(std::string_view text, size_t at)
{
    const size_t begin = at;
    for (int i = 0; i < most && at < text.size(); ++i) {
        size_t next = at;
        if (!(nextClass(text, next) & Number))
            break;
        at = next;
    }
    return at - begin;
}

size_t gpt2(std::string_view text, size_t offset)
{
    if (const size_t length = contraction(text, offset, false))
        return length;
    const size_t at = text[offset] == ' ' ? offset + 1 : offset;
    if (at < text.size()) {
        size_t next = at;
        const uint32_t classes = nextClass(text, next);
        if (classes & Letter)
            return runOf(text, next, Letter) - offset;
        if (classes & Number)
            return runOf(text, next, Number) - offset;
        if (!(classes & Space))
            return runOfOthers(text, next, Space | Letter | Number) - offset;
    }
    return whiteSpace(text, offset, false);
}

/// " ?[^\s\p{L}\p{N}]+" and what of `behind` follows.
size_t others(std::string_view text, size_t offset, bool slash)
{
    const size_t begin = text[offset] == ' ' ? offset + 1 : offset;
    size_t at = runOfOthers(text, begin, Space | Letter | Number);
    if (at == begin)
        return 0;
    while (at < text.size() && (text[at] == '\r' || text[at] == '\n' || (slash && text[at] == '/')))
        ++at;
    return at - offset;
}

template <int mostDigits>
size_t cl100k(std::string_view text, size_t offset)
{
    if (const size_t length = contraction(text, offset, true))
        return length;
    size_t next = offset;
    const uint32_t classes = nextClass(text, next);
    if (classes & Letter)
        return runOf(text, next, Letter) - offset;
    if (!(classes & (NewLine | Number))) {
        const size_t end = runOf(text, next, Letter);
        if (end > next)
            return end - offset;
    }
    if (classes & Number)
        return numbers<mostDigits>(text, offset);
    if (const size_t length = others(text, offset, false))
        return length;
    return whiteSpace(text, offset, true);
}

constexpr uint32_t kCapitals = Upper | Title | Modifier | OtherLetter | Mark; // may stand before small letters
constexpr uint32_t kSmall = Lower | Modifier | OtherLetter | Mark;

/// "[capitals]*[small]+" from here; where it ends, or 0. What the first run took of both classes it gives back, the
/// last such character first.
size_t capitalsThenSmall(std::string_view text, size_t begin)
{
    size_t at = begin, lastOfBoth = 0;
    while (at < text.size()) {
        size_t next = at;
        const uint32_t classes = nextClass(text, next);
        if (!(classes & kCapitals))
            break;
        at = next;
        if (classes & kSmall)
            lastOfBoth = at;
    }
    const size_t end = runOf(text, at, kSmall);
    return end > at ? end : lastOfBoth;
}

/// "[capitals]+[small]*"
size_t capitalsOrMore(std::string_view text, size_t begin)
{
    const size_t at = runOf(text, begin, kCapitals);
    return at == begin ? 0 : runOf(text, at, kSmall);
}

size_t o200k(std::string_view text, size_t offset)
{
    size_t behindFirst = offset;
    const uint32_t classes = nextClass(text, behindFirst);
    const bool mayLead = !(classes & (NewLine | Letter | Number));
    for (const auto part : {capitalsThenSmall, capitalsOrMore}) {
        size_t end = mayLead ? part(text, behindFirst) : 0;
        if (end == 0 && (classes & (kCapitals | kSmall)))
            end = part(text, offset);
        if (end != 0)
            return end + contraction(text, end, true) - offset;
    }
    if (classes & Number)
        return numbers<3>(text, offset);
    if (const size_t length = others(text, offset, true))
        return length;
    return whiteSpace(text, offset, true);
}

bool chineseOrKana(char32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FA5) || (c >= 0x3040 && c <= 0x30FF);
}

size_t deepseekHan(std::string_view text, size_t offset)
{
    size_t at = offset;
    while (at < text.size() && uint8_t(text[at]) >= 0xE3 && uint8_t(text[at]) <= 0xE9) {
        size_t next = at;
        if (!chineseOrKana(nextCodePoint(text, next)))
            break;
        at = next;
    }
    return at - offset;
}

bool isAsciiLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

size_t deepseekWords(std::string_view text, size_t offset)
{
    const char first = text[offset];
    const bool asciiMark = first > ' ' && first < 0x7F && !isAsciiLetter(first) && !(first >= '0' && first <= '9');
    if (asciiMark && offset + 1 < text.size() && isAsciiLetter(text[offset + 1])) {
        size_t at = offset + 2;
        while (at < text.size() && isAsciiLetter(text[at]))
            ++at;
        return at - offset;
    }
    size_t next = offset;
    const uint32_t classes = nextClass(text, next);
    const bool mayLead = !(classes & (NewLine | Letter | Punctuation | Symbol));
    const size_t end = runOf(text, next, Letter | Mark);
    if ((classes & (Letter | Mark)) || (mayLead && end > next))
        return end - offset;
    const size_t begin = first == ' ' ? offset + 1 : offset;
    size_t at = runOf(text, begin, Punctuation | Symbol);
    if (at > begin) {
        while (at < text.size() && (text[at] == '\r' || text[at] == '\n'))
            ++at;
        return at - offset;
    }
    return classes & Space ? whiteSpace(text, offset, true) : 0;
}

struct Known
{
    std::string_view regex;
    Scanner scanner;
};

constexpr std::array kKnown{
    Known{splitpattern::kGpt2, gpt2},           Known{splitpattern::kThreeDigits, cl100k<3>},
    Known{splitpattern::kOneDigit, cl100k<1>},  Known{splitpattern::kO200k, o200k},
    Known{splitpattern::kNumber, numbers<1>},   Known{splitpattern::kUpToThreeNumbers, numbers<3>},
    Known{splitpattern::kHanAndKana, deepseekHan}, Known{splitpattern::kDeepseekWords, deepseekWords},
};

} // namespace

Scanner scannerOf(std::string_view regex)
{
    for (const Known &known : kKnown) {
        if (known.regex == regex)
            return known.scanner;
    }
    return nullptr;
}

std::string_view knownPattern(size_t index)
{
    return index < kKnown.size() ? kKnown[index].regex : std::string_view();
}

} // namespace assay
