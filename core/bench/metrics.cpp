// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/metrics.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay {
namespace {

using Sampled = std::optional<double>;

bool usable(double seconds)
{
    return std::isfinite(seconds) && seconds > 0;
}

Sampled bytes(const std::optional<uint64_t> &value)
{
    return value ? Sampled(double(*value)) : std::nullopt;
}

Sampled ttft(const MeasureSample &s)
{
    return usable(s.firstToken) ? Sampled(s.firstToken) : std::nullopt;
}

Sampled tpot(const MeasureSample &s)
{
    const double decode = s.total - s.firstToken;
    return s.outputTokens > 1 && usable(decode) ? Sampled(decode / double(s.outputTokens - 1)) : std::nullopt;
}

Sampled endToEnd(const MeasureSample &s)
{
    return !s.isPass() && usable(s.total) ? Sampled(s.total) : std::nullopt;
}

Sampled passTime(const MeasureSample &s)
{
    return s.isPass() && usable(s.total) ? Sampled(s.total) : std::nullopt;
}

Sampled inputSpeed(const MeasureSample &s)
{
    return s.isPass() && usable(s.total) ? Sampled(double(s.batch) / s.total) : std::nullopt;
}

Sampled passTokenSpeed(const MeasureSample &s)
{
    return s.isPass() && s.promptTokens > 0 && usable(s.total) ? Sampled(double(s.batch * s.promptTokens) / s.total)
                                                               : std::nullopt;
}

Sampled prefillSpeed(const MeasureSample &s)
{
    return usable(s.firstToken) ? Sampled(double(s.batch * s.promptTokens) / s.firstToken) : std::nullopt;
}

Sampled decodeSpeed(const MeasureSample &s)
{
    const Sampled perToken = tpot(s);
    return perToken ? Sampled(1 / *perToken) : std::nullopt;
}

Sampled throughput(const MeasureSample &s)
{
    return !s.isPass() && usable(s.total) ? Sampled(double(s.batch * s.outputTokens) / s.total) : std::nullopt;
}

Sampled deviceDelta(const MeasureSample &s)
{
    const MemoryReading &m = s.memory;
    if (!m.deviceUsed || !m.deviceBaseline || *m.deviceUsed < *m.deviceBaseline)
        return std::nullopt;
    return double(*m.deviceUsed - *m.deviceBaseline);
}

Sampled tensorPeak(const MeasureSample &s) { return bytes(s.memory.tensorPeak); }
Sampled predicted(const MeasureSample &s) { return bytes(s.predictedBytes); }
Sampled predictionError(const MeasureSample &s)
{
    const Sampled said = predicted(s), measured = tensorPeak(s);
    return said && measured && *measured > 0 ? Sampled(*said / *measured - 1) : std::nullopt;
}
Sampled reservedPeak(const MeasureSample &s) { return bytes(s.memory.reservedPeak); }
Sampled processPeak(const MeasureSample &s) { return bytes(s.memory.processPeak); }
Sampled processDevice(const MeasureSample &s) { return bytes(s.memory.processDevice); }

Sampled loadSeconds(const LoadSample &s) { return usable(s.seconds) ? Sampled(s.seconds) : std::nullopt; }
Sampled loadedBytes(const LoadSample &s)
{
    return s.weightBytes > 0 ? Sampled(double(s.weightBytes)) : std::nullopt;
}

/// Where a metric's samples come from: runs, loads, or with neither of them the gaps between tokens.
struct Source
{
    Sampled (*perRun)(const MeasureSample &) = nullptr;
    Sampled (*perLoad)(const LoadSample &) = nullptr;
    double quantile = 0; ///< 0: the median
};

struct Row
{
    MetricDefinition definition;
    Source source;
};

constexpr const char *kLatency = ASSAY_TEXT("Metric", "Latency");
constexpr const char *kThroughput = ASSAY_TEXT("Metric", "Throughput");
constexpr const char *kMemory = ASSAY_TEXT("Metric", "Memory");

// clang-format off
const std::array kRows{
    Row{{"load_time", kLatency, ASSAY_TEXT("Metric", "Load time"), Unit::Seconds, true,
         ASSAY_TEXT("Metric", "Time from the request to load the model until it can take an input; median over the loads "
                              "with the weight files in the page cache (over all loads when none was cached).")},
        {nullptr, loadSeconds}},
    Row{{"ttft", kLatency, ASSAY_TEXT("Metric", "Time to first token (TTFT)"), Unit::Seconds, true,
         ASSAY_TEXT("Metric", "Time from handing over the prompt until the first output token of the batch is known; "
                              "median over the counted runs.")},
        {ttft}},
    Row{{"tpot", kLatency, ASSAY_TEXT("Metric", "Time per output token (TPOT)"), Unit::Seconds, true,
         ASSAY_TEXT("Metric", "(time of the last token - time of the first token) / (output tokens - 1) of one run; "
                              "median over the counted runs.")},
        {tpot}},
    Row{{"icl.p50", kLatency, ASSAY_TEXT("Metric", "Gap between tokens, p50"), Unit::Seconds, true,
         ASSAY_TEXT("Metric", "Median of all gaps between consecutive tokens, counted runs pooled. Gaps of one run depend "
                              "on each other, so the interval is rather too narrow.")},
        {nullptr, nullptr, 0.50}},
    Row{{"icl.p95", kLatency, ASSAY_TEXT("Metric", "Gap between tokens, p95"), Unit::Seconds, true,
         ASSAY_TEXT("Metric", "95th percentile of all gaps between consecutive tokens, counted runs pooled; printed from "
                              "59 gaps on.")},
        {nullptr, nullptr, 0.95}},
    Row{{"icl.p99", kLatency, ASSAY_TEXT("Metric", "Gap between tokens, p99"), Unit::Seconds, true,
         ASSAY_TEXT("Metric", "99th percentile of all gaps between consecutive tokens, counted runs pooled; printed from "
                              "299 gaps on.")},
        {nullptr, nullptr, 0.99}},
    Row{{"e2e", kLatency, ASSAY_TEXT("Metric", "End-to-end time (E2E)"), Unit::Seconds, true,
         ASSAY_TEXT("Metric", "Time from handing over the prompt until the last output token; median over the counted "
                              "runs.")},
        {endToEnd}},
    Row{{"pass_time", kLatency, ASSAY_TEXT("Metric", "Time per pass"), Unit::Seconds, true,
         ASSAY_TEXT("Metric", "Of a model that generates nothing: time from handing over the batch until its output is known; "
                              "median over the counted runs.")},
        {passTime}},
    Row{{"pass_time.p95", kLatency, ASSAY_TEXT("Metric", "Time per pass, p95"), Unit::Seconds, true,
         ASSAY_TEXT("Metric", "95th percentile of the time per pass over the counted runs; printed from 59 runs on.")},
        {passTime, nullptr, 0.95}},
    Row{{"prefill_speed", kThroughput, ASSAY_TEXT("Metric", "Prefill speed"), Unit::TokensPerSecond, false,
         ASSAY_TEXT("Metric", "Prompt tokens of the whole batch / TTFT; median over the counted runs.")},
        {prefillSpeed}},
    Row{{"decode_speed", kThroughput, ASSAY_TEXT("Metric", "Decode speed for one user"), Unit::TokensPerSecond, false,
         ASSAY_TEXT("Metric", "1 / TPOT: what one user of the batch sees; median over the counted runs.")},
        {decodeSpeed}},
    Row{{"throughput", kThroughput, ASSAY_TEXT("Metric", "Output throughput"), Unit::TokensPerSecond, false,
         ASSAY_TEXT("Metric", "Output tokens of the whole batch / E2E, prefill included; median over the counted runs.")},
        {throughput}},
    Row{{"input_speed", kThroughput, ASSAY_TEXT("Metric", "Inputs per second"), Unit::InputsPerSecond, false,
         ASSAY_TEXT("Metric", "Of a model that generates nothing: inputs of the whole batch / time per pass; median over the "
                              "counted runs.")},
        {inputSpeed}},
    Row{{"pass_token_speed", kThroughput, ASSAY_TEXT("Metric", "Input tokens per second"), Unit::TokensPerSecond, false,
         ASSAY_TEXT("Metric", "Of a model that reads tokens and generates none: tokens of the whole batch / time per pass; "
                              "median over the counted runs.")},
        {passTokenSpeed}},
    Row{{"memory.weights", kMemory, ASSAY_TEXT("Metric", "Weights as loaded"), Unit::Bytes, true,
         ASSAY_TEXT("Metric", "Bytes of the weights in memory, in the dtype the model was computed in.")},
        {nullptr, loadedBytes}},
    Row{{"memory.tensor_peak", kMemory, ASSAY_TEXT("Metric", "Peak of tensor memory"), Unit::Bytes, true,
         ASSAY_TEXT("Metric", "Most bytes of tensors alive at one time during a run, weights and KV cache included: on the "
                              "CPU counted at the allocator, on CUDA the caching allocator's peak allocated.")},
        {tensorPeak}},
    Row{{"memory.predicted", kMemory, ASSAY_TEXT("Metric", "Predicted before"), Unit::Bytes, true,
         ASSAY_TEXT("Metric", "Peak of tensor memory as it was predicted before the run: weights as they are kept, KV cache of "
                              "this load, workspace of the prefill.")},
        {predicted}},
    Row{{"memory.prediction_error", kMemory, ASSAY_TEXT("Metric", "Prediction against measurement"), Unit::Rate, true,
         ASSAY_TEXT("Metric", "Predicted peak / measured peak of tensor memory - 1: above 0 where more was predicted than was "
                              "taken."),
         false},
        {predictionError}},
    Row{{"memory.reserved_peak", kMemory, ASSAY_TEXT("Metric", "Peak reserved by the CUDA allocator"), Unit::Bytes, true,
         ASSAY_TEXT("Metric", "CUDA only: most bytes that the caching allocator held of the device during a run.")},
        {reservedPeak}},
    Row{{"memory.process_peak", kMemory, ASSAY_TEXT("Metric", "Peak of the worker process (host)"), Unit::Bytes, true,
         ASSAY_TEXT("Metric", "Largest resident set of the worker process in host memory since it started, its libraries "
                              "included; on CUDA this is not device memory.")},
        {processPeak}},
    Row{{"memory.process_device", kMemory, ASSAY_TEXT("Metric", "Worker process on the GPU"), Unit::Bytes, true,
         ASSAY_TEXT("Metric", "CUDA only: device memory that the driver (NVML) counts for the worker process, CUDA context "
                              "included.")},
        {processDevice}},
    Row{{"memory.device_delta", kMemory, ASSAY_TEXT("Metric", "Rise of the GPU's use"), Unit::Bytes, true,
         ASSAY_TEXT("Metric", "CUDA only: use of the whole device (NVML) minus its use before loading; foreign processes "
                              "can disturb it.")},
        {deviceDelta}},
};
// clang-format on

std::vector<double> samplesOfRuns(const BenchRun &run, const BenchPoint &point, Sampled (*extract)(const MeasureSample &))
{
    std::vector<double> out;
    for (const MeasureSample &sample : run.samples) {
        if (sample.warmup || pointOf(sample) != point)
            continue;
        if (const Sampled value = extract(sample))
            out.push_back(*value);
    }
    return out;
}

std::vector<double> samplesOfLoads(const BenchRun &run, Sampled (*extract)(const LoadSample &))
{
    const bool anyCached = std::any_of(run.loads.begin(), run.loads.end(), [](const auto &l) { return l.pagesCached; });
    std::vector<double> out;
    for (const LoadSample &load : run.loads) {
        const Sampled value = extract(load);
        if (value && load.pagesCached == anyCached)
            out.push_back(*value);
    }
    return out;
}

} // namespace

