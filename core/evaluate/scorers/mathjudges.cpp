// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/judges.h"
#include "core/evaluate/scorers/mathanswer.h"
#include "core/evaluate/scorers/mathtext.h"
#include "core/evaluate/scorers/words.h"

#include <algorithm>

namespace assay::judges {
namespace {

constexpr size_t kLongestAnswer = 8 * 1024; // a box; longer ones are no answers

/// The right answer of a solution is in its box; other answers stand as they are.
std::string_view goldMath(const std::string &gold)
{
    const std::optional<Box> box = lastBox(gold);
    return box ? box->content : std::string_view(gold);
}

/// What is judged: the box, or, where a rule says what the answer stands behind, all of that.
struct Boxed
{
    Part part;
    Judgement judgement;
    std::string_view content;
    bool there = false;
};

Boxed boxOf(const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    Boxed out{partOf(item, answer, choice), {}, {}, false};
    if (!out.part.there) {
        out.judgement = out.part.judgement;
        return out;
    }
    const bool ruled = !(item.extract ? *item.extract : choice.extract).after.empty();
    if (const std::optional<Box> box = lastBox(out.part.text)) {
        const std::string_view inner = words::trimmed(box->content);
        if (!inner.empty()) {
            out.content = box->content; // with its blanks, which Hendrycks' normal form heeds
            out.judgement = found(out.part, inner, "boxed");
        }
    } else if (ruled && !out.part.open) {
        out.content = out.part.text;
        out.judgement = out.part.judgement;
    }
    out.there = !out.content.empty() && out.content.size() <= kLongestAnswer;
    if (!out.there)
        out.judgement = notFound(out.part, out.content.empty() ? "" : "the answer is longer than 8 KiB");
    return out;
}

} // namespace

Judgement mathHendrycks(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Boxed boxed = boxOf(item, answer, choice);
    if (!boxed.there)
        return boxed.judgement;
    const auto equals = [&](const std::string &gold) { return hendrycksEqual(goldMath(gold), boxed.content); };
    return scored(boxed.judgement, std::ranges::any_of(item.answers, equals) ? 1 : 0);
}

Judgement mathAnswer(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Boxed boxed = boxOf(item, answer, choice);
    if (!boxed.there)
        return boxed.judgement;
    const std::string where = boxed.judgement.rule;
    MathComparison best{Sameness::Different, "no right answer is known"};
    for (const std::string &gold : item.answers) {
        const MathComparison one = compareMath(goldMath(gold), boxed.content);
        const bool better = one.sameness == Sameness::Equal || (one.sameness == Sameness::Undecided && best.sameness == Sameness::Different);
        if (better || &gold == &item.answers.front())
            best = one;
        if (best.sameness == Sameness::Equal)
            break;
    }
    Judgement judgement = boxed.judgement;
    if (best.sameness == Sameness::Undecided)
        return undecided(judgement, where + ": " + best.rule);
    judgement.rule = where + ": " + best.rule;
    return scored(judgement, best.sameness == Sameness::Equal ? 1 : 0);
}

} // namespace assay::judges
