// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/loadanalysis.h"
#include "core/bench/pointtext.h"
#include "core/compare/comparison.h"

#include <functional>

namespace assay {

/// Translates and fills in the texts of the context "Compare": words(ASSAY_TEXT("Compare", "%1 of %2"), {...}).
struct Words
{
    const Translate &translate;
    std::string operator()(const char *source, const std::vector<std::string> &arguments = {}) const;
};

/// A comparison with what its parts compute from it: the shown point and each subject's metrics there.
struct Joined
{
    explicit Joined(const Comparison &source);

    const Comparison &comparison;
    std::optional<BenchPoint> point;
    std::vector<std::vector<MetricValue>> metrics; ///< one list a subject; empty when not measured at the point
    size_t reference = 0;                          ///< always a subject's index when there are subjects

    size_t size() const { return comparison.subjects.size(); }
    const MetricValue *metric(size_t subject, std::string_view id) const { return findValue(metrics[subject], id); }
};

/// A load as it is compared: one request in flight is what a run of a model by itself is at batch 1.
BenchPoint comparedPoint(BenchPoint point);
/// What is sent at once under such a load: "closed loop, 4 in flight", "batch 1; endpoints: closed loop, 1 in flight". No plot
/// is without it (benchmarking.md 4, pitfall 12).
std::string comparedLoad(const Comparison &comparison, const BenchPoint &point, const Translate &translate = untranslated);
/// The same after the lengths: "64 prompt tokens, 32 output tokens; closed loop, 4 in flight".
std::string comparedText(const Comparison &comparison, const BenchPoint &point, const Translate &translate = untranslated);
/// The points that the subject has counted samples or requests of, in their order, as they are compared.
std::vector<BenchPoint> countedPoints(const ComparedSubject &subject);
/// What summarize() and pooledGaps() give for the run's own point of this compared one.
std::vector<MetricValue> metricsAt(const BenchRun &run, const BenchPoint &compared);
std::vector<double> gapsAt(const BenchRun &run, const BenchPoint &compared);
/// The level of an endpoint's run; null when it was not measured there, or the run is no endpoint's. It lives as long as the
/// analysis that comes with it.
std::shared_ptr<const LevelAnalysis> levelAt(const BenchRun &run, const BenchPoint &compared);
/// What the subject was measured with: the header of its benchmark, else of its first evaluation; null without any.
const RunHeader *headerOf(const ComparedSubject &subject);
/// Whether the run has counted samples or requests under this compared load.
bool hasSamples(const BenchRun &run, const BenchPoint &point);

/// A suite that at least one subject was evaluated on.
struct SuiteView
{
    std::string name, title, fingerprint;
    std::vector<std::string> tasks; ///< in the order of the items; empty when the items do not name several
    std::map<std::string, std::string> axes;
};
std::vector<SuiteView> suitesOf(const Comparison &comparison);
/// The subject's evaluation on this suite; null when there is none or it has no items yet.
const EvaluationRun *evaluationOf(const ComparedSubject &subject, const std::string &suite);
/// Whether both were asked the same questions: the same bytes of the same suite.
bool sameSuite(const EvaluationRun &first, const EvaluationRun &second);

/// The suite that sentences speak about: answered by most subjects in the reference's version, then the one with the
/// most items. Suites are never pooled: their accuracies are of different things. Empty when nothing is answered.
std::string headlineSuite(const Joined &joined);
/// Which items a paired comparison looks at (by what ItemRows::light() tells of them); empty: all.
using ItemFilter = std::function<bool(const ItemResult &item)>;
/// Two subjects on one suite; n = 0 when they do not share it.
PairedResult pairedOn(const std::string &suite, const ComparedSubject &first, const ComparedSubject &second,
                      const ItemFilter &filter = {});

/// How many times the first's speed is the second's: decode speed for one user, inputs per second of passes.
std::optional<Estimate> speedRatio(const Joined &joined, size_t first, size_t second);
/// Peak memory of the first over that of the second, by the first metric that both have.
std::optional<Estimate> memoryRatio(const Joined &joined, size_t first, size_t second);

/// "3.12 [3.01, 3.20]"; without an interval "3.12".
std::string formatRatio(const Estimate &ratio);
/// A difference of rates in percentage points: "-12.3 [-16.4, -8.1]".
std::string formatPoints(const Estimate &difference);
/// "p = 0.0123", "p < 0.001".
std::string formatP(double p);
/// Below this an exact p value counts as a difference; else the difference is not resolved.
inline constexpr double kSignificance = 0.05;

/// The metrics, in the order of preference, that stand for a subject's peak memory.
const MetricValue *peakMemory(const Joined &joined, size_t subject);

} // namespace assay
