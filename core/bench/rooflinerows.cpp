// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/metricrows.h"
#include "core/bench/roofline.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace assay {
namespace {

constexpr const char *kMachine = ASSAY_TEXT("Metric", "Share of the machine");
constexpr const char *kEnergy = ASSAY_TEXT("Metric", "Energy");

/// Counted samples of the point, where the run tells of the model's work and the machine's limits.
struct Limited
{
    const ModelWork &work;
    const MachineLimits &limits;
    const std::string &dtype;
};
std::vector<double> ofRuns(const BenchRun &run, const BenchPoint &point, Sampled (*extract)(const MeasureSample &, const Limited &))
{
    const Environment &environment = run.header.environment;
    std::vector<double> out;
    if (!environment.work || !environment.limits)
        return out;
    const Limited limited{*environment.work, *environment.limits, environment.dtype};
    for (const MeasureSample &sample : run.samples) {
        if (sample.warmup || pointOf(sample) != point)
            continue;
        if (const Sampled value = extract(sample, limited))
            out.push_back(*value);
    }
    return out;
}

/// Tokens in the context of a step, on average over a run: from the first decoded one to the last.
double meanContext(const MeasureSample &s)
{
    return double(s.depth + s.promptTokens) + double(s.outputTokens) / 2;
}

/// Whether all that a step reads may stay in the processor's caches from step to step: then the memory limits nothing.
bool staysInCaches(double bytes, const MachineLimits &limits)
{
    return !limits.caches.empty() && bytes <= double(limits.caches.back());
}

Sampled mbuOf(const MeasureSample &s, const Limited &limited)
{
    const Sampled perToken = tpotOf(s);
    if (!perToken || limited.limits.readBandwidth <= 0)
        return std::nullopt;
    const double bytes = decodeBytes(limited.work, meanContext(s), s.batch);
    return staysInCaches(bytes, limited.limits) ? std::nullopt : Sampled(bytes / *perToken / limited.limits.readBandwidth);
}

Sampled mfuOf(const MeasureSample &s, const Limited &limited)
{
    const auto rate = matrixRate(limited.limits, limited.dtype);
    if (s.isPass() || !usable(s.firstToken) || !rate || *rate <= 0)
        return std::nullopt;
    return prefillFlops(limited.work, s.promptTokens, s.depth, s.batch) / s.firstToken / *rate;
}

Sampled floorOf(const MeasureSample &s, const Limited &limited)
{
    if (s.outputTokens < 2)
        return std::nullopt;
    const double context = meanContext(s), bytes = decodeBytes(limited.work, context, s.batch);
    if (staysInCaches(bytes, limited.limits))
        return std::nullopt;
    return timeFloor(bytes, decodeFlops(limited.work, context, s.batch), limited.limits, limited.dtype);
}

std::vector<double> mbu(const BenchRun &run, const BenchPoint &point) { return ofRuns(run, point, mbuOf); }
std::vector<double> mfu(const BenchRun &run, const BenchPoint &point) { return ofRuns(run, point, mfuOf); }
std::vector<double> floorTime(const BenchRun &run, const BenchPoint &point)
{
    // The same for every run: one number, not a distribution.
    std::vector<double> all = ofRuns(run, point, floorOf);
    all.resize(std::min<size_t>(all.size(), 1));
    return all;
}

std::vector<double> coldLoads(const BenchRun &run, const BenchPoint &)
{
    std::vector<double> out;
    for (const LoadSample &load : run.loads) {
        if (load.dropped.value_or(false) && usable(load.seconds))
            out.push_back(load.seconds);
    }
    return out;
}

/// What counted runs of a point used together: one window of the counter. It moves in steps of 0.1 s on GPUs, so that less
/// than 5 s say nothing, and one window says nothing of how far another would be from it (benchmarking.md 4.16).
struct Used
{
    double joules = 0, seconds = 0, tokens = 0;
    Used &operator+=(const Used &other)
    {
        joules += other.joules;
        seconds += other.seconds;
        tokens += other.tokens;
        return *this;
    }
};
constexpr double kWindow = 5;

/// The runs of the point one after the other, cut into windows that are long enough. Runs at the end that would be too short
/// by themselves belong to the last one.
std::vector<Used> windowsAt(const BenchRun &run, const BenchPoint &point)
{
    std::vector<Used> windows;
    Used next;
    for (const MeasureSample &sample : run.samples) {
        if (sample.warmup || pointOf(sample) != point)
            continue;
        if (!sample.state.joules)
            return {};
        next += {*sample.state.joules, sample.total, double(sample.outputTokens * sample.batch)};
        if (next.seconds >= kWindow)
            windows.push_back(std::exchange(next, {}));
    }
    if (!windows.empty())
        windows.back() += next;
    return windows;
}

std::vector<double> joulesPerToken(const BenchRun &run, const BenchPoint &point)
{
    std::vector<double> out;
    for (const Used &used : windowsAt(run, point)) {
        if (used.tokens > 0)
            out.push_back(used.joules / used.tokens);
    }
    return out;
}

std::vector<double> joulesPerTokenAboveIdle(const BenchRun &run, const BenchPoint &point)
{
    const auto &limits = run.header.environment.limits;
    if (!limits || !limits->idleWatts)
        return {};
    std::vector<double> out;
    for (const Used &used : windowsAt(run, point)) {
        if (used.tokens > 0)
            out.push_back((used.joules - *limits->idleWatts * used.seconds) / used.tokens);
    }
    return out;
}

std::vector<double> meanPower(const BenchRun &run, const BenchPoint &point)
{
    std::vector<double> out;
    for (const Used &used : windowsAt(run, point))
        out.push_back(used.joules / used.seconds);
    return out;
}

MetricSource fromPoint(std::vector<double> (*extract)(const BenchRun &, const BenchPoint &))
{
    MetricSource source;
    source.perPoint = extract;
    return source;
}

} // namespace

