// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/judges.h"

#include <algorithm>

namespace assay::judges {
namespace {

Judgement amongFirst(const Suite &suite, const SuiteItem &item, const Answer &answer, size_t count)
{
    const auto end = answer.classes.begin() + std::ptrdiff_t(std::min(count, answer.classes.size()));
    const auto hit = std::find(answer.classes.begin(), end, int64_t(item.answerIndex));
    const int64_t told = hit == end ? answer.classes.front() : *hit;
    Judgement judgement;
    const bool named = told >= 0 && size_t(told) < suite.classes.size();
    judgement.extracted = named ? suite.classes[size_t(told)] : std::to_string(told);
    return scored(std::move(judgement), hit == end ? 0 : 1);
}

} // namespace

Judgement topOne(const Suite &suite, const SuiteItem &item, const Answer &answer, const ScorerChoice &)
{
    return amongFirst(suite, item, answer, 1);
}

Judgement topFive(const Suite &suite, const SuiteItem &item, const Answer &answer, const ScorerChoice &)
{
    return amongFirst(suite, item, answer, 5);
}

} // namespace assay::judges
