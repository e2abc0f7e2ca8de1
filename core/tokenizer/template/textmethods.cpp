// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/formatting.h"
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/pythontext.h"
#include "core/tokenizer/template/textparts.h"
#include "core/tokenizer/unicode.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>

namespace assay::jinja {
namespace {

using namespace character;

const char *const kUnfit = ASSAY_TEXT("Reason", "the arguments of a call do not fit");

template <Case wanted>
Value inCase(Interpreter &run, const Value &self, const Given &)
{
    return run.text(cased(self.text()->bytes, wanted));
}

Value capitalize(Interpreter &run, const Value &self, const Given &)
{
    return run.text(capitalizedText(self.text()->bytes));
}

/// A letter behind no letter is a capital.
Value title(Interpreter &run, const Value &self, const Given &)
{
    std::string out;
    bool behindLetter = false;
    for (const char32_t c : decoded(self.text()->bytes)) {
        appendCased(out, c, behindLetter ? Case::Lower : Case::Title);
        behindLetter = CharacterClasses::instance().of(c) & (Upper | Lower | Title);
    }
    return run.text(std::move(out));
}

Value swapCase(Interpreter &run, const Value &self, const Given &)
{
    std::string out;
    for (const char32_t c : decoded(self.text()->bytes))
        appendCased(out, c, CharacterClasses::instance().of(c) & Upper ? Case::Lower : Case::Upper);
    return run.text(std::move(out));
}

template <bool left, bool right>
Value strip(Interpreter &run, const Value &self, const Given &given)
{
    if (given.has(0) && !given[0].isNone() && !given[0].text())
        return run.fail(kUnfit);
    return run.text(std::string(strippedOf(self.text()->bytes, given[0].text(), left, right)));
}

template <bool prefix>
Value removeAffix(Interpreter &run, const Value &self, const Given &given)
{
    std::string_view text = self.text()->bytes;
    if (!given[0].text())
        return run.fail(kUnfit);
    const std::string_view affix = given[0].text()->bytes;
    if (prefix && text.starts_with(affix))
        text.remove_prefix(affix.size());
    else if (!prefix && text.ends_with(affix))
        text.remove_suffix(affix.size());
    return run.text(std::string(text));
}

Value join(Interpreter &run, const Value &self, const Given &given)
{
    const SequencePointer items = given[0].isUndefined() ? nullptr : run.iterate(given[0]);
    std::string out;
    for (size_t i = 0; items && i < items->items.size() && run.charge(self.text()->bytes.size()); ++i) {
        const Text *item = items->items[i].text();
        if (!item)
            return run.fail(kUnfit);
        if (!run.charge(item->bytes.size()))
            return {};
        out += (i == 0 ? std::string_view() : std::string_view(self.text()->bytes));
        out += item->bytes;
    }
    return run.alive() ? run.text(std::move(out)) : Value();
}

/// Whether the text is not empty and all its characters are of these classes.
template <uint32_t classes>
Value isAll(Interpreter &, const Value &self, const Given &)
{
    const std::u32string text = decoded(self.text()->bytes);
    return Value::boolean(!text.empty() && std::all_of(text.begin(), text.end(), [](char32_t c) { return CharacterClasses::instance().of(c) & classes; }));
}

Value isAllSpace(Interpreter &, const Value &self, const Given &)
{
    const std::u32string text = decoded(self.text()->bytes);
    return Value::boolean(!text.empty() && std::all_of(text.begin(), text.end(), isSpace));
}

Value isAllPrintable(Interpreter &, const Value &self, const Given &)
{
    const std::u32string text = decoded(self.text()->bytes);
    return Value::boolean(std::all_of(text.begin(), text.end(), isPrintable));
}

Value isAscii(Interpreter &, const Value &self, const Given &)
{
    return Value::boolean(self.text()->ascii);
}

Value isIdentifier(Interpreter &, const Value &self, const Given &)
{
    const std::u32string text = decoded(self.text()->bytes);
    const auto fits = [](char32_t c) { return c == '_' || (CharacterClasses::instance().of(c) & (Letter | MarkNonspacing | MarkOther | Digit | Connector)); };
    const bool starts = !text.empty() && (text[0] == '_' || (CharacterClasses::instance().of(text[0]) & Letter));
    return Value::boolean(starts && std::all_of(text.begin(), text.end(), fits));
}

template <Case wanted>
Value isCase(Interpreter &, const Value &self, const Given &)
{
    return Value::boolean(allCased(decoded(self.text()->bytes), wanted));
}

template <Side side>
Value padded(Interpreter &run, const Value &self, const Given &given)
{
    const std::string fill = given.has(1) ? printed(run, given[1]) : " ";
    const int64_t width = wholeOf(run, given[0]);
    if (!run.alive() || decoded(fill).size() != 1)
        return run.fail(kUnfit);
    return paddedText(run, *self.text(), width, fill, side);
}

Value zeroFilled(Interpreter &run, const Value &self, const Given &given)
{
    const std::string &text = self.text()->bytes;
    const int64_t missing = wholeOf(run, given[0]) - lengthOf(*self.text());
    if (missing <= 0 || !run.charge(uint64_t(missing)))
        return run.text(text);
    const size_t sign = text.starts_with('-') || text.starts_with('+');
    return run.text(text.substr(0, sign) + std::string(size_t(missing), '0') + text.substr(sign));
}

Value expandTabs(Interpreter &run, const Value &self, const Given &given)
{
    const int64_t width = given.has(0) ? wholeOf(run, given[0]) : 8;
    std::string out;
    int64_t column = 0;
    for (const char32_t c : decoded(self.text()->bytes)) {
        if (c == '\t') {
            const int64_t blanks = width > 0 ? width - column % width : 0;
            if (!run.charge(uint64_t(blanks)))
                return {};
            out.append(size_t(blanks), ' ');
            column += blanks;
            continue;
        }
        appendUtf8(out, c);
        column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
    return run.text(std::move(out));
}

Value format(Interpreter &run, const Value &self, const Given &given)
{
    return formattedByBraces(run, *self.text(), given.rest);
}

constexpr Function kMethods[] = {
    {"upper", "", 0, inCase<Case::Upper>},
    {"lower", "", 0, inCase<Case::Lower>},
    {"casefold", "", 0, inCase<Case::Lower>},
    {"capitalize", "", 0, capitalize},
    {"title", "", 0, title},
    {"swapcase", "", 0, swapCase},
    {"strip", "chars", 0, strip<true, true>},
    {"lstrip", "chars", 0, strip<true, false>},
    {"rstrip", "chars", 0, strip<false, true>},
    {"removeprefix", "prefix", 1, removeAffix<true>},
    {"removesuffix", "suffix", 1, removeAffix<false>},
    {"join", "iterable", 1, join},
    {"isalpha", "", 0, isAll<Letter>},
    {"isdigit", "", 0, isAll<Digit>},
    {"isdecimal", "", 0, isAll<Digit>},
    {"isnumeric", "", 0, isAll<Number>},
    {"isalnum", "", 0, isAll<Letter | Number>},
    {"isspace", "", 0, isAllSpace},
    {"isprintable", "", 0, isAllPrintable},
    {"isascii", "", 0, isAscii},
    {"isidentifier", "", 0, isIdentifier},
    {"islower", "", 0, isCase<Case::Lower>},
    {"isupper", "", 0, isCase<Case::Upper>},
    {"istitle", "", 0, isCase<Case::Title>},
    {"ljust", "width,fillchar", 1, padded<Side::Right>},
    {"rjust", "width,fillchar", 1, padded<Side::Left>},
    {"center", "width,fillchar", 1, padded<Side::Both>},
    {"zfill", "width", 1, zeroFilled},
    {"expandtabs", "tabsize", 0, expandTabs},
    {"format", "*,**", 0, format},
};

} // namespace

std::span<const Function> textMethods()
{
    return kMethods;
}

} // namespace assay::jinja
