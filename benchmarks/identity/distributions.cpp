// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmarks/identity/distributions.h"

#include "benchmarks/identity/tally.h"

#include <algorithm>
#include <cstdio>
#include <sstream>

namespace assay {
namespace {

constexpr size_t kDraws = 1999;
constexpr double kFalseShare = 0.01;

struct Tally
{
    size_t runs = 0, contradicted = 0, consistent = 0, inconclusive = 0;
    std::map<std::string, size_t> rejected;           ///< by test, at what Holm asks of the smallest p-value
    std::map<std::string, std::vector<double>> p;     ///< by test
    std::map<std::string, std::map<std::string, double>> power; ///< test, alternative: summed
};

Tally measure(const PoolSet &set, const BenchSubject &subject, BenchPlanKind kind, size_t runs)
{
    Tally tally;
    for (size_t run = 0; run < runs; ++run) {
        const BenchOutcome outcome = benchRun(set, subject, kind, run + 1, kDraws);
        ++tally.runs;
        tally.contradicted += outcome.verdict.kind == VerdictKind::Contradicted;
        tally.consistent += outcome.verdict.kind == VerdictKind::Consistent;
        tally.inconclusive += outcome.verdict.kind == VerdictKind::Inconclusive;
        for (const Evidence &evidence : outcome.evidence) {
            tally.p[evidence.test].push_back(evidence.p.value_or(1));
            tally.rejected[evidence.test] += evidence.p.value_or(1) <= outcome.verdict.alpha / double(outcome.evidence.size());
            for (const Power &power : evidence.power)
                tally.power[evidence.test][power.alternative] += power.value;
        }
    }
    return tally;
}

void writeTable(std::ostream &out, const std::vector<Tally> &tallies)
{
    out << "| subject | CONTRADICTED [95 %] | CONSISTENT | INCONCLUSIVE |";
    for (const auto &[test, count] : tallies.front().rejected)
        out << " " << test << " rejects |";
    out << "\n|---|---|---|---|";
    for (size_t i = 0; i < tallies.front().rejected.size(); ++i)
        out << "---|";
    out << "\n";
    for (size_t i = 0; i < tallies.size(); ++i) {
        const BenchSubject &subject = benchSubjects()[i];
        const Tally &tally = tallies[i];
        out << "| " << subject.name << (subject.honest ? " (honest)" : "") << " | " << benchShare(tally.contradicted, tally.runs) << " | " << tally.consistent << " | " << tally.inconclusive << " |";
        for (const auto &[test, count] : tally.rejected)
            out << " " << benchShare(count, tally.runs) << " |";
        out << "\n";
    }
    out << "\n";
}

/// What the runs said beforehand that they would see, beside how often they did.
void writePower(std::ostream &out, const std::vector<Tally> &tallies)
{
    out << "| test | alternative | power told | measured |\n|---|---|---|---|\n";
    const auto &told = tallies.front();
    for (const auto &[test, alternatives] : told.power) {
        for (const auto &[name, sum] : alternatives) {
            const auto found = std::ranges::find(benchSubjects(), name, &BenchSubject::name);
            if (found == benchSubjects().end())
                continue; // an alternative that no subject is
            const Tally &measured = tallies[size_t(found - benchSubjects().begin())];
            char text[32];
            std::snprintf(text, sizeof text, "%.1f %%", 100 * sum / double(told.runs));
            out << "| " << test << " | " << name << " | " << text << " | " << benchShare(measured.rejected.at(test), measured.runs) << " |\n";
        }
    }
    out << "\n";
}

void writePlan(std::ostream &out, const PoolSet &set, BenchPlanKind kind, size_t runs, size_t &falseOnes, size_t &honestRuns)
{
    std::vector<Tally> tallies;
    for (const BenchSubject &subject : benchSubjects()) {
        tallies.push_back(measure(set, subject, kind, runs));
        const Tally &tally = tallies.back();
        // The second plan supposes the reference's own stack, which of the honest ones the first alone has.
        if (subject.honest && (kind == BenchPlanKind::Texts || &subject == &benchSubjects().front())) {
            falseOnes += tally.contradicted;
            honestRuns += tally.runs;
        }
        std::printf("%-20s %s\n", subject.name.c_str(), benchShare(tally.contradicted, tally.runs).c_str());
        std::fflush(stdout);
    }
    writeTable(out, tallies);
    out << "p-values of the first subject, where every null holds:\n\n";
    writeCalibration(out, tallies.front().p);
    out << "Power that the first subject's runs told beforehand against alternatives of the bundle, at p <= 0.0033, and how often these alternatives were then rejected so:\n\n";
    writePower(out, tallies);
}

} // namespace

std::string distributionSection(const PoolSet &set, size_t runs, bool &held)
{
    std::ostringstream out;
    out << "Of the distribution: " << runs
        << " seeded runs a subject at the standard size. The claim is always the sample *full*; its bundle (bf16, 64 rows together) is the reference. Family error 1 % by Holm over three registered tests, "
        << kDraws << " permutations. Answers are drawn from a pool that `assay-worker` computed (`tests/data/generators/make_identity_pool.py`: 40 prompts x 80 samples, 120 prompts at temperature 0, 300 questions x 8 answers a subject, seeds of its own for each); runs share the pool, so they are not wholly independent.\n\n";
    for (const BenchSubject &subject : benchSubjects())
        out << "- **" << subject.name << "**" << (subject.honest ? " (honest)" : "") << ": " << subject.what << ".\n";
    size_t falseOnes = 0, honestRuns = 0;
    out << "\n### Texts alone (T4b and T6: nothing of the reference but its bundle)\n\n";
    writePlan(out, set, BenchPlanKind::Texts, runs, falseOnes, honestRuns);
    out << "False contradictions of all honest subjects: " << benchShare(falseOnes, honestRuns) << " of " << honestRuns << " runs.\n\n";
    held = double(falseOnes) <= kFalseShare * double(honestRuns);
    out << "### Teacher-forced (T4a and T6: the reference's weights are here, the stack is said to be the reference's own)\n\n"
           "Only the first honest subject has the stack that this plan supposes; what the others' rows show is what supposing it wrongly costs.\n\n";
    falseOnes = honestRuns = 0;
    writePlan(out, set, BenchPlanKind::Forced, runs, falseOnes, honestRuns);
    out << "False contradictions of the honest subject on the reference's stack: " << benchShare(falseOnes, honestRuns) << " of " << honestRuns << " runs.\n";
    held = held && double(falseOnes) <= kFalseShare * double(honestRuns);
    return out.str();
}

} // namespace assay
