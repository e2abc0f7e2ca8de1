// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/metricrows.h"

namespace assay {
namespace {

Sampled bytes(const std::optional<uint64_t> &value)
{
    return value ? Sampled(double(*value)) : std::nullopt;
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

Sampled loadedBytes(const LoadSample &s)
{
    return s.weightBytes > 0 ? Sampled(double(s.weightBytes)) : std::nullopt;
}

constexpr const char *kMemory = ASSAY_TEXT("Metric", "Memory");

} // namespace

// clang-format off
std::vector<MetricRow> memoryRows()
{
    return {
    {{"memory.weights", kMemory, ASSAY_TEXT("Metric", "Weights as loaded"), Unit::Bytes, Better::Lower,
         ASSAY_TEXT("Metric", "Bytes of the weights in memory, in the dtype the model was computed in.")},
        {nullptr, loadedBytes}},
    {{"memory.tensor_peak", kMemory, ASSAY_TEXT("Metric", "Peak of tensor memory"), Unit::Bytes, Better::Lower,
         ASSAY_TEXT("Metric", "Most bytes of tensors alive at one time during a run, weights and KV cache included: on the "
                              "CPU counted at the allocator, on CUDA the caching allocator's peak allocated.")},
        {tensorPeak}},
    {{"memory.predicted", kMemory, ASSAY_TEXT("Metric", "Predicted before"), Unit::Bytes, Better::Lower,
         ASSAY_TEXT("Metric", "Peak of tensor memory as it was predicted before the run: weights as they are kept, KV cache of "
                              "this load, workspace of the prefill.")},
        {predicted}},
    {{"memory.prediction_error", kMemory, ASSAY_TEXT("Metric", "Prediction against measurement"), Unit::Rate, Better::Lower,
         ASSAY_TEXT("Metric", "Predicted peak / measured peak of tensor memory - 1: above 0 where more was predicted than was "
                              "taken."),
         false},
        {predictionError}},
    {{"memory.reserved_peak", kMemory, ASSAY_TEXT("Metric", "Peak reserved by the CUDA allocator"), Unit::Bytes, Better::Lower,
         ASSAY_TEXT("Metric", "CUDA only: most bytes that the caching allocator held of the device during a run.")},
        {reservedPeak}},
    {{"memory.process_peak", kMemory, ASSAY_TEXT("Metric", "Peak of the worker process (host)"), Unit::Bytes, Better::Lower,
         ASSAY_TEXT("Metric", "Largest resident set of the worker process in host memory since it started, its libraries "
                              "included; on CUDA this is not device memory.")},
        {processPeak}},
    {{"memory.process_device", kMemory, ASSAY_TEXT("Metric", "Worker process on the GPU"), Unit::Bytes, Better::Lower,
         ASSAY_TEXT("Metric", "CUDA only: device memory that the driver (NVML) counts for the worker process, CUDA context "
                              "included.")},
        {processDevice}},
    {{"memory.device_delta", kMemory, ASSAY_TEXT("Metric", "Rise of the GPU's use"), Unit::Bytes, Better::Lower,
         ASSAY_TEXT("Metric", "CUDA only: use of the whole device (NVML) minus its use before loading; foreign processes "
                              "can disturb it.")},
        {deviceDelta}},
    };
}
// clang-format on

} // namespace assay
