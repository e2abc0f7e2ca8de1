// SPDX-License-Identifier: GPL-3.0-or-later
// Which option an answer names: the last letter that stands at an anchor, never any other letter (evaluation.md 3.4).
#include "core/evaluate/scorers/judges.h"
#include "core/evaluate/scorers/words.h"

#include <algorithm>
#include <array>

namespace assay::judges {
namespace {

/// What stands before the letter. Lower case.
constexpr std::array<std::string_view, 22> kAnchors{
    "answer is", "answer:", "answer\xEF\xBC\x9A", "answer =", "answer**:", "answer would be", "answer must be", "option is", "choice is",
    "\\boxed{", "\\boxed {",
    "答案是", "答案为", "答案選", "答案选", "答案:", "答案：", "选项是", "选项为", "故选", "应选", "选择"};
/// What stands behind it.
constexpr std::array<std::string_view, 6> kAnchorsBehind{" is correct", " is the correct", " is the answer", " is the best answer", "是正确", "为正确"};
/// What may stand between anchor and letter.
constexpr std::array<std::string_view, 30> kBetween{
    " ", "\n", "\t", ":", "：", "*", "_", "`", "\"", "'", "$", "(", "（", "[", "【", "「", "『", "“", "{", "\\text{", "\\mathrm{", "\\mathbf{",
    "\\textbf{", "\\boxed{", "\\(", "the option", "option", "choice", "选项", "是"};
constexpr size_t kLongestBetween = 64;

bool isAsciiLetterOrDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// In which options there are, A to ...
struct Options
{
    char last = 'J'; // MMLU-Pro has ten
    bool has(char c) const { return c >= 'A' && c <= last; }
};

struct Letter
{
    char letter = 0;
    size_t from = 0, length = 0;
};

/// The letter at this place: one of the options, ASCII or of full width, and nothing that makes a word of it.
std::optional<Letter> letterAt(std::string_view text, size_t at, Options options)
{
    if (at >= text.size())
        return std::nullopt;
    size_t end = at;
    const char32_t c = words::next(text, end);
    const char32_t narrow = c >= 0xFF21 && c <= 0xFF5A ? c - 0xFEE0 : c;
    const bool small = narrow >= 'a' && narrow <= 'z';
    const char letter = narrow < 0x80 ? char(small ? narrow - 32 : narrow) : '\0';
    if (!options.has(letter) || (end < text.size() && (isAsciiLetterOrDigit(text[end]) || text[end] == '\'')))
        return std::nullopt;
    // "a prime", "I think": words. A small letter or an I counts where no word follows.
    const bool wordFollows = end + 1 < text.size() && text[end] == ' ' && isAsciiLetterOrDigit(text[end + 1]);
    if ((small || letter == 'I') && wordFollows)
        return std::nullopt;
    return Letter{letter, at, end - at};
}

size_t skipBetween(std::string_view text, std::string_view lower, size_t at)
{
    const size_t most = std::min(at + kLongestBetween, text.size());
    for (bool more = true; more && at < most;) {
        const auto begins = [&](std::string_view one) { return lower.substr(at).starts_with(one); };
        const auto hit = std::ranges::find_if(kBetween, begins);
        more = hit != kBetween.end();
        at += more ? hit->size() : 0;
    }
    return at;
}

/// ASCII only, so that places stay the same.
std::string lowerAscii(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return out;
}

std::optional<Letter> lastAtAnchors(std::string_view text, std::string_view lower, Options options)
{
    std::optional<Letter> last;
    const auto take = [&](const std::optional<Letter> &one) {
        if (one && (!last || one->from >= last->from))
            last = one;
    };
    for (const std::string_view anchor : kAnchors) {
        for (size_t hit = lower.find(anchor); hit != std::string_view::npos; hit = lower.find(anchor, hit + 1))
            take(letterAt(text, skipBetween(text, lower, hit + anchor.size()), options));
    }
    for (const std::string_view anchor : kAnchorsBehind) {
        for (size_t hit = lower.find(anchor); hit != std::string_view::npos; hit = lower.find(anchor, hit + 1)) {
            size_t at = hit;
            while (at > 0 && (text[at - 1] == ')' || text[at - 1] == '*' || text[at - 1] == ' '))
                --at;
            const bool alone = at == 1 || (at > 1 && !isAsciiLetterOrDigit(text[at - 2]) && text[at - 2] != '\'');
            if (alone && options.has(text[at - 1]))
                take(Letter{text[at - 1], at - 1, 1});
        }
    }
    return last;
}

/// Another option named right behind this one: "A and B", "A、C".
bool namesSeveral(std::string_view text, const Letter &letter, Options options)
{
    constexpr std::array<std::string_view, 12> kAnd{" and ", ", ", ",", " or ", "、", "和", "或", " & ", "/", "，", " 和 ", " 或 "};
    std::string_view rest = text.substr(letter.from + letter.length);
    if (rest.starts_with(")"))
        rest.remove_prefix(1);
    for (const std::string_view word : kAnd) {
        if (!rest.starts_with(word))
            continue;
        const size_t at = size_t(rest.data() - text.data()) + word.size();
        const size_t letterPlace = at + (text.substr(at).starts_with("(") ? 1 : 0);
        const std::optional<Letter> second = letterAt(text, letterPlace, options);
        const bool small = second && text[letterPlace] >= 'a' && text[letterPlace] <= 'z';
        const size_t behind = second ? letterPlace + second->length : 0;
        const bool word2 = second && behind + 1 < text.size() && text[behind] == ' ' && isAsciiLetterOrDigit(text[behind + 1]);
        if (second && !small && !word2 && second->letter != letter.letter)
            return true;
    }
    return false;
}

/// An answer that is nothing but a letter, with brackets, marks and the option's own text at most.
std::optional<Letter> wholeAnswer(std::string_view text, const SuiteItem &item, Options options)
{
    const std::string lower = lowerAscii(text);
    const std::optional<Letter> letter = letterAt(text, skipBetween(text, lower, 0), options);
    if (!letter)
        return std::nullopt;
    std::string_view rest = text.substr(letter->from + letter->length);
    constexpr std::array<std::string_view, 14> kBehind{")", "）", ".", "。", "]", "】", "*", "$", "}", ":", "：", "、", "\"", "`"};
    for (bool more = true; more;) {
        const auto hit = std::ranges::find_if(kBehind, [&](std::string_view one) { return rest.starts_with(one); });
        more = hit != kBehind.end();
        rest.remove_prefix(more ? hit->size() : 0);
    }
    rest = words::trimmed(rest);
    const auto index = size_t(letter->letter - 'A');
    const bool ownText = index < item.choices.size() && words::answerWords(rest) == words::answerWords(item.choices[index]);
    return rest.empty() || ownText ? letter : std::nullopt;
}

std::optional<char> goldLetter(const SuiteItem &item)
{
    if (item.answerIndex >= 0 && item.answerIndex < 26)
        return char('A' + item.answerIndex);
    const std::string gold = words::narrowed(words::trimmed(item.answer()));
    const std::string_view inner = gold.starts_with('(') && gold.size() > 1 ? std::string_view(gold).substr(1) : std::string_view(gold);
    const std::optional<Letter> letter = letterAt(inner, 0, {'Z'});
    return letter ? std::optional(letter->letter) : std::nullopt;
}

} // namespace

Judgement letter(const Suite &suite, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Part part = partOf(item, answer, choice);
    if (!part.there)
        return part.judgement;
    const std::optional<char> gold = goldLetter(item);
    if (!gold)
        return undecided(part.judgement, "the right answer is no letter");
    Options options;
    options.last = std::max(*gold, item.choices.empty() ? options.last : char('A' + std::min<size_t>(item.choices.size(), 26) - 1));
    const std::string lower = lowerAscii(part.text);
    const char *rule = "anchor";
    std::optional<Letter> hit = lastAtAnchors(part.text, lower, options);
    if (!hit) {
        rule = "whole answer";
        hit = wholeAnswer(part.text, item, options);
    }
    if (!hit)
        return notFound(part);
    const int64_t asked = item.maxTokens > 0 ? item.maxTokens : suite.maxTokens;
    Judgement judgement = found(part, part.text.substr(hit->from, hit->length), rule);
    judgement.extracted = std::string(1, hit->letter);
    // "A" at the very end could have become "Apples"; where one token is asked for, that is the answer.
    if (part.open && asked > 2 && hit->from + hit->length == part.text.size()) {
        judgement.outcome = Outcome::Truncated;
        return judgement;
    }
    if (namesSeveral(part.text, *hit, options))
        return undecided(judgement, "several options are named");
    return scored(judgement, hit->letter == *gold ? 1 : 0);
}

} // namespace assay::judges
