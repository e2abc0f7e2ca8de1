// SPDX-License-Identifier: GPL-3.0-or-later
// Single answers and what scorers make of them, for the tests of scorers.
#pragma once

#include "core/evaluate/scorer.h"

namespace assay::judging {

inline SuiteItem textItem(std::vector<std::string> answers)
{
    SuiteItem item;
    item.id = "i";
    item.prompt = "p";
    item.answers = std::move(answers);
    return item;
}

inline Answer said(std::string output, std::string finish = "stop")
{
    Answer answer;
    answer.output = std::move(output);
    answer.finish = std::move(finish);
    return answer;
}

inline Judgement judged(const char *scorer, const SuiteItem &item, const Answer &answer, ScorerChoice choice = {})
{
    Suite suite;
    suite.scorer = std::move(choice);
    return judge(suite, item, answer, *findScorer(scorer));
}

inline Judgement judged(const char *scorer, std::vector<std::string> answers, std::string output, std::string finish = "stop")
{
    return judged(scorer, textItem(std::move(answers)), said(std::move(output), std::move(finish)));
}

inline const char *shortName(const Judgement &judgement)
{
    return judgement.undecided ? "undecided" : outcomeName(judgement.outcome);
}

} // namespace assay::judging
