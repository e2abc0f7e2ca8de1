// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/judges.h"
#include "core/evaluate/scorers/thinking.h"

namespace assay::judges {
namespace {

const char *ruleOf(Execution::End end)
{
    switch (end) {
    case Execution::End::NotExecuted: return "not executed";
    case Execution::End::Passed: return "passed its tests";
    case Execution::End::Failed: return "failed its tests";
    case Execution::End::TimedOut: return "ran out of time";
    case Execution::End::OutOfMemory: return "ran out of memory";
    case Execution::End::Killed: return "killed";
    }
    return "";
}

} // namespace

Judgement code(const Suite &, const SuiteItem &, const Answer &answer, const ScorerChoice &)
{
    Judgement judgement;
    const bool cutOff = answer.finish == "length" || !answerStart(answer);
    judgement.rule = ruleOf(answer.execution.end);
    if (answer.execution.end != Execution::End::NotExecuted)
        return scored(std::move(judgement), answer.execution.end == Execution::End::Passed ? 1 : 0, cutOff);
    judgement.outcome = cutOff ? Outcome::Truncated : Outcome::Unparsed;
    if (!answer.execution.told.empty())
        judgement.rule += ": " + answer.execution.told;
    return judgement;
}

} // namespace assay::judges
