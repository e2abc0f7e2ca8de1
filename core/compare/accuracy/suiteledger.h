// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/joined.h"
#include "core/evaluate/ledger.h"

#include <span>

namespace assay {

/// The answers of a comparison's subjects to one suite, item by item. Who answered another version of it than the reference is left out.
struct SuiteLedger
{
    SuiteView suite;
    Ledger ledger;
    std::vector<std::optional<size_t>> places; ///< in the ledger, of each subject of the comparison
    bool clustered = false;                    ///< some cluster has several items
    std::string idEnd = {};                    ///< of its charts' ids: empty for the headline's suite
    bool has(size_t subject) const { return subject < places.size() && places[subject].has_value(); }
};
SuiteLedger ledgerOf(const Joined &joined, const SuiteView &suite);

/// Scores of the items that both answered.
struct PairedItems
{
    std::vector<double> first, second;
    std::vector<uint32_t> clusters; ///< empty where each item stands by itself
    bool plain = true;              ///< each was asked once and is right or wrong: McNemar's test is theirs
};
/// Of these items.
PairedItems pairedItems(const SuiteLedger &suite, size_t first, size_t second, std::span<const uint32_t> items);
/// The items of this task; all where it is empty.
std::vector<uint32_t> itemsOf(const SuiteLedger &suite, const std::string &task = {});

/// The first minus the second of such scores, and how it stands to the margin.
struct ScoreDifference
{
    Estimate estimate;
    Standing standing = Standing::Undecided;
    std::optional<uint64_t> moreItems; ///< that would decide, where it is undecided
    std::optional<double> p; ///< McNemar's exact; none where scores are graded or clustered, or items were asked several times
};
ScoreDifference differenceOf(const PairedItems &items, double margin);

/// What must stand beside every accuracy: of how many items, how often each was asked, and what share came to an answer.
struct AnswerShares
{
    size_t rows = 0, items = 0;
    size_t answered = 0;  ///< rows that are right or wrong
    size_t truncated = 0;
    size_t samples() const { return items > 0 ? (rows + items - 1) / items : 0; } ///< of each item, at most
};
/// Of the items of this task; of all where it is empty.
AnswerShares answerShares(const EvaluationRun &run, const std::string &task = {});

/// Values of an axis in groups: each value by itself when there are at most eight, else bins of about as many items.
class AxisBins
{
public:
    explicit AxisBins(std::span<const double> values); ///< NaN is no value
    size_t count() const { return m_starts.size(); }
    size_t binOf(double value) const;
    double middle(size_t bin) const { return (m_starts[bin] + m_ends[bin]) / 2; }
    std::string name(size_t bin) const; ///< "4", "12-40"

private:
    std::vector<double> m_starts, m_ends;
};

} // namespace assay
