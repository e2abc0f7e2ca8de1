// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorer.h"

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

/// The same of a text and of an image.
std::string badAnswer(const SuiteItem &item, const Answer &answer)
{
    if (item.asking == Asking::Text && (!std::isfinite(answer.text.logLikelihood) || answer.text.tokens <= 0))
        return "there is no log-likelihood of the text";
    if (item.asking == Asking::Image && answer.classes.empty())
        return "there is no class";
    return {};
}

} // namespace

bool measures(Aggregate aggregate)
{
    switch (aggregate) {
    case Aggregate::Mean:
    case Aggregate::Matthews:
    case Aggregate::F1Positive: return false;
    case Aggregate::Pearson:
    case Aggregate::Spearman:
    case Aggregate::Perplexity:
    case Aggregate::BitsPerByte:
    case Aggregate::WordPerplexity: return true;
    }
    return false;
}

std::string scorerId(const Scorer &scorer)
{
    return std::string(scorer.name) + " " + std::to_string(scorer.version);
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
    if (item.asking == Asking::Generate && item.code)
        return *findScorer("code");
    return *std::ranges::find(scorers(), item.asking, &Scorer::asking);
}

std::string whyNotJudged(const SuiteItem &item, const Answer &answer)
{
    if (!answer.error.empty())
        return answer.error;
    if (answer.contextCut)
        return "the prompt is longer than the context";
    return item.asking == Asking::Choice ? badLikelihoods(item, answer) : badAnswer(item, answer);
}

Judgement judge(const Suite &suite, const SuiteItem &item, const Answer &answer)
{
    return judge(suite, item, answer, scorerFor(suite, item));
}

Judgement judge(const Suite &suite, const SuiteItem &item, const Answer &answer, const Scorer &scorer)
{
    Judgement judgement;
    if (!whyNotJudged(item, answer).empty())
        return judgement;
    if (answer.finish == "refused") {
        judgement.outcome = Outcome::Refused;
        judgement.score = 0;
        return judgement;
    }
    return scorer.judge(suite, item, answer, suite.scorer);
}

} // namespace assay
