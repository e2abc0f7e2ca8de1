// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/numbers.h"

#include "core/evaluate/scorers/judges.h"
#include "core/evaluate/scorers/mathtext.h"
#include "core/evaluate/scorers/words.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr std::string_view kMark = "#### ";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isNumberOrDollar(char c)
{
    return isDigit(c) || c == '$' || c == '.' || c == ',';
}

size_t runEnd(std::string_view text, size_t at, bool belongs(char))
{
    while (at < text.size() && belongs(text[at]))
        ++at;
    return at;
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Where the digits, commas and the point of a decimal end. A comma or point that nothing follows is the sentence's.
size_t decimalEnd(std::string_view text, size_t at)
{
    bool point = false;
    while (at < text.size()) {
        const bool separator = (text[at] == ',' && !point) || (text[at] == '.' && !point);
        if (separator && (at + 1 >= text.size() || !isDigit(text[at + 1])))
            break;
        if (!isDigit(text[at]) && !separator)
            break;
        point = point || text[at] == '.';
        ++at;
    }
    return at;
}

} // namespace

std::string_view gsm8kStrictNumber(std::string_view text)
{
    for (size_t mark = text.find(kMark); mark != std::string_view::npos; mark = text.find(kMark, mark + 1)) {
        const size_t from = mark + kMark.size();
        const size_t digits = from + (from < text.size() && text[from] == '-' ? 1 : 0);
        const size_t end = runEnd(text, digits, [](char c) { return isNumberOrDollar(c) && c != '$'; });
        if (end > digits)
            return text.substr(from, end - from);
    }
    return {};
}

std::string_view gsm8kFlexibleNumber(std::string_view text)
{
    std::string_view last;
    for (size_t at = 0; at < text.size();) {
        const size_t digits = at + (text[at] == '-' ? 1 : 0);
        const size_t end = runEnd(text, digits, isNumberOrDollar);
        const bool one = end == digits + 1 && isDigit(text[digits]);
        if (end >= digits + 2 || one)
            last = text.substr(at, end - at);
        at = std::max(end, at + 1);
    }
    return last;
}

std::string gsm8kCompared(std::string_view text)
{
    std::string out;
    if (const size_t mark = text.rfind(kMark); mark != std::string_view::npos)
        text.remove_prefix(mark + kMark.size());
    std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c != ',' && c != '$'; });
    if (out.ends_with('.'))
        out.pop_back();
    return words::lowered(out);
}

std::optional<WrittenNumber> numberAt(std::string_view text, size_t at)
{
    const size_t from = at;
    bool negative = false;
    if (text.substr(at).starts_with("\xE2\x88\x92") || text.substr(at).starts_with("-")) {
        negative = true;
        at += text[at] == '-' ? 1 : 3;
    }
    constexpr std::array<std::string_view, 5> kCurrencies{"\\$", "$", "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5"};
    for (const std::string_view sign : kCurrencies) {
        if (text.substr(at).starts_with(sign)) {
            at += sign.size();
            break;
        }
    }
    size_t end = decimalEnd(text, at);
    const std::string_view digits = text.substr(at, end - at);
    std::optional<ExactNumber> value = ExactNumber::fromDecimal(digits);
    if (!value || digits.empty())
        return std::nullopt;
    WrittenNumber out;
    const size_t point = digits.find('.');
    out.decimals = point == std::string_view::npos ? 0 : int(digits.size() - point - 1);
    if (end + 1 < text.size() && text[end] == '/' && isDigit(text[end + 1])) {
        const size_t under = runEnd(text, end + 1, isDigit);
        const auto divisor = ExactNumber::fromDecimal(text.substr(end + 1, under - end - 1));
        value = divisor ? value->over(*divisor) : std::nullopt;
        if (!value)
            return std::nullopt;
        end = under;
        out.decimals = 0;
    }
    out.value = negative ? value->negated() : *value;
    out.text = text.substr(from, end - from);
    const std::string_view rest = text.substr(end);
    out.percent = rest.starts_with('%') || rest.starts_with("\\%") || rest.starts_with(" %") || rest.starts_with("\xEF\xBC\x85");
    return out;
}

