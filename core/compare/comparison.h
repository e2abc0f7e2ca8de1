// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/metrics.h"
#include "core/compare/chartspec.h"
#include "core/evaluate/statistics/significance.h"
#include "core/evaluate/statistics/standing.h"
#include "core/model/facts.h"

#include <memory>

namespace assay {

struct FidelityRun;
struct Verification;

/// One subject with what is known and measured of it so far.
struct ComparedSubject
{
    Role role = Role::Other;
    SubjectRef subject;
    std::shared_ptr<const ModelFacts> facts; ///< null: not opened yet
    std::shared_ptr<const BenchRun> bench;   ///< the newest; null: not measured
    std::vector<std::shared_ptr<const EvaluationRun>> evaluations; ///< the newest of each suite
    std::string dtype = {}; ///< in which these runs were computed, where the subject is compared in several; else empty
};

/// A set of subjects with roles, and their runs joined.
struct Comparison
{
    std::vector<ComparedSubject> subjects;
    size_t reference = 0; ///< ratios are to this subject (the full one where there is one)
    std::optional<BenchPoint> point; ///< the shown point; the first that all share when empty
    std::optional<Slo> goals = {};   ///< that requests are judged by in the goodput map; else those of a plan
    double margin = kDefaultMargin;  ///< accuracy that may be lost to count as not inferior, as a rate; set before a run
    std::optional<double> routingCost = {}; ///< per item, that routing may spend; else what the held-out half suggests
    std::vector<std::shared_ptr<const FidelityRun>> fidelity = {}; ///< of whatever subjects, the newest first
    std::vector<std::shared_ptr<const Verification>> verifications = {}; ///< of these subjects, the newest of each subject and claim
    bool everySuite = false; ///< charts of two subjects' answers on every suite, not on the headline's alone
};

/// Roles from names and sizes where the user gave none: names first ("distill", "base"), then the largest is full.
std::vector<Role> guessRoles(const std::vector<std::string> &names, const std::vector<uint64_t> &parameters);
/// The subject that ratios refer to: the first full one, else the first.
size_t guessReference(const std::vector<Role> &roles);
/// What a subject is called: its name, else its path; with its dtype where it is compared in several: "full (int8)",
/// "full (f32, 50 % pruned)".
std::string subjectTitle(const ComparedSubject &subject, const Translate &translate = untranslated);
/// "full" where only one subject has the role, else the subject's name; for sentences.
std::string spokenName(const Comparison &comparison, size_t subject, const Translate &translate = untranslated);
/// The point that charts and headline use; nothing when no bench has samples.
std::optional<BenchPoint> sharedPoint(const Comparison &comparison);

struct ComparisonCell
{
    std::string text;  ///< "41.2 [39.8, 42.7] ms"; "-" when missing
    std::string detail; ///< exact value, provenance and n; why it is missing
    std::optional<double> value;
    std::optional<double> ratio; ///< to the reference subject
    std::optional<Estimate> estimate; ///< what the text was made from, for measured values
};
struct ComparisonRow
{
    std::string id;    ///< "facts.parameters", "metric.tpot", "accuracy.reasoning", ...
    std::string group; ///< translated
    std::string label; ///< translated
    std::string tooltip;
    std::string unit; ///< of the cells' values: "s", "bytes", "tokens/s", "rate", "count" or empty
    std::vector<ComparisonCell> cells; ///< one a subject
    bool different() const; ///< the cells' texts differ
};
/// The table of everything: columns are subjects, rows grouped (facts, latency, throughput, memory, accuracy).
std::vector<ComparisonRow> comparisonTable(const Comparison &comparison, const Translate &translate = untranslated);

/// Paired comparison of two subjects on one suite.
struct PairRow
{
    std::string suite;
    size_t first = 0, second = 0; ///< indices of subjects; the difference is first minus second
    PairedResult result;
    std::string difference; ///< "12.3 [8.1, 16.4]" in percentage points
    std::string p;          ///< "p = 0.0123", "p < 0.001"
    Standing standing = Standing::Undecided; ///< by the comparison's margin
    std::optional<uint64_t> moreItems;   ///< that would decide, where it is undecided
    std::optional<uint64_t> itemsToTell; ///< that would show this difference with the usual power, where it is not resolved
    std::string verdict; ///< translated: "not inferior", "undecided; about 1,200 more items would decide"
};
std::vector<PairRow> pairedComparisons(const Comparison &comparison, const Translate &translate = untranslated);

/// All charts: latency, throughput, memory, accuracy, TPOT distribution, accuracy over each axis, accuracy over latency.
std::vector<ChartSpec> comparisonCharts(const Comparison &comparison, const Translate &translate = untranslated);

/// How everyone stands to the reference on the headline's suite, a sentence each: "distilled against full: not inferior, ...".
/// Empty where nobody answered the same items.
std::string accuracySentence(const Comparison &comparison, const Translate &translate = untranslated);
/// The subject that a flip matrix sets against the reference, by the chart's id; nothing of another chart.
std::optional<size_t> flipSubject(std::string_view chart);
/// The forest of differences, and for each subject what became of the same questions and where the gap comes from.
std::vector<ChartSpec> pairedAnswerCharts(const Comparison &comparison, const Translate &translate = untranslated);
/// All charts of accuracy, without the trade-off.
std::vector<ChartSpec> accuracyCharts(const Comparison &comparison, const Translate &translate = untranslated);

/// How far subjects are from a reference, of Comparison::fidelity and of their answers: charts, whose ids begin with "fidelity_",
/// and the rows that comparisonTable() has of it, too.
std::vector<ChartSpec> fidelityCharts(const Comparison &comparison, const Translate &translate = untranslated);
std::vector<ComparisonRow> fidelityTable(const Comparison &comparison, const Translate &translate = untranslated);

/// Requests of the shown point by TTFT and TPOT, with the goals as lines that can be dragged. Nothing without an endpoint.
std::optional<ChartSpec> goodputMap(const Comparison &comparison, const Translate &translate = untranslated);
inline constexpr const char *kGoodputMap = "goodput_map", *kTtftHandle = "ttft", *kTpotHandle = "tpot";
/// The forest of differences and its line that can be dragged, in percentage points below 0.
inline constexpr const char *kAccuracyForest = "accuracy_difference", *kMarginHandle = "margin";
/// The line of routing charts that can be dragged: the cost of an item.
inline constexpr const char *kRoutingHandle = "routing";
/// The comparison with one goal moved to another limit.
void moveGoal(Comparison &comparison, std::string_view handle, double milliseconds);

/// One sentence or two written by the statistics (UI.md, Compare): accuracy kept, speed and memory ratios with
/// intervals, what is not resolved. Says what is missing while nothing is measured.
std::string headline(const Comparison &comparison, const Translate &translate = untranslated);

/// Differences in protocol or environment that forbid a plain comparison (other device, dtype, plan, suite version).
std::vector<std::string> comparisonWarnings(const Comparison &comparison, const Translate &translate = untranslated);

} // namespace assay
