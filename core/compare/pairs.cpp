// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/joined.h"
#include "core/evaluate/statistics/power.h"

#include <algorithm>

namespace assay {
namespace {

/// Everyone against the reference first, then the others among themselves; of two others the distilled one
/// comes first, so that the difference is what distilling gained.
std::vector<std::pair<size_t, size_t>> orderedPairs(const Comparison &comparison, size_t reference)
{
    std::vector<std::pair<size_t, size_t>> pairs;
    const size_t count = comparison.subjects.size();
    for (size_t i = 0; i < count; ++i) {
        if (i != reference)
            pairs.emplace_back(i, reference);
    }
    for (size_t i = 0; i < count; ++i) {
        for (size_t j = i + 1; j < count; ++j) {
            if (i == reference || j == reference)
                continue;
            const bool swap = comparison.subjects[j].role == Role::Distilled;
            pairs.emplace_back(swap ? j : i, swap ? i : j);
        }
    }
    return pairs;
}

void judge(PairRow &row, double margin, const Words &words)
{
    const PairedResult &result = row.result;
    row.standing = standingOf(result.difference, margin);
    // Where no two answers differ there is no spread to reckon with.
    const bool spread = result.means.error > 0;
    if (row.standing == Standing::Undecided && spread)
        row.moreItems = moreItemsToDecide(result.difference.value, result.means.error, result.n, margin);
    // What varies from item to item, the noise of their samples in it: of as many samples as these have.
    if (result.p >= kSignificance && spread)
        row.itemsToTell = itemsNeeded(result.difference.value, {result.means.error * result.means.error * double(result.n), 0, 0});
    row.verdict = words.translate("Standing", standingName(row.standing));
    if (row.moreItems)
        row.verdict = words(ASSAY_TEXT("Compare", "%1; about %2 more items would decide"), {row.verdict, groupedDigits(int64_t(*row.moreItems))});
}

} // namespace

std::vector<PairRow> pairedComparisons(const Comparison &comparison, const Translate &translate)
{
    const Words words{translate};
    std::vector<PairRow> rows;
    const size_t reference = comparison.reference < comparison.subjects.size() ? comparison.reference : 0;
    for (const SuiteView &suite : suitesOf(comparison)) {
        for (const auto &[first, second] : orderedPairs(comparison, reference)) {
            const EvaluationRun *one = evaluationOf(comparison.subjects[first], suite.name);
            const EvaluationRun *two = evaluationOf(comparison.subjects[second], suite.name);
            if (!one || !two || !sameSuite(*one, *two))
                continue;
            PairRow row;
            row.suite = suite.name;
            row.first = first;
            row.second = second;
            row.result = comparePaired(one->items, two->items);
            if (row.result.n == 0)
                continue;
            row.difference = formatPoints(row.result.difference);
            row.p = formatP(row.result.p);
            judge(row, comparison.margin, words);
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

} // namespace assay