std::vector<MetricRow> rooflineRows()
{
    // clang-format off
    return {
        {{"load_time.cold", ASSAY_TEXT("Metric", "Latency"), ASSAY_TEXT("Metric", "Load time, cold"), Unit::Seconds, Better::Lower,
          ASSAY_TEXT("Metric", "The same with the weight files out of the page cache, which the system confirmed (mincore); median over "
                               "the cold loads.")},
         fromPoint(coldLoads)},
        {{"mbu", kMachine, ASSAY_TEXT("Metric", "Memory bandwidth used (MBU)"), Unit::Rate, Better::Higher,
          ASSAY_TEXT("Metric", "Bytes that a decode step has to read (weights, of experts those that are hit, keys and values) "
                               "/ TPOT / read bandwidth measured on this machine before the run; median over the counted runs. Only of "
                               "models that are larger than the processor's caches.")},
         fromPoint(mbu)},
        {{"mfu", kMachine, ASSAY_TEXT("Metric", "Arithmetic used in prefill (MFU)"), Unit::Rate, Better::Higher,
          ASSAY_TEXT("Metric", "Operations that the prompt needs / TTFT / rate of matrix products measured on this machine before "
                               "the run, in the type that the model was computed in; median over the counted runs.")},
         fromPoint(mfu)},
        {{"tpot.floor", kMachine, ASSAY_TEXT("Metric", "Fastest possible time per token"), Unit::Seconds, Better::Lower,
          ASSAY_TEXT("Metric", "The longer one of a decode step's bytes / measured read bandwidth and its operations / measured "
                               "rate of products: no program can be faster on this machine with these weights.")},
         fromPoint(floorTime)},
        {{"energy.per_token", kEnergy, ASSAY_TEXT("Metric", "Energy per output token"), Unit::Joules, Better::Lower,
          ASSAY_TEXT("Metric", "Energy that the device counted during counted runs that lasted 5 s together, prompts included / "
                               "their output tokens; median over such windows.")},
         fromPoint(joulesPerToken)},
        {{"energy.per_token.above_idle", kEnergy, ASSAY_TEXT("Metric", "Energy per output token above idle"), Unit::Joules, Better::Lower,
          ASSAY_TEXT("Metric", "The same less what the idle device used before the run in as much time.")},
         fromPoint(joulesPerTokenAboveIdle)},
        {{"energy.power", kEnergy, ASSAY_TEXT("Metric", "Mean power"), Unit::Watts, Better::Lower,
          ASSAY_TEXT("Metric", "Energy that the device counted during counted runs that lasted 5 s together / their time; median "
                               "over such windows.")},
         fromPoint(meanPower)},
    };
    // clang-format on
}

} // namespace assay
