// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/bench/statistics.h"

namespace assay {

enum class Unit { Seconds, TokensPerSecond, InputsPerSecond, RequestsPerSecond, Bytes, Rate, Count, Money, Joules, Watts };
/// Which of two values is the better one; Neither: it describes the load, not the subject.
enum class Better { Lower, Higher, Neither };

/// One metric, declared once (benchmarking.md, section 1); window, command line and reports read this list.
struct MetricDefinition
{
    const char *id;         ///< "ttft", "tpot", "prefill_speed", "decode_speed", "load_time", "memory.tensor_peak", ...
    const char *group;      ///< "Latency", "Throughput", "Memory"; translation context "Metric"
    const char *label;      ///< translation context "Metric"
    Unit unit;
    Better better;
    const char *definition; ///< one sentence, for tooltips and METRICS.md; translation context "Metric"
    bool ratios = true; ///< whether a ratio of two subjects' values says something
    bool qualified = false;     ///< its values have names, and only those of one name can be compared: SLOs, currencies
    bool endpointsOnly = false; ///< only requests to an endpoint have it
};
const std::vector<MetricDefinition> &metricDefinitions();
const MetricDefinition *findMetric(std::string_view id);

/// A metric of one run at one point, with the raw samples it came from (warm-up left out); values of a level as a whole have
/// none, and of an endpoint's gaps there are at most 100,000, evenly taken.
struct MetricValue
{
    const MetricDefinition *metric = nullptr;
    Estimate estimate;
    std::vector<double> samples;
    std::string qualifier = {}; ///< which of several: the SLO of a goodput; the currency of a cost. Belongs to the label.

    std::string key() const; ///< "ttft", "goodput[chat]"
    std::string label(const Translate &translate = untranslated) const; ///< "Goodput (chat)"
};
/// Every metric that the run's samples or requests support at this point (load time and memory at any point). Of a log of
/// requests everything is made at the first call and kept with it. Of a series joined: the medians over its sessions (series.h).
std::vector<MetricValue> summarize(const BenchRun &run, const BenchPoint &point);
const MetricValue *findValue(const std::vector<MetricValue> &values, std::string_view id);
/// All TPOT gaps of a point in seconds, counted runs pooled: the latency distribution. Of an endpoint at most 100,000 of them,
/// evenly taken.
std::vector<double> pooledGaps(const BenchRun &run, const BenchPoint &point);

/// "41.2 ms", "812 tokens/s", "3.02 GiB", "87.5 %".
std::string formatValue(Unit unit, double value);
/// "41.2 [39.8, 42.7] ms"; without an interval "41.2 ms (n = 3)".
std::string formatEstimate(Unit unit, const Estimate &estimate);
/// docs/METRICS.md: the table of definitions.
std::string metricsMarkdown();

} // namespace assay
