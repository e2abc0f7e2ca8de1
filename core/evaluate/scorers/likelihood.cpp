// SPDX-License-Identifier: GPL-3.0-or-later
// Accuracies and figures of log-likelihoods (evaluation.md 3.1, 3.2).
#include "core/evaluate/scorers/judges.h"
#include "core/evaluate/scorers/words.h"

#include <algorithm>
#include <numbers>

namespace assay::judges {
namespace {

/// The space between prompt and choice is the prompt's, not the choice's: lm-evaluation-harness counts choices without it.
std::string_view withoutDelimiter(std::string_view choice)
{
    return choice.size() > 1 && choice.front() == ' ' ? choice.substr(1) : choice;
}

double atLeastOne(size_t count)
{
    return double(std::max<size_t>(count, 1));
}

/// The choice with the largest value; ties go to the first.
template <typename Value>
Judgement largest(const SuiteItem &item, const Answer &answer, Value value)
{
    size_t best = 0;
    double most = -INFINITY;
    for (size_t i = 0; i < answer.choices.size(); ++i) {
        const double mine = value(answer.choices[i], std::string_view(item.choices[i]));
        if (std::isnan(mine))
            return {};
        if (mine > most) {
            most = mine;
            best = i;
        }
    }
    Judgement judgement;
    judgement.extracted = item.choices[best];
    return scored(std::move(judgement), int(best) == item.answerIndex ? 1 : 0);
}

Judgement measured(double value)
{
    Judgement judgement;
    judgement.outcome = Outcome::Right;
    judgement.score = value;
    return judgement;
}

} // namespace

Judgement accuracy(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &)
{
    return largest(item, answer, [](const ChoiceLikelihood &one, std::string_view) { return one.logLikelihood; });
}

Judgement accuracyByCharacters(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &)
{
    return largest(item, answer, [](const ChoiceLikelihood &one, std::string_view text) {
        return one.logLikelihood / atLeastOne(words::codePoints(withoutDelimiter(text)));
    });
}

Judgement accuracyByAllCharacters(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &)
{
    return largest(item, answer, [](const ChoiceLikelihood &one, std::string_view text) {
        return one.logLikelihood / atLeastOne(words::codePoints(text));
    });
}

Judgement accuracyByBytes(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &)
{
    return largest(item, answer, [](const ChoiceLikelihood &one, std::string_view text) {
        return one.logLikelihood / atLeastOne(withoutDelimiter(text).size());
    });
}

Judgement accuracyByTokens(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &)
{
    if (std::ranges::any_of(answer.choices, [](const ChoiceLikelihood &one) { return one.tokens <= 0; })) {
        Judgement judgement;
        judgement.rule = "the tokens of the choices were not counted";
        return judgement;
    }
    return largest(item, answer, [](const ChoiceLikelihood &one, std::string_view) { return one.logLikelihood / double(one.tokens); });
}

Judgement accuracyByInformation(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &)
{
    if (std::ranges::any_of(answer.choices, [](const ChoiceLikelihood &one) { return !std::isfinite(one.unconditional); })) {
        Judgement judgement;
        judgement.rule = "the choices' log-likelihoods without the prompt were not asked";
        return judgement;
    }
    return largest(item, answer, [](const ChoiceLikelihood &one, std::string_view) { return one.logLikelihood - one.unconditional; });
}

Judgement brier(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &)
{
    const auto smaller = [](const ChoiceLikelihood &a, const ChoiceLikelihood &b) { return a.logLikelihood < b.logLikelihood; };
    const auto best = std::ranges::max_element(answer.choices, smaller);
    double sum = 0, squares = 0;
    for (const ChoiceLikelihood &one : answer.choices)
        sum += std::exp(one.logLikelihood - best->logLikelihood);
    for (size_t i = 0; i < answer.choices.size(); ++i) {
        const double probability = std::exp(answer.choices[i].logLikelihood - best->logLikelihood) / sum;
        const double off = probability - (int(i) == item.answerIndex ? 1 : 0);
        squares += off * off;
    }
    const auto index = best - answer.choices.begin();
    Judgement judgement;
    judgement.extracted = item.choices[size_t(index)];
    judgement.outcome = index == item.answerIndex ? Outcome::Right : Outcome::Wrong;
    judgement.score = squares;
    return judgement;
}

Judgement perplexity(const Suite &, const SuiteItem &, const Answer &answer, const ScorerChoice &)
{
    return measured(std::exp(-answer.text.logLikelihood / double(answer.text.tokens)));
}

Judgement wordPerplexity(const Suite &, const SuiteItem &, const Answer &answer, const ScorerChoice &)
{
    return measured(std::exp(-answer.text.logLikelihood / atLeastOne(size_t(std::max<int64_t>(answer.text.words, 0)))));
}

Judgement bitsPerByte(const Suite &, const SuiteItem &, const Answer &answer, const ScorerChoice &)
{
    return measured(-answer.text.logLikelihood / (atLeastOne(size_t(std::max<int64_t>(answer.text.bytes, 0))) * std::numbers::ln2));
}

} // namespace assay::judges
