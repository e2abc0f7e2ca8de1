// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/judges.h"

#include <algorithm>

namespace assay::judges {

Judgement accuracy(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &)
{
    Judgement judgement;
    const auto larger = [](const ChoiceLikelihood &a, const ChoiceLikelihood &b) { return a.logLikelihood < b.logLikelihood; };
    const auto best = std::ranges::max_element(answer.choices, larger);
    const auto index = best - answer.choices.begin();
    judgement.extracted = item.choices[size_t(index)];
    judgement.outcome = index == item.answerIndex ? Outcome::Right : Outcome::Wrong;
    judgement.score = judgement.outcome == Outcome::Right ? 1 : 0;
    return judgement;
}

} // namespace assay::judges
