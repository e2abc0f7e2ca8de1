// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/accuracy/suiteledger.h"

#include "core/base/units.h"
#include "core/evaluate/statistics/paireddifference.h"
#include "core/evaluate/statistics/power.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace assay {
namespace {

constexpr size_t kMostBins = 8;

Ledger::Runs runsOf(const Joined &joined, const std::string &suite, std::vector<std::optional<size_t>> &places)
{
    const auto &subjects = joined.comparison.subjects;
    const EvaluationRun *asked = evaluationOf(subjects[joined.reference], suite);
    Ledger::Runs runs;
    for (const ComparedSubject &subject : subjects) {
        const EvaluationRun *run = evaluationOf(subject, suite);
        asked = asked ? asked : run;
        places.emplace_back();
        if (!run || !sameSuite(*run, *asked))
            continue;
        places.back() = runs.size();
        runs.push_back(*std::find_if(subject.evaluations.begin(), subject.evaluations.end(),
                                     [&](const auto &one) { return one.get() == run; }));
    }
    return runs;
}

} // namespace

SuiteLedger ledgerOf(const Joined &joined, const SuiteView &suite)
{
    std::vector<std::optional<size_t>> places;
    SuiteLedger out{suite, Ledger(runsOf(joined, suite.name, places), JoinBy::ItemId), {}, false};
    out.places = std::move(places);
    out.clustered = clusterCount(out.ledger.items(), out.ledger.clusters()) < out.ledger.items();
    return out;
}

std::vector<uint32_t> itemsOf(const SuiteLedger &suite, const std::string &task)
{
    LedgerFilter filter;
    filter.task = task;
    return suite.ledger.filter(filter);
}

PairedItems pairedItems(const SuiteLedger &suite, size_t first, size_t second, std::span<const uint32_t> items)
{
    PairedItems out;
    if (!suite.has(first) || !suite.has(second))
        return out;
    const Ledger &ledger = suite.ledger;
    const size_t one = *suite.places[first], two = *suite.places[second];
    const std::span<const double> oneScores = ledger.scores(one), twoScores = ledger.scores(two);
    const auto whole = [](double score) { return score == 0 || score == 1; };
    for (const uint32_t item : items) {
        if (std::isnan(oneScores[item]) || std::isnan(twoScores[item]))
            continue;
        out.first.push_back(oneScores[item]);
        out.second.push_back(twoScores[item]);
        if (suite.clustered)
            out.clusters.push_back(ledger.clusters()[item]);
        out.plain = out.plain && whole(oneScores[item]) && whole(twoScores[item]) && ledger.samples(item, one) == 1
                    && ledger.samples(item, two) == 1;
    }
    return out;
}

ScoreDifference differenceOf(const PairedItems &items, double margin)
{
    ScoreDifference out;
    const PairedMeans means = pairedMeans(items.first, items.second, items.clusters);
    out.estimate = means.difference;
    out.standing = standingOf(out.estimate, margin);
    // Where no two answers differ there is no spread to reckon with.
    if (out.standing == Standing::Undecided && means.error > 0)
        out.moreItems = moreItemsToDecide(out.estimate.value, means.error, means.items, margin);
    if (!items.plain || !items.clusters.empty())
        return out;
    size_t onlyFirst = 0, onlySecond = 0;
    for (size_t i = 0; i < items.first.size(); ++i) {
        onlyFirst += items.first[i] > items.second[i];
        onlySecond += items.first[i] < items.second[i];
    }
    out.p = mcnemarExact(onlyFirst, onlySecond);
    return out;
}

AnswerShares answerShares(const EvaluationRun &run, const std::string &task)
{
    AnswerShares shares;
    std::unordered_set<std::string_view> items;
    items.reserve(run.items.size());
    for (const auto &chunk : run.items.chunks()) {
        for (size_t row = 0; row < chunk->size(); ++row) {
            if (!task.empty() && chunk->task[row] != task)
                continue;
            const Outcome outcome{chunk->outcome[row]};
            ++shares.rows;
            items.insert(chunk->id[row]);
            shares.answered += outcome == Outcome::Right || outcome == Outcome::Wrong;
            shares.truncated += outcome == Outcome::Truncated;
        }
    }
    shares.items = items.size();
    return shares;
}

AxisBins::AxisBins(std::span<const double> all)
{
    std::vector<double> values;
    std::copy_if(all.begin(), all.end(), std::back_inserter(values), [](double value) { return std::isfinite(value); });
    std::sort(values.begin(), values.end());
    std::vector<double> distinct = values;
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.size() <= kMostBins) {
        m_starts = m_ends = distinct;
        return;
    }
    for (size_t i = 0; i < kMostBins; ++i) {
        const double start = values[values.size() * i / kMostBins];
        if (m_starts.empty() || start > m_starts.back())
            m_starts.push_back(start);
    }
    for (size_t i = 1; i < m_starts.size(); ++i)
        m_ends.push_back(*std::prev(std::lower_bound(distinct.begin(), distinct.end(), m_starts[i])));
    m_ends.push_back(distinct.back());
}

size_t AxisBins::binOf(double value) const
{
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), value);
    return after == m_starts.begin() ? 0 : size_t(after - m_starts.begin()) - 1;
}

std::string AxisBins::name(size_t bin) const
{
    return m_starts[bin] == m_ends[bin] ? plainNumber(m_starts[bin]) : plainNumber(m_starts[bin]) + "-" + plainNumber(m_ends[bin]);
}

} // namespace assay
