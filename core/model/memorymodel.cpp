// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/memoryplan.h"

#include "core/base/units.h"
#include "core/format/dtype.h"
#include "core/model/weightvariant.h"

#include <algorithm>

namespace assay {
namespace {

/// Width of the feed-forward work of one token: the dense layer's, or that of all experts it passes.
int64_t innerWidth(const ModelFacts &facts)
{
    const int64_t dense = facts.intermediateSize.value.value_or(0);
    const auto &experts = facts.config.experts;
    if (!experts)
        return dense;
    const int64_t width = std::clamp<int64_t>(experts->intermediateSize > 0 ? experts->intermediateSize : dense, 0, 1 << 24);
    const int64_t passed = std::clamp<int64_t>(experts->active, 0, 4096) + std::clamp<int64_t>(experts->shared, 0, 4096);
    return std::max(dense, passed * width);
}

/// What the engine computes in under all its names: as it is asked for, and as runs keep it.
struct EngineDtype
{
    const char *id;
    const char *torch;
    Dtype stored;
    bool onCpu; ///< the engine has no half precision there (core/engine/device.cpp)
};
constexpr EngineDtype kEngineDtypes[] = {
    {"f32", "float32", Dtype::F32, true}, {"bf16", "bfloat16", Dtype::BF16, true}, {"f16", "float16", Dtype::F16, false}};

/// The stored dtype that holds most of the weights where the engine computes in it there; else the one that holds
/// the values of all.
const char *automaticDtype(const ModelFacts &facts, DeviceKind kind)
{
    const auto most = std::max_element(facts.dtypes.begin(), facts.dtypes.end(), [](const auto &a, const auto &b) {
        return a.second.bytes < b.second.bytes;
    });
    for (const EngineDtype &dtype : kEngineDtypes) {
        if (most != facts.dtypes.end() && most->first == dtypeName(dtype.stored) && (dtype.onCpu || kind == DeviceKind::Gpu))
            return dtype.id;
    }
    // Blocks are kept on the CPU, and turned into bfloat16 on a GPU.
    const bool blocks = most != facts.dtypes.end() && isBlockQuantized(dtypeFromName(most->first));
    return blocks ? (kind == DeviceKind::Gpu ? "bf16" : dtypeName(dtypeFromName(most->first))) : "f32";
}

MemoryRequest ownRequest(const char *weights, const char *cache)
{
    MemoryRequest request;
    request.runtime = findRuntime("assay");
    request.weights = findWeightFormat(weights);
    request.cache = findCacheFormat(cache);
    return request;
}

} // namespace

MemoryModel memoryModel(const ModelFacts &facts)
{
    MemoryModel model;
    model.main = facts.weights.main;
    model.nextToken = facts.weights.nextToken;
    model.cache = facts.cache;
    model.hidden = facts.hiddenSize.value.value_or(0);
    model.inner = innerWidth(facts);
    model.heads = facts.heads.value_or(facts.config.heads.value_or(0));
    model.vocabulary = facts.vocabularySize.value.value_or(0);
    if (facts.config.experts) {
        model.experts = facts.config.experts->routed;
        model.activeExperts = facts.config.experts->active;
    }
    model.tied = facts.tiedEmbeddings.value_or(false);
    model.contextLength = facts.config.contextLength;
    return model;
}

MemoryRequest usualRequest(const ModelFacts &facts)
{
    MemoryRequest request;
    request.runtime = &usualRuntime(facts.format);
    return request;
}

std::optional<MemoryRequest> engineRequest(const ModelFacts &facts, std::string_view dtype, DeviceKind kind)
{
    if (const auto variant = parseWeightVariant(dtype); variant && variant->pruning) {
        const char *const stored = automaticDtype(facts, kind);
        // Blocks cannot be pruned: their matrices become bfloat16.
        const bool blocks = isBlockQuantized(dtypeFromName(stored));
        return engineRequest(variant->dtype != "auto" ? variant->dtype : blocks ? "bf16" : stored);
    }
    if (dtype != "int8")
        return engineRequest(dtype == "auto" ? automaticDtype(facts, kind) : dtype);
    const bool wide = std::string_view(automaticDtype(facts, kind)) == "f32";
    return ownRequest("int8", wide ? "f32" : "f16");
}

std::optional<MemoryRequest> engineRequest(std::string_view name)
{
    const std::string dtype = computedDtype(name); // zeros take the room of other numbers
    for (const EngineDtype &row : kEngineDtypes) {
        if (dtype == row.id || dtype == row.torch)
            return ownRequest(row.id, row.stored == Dtype::F32 ? "f32" : "f16");
    }
    if (dtype == "int8")
        return ownRequest("int8", "f16");
    if (isBlockQuantized(dtypeFromName(dtype)))
        return ownRequest("stored", "f16");
    return std::nullopt;
}

std::string formatRange(const MemoryRange &bytes)
{
    const std::string low = formatBytes(double(bytes.low)), high = formatBytes(double(bytes.high));
    return low == high ? low : low + " - " + high;
}

} // namespace assay
