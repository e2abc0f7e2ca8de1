// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/inputspec.h"
#include "core/bench/run.h"
#include "core/engine/engine.h"

#include <span>

/// TorchScript modules (torch.jit.save) as black boxes: what they compute is their own program, which runs in this
/// process. It may write files, take any memory and never end: load and run only in a process that may be killed.
namespace assay::engine {

/// The archive that this path names when it is a TorchScript module: the file itself, or the only weights of a folder
/// without a config.json. Empty when it is something else; whatever is wrong with it, Engine::load says.
std::optional<std::filesystem::path> scriptArchiveAt(const std::filesystem::path &path, std::stop_token stop = {});

/// One tensor by value, to be looked at.
struct PassTensor
{
    std::string type; ///< "f32", "i64"
    std::vector<int64_t> shape;
    std::vector<double> values; ///< row by row
};

/// What one pass gave.
struct PassOutput
{
    std::string text;       ///< "(f32[1,1000], {scores: f32[1]})"
    uint64_t notFinite = 0; ///< NaN and infinite numbers in its tensors
};

struct ScriptPass : PassOutput
{
    std::vector<PassTensor> inputs, outputs; ///< tensors in the order in which they stand; others are left out
};

struct PassOptions
{
    std::vector<InputSpec> inputs;
    int64_t runs = kPassRuns, warmup = kPassWarmup;
    uint64_t seed = 1;
};

/// One timed pass; seconds on the monotonic clock, from the inputs' being on the device until the output is there.
struct PassSample : PassOutput
{
    int64_t index = 0;
    bool warmup = false;
    double seconds = 0;
    Memory memory;
    double load1 = 0;
};
using OnPass = std::function<void(const PassSample &)>;

/// Images as a model wants them: f32[count, channels, height, width], row by row.
struct ImageBatch
{
    int64_t count = 0, channels = 0, height = 0, width = 0;
    std::span<const float> values;
};

/// What an image is taken for.
struct ImageGuess
{
    std::vector<int64_t> classes;      ///< the likeliest first; none where a logit is no number
    std::vector<double> probabilities; ///< theirs, of the softmax over all logits
};

class ScriptModule
{
public:
    /// Loads and sets eval(). dtype: "auto" leaves parameters and buffers as they are stored; "f32", "bf16" and "f16"
    /// convert those that are floating-point. Errors: ScriptUnloadable, OperatorMissing, NotEnoughMemory, DeviceMissing,
    /// DtypeUnsupported.
    static Result<std::unique_ptr<ScriptModule>> load(const LoadOptions &options, std::stop_token stop = {});
    ~ScriptModule();
    ScriptModule(const ScriptModule &) = delete;
    ScriptModule &operator=(const ScriptModule &) = delete;

    /// architecture: "TorchScript"; parameters, and weightBytes with the buffers.
    const Description &description() const;
    /// What forward takes and gives: "(x: Tensor, mask: Optional[Tensor] = None) -> Tensor".
    const std::string &signature() const;

    /// One pass over random inputs, by value. Errors: InputsUnfit, ScriptFailed, NotEnoughMemory.
    Result<ScriptPass> run(const std::vector<InputSpec> &inputs, uint64_t seed) const;
    /// Passes over random inputs, different in every run. A pass under way does not hear the stop token: whoever wants it
    /// to end ends the process.
    Result<void> measure(const PassOptions &options, const OnPass &onPass, std::stop_token stop = {}) const;

    /// One pass over images; of each the `top` likeliest classes. The module takes one tensor and gives logits [count, classes],
    /// as a tensor or as the first one of a tuple. Errors: InputsUnfit, ScriptFailed, NotEnoughMemory.
    Result<std::vector<ImageGuess>> classify(const ImageBatch &images, int64_t top) const;

    struct Implementation;

private:
    explicit ScriptModule(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace assay::engine
