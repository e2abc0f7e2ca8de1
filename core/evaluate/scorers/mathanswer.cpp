// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/mathanswer.h"

#include "core/evaluate/scorers/mathtext.h"
#include "core/evaluate/scorers/mathvalue.h"
#include "core/evaluate/scorers/numbers.h"
#include "core/evaluate/scorers/words.h"

#include <algorithm>
#include <string>
#include <vector>

namespace assay {
namespace {

constexpr size_t kMostElements = 64;
constexpr int kDeepest = 4; // tuples in lists in sets

/// An answer made ready: its normal form, and what the form drops.
struct Ready
{
    std::string text;
    bool percent = false;
};

Ready ready(std::string_view answer)
{
    Ready out;
    const std::string plain = plainMath(answer);
    out.percent = plain.ends_with('%');
    out.text = hendrycksForm(plain).value_or(plain);
    std::erase(out.text, ' ');
    return out;
}

/// Elements in brackets, in set braces or just with commas between.
struct Sequence
{
    std::string_view open, close; ///< "(" "[" "\{" or empty
    std::vector<std::string_view> elements;
};

/// Splits at the commas that stand in no bracket; nothing where brackets do not match.
std::optional<std::vector<std::string_view>> elementsOf(std::string_view text)
{
    std::vector<std::string_view> out;
    int depth = 0;
    size_t from = 0;
    for (size_t at = 0; at <= text.size(); ++at) {
        const char c = at < text.size() ? text[at] : ',';
        depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
        if (depth < 0 || (at == text.size() && depth != 0))
            return std::nullopt;
        if (c == ',' && depth == 0) {
            out.push_back(text.substr(from, at - from));
            from = at + 1;
            if (out.size() > kMostElements)
                return std::nullopt;
        }
    }
    return out;
}

std::optional<Sequence> sequenceOf(std::string_view text)
{
    Sequence out;
    std::string_view inner = text;
    if (text.starts_with("\\{") && text.ends_with("\\}") && text.size() >= 4) {
        out.open = text.substr(0, 2);
        out.close = text.substr(text.size() - 2);
        inner = text.substr(2, text.size() - 4);
    } else if (text.size() >= 2 && (text.front() == '(' || text.front() == '[') && (text.back() == ')' || text.back() == ']')) {
        out.open = text.substr(0, 1);
        out.close = text.substr(text.size() - 1);
        inner = text.substr(1, text.size() - 2);
    }
    if (out.open.empty() && mathValue(text))
        return std::nullopt;
    std::optional<std::vector<std::string_view>> elements = elementsOf(inner);
    if (!elements || (out.open.empty() && elements->size() < 2))
        return std::nullopt;
    out.elements = std::move(*elements);
    return out;
}

bool isWords(std::string_view text)
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; };
    return text.size() > 1 && std::ranges::all_of(text, letter);
}

MathComparison compareValues(const Ready &gold, const MathValue &a, const Ready &given, const MathValue &b)
{
    if (a.value == b.value)
        return {Sameness::Equal, "exact value"};
    const ExactNumber hundred(100);
    if (gold.percent != given.percent && (gold.percent ? a.value == b.value.times(hundred) : a.value.times(hundred) == b.value))
        return {Sameness::Equal, "percentage"};
    if (isRounded(b.value, b.decimals, a.value) || isRounded(a.value, a.decimals, b.value))
        return {Sameness::Undecided, "rounded"};
    return {Sameness::Different, "exact value"};
}

MathComparison compareReady(const Ready &gold, const Ready &given, int depth);

Sameness compareElements(std::string_view gold, std::string_view given, int depth)
{
    return compareReady({hendrycksForm(gold).value_or(std::string(gold))}, {hendrycksForm(given).value_or(std::string(given))}, depth + 1).sameness;
}

Sameness inOrder(const Sequence &gold, const Sequence &given, int depth)
{
    Sameness all = Sameness::Equal;
    for (size_t i = 0; i < gold.elements.size(); ++i) {
        const Sameness one = compareElements(gold.elements[i], given.elements[i], depth);
        if (one == Sameness::Different)
            return one;
        all = one == Sameness::Undecided ? one : all;
    }
    return all;
}

/// Each element of one side is taken by one of the other.
Sameness inAnyOrder(const Sequence &gold, const Sequence &given, int depth)
{
    std::vector<bool> taken(given.elements.size(), false);
    Sameness all = Sameness::Equal;
    for (const std::string_view wanted : gold.elements) {
        bool hit = false, open = false;
        for (size_t i = 0; i < given.elements.size() && !hit; ++i) {
            const Sameness one = taken[i] ? Sameness::Different : compareElements(wanted, given.elements[i], depth);
            hit = one == Sameness::Equal;
            open = open || one == Sameness::Undecided;
            if (hit)
                taken[i] = true;
        }
        if (!hit && !open)
            return Sameness::Different;
        all = hit ? all : Sameness::Undecided;
    }
    return all;
}

MathComparison compareSequences(const Sequence &gold, const Sequence &given, int depth)
{
    if (gold.elements.size() != given.elements.size())
        return {Sameness::Different, "number of elements"};
    const bool sets = gold.open == "\\{" && given.open == "\\{";
    const Sameness ordered = inOrder(gold, given, depth);
    if (gold.open == given.open && gold.close == given.close && ordered != Sameness::Different)
        return {ordered, "element by element"};
    const Sameness unordered = ordered == Sameness::Different ? inAnyOrder(gold, given, depth) : ordered;
    if (sets)
        return {unordered, "elements of a set"};
    if (unordered == Sameness::Different)
        return {Sameness::Different, "element by element"};
    const bool brackets = !gold.open.empty() && !given.open.empty() && gold.open != "\\{" && given.open != "\\{";
    if (ordered == Sameness::Different) // the same elements in another order: of tuples that matters, of solutions not
        return {brackets ? Sameness::Different : Sameness::Undecided, "order of the elements"};
    const bool halfOpen = brackets && ((gold.open == "(") != (gold.close == ")") || (given.open == "(") != (given.close == ")"));
    return {halfOpen ? Sameness::Different : Sameness::Undecided, "brackets"};
}

MathComparison compareReady(const Ready &gold, const Ready &given, int depth)
{
    if (gold.text == given.text && !gold.text.empty())
        return {Sameness::Equal, "same text"};
    if (gold.text.empty() || given.text.empty() || depth > kDeepest)
        return {Sameness::Undecided, "not comparable"};
    const std::optional<MathValue> a = mathValue(gold.text), b = mathValue(given.text);
    if (a && b)
        return compareValues(gold, *a, given, *b);
    const std::optional<Sequence> first = sequenceOf(gold.text), second = sequenceOf(given.text);
    if (first && second)
        return compareSequences(*first, *second, depth);
    if (isWords(gold.text) && isWords(given.text)) {
        std::string wanted = words::lowered(gold.text), said = words::lowered(given.text);
        if (wanted == said)
            return {Sameness::Equal, "words"};
        std::ranges::sort(wanted);
        std::ranges::sort(said);
        // "xy" and "yx" may be products.
        return {wanted == said ? Sameness::Undecided : Sameness::Different, "words"};
    }
    return {Sameness::Undecided, "not comparable"};
}

} // namespace

MathComparison compareMath(std::string_view gold, std::string_view given)
{
    if (hendrycksEqual(gold, given) && !words::trimmed(gold).empty())
        return {Sameness::Equal, "same text"};
    return compareReady(ready(gold), ready(given), 0);
}

} // namespace assay
