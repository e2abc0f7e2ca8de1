// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmarks/identity/tally.h"

#include "core/evaluate/statistics/intervals.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ostream>
#include <thread>

namespace assay {
namespace {

constexpr double kFalseShare = 0.01; ///< that the honest may be contradicted
constexpr VerdictKind kOthers[] = {VerdictKind::Verified, VerdictKind::Consistent, VerdictKind::Inconclusive, VerdictKind::NotTested};

std::pair<size_t, size_t> honest(const std::vector<TallyRow> &rows)
{
    size_t contradicted = 0, runs = 0;
    for (const TallyRow &row : rows) {
        if (row.truth != BenchTruth::Honest)
            continue;
        contradicted += row.tally.of(VerdictKind::Contradicted);
        runs += row.tally.runs;
    }
    return {contradicted, runs};
}

} // namespace

std::string benchShare(size_t count, size_t runs)
{
    if (runs == 0)
        return "-";
    const Estimate estimate = wilson(count, runs);
    char text[96];
    std::snprintf(text, sizeof text, "%.1f %% [%.1f, %.1f]", 100 * estimate.value, 100 * estimate.low, 100 * estimate.high);
    return text;
}

const char *benchTruthMark(BenchTruth truth)
{
    return truth == BenchTruth::Honest ? " (honest)" : truth == BenchTruth::Open ? " (the claimed model)" : "";
}

void VerdictTally::add(VerdictKind kind)
{
    ++runs;
    ++verdicts[kind];
}

size_t VerdictTally::of(VerdictKind kind) const
{
    const auto found = verdicts.find(kind);
    return found == verdicts.end() ? 0 : found->second;
}

void writeTallies(std::ostream &out, const std::vector<TallyRow> &rows, const std::vector<std::pair<std::string, std::string>> &columns)
{
    const auto any = [&](VerdictKind kind) { return std::ranges::any_of(rows, [kind](const TallyRow &row) { return row.tally.of(kind) > 0; }); };
    std::string rule = "|---|---|---|";
    out << "| subject | runs | CONTRADICTED [95 %] |";
    for (const VerdictKind kind : kOthers) {
        if (any(kind)) {
            out << " " << verdictName(kind) << " |";
            rule += "---|";
        }
    }
    for (const auto &column : columns) {
        out << " " << column.second << " |";
        rule += "---|";
    }
    out << "\n" << rule << "\n";
    for (const TallyRow &row : rows) {
        const VerdictTally &tally = row.tally;
        out << "| " << row.name << benchTruthMark(row.truth) << " | " << tally.runs << " | " << benchShare(tally.of(VerdictKind::Contradicted), tally.runs) << " |";
        for (const VerdictKind kind : kOthers) {
            if (any(kind))
                out << " " << tally.of(kind) << " |";
        }
        for (const auto &column : columns) {
            const auto found = tally.marks.find(column.first);
            out << " " << (found == tally.marks.end() ? 0 : found->second) << " |";
        }
        out << "\n";
    }
    out << "\n";
}

std::string falseContradictions(const std::vector<TallyRow> &rows)
{
    const auto [contradicted, runs] = honest(rows);
    return "False contradictions of the honest: " + benchShare(contradicted, runs) + " (" + std::to_string(contradicted) + " of " + std::to_string(runs) + " runs).";
}

bool keepsPromise(const std::vector<TallyRow> &rows)
{
    const auto [contradicted, runs] = honest(rows);
    return double(contradicted) <= kFalseShare * double(runs);
}

void writeCalibration(std::ostream &out, const std::map<std::string, std::vector<double>> &values)
{
    constexpr double kLevels[] = {0.0033, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9};
    std::string rule = "|---|";
    out << "| p at most |";
    for (const auto &[test, ps] : values) {
        out << " " << test << " (" << ps.size() << ") |";
        rule += "---|";
    }
    out << "\n" << rule << "\n";
    for (const double level : kLevels) {
        out << "| " << level << " |";
        for (const auto &[test, ps] : values)
            out << " " << benchShare(size_t(std::ranges::count_if(ps, [level](double p) { return p <= level; })), ps.size()) << " |";
        out << "\n";
    }
    out << "\n";
}

void forRuns(size_t runs, unsigned threads, const std::function<void(size_t run)> &work)
{
    std::atomic<size_t> next{0};
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::max(1u, threads); ++i)
        workers.emplace_back([&] {
            for (size_t run = next++; run < runs; run = next++)
                work(run);
        });
}

} // namespace assay
