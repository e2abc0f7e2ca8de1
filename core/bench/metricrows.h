// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/loadanalysis.h"
#include "core/bench/metrics.h"

#include <optional>
#include <vector>

namespace assay {

using Sampled = std::optional<double>;

/// What a value of a whole level is derived from.
struct LevelContext
{
    const BenchPlan &plan;
    const BenchPoint &point;
    const LevelAnalysis &level;
    const Slo *slo = nullptr; ///< of values that there is one of for each SLO
};

/// Where the samples of a metric come from: of a worker's runs or loads, of an endpoint's requests or of a level as a whole.
/// A row with none of these is of the gaps between tokens.
struct MetricSource
{
    Sampled (*perRun)(const MeasureSample &) = nullptr;
    Sampled (*perLoad)(const LoadSample &) = nullptr;
    double quantile = 0; ///< 0: the median
    Sampled (*perRequest)(const RequestRow &) = nullptr; ///< of good requests
    std::optional<Estimate> (*perLevel)(const LevelContext &) = nullptr;
    std::string (*qualifier)(const LevelContext &) = nullptr;
    bool eachSlo = false; ///< one value for each SLO of the plan
    std::vector<double> (*perPoint)(const BenchRun &, const BenchPoint &) = nullptr; ///< of a worker's run and its machine
    const char *readsLabel = nullptr; ///< of gaps: what they are called where a read brings several tokens; translation context "Metric"
    bool isGaps() const { return !perRun && !perLoad && !perRequest && !perLevel && !perPoint; }
};

struct MetricRow
{
    MetricDefinition definition;
    MetricSource source;
};

/// The one list, in the order of metricDefinitions().
const std::vector<MetricRow> &metricRows();
/// By topic.
std::vector<MetricRow> latencyRows();
std::vector<MetricRow> throughputRows();
std::vector<MetricRow> loadRows();
std::vector<MetricRow> costRows();
std::vector<MetricRow> memoryRows();
std::vector<MetricRow> rooflineRows();

/// A duration that can be one.
inline bool usable(double seconds)
{
    return seconds > 0 && seconds < 1e300;
}
Sampled tpotOf(const MeasureSample &sample);

} // namespace assay
