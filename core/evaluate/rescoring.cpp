// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/rescoring.h"

#include "core/evaluate/scorer.h"

#include <cmath>
#include <unordered_map>

namespace assay {
namespace {

bool sameScore(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

} // namespace

Rescoring rescore(EvaluationRun &run, const Suite &suite)
{
    std::unordered_map<std::string_view, const SuiteItem *> items;
    for (const SuiteItem &item : suite.items)
        items.emplace(item.id, &item);
    Rescoring out;
    out.unreadable = run.items.rejudge([&](ItemResult &row) {
        const auto item = items.find(row.itemId);
        if (item == items.end()) {
            ++out.unknown;
            return;
        }
        Judgement anew = judge(suite, *item->second, row.given);
        out.changed += anew.outcome != row.judged.outcome || !sameScore(anew.score, row.judged.score) ? 1 : 0;
        ++out.judged;
        row.judged = std::move(anew);
        row.expected = item->second->answer();
    });
    if (out.judged > 0)
        run.protocol.scorer = scorerId(scorerFor(suite, suite.items.front()));
    return out;
}

} // namespace assay
