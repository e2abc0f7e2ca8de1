// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
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

/// One run of one point of a plan. Times in seconds on the worker's monotonic clock.
struct MeasureSample
{
    int64_t index = 0;
    bool warmup = false;
    int64_t promptTokens = 0, outputTokens = 0, batch = 1;
    double firstToken = 0;    ///< TTFT: prompt handed over until the first token of the batch is known
    std::vector<double> gaps; ///< time between consecutive tokens, outputTokens - 1 of them
    double total = 0;         ///< E2E: until the last token
    MemoryReading memory;
    double load1 = 0;         ///< the machine's load average when the run began: foreign work spoils a run
};

/// One loading of a model.
struct LoadSample
{
    double seconds = 0;
    uint64_t weightBytes = 0;
    bool pagesCached = true; ///< warm: the weight files were in the page cache
    MemoryReading memory;    ///< after loading
};

} // namespace assay
