// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/textparts.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <cstring>

namespace assay::jinja {
namespace {

const char *const kUnfit = ASSAY_TEXT("Reason", "the arguments of a call do not fit");

/// A text argument, or a failure.
std::string_view textAt(Interpreter &run, const Given &given, size_t place)
{
    const Text *text = given[place].text();
    if (!text)
        given[place].isUndefined() ? run.failUndefined(given[place]) : run.fail(kUnfit);
    return text ? std::string_view(text->bytes) : std::string_view();
}

/// The part of a text between two characters, as find(), count() and startswith() take them.
struct Window
{
    std::string_view text;
    int64_t start = 0; ///< in characters
    bool valid = true; ///< false: the start lies behind the end
};

Window windowOf(Interpreter &run, const Value &self, const Given &given, size_t place)
{
    const Text &text = *self.text();
    const int64_t length = lengthOf(text);
    int64_t bounds[2] = {0, length};
    for (size_t i = 0; i < 2; ++i) {
        if (!given.has(place + i) || given[place + i].isNone())
            continue;
        const int64_t wanted = wholeOf(run, given[place + i]);
        bounds[i] = wanted < 0 ? std::max<int64_t>(wanted + length, 0) : wanted;
    }
    const bool valid = bounds[0] <= std::min(bounds[1], length);
    const size_t from = byteOf(text, bounds[0]), to = byteOf(text, std::min(bounds[1], length));
    run.charge(text.bytes.size() / 16);
    return {valid ? std::string_view(text.bytes).substr(from, to - from) : std::string_view(), bounds[0], valid};
}

/// Where a part starts (bytes), or npos; linear in the text's length, whatever it holds.
size_t found(std::string_view text, std::string_view part, size_t from = 0)
{
    const void *place = from <= text.size() ? memmem(text.data() + from, text.size() - from, part.data(), part.size()) : nullptr;
    return place ? size_t(static_cast<const char *>(place) - text.data()) : std::string_view::npos;
}

/// The same from the end. A part that hardly differs from the text makes this slow, so that is paid for.
size_t foundLast(Interpreter &run, std::string_view text, std::string_view part)
{
    if (!run.charge(std::min<uint64_t>(uint64_t(text.size()) * part.size() / 64, uint64_t(1) << 40)))
        return std::string_view::npos;
    return text.rfind(part);
}

template <bool atStart>
Value borders(Interpreter &run, const Value &self, const Given &given)
{
    const Window window = windowOf(run, self, given, 1);
    const Sequence *several = given[0].sequence();
    if (several && several->kind != Sequence::Kind::Tuple)
        return run.fail(kUnfit);
    const size_t count = several ? several->items.size() : 1;
    for (size_t i = 0; i < count; ++i) {
        Given one;
        one.places = {several ? several->items[i] : given[0]};
        const std::string_view part = textAt(run, one, 0);
        if (!run.alive())
            return {};
        if (window.valid && (atStart ? window.text.starts_with(part) : window.text.ends_with(part)))
            return Value::boolean(true);
    }
    return Value::boolean(false);
}

template <bool last, bool required>
Value find(Interpreter &run, const Value &self, const Given &given)
{
    const std::string_view part = textAt(run, given, 0);
    const Window window = windowOf(run, self, given, 1);
    const size_t place = !window.valid ? std::string_view::npos : last ? foundLast(run, window.text, part) : found(window.text, part);
    if (!run.alive() || (required && place == std::string_view::npos))
        return run.fail(ASSAY_TEXT("Reason", "a text or list does not hold what is looked for in it"));
    if (place == std::string_view::npos)
        return Value::integer(-1);
    const Text before{std::string(window.text.substr(0, place)), false, self.text()->ascii};
    return Value::integer(window.start + lengthOf(before));
}

Value count(Interpreter &run, const Value &self, const Given &given)
{
    const std::string_view part = textAt(run, given, 0);
    const Window window = windowOf(run, self, given, 1);
    if (!run.alive() || !window.valid)
        return Value::integer(0);
    if (part.empty())
        return Value::integer(1 + lengthOf(Text{std::string(window.text), false, self.text()->ascii}));
    int64_t times = 0;
    for (size_t at = found(window.text, part); at != std::string_view::npos; at = found(window.text, part, at + part.size()))
        ++times;
    return Value::integer(times);
}

Value replace(Interpreter &run, const Value &self, const Given &given)
{
    const std::string_view old = textAt(run, given, 0), fresh = textAt(run, given, 1);
    const int64_t count = given.has(2) ? wholeOf(run, given[2]) : -1;
    return run.alive() ? replacedText(run, self.text()->bytes, old, fresh, count < 0 ? -1 : count) : Value();
}

/// Words, from the left or (then last one first) from the right, at most so many times.
std::vector<std::string_view> splitAtBlanks(std::string_view text, int64_t most, bool fromRight)
{
    std::vector<std::string_view> words;
    size_t start = std::string_view::npos;
    for (size_t at = 0; at < text.size();) {
        const size_t place = at;
        const bool blank = isSpace(nextCodePoint(text, at));
        if (blank && start != std::string_view::npos)
            words.push_back(text.substr(start, place - start)), start = std::string_view::npos;
        else if (!blank && start == std::string_view::npos)
            start = place;
    }
    if (start != std::string_view::npos)
        words.push_back(text.substr(start));
    if (fromRight)
        std::reverse(words.begin(), words.end());
    if (most < 0 || words.size() <= size_t(most))
        return words;
    const size_t place = size_t(words[size_t(most)].data() - text.data()); // of the word with which the rest starts or ends
    const std::string_view rest = fromRight ? text.substr(0, place + words[size_t(most)].size()) : text.substr(place);
    words.resize(size_t(most));
    words.push_back(rest);
    return words;
}

std::vector<std::string_view> splitAt(Interpreter &run, std::string_view text, std::string_view mark, int64_t most, bool fromRight)
{
    std::vector<std::string_view> parts;
    for (; most != 0 && run.alive(); --most) {
        const size_t place = fromRight ? foundLast(run, text, mark) : found(text, mark);
        if (place == std::string_view::npos)
            break;
        parts.push_back(fromRight ? text.substr(place + mark.size()) : text.substr(0, place));
        text = fromRight ? text.substr(0, place) : text.substr(place + mark.size());
        run.charge(sizeof(Value));
    }
    parts.push_back(text);
    return parts;
}

template <bool fromRight>
Value split(Interpreter &run, const Value &self, const Given &given)
{
    const std::string_view text = self.text()->bytes;
    const int64_t most = given.has(1) ? wholeOf(run, given[1]) : -1;
    const bool blanks = !given.has(0) || given[0].isNone();
    const std::string_view mark = blanks ? std::string_view() : textAt(run, given, 0);
    if (!run.alive() || (!blanks && mark.empty()))
        return run.fail(kUnfit);
    auto parts = blanks ? splitAtBlanks(text, most, fromRight) : splitAt(run, text, mark, most, fromRight);
    if (fromRight)
        std::reverse(parts.begin(), parts.end());
    std::vector<Value> out;
    for (const std::string_view part : parts)
        out.push_back(run.text(std::string(part)));
    return run.alive() ? run.list(std::move(out)) : Value();
}

Value splitLines(Interpreter &run, const Value &self, const Given &given)
{
    std::vector<Value> out;
    for (const std::string_view line : linesOf(self.text()->bytes, given.isTrue(0, false), false))
        out.push_back(run.text(std::string(line)));
    return run.alive() ? run.list(std::move(out)) : Value();
}

template <bool last>
Value partition(Interpreter &run, const Value &self, const Given &given)
{
    const std::string_view text = self.text()->bytes, mark = textAt(run, given, 0);
    if (!run.alive() || mark.empty())
        return run.fail(kUnfit);
    const size_t place = last ? foundLast(run, text, mark) : found(text, mark);
    if (place == std::string_view::npos)
        return last ? run.tuple({run.text({}), run.text({}), self}) : run.tuple({self, run.text({}), run.text({})});
    return run.tuple({run.text(std::string(text.substr(0, place))), given[0], run.text(std::string(text.substr(place + mark.size())))});
}

constexpr Function kMethods[] = {
    {"startswith", "prefix,start,end", 1, borders<true>},
    {"endswith", "suffix,start,end", 1, borders<false>},
    {"find", "sub,start,end", 1, find<false, false>},
    {"rfind", "sub,start,end", 1, find<true, false>},
    {"index", "sub,start,end", 1, find<false, true>},
    {"rindex", "sub,start,end", 1, find<true, true>},
    {"count", "sub,start,end", 1, count},
    {"replace", "old,new,count", 2, replace},
    {"split", "sep,maxsplit", 0, split<false>},
    {"rsplit", "sep,maxsplit", 0, split<true>},
    {"splitlines", "keepends", 0, splitLines},
    {"partition", "sep", 1, partition<false>},
    {"rpartition", "sep", 1, partition<true>},
};

} // namespace

std::span<const Function> searchMethods()
{
    return kMethods;
}

} // namespace assay::jinja