std::optional<WrittenNumber> lastNumber(std::string_view text)
{
    // Backwards over the runs of digits, commas, points and slashes: the last of them that is a number by itself.
    const auto belongs = [](char c) { return isDigit(c) || c == ',' || c == '.' || c == '/'; };
    constexpr int kMostTries = 100; // runs that are none
    size_t end = text.size();
    for (int tries = 0; tries < kMostTries && end > 0; ++tries) {
        while (end > 0 && !isDigit(text[end - 1]))
            --end;
        size_t from = end;
        while (from > 0 && belongs(text[from - 1]))
            --from;
        const size_t run = from;
        while (from < end && !isDigit(text[from]))
            ++from;
        if (from >= end)
            return std::nullopt;
        if (from == run + 1 && text[run] == '.')
            from = run; // ".5"
        if (run == 0 || !isLetter(text[run - 1])) {
            size_t start = from;
            const std::string_view head = text.substr(0, start);
            if (head.ends_with('$'))
                start -= head.ends_with("\\$") ? 2 : 1;
            const bool dash = text.substr(0, start).ends_with('-');
            // "3-5" is a range, not 3 and minus 5.
            if (dash && (start < 2 || (!isDigit(text[start - 2]) && !isLetter(text[start - 2]))))
                --start;
            else if (text.substr(0, start).ends_with("\xE2\x88\x92"))
                start -= 3;
            if (auto number = numberAt(text, start); number && number->text.data() + number->text.size() == text.data() + end)
                return number;
            auto plain = numberAt(text, from);
            const bool whole = plain && plain->text.data() + plain->text.size() == text.data() + end;
            return whole ? plain : std::nullopt; // "1.2.3", "1,2,3": which of them is meant is not told
        }
        end = run;
    }
    return std::nullopt;
}

bool isRounded(const ExactNumber &rounded, int decimals, const ExactNumber &full)
{
    if (decimals <= 0 || decimals > 15 || rounded == full)
        return false;
    return std::abs(rounded.approximate() - full.approximate()) <= 0.5000001 * std::pow(10.0, -decimals);
}

namespace judges {
namespace {

Judgement gsm8k(const SuiteItem &item, const Part &part, std::string_view number, const char *rule)
{
    const std::string given = gsm8kCompared(number);
    if (std::ranges::none_of(given, isDigit))
        return notFound(part);
    const bool more = part.open && number.data() + number.size() == part.text.data() + part.text.size();
    const auto equals = [&](const std::string &gold) { return gsm8kCompared(gold) == given; };
    return scored(found(part, number, rule), std::ranges::any_of(item.answers, equals) ? 1 : 0, more);
}

/// The number of a right answer: behind "####" in GSM8K's own form, the whole text, the box of a solution, else the last one.
std::optional<WrittenNumber> goldNumber(std::string_view gold)
{
    if (const size_t mark = gold.rfind("####"); mark != std::string_view::npos)
        gold.remove_prefix(mark + 4);
    if (const auto box = lastBox(gold))
        gold = box->content;
    return lastNumber(gold);
}

struct FoundNumber
{
    std::optional<WrittenNumber> number;
    const char *rule = "";
    bool closed = false; ///< what follows the number cannot change it
};

FoundNumber findNumber(std::string_view text)
{
    if (const auto box = lastBox(text)) {
        const auto number = lastNumber(box->content);
        if (number)
            return {number, "boxed", true};
    }
    if (const size_t mark = text.rfind("####"); mark != std::string_view::npos) {
        std::string_view rest = text.substr(mark + 4);
        rest = rest.substr(0, rest.find('\n'));
        if (const auto number = lastNumber(rest))
            return {number, "####", number->text.end() != text.end()};
    }
    const auto number = lastNumber(text);
    return {number, "last number", false};
}

bool sameNumber(const WrittenNumber &a, const WrittenNumber &b)
{
    const ExactNumber hundred(100);
    if (a.value == b.value)
        return true;
    return a.percent != b.percent && (a.percent ? a.value == b.value.times(hundred) : a.value.times(hundred) == b.value);
}

} // namespace

Judgement gsm8kStrict(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Part part = partOf(item, answer, choice);
    return part.there ? gsm8k(item, part, gsm8kStrictNumber(part.text), "####") : part.judgement;
}

Judgement gsm8kFlexible(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Part part = partOf(item, answer, choice);
    return part.there ? gsm8k(item, part, gsm8kFlexibleNumber(part.text), "last number") : part.judgement;
}

Judgement number(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Part part = partOf(item, answer, choice);
    if (!part.there)
        return part.judgement;
    const FoundNumber here = findNumber(part.text);
    if (!here.number)
        return notFound(part);
    Judgement judgement = found(part, here.number->text, here.rule);
    if (part.open && !here.closed) { // the last number so far
        judgement.outcome = Outcome::Truncated;
        return judgement;
    }
    bool equal = false, rounded = false, known = false;
    for (const std::string &gold : item.answers) {
        const auto wanted = goldNumber(gold);
        known = known || wanted;
        equal = equal || (wanted && sameNumber(*here.number, *wanted));
        rounded = rounded || (wanted && isRounded(here.number->value, here.number->decimals, wanted->value));
    }
    if (!known)
        return undecided(judgement, "the right answer holds no number");
    if (!equal && rounded)
        return undecided(judgement, "rounded");
    return scored(judgement, equal ? 1 : 0);
}

} // namespace judges
} // namespace assay
