// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/joined.h"

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
            const size_t better = row.result.difference.value > 0 ? first : second;
            row.verdict = row.result.p < kSignificance
                              ? words(ASSAY_TEXT("Compare", "%1 is better"), {spokenName(comparison, better, translate)})
                              : words(ASSAY_TEXT("Compare", "not resolved (n = %1)"), {std::to_string(row.result.n)});
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

} // namespace assay
