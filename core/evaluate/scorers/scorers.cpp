// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorer.h"

#include "core/base/error.h"
#include "core/evaluate/scorers/judges.h"

#include <algorithm>

namespace assay {
namespace {

/// Why these log-likelihoods cannot be judged; empty when they can. They come from the worker or a server, which may err.
std::string badLikelihoods(const SuiteItem &item, const Answer &answer)
{
    if (answer.choices.size() != item.choices.size() || item.choices.empty())
        return "there are " + std::to_string(answer.choices.size()) + " log-likelihoods for " + std::to_string(item.choices.size()) + " choices";
    const auto broken = [](const ChoiceLikelihood &one) { return std::isnan(one.logLikelihood) || one.logLikelihood == INFINITY; };
    if (std::ranges::any_of(answer.choices, broken))
        return "a log-likelihood is not a number";
    if (std::ranges::all_of(answer.choices, [](const ChoiceLikelihood &one) { return one.logLikelihood == -INFINITY; }))
        return "no choice has a finite log-likelihood";
    return {};
}

} // namespace

const std::vector<Scorer> &scorers()
{
    static const std::vector<Scorer> kScorers{
        {"exact_match", ASSAY_TEXT("Scorer", "Exact match"), Asking::Generate, Aggregate::Mean, "",
         ASSAY_TEXT("Scorer", "Thinking is cut first; an answer that the limit cut off is truncated, not wrong."), 1, judges::exactMatch},
        {"acc", ASSAY_TEXT("Scorer", "Accuracy by log-likelihood"), Asking::Choice, Aggregate::Mean, "lm-evaluation-harness acc", "", 1,
         judges::accuracy},
    };
    return kScorers;
}

const Scorer *findScorer(std::string_view name)
{
    const auto found = std::ranges::find(scorers(), name, [](const Scorer &one) { return std::string_view(one.name); });
    return found == scorers().end() ? nullptr : &*found;
}

const Scorer &scorerFor(const Suite &suite, const SuiteItem &item)
{
    const Scorer *named = findScorer(suite.scorer.name);
    if (named && named->asking == item.asking)
        return *named;
    return *std::ranges::find(scorers(), item.asking, &Scorer::asking);
}

std::string whyNotJudged(const SuiteItem &item, const Answer &answer)
{
    if (!answer.error.empty())
        return answer.error;
    if (answer.contextCut)
        return "the prompt is longer than the context";
    return item.asking == Asking::Choice ? badLikelihoods(item, answer) : std::string();
}

Judgement judge(const Suite &suite, const SuiteItem &item, const Answer &answer)
{
    Judgement judgement;
    if (!whyNotJudged(item, answer).empty())
        return judgement;
    if (answer.finish == "refused") {
        judgement.outcome = Outcome::Refused;
        judgement.score = 0;
        return judgement;
    }
    return scorerFor(suite, item).judge(suite, item, answer, suite.scorer);
}

} // namespace assay
