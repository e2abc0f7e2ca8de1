// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// Memory in bytes; what a platform cannot tell is absent (benchmarking.md 1, "VRAM": five numbers, never one).
struct MemoryReading
{
    std::optional<uint64_t> tensorPeak;      ///< CPU: peak of live tensor memory; CUDA: allocator's peak allocated
    std::optional<uint64_t> tensorCurrent;
    std::optional<uint64_t> reservedPeak;    ///< CUDA: allocator's peak reserved
    std::optional<uint64_t> processPeak;     ///< CPU: peak resident set of the worker
    std::optional<uint64_t> processDevice;   ///< CUDA: this process's use of the device (NVML)
    std::optional<uint64_t> deviceUsed;      ///< CUDA: use of the whole device (NVML)
    std::optional<uint64_t> deviceBaseline;  ///< CUDA: use of the device before loading (NVML)
};

/// Parameters that are stored in one way and computed with in another.
struct WeightShare
{
    std::string stored;   ///< "BF16", "Q4_K", "fp8, scaled", "GPTQ"
    std::string computed; ///< "bf16", "f32", "int8", "Q4_K": blocks are computed with as they are
    uint64_t parameters = 0;
    uint64_t bytes = 0;   ///< in memory, as they are computed with; 0 where an older worker does not tell
    bool operator==(const WeightShare &) const = default;
};

/// A part of the time of decoding.
struct TimeShare
{
    std::string part;   ///< "attention", "weights", "head", "sampling", "rest"
    double seconds = 0; ///< of one token, on average
    bool operator==(const TimeShare &) const = default;
};

/// In what state a device was around a run; what it does not tell is absent.
struct DeviceState
{
    std::optional<double> joules;      ///< that it used while the run was timed; short runs move a counter by whole ticks
    std::optional<double> temperature; ///< degrees Celsius, at the end
    std::optional<double> clockHertz, memoryClockHertz; ///< at the end
    std::vector<std::string> throttled; ///< why its clock was held down; translation context "Throttle"
    bool operator==(const DeviceState &) const = default;
};

/// One run of one point of a plan: a generation, or a pass over an input. Times in seconds on the worker's monotonic clock.
struct MeasureSample
{
    int64_t index = 0;
    bool warmup = false;
    int64_t promptTokens = 0; ///< of each sequence; 0 where `inputs` says what went in
    int64_t outputTokens = 0; ///< 0: a pass, which knows neither first token nor gaps
    int64_t batch = 1;
    std::string inputs;       ///< declared inputs of a pass, as BenchPoint has them
    std::string output;       ///< what came out of a pass: "(f32[1,1000], {scores: f32[1]})"; may be empty
    uint64_t notFinite = 0;   ///< NaN and infinite numbers therein
    double firstToken = 0;    ///< TTFT: prompt handed over until the first token of the batch is known
    std::vector<double> gaps; ///< time between consecutive tokens, outputTokens - 1 of them
    double total = 0;         ///< E2E: until the last token; of a pass until its output is there
    MemoryReading memory;
    double load1 = 0;         ///< the machine's load average when the run began: foreign work spoils a run
    std::string decoding;     ///< of tokens: "eager", "graph" (CUDA: the steps were recorded); empty from an older worker
    std::string eagerReason;  ///< CUDA: why not by graphs
    std::optional<uint64_t> predictedBytes = {}; ///< what was predicted of memory.tensorPeak; absent in runs of older workers
    int64_t depth = 0;        ///< tokens that the context held before the prompt; filling it is not timed
    DeviceState state = {};
    std::string prompts = {};    ///< what they were made of: "random" tokens, "text"; empty from an older worker, and of a pass over declared inputs
    std::vector<TimeShare> shares = {}; ///< where a decode step's time goes, timed apart in one more run of the point

    bool isPass() const { return outputTokens == 0; }
};

/// One loading of a model.
struct LoadSample
{
    double seconds = 0;
    uint64_t weightBytes = 0;
    bool pagesCached = true; ///< warm: the weight files were in the page cache
    MemoryReading memory;    ///< after loading
    std::optional<uint64_t> heldBytes = {}; ///< CPU: what the weights take in tensors
    std::optional<bool> dropped = {}; ///< the files' pages were to be given up before loading, and mincore says whether they were
};

} // namespace assay
