// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/judges.h"
#include "core/evaluate/scorers/regexlist.h"
#include "core/evaluate/scorers/words.h"

#include <algorithm>

namespace assay::judges {
namespace {

/// In the order of Hugging Face's exact_match: expressions, case, punctuation, numbers.
std::optional<std::string> compared(std::string_view text, const ScorerChoice &choice)
{
    std::optional<std::string> out{std::string(text)};
    if (!choice.ignore.empty())
        out = withoutMatches(text, choice.ignore);
    if (!out)
        return out;
    if (choice.ignoreCase)
        *out = words::lowered(*out);
    if (choice.ignorePunctuation)
        *out = words::withoutAsciiPunctuation(*out);
    if (choice.ignoreNumbers)
        *out = words::withoutDigits(*out);
    return std::string(words::trimmed(*out));
}

bool ignoresSomething(const ScorerChoice &choice)
{
    return choice.ignoreCase || choice.ignorePunctuation || choice.ignoreNumbers || !choice.ignore.empty();
}

} // namespace

Judgement exactMatch(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Part part = partOf(item, answer, choice);
    if (!part.there)
        return part.judgement;
    const std::optional<std::string> given = compared(part.text, choice);
    if (!given)
        return undecided(part.judgement, "a regular expression could not be applied");
    const bool hasEnd = !(item.extract ? *item.extract : choice.extract).until.empty() || ignoresSomething(choice);
    bool equal = false, couldBecome = hasEnd;
    for (const std::string &answered : item.answers) {
        const std::optional<std::string> gold = compared(answered, choice);
        if (!gold)
            return undecided(part.judgement, "a regular expression could not be applied");
        equal = equal || *gold == *given;
        // Where nothing marks the end, an answer whose beginning already differs is wrong whatever would have followed.
        couldBecome = couldBecome || gold->starts_with(*given);
    }
    return scored(part.judgement, equal ? 1 : 0, part.open && couldBecome);
}

Judgement quasiExactMatch(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Part part = partOf(item, answer, choice);
    if (!part.there)
        return part.judgement;
    const std::vector<std::string> given = words::answerWords(part.text);
    const auto equals = [&](const std::string &gold) { return words::answerWords(gold) == given; };
    return scored(part.judgement, std::ranges::any_of(item.answers, equals) ? 1 : 0, part.open);
}

} // namespace assay::judges
