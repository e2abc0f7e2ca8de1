// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding and prefill of random Llama models on a device, as shares of what the device does at best in the same run:
// the bytes that a token reads over its time over the read bandwidth, and the operations of a prompt over its time over
// the rate of the same matrix products alone; memory, energy over five seconds, where a step's time goes. Prints one JSON object.
//
//   gpuspeed [--device ID] [--dtype ID] [--models NAME,...] | --name
//
// --name prints what the device is called, for the name of a file.
#include "core/architecture/description.h"
#include "core/bench/statejson.h"
#include "core/engine/devicestate.h"
#include "core/engine/machine.h"
#include "core/engine/modelwork.h"
#include "core/engine/predictedmemory.h"
#include "core/engine/timeddecoding.h"
#include "tests/gpu/ceilings.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace {

using namespace assay;
using nlohmann::json;

/// The sizes of a Llama model.
struct Shape
{
    const char *name;
    int64_t layers, hidden, inner, heads, kvHeads, vocabulary;

    int64_t narrow() const { return hidden / heads * kvHeads; }
    /// [in, out] of the matrices of a layer as they are multiplied.
    std::vector<std::pair<int64_t, int64_t>> products() const
    {
        return {{hidden, hidden + 2 * narrow()}, {hidden, hidden}, {hidden, 2 * inner}, {inner, hidden}};
    }
    double layerElements() const { return double(hidden) * double(2 * hidden + 2 * narrow() + 3 * inner); }
};
constexpr Shape kShapes[] = {
    {"tiny", 2, 128, 256, 2, 1, 1000}, // to see that all of it runs, on a CPU too
    {"0.25B", 16, 1024, 2816, 16, 16, 32000},
    {"1.5B", 28, 1536, 8960, 12, 2, 151936},
    {"8B", 32, 4096, 14336, 32, 8, 128256},
};

struct Options
{
    std::string device = "cuda:0", dtype = "bf16", models = "0.25B,1.5B,8B";
    bool name = false;
};

std::optional<Options> parse(int count, char **arguments)
{
    Options out;
    for (int i = 1; i < count; ++i) {
        const std::string word = arguments[i];
        std::string *value = word == "--device" ? &out.device : word == "--dtype" ? &out.dtype : word == "--models" ? &out.models : nullptr;
        if (word == "--name")
            out.name = true;
        else if (value && i + 1 < count)
            *value = arguments[++i];
        else
            return std::nullopt;
    }
    return out;
}

json configOf(const Shape &shape)
{
    return {{"architectures", {"LlamaForCausalLM"}}, {"model_type", "llama"}, {"hidden_act", "silu"},
            {"num_hidden_layers", shape.layers}, {"hidden_size", shape.hidden}, {"intermediate_size", shape.inner},
            {"num_attention_heads", shape.heads}, {"num_key_value_heads", shape.kvHeads}, {"vocab_size", shape.vocabulary},
            {"max_position_embeddings", 16384}, {"rms_norm_eps", 1e-5}, {"tie_word_embeddings", false}};
}

