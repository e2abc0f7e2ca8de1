// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

/// The inference engine without a trace of libtorch in its interface. Nothing here throws; what takes long
/// asks its stop token between the layers of the model and ends with ErrorCode::Cancelled.
namespace assay::engine {

struct DeviceDescription
{
    std::string id;   ///< "cpu", "cuda:0"
    std::string name; ///< the processor's or the card's
    uint64_t memoryBytes = 0;
    uint64_t freeBytes = 0;
    std::vector<std::string> dtypes;
};

/// Memory in bytes; absent where the platform cannot tell.
struct Memory
{
    std::optional<uint64_t> tensorPeak; ///< since the last load or run began
    std::optional<uint64_t> tensorCurrent;
    std::optional<uint64_t> reservedPeak;   ///< CUDA: allocator's peak reserved
    std::optional<uint64_t> processPeak;    ///< CPU: VmHWM since the last load or run began
    std::optional<uint64_t> processDevice;  ///< CUDA: this process on the device (NVML)
    std::optional<uint64_t> deviceUsed;     ///< CUDA: everybody on the device (NVML)
    std::optional<uint64_t> deviceBaseline; ///< CUDA: the same before loading
};

struct LoadOptions
{
    std::filesystem::path path;
    std::string dtype = "auto"; ///< "auto", "f32", "bf16", "f16"
    std::string device = "cpu";
};

/// What was loaded.
struct Description
{
    std::string architecture, dtype, device;
    double seconds = 0;
    uint64_t weightBytes = 0;
    uint64_t parameters = 0;
    int64_t contextLength = 0;
    int64_t vocabularySize = 0;
    std::vector<int64_t> endTokens; ///< of generation_config.json, else of config.json
    std::optional<int64_t> beginToken;
    bool pagesCached = true; ///< the weight files were in the page cache before
    Memory memory;
};

struct GenerateOptions
{
    std::vector<int64_t> ids; ///< the prompt, not empty
    int64_t maxTokens = 128;
    double temperature = 0; ///< 0 is greedy
    uint64_t seed = 0;
    bool ignoreEnd = false; ///< end tokens do not end it
};

struct Generated
{
    std::vector<int64_t> ids; ///< with the end token, when one came
    bool ended = false;       ///< by an end token or by the callback
    double firstToken = 0;    ///< seconds from the call until the first token was known
    double lastToken = 0;
};

/// A continuation to be scored after its context; context not empty.
struct Continuation
{
    std::vector<int64_t> context, continuation;
};

struct ContinuationScore
{
    double logLikelihood = 0; ///< natural logarithm, summed over the continuation
    bool greedy = true;       ///< each token is the argmax
    bool truncated = false;   ///< the context was cut from the left to fit
};

struct MeasureOptions
{
    int64_t promptTokens = 64, outputTokens = 64, batch = 1;
    int64_t runs = 5, warmup = 1;
    uint64_t seed = 1;
};

/// One run; seconds on the monotonic clock.
struct Sample
{
    int64_t index = 0;
    bool warmup = false;
    double firstToken = 0;
    std::vector<double> gaps; ///< between consecutive tokens
    double total = 0;
    Memory memory;
    double load1 = 0; ///< the machine's load average when the run began
};

/// (done, total) in any unit.
using Progress = std::function<void(double, double)>;
/// A token and when it was known (seconds from the call); false ends the generation.
using OnToken = std::function<bool(int64_t, double)>;
/// Rows of logits from this position on: values [rows, vocabulary].
using OnRows = std::function<void(int64_t first, int64_t rows, std::span<const float> values)>;
using OnSample = std::function<void(const Sample &)>;

std::string libtorchVersion();
std::vector<DeviceDescription> devices();
/// Threads that operators use; 0 means one a physical core that this process may run on.
void setThreads(int threads);
int threads();
/// The reading for a device without a model.
Memory memoryOf(const std::string &device);

/// One loaded model. Calls may come from any thread, one at a time.
class Engine
{
public:
    /// Reads config and weights; refuses before allocating when the memory will not do.
    static Result<std::unique_ptr<Engine>> load(const LoadOptions &options, const Progress &progress = {},
                                                std::stop_token stop = {});
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    const Description &description() const;
    Memory memory() const;

    Result<Generated> generate(const GenerateOptions &options, const OnToken &onToken = {},
                               std::stop_token stop = {});
    /// A context that several neighbours share is computed once.
    Result<std::vector<ContinuationScore>> score(const std::vector<Continuation> &items,
                                                 const Progress &progress = {}, std::stop_token stop = {});
    /// Logits at every position in f32. With the cache the first half is prefilled and the rest decoded token
    /// by token, as generation does it; without, it is one full pass.
    Result<void> logits(const std::vector<int64_t> &ids, bool cache, const OnRows &onRows,
                        std::stop_token stop = {});
    /// Random prompts, different in every run; the model's end tokens do not end a run.
    Result<void> measure(const MeasureOptions &options, const OnSample &onSample, std::stop_token stop = {});

    struct Implementation;

private:
    explicit Engine(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace assay::engine
