// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/devices.h"
#include "core/model/facts.h"
#include "core/model/runtimes.h"

namespace assay {

/// What the memory of a model is made of.
struct MemoryModel
{
    WeightTotals main, nextToken; ///< nextToken: multi-token-prediction layers
    CacheFacts cache;
    int64_t hidden = 0, inner = 0, heads = 0, vocabulary = 0;
    int64_t experts = 0, activeExperts = 0; ///< 0: none
    bool tied = false;                      ///< the embedding is the head
    std::optional<int64_t> contextLength;   ///< what the model was made for
};
MemoryModel memoryModel(const ModelFacts &facts);

/// What is asked for.
struct MemoryRequest
{
    const Runtime *runtime = &runtimes().front();
    const WeightFormatChoice *weights = &weightFormatChoices().front();
    const CacheFormat *cache = &cacheFormats().front();
    int64_t context = 8192; ///< tokens in each sequence
    int64_t batch = 1;      ///< sequences
    bool nextToken = false; ///< load multi-token-prediction layers, where the runtime can
    const Device *device = nullptr; ///< overhead counts on GPUs alone; null: as on one
    int64_t devices = 1;    ///< weights and cache are divided evenly among them
};

/// What tile, tab and command begin with: the usual runtime of the model's format, weights as stored, a cache of 16 bits,
/// 8192 tokens, one sequence, no device.
MemoryRequest usualRequest(const ModelFacts &facts);
/// Assay's own engine computing in this dtype, as runs name it: "f32", "bf16", "f16" or torch's names of them, "int8", or
/// blocks of GGUF ("Q4_K"), which are kept as they are stored; nothing for another name.
std::optional<MemoryRequest> engineRequest(std::string_view dtype);
/// The same, with what the engine makes of "auto" on such a device.
std::optional<MemoryRequest> engineRequest(const ModelFacts &facts, std::string_view dtype, DeviceKind kind);

enum class MemoryTermKind { Weights, NextToken, Cache, Workspace, Overhead };

/// One term of the sum. What is shared among devices is given for all of them.
struct MemoryTerm
{
    MemoryTermKind kind;
    const char *id;    ///< "weights"; for JSON
    const char *label; ///< translation context "Memory"
    MemoryRange bytes;
    std::string formula; ///< with the numbers in, in the translator's language
    bool divided = false; ///< among the devices; else each has its own
};

struct MemoryPlan
{
    std::vector<MemoryTerm> terms;
    bool cacheKnown = true; ///< false: the model's cache is not known, or it keeps none
    int64_t devices = 1;
    MemoryRange total() const;     ///< of all devices
    MemoryRange perDevice() const; ///< the fullest one
    MemoryRange of(MemoryTermKind kind) const;
};

/// The one formula of memory (inspectors.md 4h): everything that names a need asks here.
MemoryPlan planMemory(const MemoryModel &model, const MemoryRequest &request, const Translate &translate = untranslated);

/// "12.1 GiB - 13.4 GiB"; one figure where both ends read the same.
std::string formatRange(const MemoryRange &bytes);

/// Bytes that the runtime may use of one device; nothing where its memory is not known.
std::optional<uint64_t> usableMemory(const MemoryRequest &request);

/// How many tokens of context fit into the device.
struct ContextFit
{
    int64_t safe = 0;  ///< by the upper ends of all ranges; 0: not one
    int64_t best = 0;  ///< by their lower ends
    bool unbounded = false; ///< more than kMostContext fit: nothing grows
};
constexpr int64_t kMostContext = int64_t(1) << 30;
/// Nothing when the device's memory or the model's cache is not known.
std::optional<ContextFit> largestContext(const MemoryModel &model, MemoryRequest request);

/// The least time of one decode step: the bytes that it must read / bandwidth (inspectors.md 4i). An estimate.
struct DecodeFloor
{
    double seconds = 0;
    uint64_t weightBytes = 0; ///< read of the weights: of routed experts those that a batch is expected to touch
    uint64_t cacheBytes = 0;
    std::string formula;
};
std::optional<DecodeFloor> decodeFloor(const MemoryModel &model, const MemoryRequest &request,
                                       const Translate &translate = untranslated);

} // namespace assay
