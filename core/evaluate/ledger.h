// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/evaluation.h"

#include <array>
#include <optional>
#include <span>
#include <unordered_map>

namespace assay {

/// How the items of several runs are found to be the same.
enum class JoinBy {
    ItemId,  ///< within one suite
    PairKey, ///< what is asked: across suites, tools and orders of choices
};
/// By id where all runs have the same suite's fingerprint, else by what is asked.
JoinBy naturalJoin(const std::vector<std::shared_ptr<const EvaluationRun>> &runs);

/// What does not fit together in a run that was joined.
struct JoinNotes
{
    size_t rows = 0, items = 0;
    size_t duplicates = 0; ///< rows whose item and sample were there already: the first counts
    std::vector<std::string> duplicateIds; ///< the first ten of them
    size_t withoutKey = 0; ///< rows that have no key to be joined by: left out
};

/// Which items are looked at. All conditions must hold.
struct LedgerFilter
{
    static constexpr uint8_t kMissing = 1u << 7; ///< the subject has no answer to the item
    /// A bit an outcome (1u << Outcome) for the class of the item, a mask a subject; subjects beyond the list, and 0, mean any.
    std::vector<uint8_t> classes;
    std::string task, idContains; ///< empty: any; ids are searched without regard to case of a-z
    struct Range
    {
        std::string axis;
        double from = 0, to = 0; ///< both included; items without the axis are left out
    };
    std::vector<Range> ranges;
    std::vector<std::pair<std::string, std::string>> labels;

    /// The item's class is not this one of this subject.
    static constexpr uint8_t except(Outcome outcome) { return uint8_t(0x3fu & ~(1u << unsigned(outcome))); }
    static constexpr uint8_t only(Outcome outcome) { return uint8_t(1u << unsigned(outcome)); }
    LedgerFilter &subject(size_t index, uint8_t mask); ///< for building one in a line
};

/// Items by the class that the first gives them (rows) and the second (columns), both having answered.
struct FlipMatrix
{
    std::array<std::array<size_t, kOutcomes.size()>, kOutcomes.size()> of{};
    size_t n = 0;
    size_t rightToElse = 0, elseToRight = 0; ///< right with the first and not with the second, and the other way round
    double flipRate() const { return n == 0 ? 0 : double(rightToElse + elseToRight) / double(n); }
};

/// Why one subject's score is below another's, on the items that both answered: each step is what the class costs the second more than the
/// first. Partly right answers belong to `wrong`.
struct GapWaterfall
{
    size_t n = 0;
    double first = 0, second = 0; ///< means of the items' mean scores
    double gap = 0;               ///< first - second: the sum of the steps
    double truncated = 0, unparsed = 0, refused = 0, error = 0, wrong = 0;
};

/// Items x subjects as columns, joined from runs. The runs are held, so rows and texts stay readable.
class Ledger
{
public:
    static constexpr uint32_t kNone = UINT32_MAX;
    using Runs = std::vector<std::shared_ptr<const EvaluationRun>>;

    explicit Ledger(Runs runs) : Ledger(runs, naturalJoin(runs)) {}
    Ledger(Runs runs, JoinBy by);

    size_t items() const { return m_id.size(); }
    size_t subjects() const { return m_subjects.size(); }
    JoinBy joinedBy() const { return m_by; }
    const EvaluationRun &run(size_t subject) const { return *m_runs[subject]; }
    const JoinNotes &notes(size_t subject) const { return m_subjects[subject].notes; }

    // An item; ids, tasks, clusters and axes are those of the first subject that has it.
    std::string_view id(size_t item) const { return m_id[item]; }
    std::string_view task(size_t item) const { return m_taskNames[m_task[item]]; }
    const std::vector<std::string> &tasks() const { return m_taskNames; } ///< the empty one may be among them
    std::string_view cluster(size_t item) const { return m_clusterNames[m_cluster[item]]; }
    /// Numbers of the clusters, one an item, for the statistics; items without one have a number of their own.
    std::span<const uint32_t> clusters() const { return m_cluster; }
    std::vector<std::string> axes() const;
    std::span<const double> axis(const std::string &name) const; ///< one value an item, NaN without; empty: no such axis
    std::map<std::string, std::string> labels(size_t item) const;

    // What a subject made of it.
    std::span<const double> scores(size_t subject) const { return m_subjects[subject].score; } ///< mean over the samples; NaN: not asked
    uint32_t samples(size_t item, size_t subject) const;                                        ///< that came back
    /// The commonest of its samples' outcomes, of equally common ones the one that came first; nothing when there is none.
    std::optional<Outcome> classOf(size_t item, size_t subject) const;
    std::span<const uint8_t> outcomes(size_t item, size_t subject) const; ///< of the samples, numbers of Outcome
    std::span<const uint32_t> rows(size_t item, size_t subject) const;    ///< of the samples, places in the run's rows
    /// The row behind a sample (index into what outcomes() gives), with all texts: may read from the disk.
    Result<ItemResult> row(size_t item, size_t subject, size_t sample = 0) const;

    /// Items that fit, in order.
    std::vector<uint32_t> filter(const LedgerFilter &filter) const;
    /// Of these items; of all when none are named.
    FlipMatrix flips(size_t first, size_t second, std::optional<std::span<const uint32_t>> items = {}) const;
    GapWaterfall waterfall(size_t first, size_t second, std::optional<std::span<const uint32_t>> items = {}) const;

    uint64_t bytes() const; ///< of memory, without the runs

private:
    struct Subject
    {
        std::vector<uint32_t> start;   ///< of an item's rows in the columns below; one more than items
        std::vector<uint32_t> row;     ///< in the run
        std::vector<uint8_t> outcome;
        std::vector<double> loss;      ///< 1 - score of each row; a row without score loses 1
        std::vector<double> score;     ///< an item each
        std::vector<uint8_t> kind;     ///< class of the item; 7: none
        JoinNotes notes;
    };
    struct Builder;

    Runs m_runs;
    JoinBy m_by;
    std::vector<std::string_view> m_id; ///< in the runs' chunks, which never change
    std::vector<std::shared_ptr<const RowChunk>> m_held; ///< these chunks
    std::vector<uint32_t> m_task, m_cluster;
    std::vector<std::string> m_taskNames, m_clusterNames;
    std::map<std::string, std::vector<double>> m_axes;
    std::vector<std::string_view> m_labels;
    std::vector<Subject> m_subjects;
};

} // namespace assay
