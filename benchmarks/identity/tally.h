// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verdict.h"

#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace assay {

/// "2.0 % [0.8, 4.6]": a share with Wilson's interval at 95 %; "-" of none.
std::string benchShare(size_t count, size_t runs);

/// Whether a subject is what it is claimed to be.
enum class BenchTruth : uint8_t {
    Honest,    ///< to contradict it is false
    Dishonest, ///< to contradict it is right
    Open,      ///< the claimed model, yet not as one would expect it: told apart from both
};
const char *benchTruthMark(BenchTruth truth); ///< " (honest)", "", " (the claimed model)"

/// What became of one subject's runs.
struct VerdictTally
{
    size_t runs = 0;
    std::map<VerdictKind, size_t> verdicts;
    std::map<std::string, size_t> marks; ///< whatever else was counted of a run
    void add(VerdictKind kind);
    size_t of(VerdictKind kind) const;
};

/// A row of a table of verdicts.
struct TallyRow
{
    std::string name;
    BenchTruth truth = BenchTruth::Dishonest;
    VerdictTally tally;
};
/// Share of CONTRADICTED with its interval, counts of the other verdicts; columns: titles of marks, by mark.
void writeTallies(std::ostream &out, const std::vector<TallyRow> &rows, const std::vector<std::pair<std::string, std::string>> &columns);
/// "False contradictions of the honest: ..."
std::string falseContradictions(const std::vector<TallyRow> &rows);
bool keepsPromise(const std::vector<TallyRow> &rows); ///< of at most 1 %

/// How often a p-value that should be uniform was at most a level; one column for each name.
void writeCalibration(std::ostream &out, const std::map<std::string, std::vector<double>> &values);

/// Calls `work` with 0 ... runs - 1, on so many threads.
void forRuns(size_t runs, unsigned threads, const std::function<void(size_t run)> &work);

} // namespace assay
