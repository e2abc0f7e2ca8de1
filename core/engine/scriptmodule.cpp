// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/scriptmodule.h"

#include "core/base/units.h"
#include "core/engine/implementation.h"
#include "core/engine/pagecache.h"
#include "core/engine/processor.h"
#include "core/engine/scriptarchive.h"
#include "core/engine/scriptinputs.h"
#include "core/engine/scriptoutput.h"
#include "core/engine/scripttypes.h"
#include "core/engine/tensormemory.h"
#include "core/format/modeldirectory.h"

#include <algorithm>
#include <map>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/serialization/import.h>

namespace assay::engine {

struct ScriptModule::Implementation
{
    torch::jit::Module module;
    at::Device device = at::kCPU;
    Description description;
    std::string signature;
    std::optional<uint64_t> deviceBaseline;

    const c10::FunctionSchema &schema() const { return module.get_method("forward").function().getSchema(); }

    Memory memory() const
    {
        Memory out = readMemory(device);
        out.deviceBaseline = deviceBaseline;
        return out;
    }

    /// Random inputs of one pass.
    std::vector<c10::IValue> inputs(const std::vector<InputSpec> &declared, uint64_t seed) const
    {
        // The module's own random numbers are the seed's, too.
        at::manual_seed(seed);
        return randomInputs(schema(), declared, seed, device);
    }
};

namespace {

using Implementation = ScriptModule::Implementation;

std::string textOf(const std::exception &problem)
{
    const auto *torchError = dynamic_cast<const c10::Error *>(&problem);
    return torchError ? torchError->what_without_backtrace() : problem.what();
}

/// What stands between these two marks.
std::optional<std::string> between(const std::string &text, std::string_view mark, std::string_view end)
{
    const size_t at = text.find(mark);
    if (at == std::string::npos)
        return std::nullopt;
    const size_t begin = at + mark.size();
    return text.substr(begin, text.find_first_of(end, begin) - begin);
}

/// What an exception while loading means.
Error loadError(const std::exception &problem, const std::string &name, at::Device device)
{
    Error general = errorFromException(problem, device);
    if (general.code == ErrorCode::NotEnoughMemory)
        return general;
    const std::string text = textOf(problem);
    for (const auto &missing : {between(text, "Unknown builtin op: ", ".\n"), between(text, "Unknown type name '", "'\n")}) {
        if (missing)
            return {ErrorCode::OperatorMissing, {name, validUtf8(*missing), libtorchVersion()}, {}};
    }
    return {ErrorCode::ScriptUnloadable, {name, validUtf8(text.substr(0, text.find('\n')))}, {}};
}

/// The interpreter puts a listing of the module's source before its sentence.
std::string lastSentence(const std::string &text)
{
    const size_t end = text.find_last_not_of(" \n\r\t");
    if (end == std::string::npos)
        return {};
    static constexpr std::string_view kMark = "Error: ";
    const size_t mark = text.rfind(kMark);
    if (mark != std::string::npos) {
        const size_t begin = text.rfind('\n', mark) + 1;
        return text.substr(begin, text.find('\n', mark) - begin);
    }
    const size_t begin = text.rfind('\n', end) + 1;
    return text.substr(begin, end + 1 - begin);
}

Error runError(const std::exception &problem, const Implementation &module)
{
    Error general = errorFromException(problem, module.device);
    if (general.code == ErrorCode::NotEnoughMemory)
        return general;
    constexpr size_t kMost = 500;
    return {ErrorCode::ScriptFailed, {validUtf8(lastSentence(textOf(problem)).substr(0, kMost)), module.signature}, {}};
}

/// Tensors that a frozen module has in its program instead of among its parameters.
void collectConstants(const torch::jit::Block &block, std::vector<at::Tensor> &out)
{
    for (const torch::jit::Node *node : block.nodes()) {
        if (node->kind() == c10::prim::Constant && node->hasAttribute(c10::attr::value)
            && node->kindOf(c10::attr::value) == torch::jit::AttributeKind::t)
            out.push_back(node->t(c10::attr::value));
        for (const torch::jit::Block *inner : node->blocks())
            collectConstants(*inner, out);
    }
}

std::vector<at::Tensor> constantsOf(const torch::jit::Module &module)
{
    // One number is a number in the source, no weight.
    std::vector<at::Tensor> all, out;
    collectConstants(*module.get_method("forward").graph()->block(), all);
    for (const at::Tensor &tensor : all) {
        if (tensor.dim() > 0)
            out.push_back(tensor);
    }
    return out;
}

void convert(const torch::jit::Module &module, at::ScalarType type)
{
    const auto change = [type](at::Tensor tensor) {
        if (tensor.is_floating_point() && !tensor.is_quantized())
            tensor.set_data(tensor.to(type));
    };
    for (const at::Tensor &tensor : module.parameters())
        change(tensor);
    for (const at::Tensor &tensor : module.buffers())
        change(tensor);
}

/// Parameters, bytes, and the type that most bytes are of.
void countWeights(const torch::jit::Module &module, Description &out)
{
    std::map<std::string, uint64_t> types;
    const auto count = [&](const at::Tensor &tensor) {
        const uint64_t bytes = tensor.layout() == at::kStrided ? uint64_t(tensor.numel()) * tensor.element_size() : 0;
        out.weightBytes += bytes;
        types[typeName(tensor.scalar_type())] += bytes;
    };
    for (const at::Tensor &tensor : module.parameters()) {
        out.parameters += uint64_t(tensor.numel());
        count(tensor);
    }
    for (const at::Tensor &tensor : module.buffers())
        count(tensor);
    for (const at::Tensor &tensor : constantsOf(module)) {
        out.parameters += uint64_t(tensor.numel());
        count(tensor);
    }
    const auto most = std::max_element(types.begin(), types.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
    out.dtype = most == types.end() ? "f32" : most->first;
}

Result<void> checkMemory(const std::string &name, uint64_t needed, at::Device device)
{
    const uint64_t unused = freeMemory(device);
    if (needed <= unused)
        return {};
    return failure(ErrorCode::NotEnoughMemory, {name, formatBytes(double(needed)), formatBytes(double(unused)), device.str()});
}

} // namespace

ScriptModule::ScriptModule(std::unique_ptr<Implementation> implementation) : m_implementation(std::move(implementation))
{
}
ScriptModule::~ScriptModule() = default;

Result<std::unique_ptr<ScriptModule>> ScriptModule::load(const LoadOptions &options, std::stop_token stop)
{
    const std::string name = options.path.filename().string();
    countTensorMemory();
    auto device = deviceFromId(options.device);
    if (!device)
        return tl::unexpected(device.error());
    auto directory = openModelDirectory(options.path, stop);
    if (!directory)
        return tl::unexpected(directory.error());
    if (auto sound = checkScriptArchive(*directory, stop); !sound)
        return tl::unexpected(sound.error());
    if (auto fits = checkMemory(name, directory->checkpoint.tensorBytes(), *device); !fits)
        return tl::unexpected(fits.error());
    const bool converts = options.dtype != "auto";
    const auto dtype = dtypeFor(options.dtype, at::kFloat, *device);
    if (!dtype)
        return tl::unexpected(dtype.error());
    try {
        // The check has read the whole file: what is timed is loading from the page cache.
        const Watch watch;
        const at::NoGradGuard noGradient;
        auto out = std::make_unique<Implementation>();
        out->device = *device;
        out->deviceBaseline = readMemory(*device).deviceUsed;
        out->description.pagesCached = cachedShare(options.path) > 0.9;
        resetPeaks(*device);
        const std::optional<uint64_t> before = readMemory(*device).tensorCurrent;
        out->module = torch::jit::load(options.path.string(), *device);
        if (!out->module.find_method("forward"))
            return failure(ErrorCode::ScriptUnloadable, {name, ASSAY_TEXT("Reason", "it has no method forward")});
        out->module.eval();
        if (converts && !constantsOf(out->module).empty())
            return failure(ErrorCode::DtypeUnsupported, {options.dtype, ASSAY_TEXT("Reason", "a frozen module")});
        if (converts)
            convert(out->module, *dtype);
        synchronise(*device);
        Description &description = out->description;
        countWeights(out->module, description);
        description.architecture = "TorchScript";
        description.device = device->is_cuda() ? device->str() : "cpu";
        out->signature = signatureOf(out->schema());
        description.seconds = watch.seconds();
        description.memory = out->memory();
        if (device->is_cpu() && before)
            description.heldBytes = description.memory.tensorCurrent.value_or(0) - *before;
        return std::unique_ptr<ScriptModule>(new ScriptModule(std::move(out)));
    } catch (const std::exception &problem) {
        return tl::unexpected(loadError(problem, name, *device));
    }
}

const Description &ScriptModule::description() const
{
    return m_implementation->description;
}

const std::string &ScriptModule::signature() const
{
    return m_implementation->signature;
}

Result<ScriptPass> ScriptModule::run(const std::vector<InputSpec> &inputs, uint64_t seed) const
{
    try {
        const c10::InferenceMode inference;
        if (auto fit = checkInputs(m_implementation->schema(), inputs); !fit)
            return tl::unexpected(fit.error());
        const std::vector<c10::IValue> given = m_implementation->inputs(inputs, seed);
        ScriptPass out;
        // By value, before the module can change them.
        out.inputs = tensorsIn(given);
        torch::jit::Module module = m_implementation->module;
        const c10::IValue result = module.forward(given);
        static_cast<PassOutput &>(out) = describeOutput(result);
        out.outputs = tensorsIn({result});
        return out;
    } catch (const std::exception &problem) {
        return tl::unexpected(runError(problem, *m_implementation));
    }
}

namespace {

/// The tensor that holds the logits, as doubles: [count, classes].
at::Tensor logitsIn(const c10::IValue &result, int64_t count)
{
    c10::IValue value = result;
    if (value.isTuple() && !value.toTupleRef().elements().empty())
        value = c10::IValue(value.toTupleRef().elements()[0]);
    TORCH_CHECK(value.isTensor() && value.toTensor().dim() == 2 && value.toTensor().size(0) == count && value.toTensor().size(1) > 0,
                "it gives no logits [", count, ", classes]");
    return value.toTensor().to(at::kCPU, at::kDouble).contiguous();
}

std::vector<ImageGuess> guessesOf(const at::Tensor &logits, int64_t top)
{
    std::vector<ImageGuess> out(size_t(logits.size(0)));
    const auto best = at::softmax(logits, 1).topk(std::clamp<int64_t>(top, 1, logits.size(1)), 1, true, true);
    const at::Tensor sound = logits.isfinite().all(1);
    for (int64_t i = 0; i < logits.size(0); ++i) {
        if (!sound[i].item<bool>())
            continue;
        for (int64_t k = 0; k < std::get<0>(best).size(1); ++k) {
            out[size_t(i)].probabilities.push_back(std::get<0>(best)[i][k].item<double>());
            out[size_t(i)].classes.push_back(std::get<1>(best)[i][k].item<int64_t>());
        }
    }
    return out;
}

/// What the module's weights are, so that a converted one gets what it can compute with.
at::ScalarType weightType(const torch::jit::Module &module)
{
    for (const at::Tensor &tensor : module.parameters()) {
        if (tensor.is_floating_point())
            return tensor.scalar_type();
    }
    return at::kFloat;
}

} // namespace

Result<std::vector<ImageGuess>> ScriptModule::classify(const ImageBatch &images, int64_t top) const
{
    const Implementation &script = *m_implementation;
    const std::vector<int64_t> shape{images.count, images.channels, images.height, images.width};
    if (auto fit = checkInputs(script.schema(), {InputSpec{InputSpec::Kind::Tensor, InputType::F32, shape, 0, {}, 0, 0, false}}); !fit)
        return tl::unexpected(fit.error());
    try {
        const c10::InferenceMode inference;
        // The values are the caller's and const; the copy is the module's to change.
        const at::Tensor given = at::from_blob(const_cast<float *>(images.values.data()), shape, at::kFloat).clone();
        torch::jit::Module module = script.module;
        const c10::IValue result = module.forward({given.to(script.device, weightType(module))});
        return guessesOf(logitsIn(result, images.count), top);
    } catch (const std::exception &problem) {
        return tl::unexpected(runError(problem, script));
    }
}

namespace {

PassSample timePass(const Implementation &script, const PassOptions &options, int64_t index)
{
    PassSample out;
    out.index = index;
    out.warmup = index < options.warmup;
    out.load1 = loadAverage();
    torch::jit::Module module = script.module;
    std::vector<c10::IValue> inputs = script.inputs(options.inputs, options.seed + uint64_t(index));
    resetPeaks(script.device);
    synchronise(script.device);
    const Watch watch;
    const c10::IValue result = module.forward(std::move(inputs));
    synchronise(script.device);
    out.seconds = watch.seconds();
    out.memory = script.memory();
    static_cast<PassOutput &>(out) = describeOutput(result);
    return out;
}

} // namespace

Result<void> ScriptModule::measure(const PassOptions &options, const OnPass &onPass, std::stop_token stop) const
{
    const Implementation &script = *m_implementation;
    constexpr int64_t kMost = 1 << 20;
    if (options.runs < 1 || options.runs > kMost)
        return failure(ErrorCode::BadParameters, {"runs", std::to_string(options.runs)});
    if (options.warmup < 0 || options.warmup > kMost)
        return failure(ErrorCode::BadParameters, {"warmup", std::to_string(options.warmup)});
    uint64_t bytes = 0;
    for (const InputSpec &input : options.inputs)
        bytes += input.bytes();
    if (auto fits = checkMemory(script.description.architecture, bytes, script.device); !fits)
        return fits;
    try {
        const c10::InferenceMode inference;
        if (auto fit = checkInputs(script.schema(), options.inputs); !fit)
            return fit;
        for (int64_t index = 0; index < options.warmup + options.runs; ++index) {
            if (stop.stop_requested())
                return failure(ErrorCode::Cancelled);
            onPass(timePass(script, options, index));
        }
        return {};
    } catch (const std::exception &problem) {
        return tl::unexpected(runError(problem, script));
    }
}

} // namespace assay::engine