/// The model with normal weights, drawn on the device itself; nothing in it is zero, which some devices multiply faster.
Result<std::unique_ptr<engine::Engine::Implementation>> randomModel(const Shape &shape, at::ScalarType dtype, at::Device device)
{
    const auto config = parseModelConfig(configOf(shape).dump());
    if (!config)
        return tl::unexpected(config.error());
    const auto spec = resolveDecoder(*config);
    if (!spec)
        return tl::unexpected(spec.error());
    auto out = std::make_unique<engine::Engine::Implementation>();
    out->decoder = std::make_unique<engine::Decoder>(*spec, dtype, device, engine::Purpose::Inference);
    out->description.contextLength = spec->usableContext();
    for (engine::NamedTensor &each : out->decoder->parameters()) {
        if (each.tensor.dim() == 1)
            each.tensor.fill_(1);
        else
            each.tensor.normal_(0, 0.02);
    }
    return out;
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

/// Bytes of weights, keys and values that a token reads in the middle of the output.
double bytesPerToken(const Shape &shape, const engine::MeasureOptions &options, double element)
{
    const double depth = double(options.promptTokens) + double(options.outputTokens) / 2;
    const double layers = double(shape.layers) * (shape.layerElements() + 2 * double(shape.narrow()) * depth);
    return (layers + double(shape.hidden) * double(shape.vocabulary)) * element;
}

Result<engine::Sample> sampleOf(const engine::Engine::Implementation &model, const engine::MeasureOptions &options)
{
    return engine::guarded(model.device(), {}, [&]() -> Result<engine::Sample> {
        auto cache = model.newCache(1, engine::TimedDecoding::capacityFor(model, options));
        if (!cache)
            return tl::unexpected(cache.error());
        engine::TimedDecoding decoding(model, *cache, options);
        const at::Tensor prompt = at::randint(model.spec().vocabulary, {1, options.promptTokens}, at::TensorOptions(at::kLong).device(model.device()));
        engine::Sample out;
        for (int64_t run = 0; run <= options.warmup; ++run) {
            out = {};
            if (const auto done = decoding.run(prompt, out, {}); !done)
                return tl::unexpected(done.error());
        }
        return out;
    });
}

Result<json> decodeRows(const engine::Engine::Implementation &model, const Shape &shape, double bandwidth)
{
    struct Way
    {
        const char *name;
        engine::Decoding decoding;
        bool streamed;
    };
    constexpr Way kWays[] = {{"graph", engine::Decoding::Auto, false}, {"eager", engine::Decoding::Eager, false}, {"streamed", engine::Decoding::Auto, true}};
    json out = json::array();
    for (const Way &way : kWays) {
        const engine::MeasureOptions options{.promptTokens = 128, .outputTokens = 128, .warmup = 1, .decoding = way.decoding, .streamed = way.streamed};
        const auto sample = sampleOf(model, options);
        if (!sample)
            return tl::unexpected(sample.error());
        const double gap = median(sample->gaps), bytes = bytesPerToken(shape, options, double(at::elementSize(model.decoder->dtype())));
        out.push_back({{"asked", way.name}, {"ran", sample->decoding}, {"reason", sample->eagerReason}, {"secondsPerToken", gap}, {"tokensPerSecond", 1 / gap},
                       {"bytesPerSecond", bytes / gap}, {"shareOfReadBandwidth", bytes / gap / bandwidth}});
    }
    return out;
}

Result<json> prefillRows(const engine::Engine::Implementation &model, const Shape &shape)
{
    json out = json::array();
    for (const int64_t tokens : {512, 2048}) {
        const auto sample = sampleOf(model, {.promptTokens = tokens, .outputTokens = 1, .warmup = 2});
        if (!sample)
            return tl::unexpected(sample.error());
        const double operations = 2 * double(shape.layers) * shape.layerElements() * double(tokens);
        const double plain = gpu::productRate(model.device(), model.decoder->dtype(), tokens, shape.products());
        const double rate = operations / sample->firstToken;
        out.push_back({{"tokens", tokens}, {"seconds", sample->firstToken}, {"tokensPerSecond", double(tokens) / sample->firstToken},
                       {"operationsPerSecond", rate}, {"productsAlone", plain}, {"share", rate / plain}});
    }
    return out;
}

/// Decoding for five seconds and more: what it used by the driver's counter, less what the idle device uses in as much time.
/// null where nothing is counted.
Result<json> energyRow(const engine::Engine::Implementation &model, const MachineLimits &limits)
{
    constexpr double kWindow = 5;
    const engine::MeasureOptions options{.promptTokens = 128, .outputTokens = 256, .warmup = 0};
    engine::StateWatch state(model.devices());
    double seconds = 0, tokens = 0;
    state.begin();
    while (seconds < kWindow) {
        const auto sample = sampleOf(model, options);
        if (!sample)
            return tl::unexpected(sample.error());
        seconds += sample->total;
        tokens += double(options.outputTokens);
    }
    const DeviceState after = state.end();
    json out{{"state", toJson(after)}, {"seconds", seconds}, {"tokens", tokens}};
    if (!after.joules)
        return out;
    out["joulesPerToken"] = *after.joules / tokens;
    out["meanWatts"] = *after.joules / seconds;
    if (limits.idleWatts)
        out["joulesPerTokenAboveIdle"] = (*after.joules - *limits.idleWatts * seconds) / tokens;
    return out;
}

/// The memory numbers that a run tells, and what was predicted of the first.
json memoryRow(const engine::Memory &memory, uint64_t predicted)
{
    json out{{"predicted", predicted}};
    const auto add = [&out](const char *name, const std::optional<uint64_t> &bytes) {
        if (bytes)
            out[name] = *bytes;
    };
    add("tensorPeak", memory.tensorPeak);
    add("reservedPeak", memory.reservedPeak);
    add("process", memory.processDevice);
    add("deviceUsed", memory.deviceUsed);
    add("deviceBaseline", memory.deviceBaseline);
    return out;
}

/// Where a step's time goes, and what is read and computed for it.
Result<json> sharesRow(const engine::Engine::Implementation &model)
{
    const engine::MeasureOptions options{.promptTokens = 128, .outputTokens = 32};
    return engine::guarded(model.device(), {}, [&]() -> Result<json> {
        auto cache = model.newCache(1, engine::TimedDecoding::capacityFor(model, options));
        if (!cache)
            return tl::unexpected(cache.error());
        engine::TimedDecoding decoding(model, *cache, options);
        const at::Tensor prompt = at::randint(model.spec().vocabulary, {1, options.promptTokens}, at::TensorOptions(at::kLong).device(model.device()));
        const auto shares = decoding.shares(prompt, {});
        if (!shares)
            return tl::unexpected(shares.error());
        json out = json::array();
        for (const TimeShare &share : *shares)
            out.push_back(toJson(share));
        return out;
    });
}

Result<json> modelRow(const Shape &shape, const Options &options, at::Device device, double bandwidth, const MachineLimits &limits)
{
    return engine::guarded(device, {}, [&]() -> Result<json> {
        const auto dtype = engine::dtypeFor(options.dtype, at::kBFloat16, device);
        if (!dtype)
            return tl::unexpected(dtype.error());
        const auto model = randomModel(shape, *dtype, device);
        if (!model)
            return tl::unexpected(model.error());
        const auto decode = decodeRows(**model, shape, bandwidth), prefill = prefillRows(**model, shape);
        const auto energy = energyRow(**model, limits), shares = sharesRow(**model);
        for (const Result<json> *part : {&decode, &prefill, &energy, &shares}) {
            if (!*part)
                return tl::unexpected(part->error());
        }
        const uint64_t weights = uint64_t((*model)->spec().parameters()) * uint64_t(at::elementSize(*dtype));
        const uint64_t predicted = engine::predictMemory((*model)->spec(), weights, *dtype, device, 1, 2048, 2048).total();
        return json{{"model", shape.name}, {"parameters", (*model)->spec().parameters()}, {"dtype", options.dtype}, {"decode", *decode}, {"prefill", *prefill},
                    {"memory", memoryRow((*model)->memory(), predicted)}, {"energy", *energy}, {"shares", *shares},
                    {"work", toJson(engine::workOf(*(*model)->decoder))}};
    });
}

std::string nameOf(const std::string &device)
{
    for (const engine::DeviceDescription &each : engine::devices()) {
        if (each.id == device)
            return each.name;
    }
    return device;
}

json measure(const Options &options, at::Device device)
{
    const double read = gpu::readBandwidth(device), copy = gpu::copyBandwidth(device);
    const auto limits = engine::measureMachine(options.device, {});
    json models = json::array();
    for (const Shape &shape : kShapes) {
        if (("," + options.models + ",").find("," + std::string(shape.name) + ",") == std::string::npos)
            continue;
        const auto row = modelRow(shape, options, device, read, limits.value_or(MachineLimits()));
        models.push_back(row ? *row : json{{"model", shape.name}, {"error", row.error().sentence()}});
    }
    return {{"device", nameOf(options.device)}, {"libtorch", engine::libtorchVersion()}, {"readBandwidth", read}, {"copyBandwidth", copy}, {"limits", limits ? toJson(*limits) : json(limits.error().sentence())}, {"models", models}};
}

} // namespace

int main(int count, char **arguments)
{
    const auto options = parse(count, arguments);
    if (!options)
        return int(ExitCode::Usage);
    const auto device = engine::deviceFromId(options->device);
    if (!device) {
        std::fprintf(stderr, "%s\n", device.error().sentence().c_str());
        return int(ExitCode::Unreachable);
    }
    if (options->name) {
        std::printf("%s\n", nameOf(options->device).c_str());
        return 0;
    }
    const auto result = engine::guarded(*device, {}, [&]() -> Result<json> { return measure(*options, *device); });
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().sentence().c_str());
        return int(ExitCode::Internal);
    }
    std::printf("%s\n", result->dump(1).c_str());
    return 0;
}
