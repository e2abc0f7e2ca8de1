// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/modelwork.h"
#include "core/engine/implementation.h"
#include "core/engine/pagecache.h"
#include "core/engine/placement.h"
#include "core/engine/predictedmemory.h"
#include "core/engine/tensormemory.h"
#include "core/engine/weightloader.h"
#include "core/engine/weightpruning.h"
#include "core/engine/weightstorage.h"

#include "core/base/units.h"
#include "core/format/modeldirectory.h"
#include "core/model/ggufconfig.h"

#include <algorithm>

namespace assay::engine {
namespace {

/// What is known of a model before anything of it is allocated.
struct Plan
{
    std::unique_ptr<const ModelDirectory> directory; ///< has its place: the catalog refers to it
    ModelConfig config;
    GenerationConfig generation;
    DecoderSpec spec;
    std::unique_ptr<WeightCatalog> catalog;
    std::vector<MatchedWeight> weights;
    StoragePlan storage;
    std::vector<at::Device> devices;
    std::vector<at::Device> layerDevices; ///< of each layer, when there are several
    PredictedMemory predicted;

    at::Device device() const { return devices.front(); }
};

bool isGguf(const Checkpoint &checkpoint)
{
    return checkpoint.format == "gguf";
}

/// Layers go to the devices by what is free there. A model that one of all devices holds stays whole: that is faster.
void placeLayers(const std::string &wanted, Plan &plan)
{
    const uint64_t needed = plan.predicted.total();
    if (wanted == "cuda") {
        const auto holds = [&](at::Device each) { return freeMemory(each) > needed + needed / 8; };
        if (const auto whole = std::ranges::find_if(plan.devices, holds); whole != plan.devices.end())
            plan.devices = {*whole};
    }
    if (plan.devices.size() < 2)
        return;
    std::vector<uint64_t> free, layers(size_t(plan.spec.layerCount()), plan.predicted.cache / uint64_t(plan.spec.layerCount()));
    for (const at::Device each : plan.devices)
        free.push_back(freeMemory(each));
    uint64_t outside = plan.predicted.workspace;
    for (size_t i = 0; i < plan.weights.size(); ++i) {
        const TensorSlot &slot = plan.weights[i].slot;
        (slot.layer < 0 ? outside : layers[size_t(slot.layer)]) += bytesKept(slot, plan.storage.slots[i]);
    }
    for (const size_t place : spreadLayers(free, outside, layers))
        plan.layerDevices.push_back(plan.devices[place]);
}

Result<Plan> planLoading(const LoadOptions &options, const std::stop_token &stop)
{
    auto devices = devicesFromId(options.device);
    if (!devices)
        return tl::unexpected(devices.error());
    auto directory = openModelDirectory(options.path, stop);
    if (!directory)
        return tl::unexpected(directory.error());
    const Checkpoint &checkpoint = directory->checkpoint;
    const bool gguf = !directory->configText && isGguf(checkpoint);
    if (!directory->configText && !gguf)
        return failure(ErrorCode::NoConfig, {options.path.string()});
    auto config = gguf ? Result<ModelConfig>(ggufConfig(checkpoint)) : parseModelConfig(*directory->configText);
    if (!config)
        return tl::unexpected(config.error());
    auto spec = resolveDecoder(*config);
    if (!spec)
        return tl::unexpected(spec.error());
    if (checkpoint.tensors.empty())
        return failure(ErrorCode::NoWeights, {options.path.string()});
    Plan plan{std::make_unique<const ModelDirectory>(std::move(*directory)), std::move(*config), {}, std::move(*spec), {}, {}, {}, std::move(*devices), {}, {}};
    plan.catalog = std::make_unique<WeightCatalog>(catalogOf(plan.directory->checkpoint, plan.config, plan.directory->files.get()));
    if (auto read = readRopeTables(plan.spec, *plan.catalog, *plan.directory->files, gguf); !read)
        return tl::unexpected(read.error());
    forgetMissingPooler(plan.spec, *plan.catalog, gguf);
    auto weights = matchWeights(plan.spec, *plan.catalog, *plan.directory->files, gguf, stop);
    if (!weights)
        return tl::unexpected(weights.error());
    plan.weights = std::move(*weights);
    auto storage = planStorage(plan.weights, *plan.catalog, options.dtype, plan.device());
    if (!storage)
        return tl::unexpected(storage.error());
    plan.storage = std::move(*storage);
    plan.predicted = predictMemory(plan.spec, bytesKept(plan.weights, plan.storage), plan.storage.dtype, plan.device(), 1,
                                   kPredictedTokens, kPredictedTokens);
    placeLayers(options.device, plan);
    // What generation_config.json cannot tell, config.json does: a damaged one is no reason not to run.
    if (plan.directory->generationConfigText)
        plan.generation = parseGenerationConfig(*plan.directory->generationConfigText).value_or(GenerationConfig());
    return plan;
}

/// Tensors of the checkpoint that neither fill a slot nor help to decode one.
void tellUnused(const Plan &plan, Description &out)
{
    std::vector<bool> used(plan.catalog->count());
    for (const MatchedWeight &weight : plan.weights) {
        for (const MatchedWeight::Piece &piece : weight.pieces)
            used[piece.tensor] = true;
    }
    for (size_t tensor = 0; tensor < used.size(); ++tensor) {
        if (used[tensor] || plan.catalog->owner(tensor))
            continue;
        ++out.unusedCount;
        if (out.unused.size() < kMostUnused)
            out.unused.emplace_back(plan.catalog->checkpoint().tensors[tensor].name);
    }
}

bool pagesCached(const Checkpoint &checkpoint, const std::stop_token &stop)
{
    return std::ranges::all_of(checkpoint.files, [&](const CheckpointFile &file) {
        return !file.present || cachedShare(file.path, stop) > 0.9;
    });
}

/// Whether all the weights' pages were given up.
bool dropWeights(const Checkpoint &checkpoint)
{
    bool all = true;
    for (const CheckpointFile &file : checkpoint.files)
        all = (!file.present || dropPages(file.path)) && all;
    return all;
}

ModelKind kindOf(Task task)
{
    switch (task) {
    case Task::Generation: return ModelKind::Decoder;
    case Task::Encoding: return ModelKind::Encoder;
    case Task::Classification: return ModelKind::Classifier;
    case Task::Filling: return ModelKind::Masked;
    }
    return ModelKind::Decoder;
}

Description describe(const Plan &plan)
{
    Description out;
    out.architecture = plan.config.architecture();
    out.kind = kindOf(plan.spec.task);
    out.hiddenSize = plan.spec.hidden;
    out.tokenTypes = plan.spec.tokenTypes;
    out.pooler = plan.spec.pooled;
    if (out.kind == ModelKind::Classifier)
        out.labels = readClassLabels(plan.config, plan.spec.labels);
    out.shares = sharesOf(plan.weights, *plan.catalog, plan.storage);
    // What most parameters are computed with; int8 is said even where embeddings outweigh the quantised matrices.
    out.dtype = weightVariantId({plan.storage.int8 ? "int8" : out.shares.front().computed, plan.storage.pruning});
    out.predicted = plan.predicted;
    tellUnused(plan, out);
    out.device = idOf(plan.devices);
    out.parameters = plan.spec.parameters();
    out.weightBytes = plan.predicted.weights;
    out.contextLength = plan.spec.usableContext();
    out.vocabularySize = plan.spec.vocabulary;
    out.endTokens = plan.generation.eosTokens.empty() ? plan.config.eosTokens : plan.generation.eosTokens;
    out.beginToken = plan.config.bosToken;
    return out;
}

} // namespace

Engine::Engine(std::unique_ptr<Implementation> implementation) : m_implementation(std::move(implementation))
{
}
Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::load(const LoadOptions &options, const Progress &progress,
                                             std::stop_token stop)
{
    const Watch watch;
    countTensorMemory();
    auto plan = planLoading(options, stop);
    if (!plan)
        return tl::unexpected(plan.error());
    const at::Device device = plan->device();
    const uint64_t needed = plan->predicted.total(), unused = freeMemory(plan->devices);
    if (needed > unused) {
        return failure(ErrorCode::NotEnoughMemory, {plan->directory->name, formatBytes(double(needed)),
                                                    formatBytes(double(unused)), options.device});
    }
    try {
        const at::NoGradGuard noGradient;
        for (const at::Device each : plan->devices)
            resetPeaks(each);
        const std::optional<uint64_t> before = readMemory(plan->devices).tensorCurrent;
        auto implementation = std::make_unique<Implementation>();
        implementation->deviceBaseline = readMemory(plan->devices).deviceUsed;
        const Watch dropping;
        const auto dropped = options.cold ? std::optional(dropWeights(plan->directory->checkpoint)) : std::nullopt;
        const double droppingSeconds = dropping.seconds();
        const bool cached = pagesCached(plan->directory->checkpoint, stop);
        implementation->decoder =
            std::make_unique<Decoder>(plan->spec, plan->storage.dtype, device, Purpose::Inference, plan->storage.slots, plan->layerDevices);
        auto loaded = loadWeights(*implementation->decoder, plan->weights, *plan->catalog, *plan->directory->files, progress, stop);
        if (loaded && plan->storage.pruning)
            loaded = pruneWeights(*implementation->decoder, plan->weights, *plan->storage.pruning, stop);
        if (!loaded)
            return tl::unexpected(loaded.error());
        for (const at::Device each : plan->devices)
            synchronise(each);
        implementation->description = describe(*plan);
        implementation->description.pagesCached = cached;
        implementation->description.dropped = dropped;
        implementation->description.work = workOf(*implementation->decoder);
        implementation->description.seconds = watch.seconds() - droppingSeconds;
        implementation->description.memory = implementation->memory();
        if (device.is_cpu() && before)
            implementation->description.heldBytes = implementation->description.memory.tensorCurrent.value_or(0) - *before;
        return std::unique_ptr<Engine>(new Engine(std::move(implementation)));
    } catch (const std::exception &problem) {
        return tl::unexpected(errorFromException(problem, device));
    }
}

const Description &Engine::description() const
{
    return m_implementation->description;
}

Memory Engine::memory() const
{
    return m_implementation->memory();
}

} // namespace assay::engine
