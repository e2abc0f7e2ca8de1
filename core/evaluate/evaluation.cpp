// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluation.h"

#include "core/base/error.h"
#include "core/evaluate/scorer.h"

namespace assay {

const char *outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Right: return ASSAY_TEXT("Outcome", "right");
    case Outcome::Wrong: return ASSAY_TEXT("Outcome", "wrong");
    case Outcome::Unparsed: return ASSAY_TEXT("Outcome", "unparsed");
    case Outcome::Truncated: return ASSAY_TEXT("Outcome", "truncated");
    case Outcome::Refused: return ASSAY_TEXT("Outcome", "refused");
    case Outcome::Error: return ASSAY_TEXT("Outcome", "error");
    }
    return "";
}

const std::string &SuiteItem::answer() const
{
    static const std::string kNone;
    return answers.empty() ? kNone : answers.front();
}

ItemResult rowOf(const SuiteItem &item, int64_t sample)
{
    ItemResult row;
    row.itemId = item.id;
    row.sample = sample;
    row.task = item.task;
    row.cluster = item.cluster;
    row.pairKey = item.pairKey;
    row.expected = item.answer();
    row.axes = item.axes;
    row.labels = item.labels;
    return row;
}

ItemResult judgedRow(const Suite &suite, const SuiteItem &item, Answer answer, int64_t sample)
{
    ItemResult row = rowOf(item, sample);
    row.judged = judge(suite, item, answer);
    if (std::string why = whyNotJudged(item, answer); answer.error.empty() && !why.empty())
        answer.error = std::move(why);
    row.given = std::move(answer);
    return row;
}

} // namespace assay