const std::vector<MetricDefinition> &metricDefinitions()
{
    static const std::vector<MetricDefinition> definitions = [] {
        std::vector<MetricDefinition> out;
        for (const Row &row : kRows)
            out.push_back(row.definition);
        return out;
    }();
    return definitions;
}

const MetricDefinition *findMetric(std::string_view id)
{
    for (const MetricDefinition &definition : metricDefinitions()) {
        if (id == definition.id)
            return &definition;
    }
    return nullptr;
}

std::vector<MetricValue> summarize(const BenchRun &run, const BenchPoint &point)
{
    const std::vector<double> gaps = pooledGaps(run, point);
    std::vector<MetricValue> out;
    for (const Row &row : kRows) {
        const Source &source = row.source;
        MetricValue value;
        value.metric = findMetric(row.definition.id);
        value.samples = source.perRun    ? samplesOfRuns(run, point, source.perRun)
                        : source.perLoad ? samplesOfLoads(run, source.perLoad)
                                         : gaps;
        if (value.samples.empty())
            continue;
        const std::optional<Estimate> estimate =
            source.quantile > 0 ? quantileEstimate(value.samples, source.quantile) : medianEstimate(value.samples);
        if (!estimate)
            continue;
        value.estimate = *estimate;
        out.push_back(std::move(value));
    }
    return out;
}

const MetricValue *findValue(const std::vector<MetricValue> &values, std::string_view id)
{
    for (const MetricValue &value : values) {
        if (id == value.metric->id)
            return &value;
    }
    return nullptr;
}

std::vector<double> pooledGaps(const BenchRun &run, const BenchPoint &point)
{
    std::vector<double> out;
    for (const MeasureSample &sample : run.samples) {
        if (sample.warmup || pointOf(sample) != point)
            continue;
        std::copy_if(sample.gaps.begin(), sample.gaps.end(), std::back_inserter(out),
                     [](double gap) { return std::isfinite(gap) && gap >= 0; });
    }
    return out;
}

} // namespace assay
