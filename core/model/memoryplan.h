// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/devices.h"
#include "core/model/facts.h"
#include "core/model/runtimes.h"

namespace assay {

/// Weights by what converting and reading them takes.
struct WeightTotals
{
    struct Part
    {
        uint64_t parameters = 0;
        uint64_t bytes = 0; ///< as stored, with the scales that belong to them
    };
    Part embedding, head, experts, matrices, vectors; ///< experts: routed ones; vectors: norms, biases
    Part all() const;
};

/// What the memory of a model is made of; read once, planned with many times.
struct MemoryModel
{
    WeightTotals main, nextToken; ///< nextToken: multi-token-prediction layers
    CacheFacts cache;
    int64_t hidden = 0, inner = 0, heads = 0, vocabulary = 0;
    int64_t experts = 0, activeExperts = 0; ///< 0: none
    bool tied = false;                      ///< the embedding is the head
    std::optional<int64_t> contextLength;   ///< what the model was made for
};
MemoryModel memoryModel(const Inspection &inspection);

/// What is asked for.
struct MemoryRequest
{
    const Runtime *runtime = &runtimes().front();
    const WeightFormat *weights = &weightFormatChoices().front();
    const CacheFormat *cache = &cacheFormats().front();
    int64_t context = 8192; ///< tokens in each sequence
    int64_t batch = 1;      ///< sequences
    bool nextToken = false; ///< load multi-token-prediction layers, where the runtime can
    const Device *device = nullptr; ///< overhead counts on GPUs alone; null: as on one
    int64_t devices = 1;    ///< weights and cache are divided evenly among them
};

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

/// Bytes are held at kMostBytes instead of wrapping: a forged config must not make a need look small.
constexpr uint64_t kMostBytes = uint64_t(1) << 60;
MemoryPlan planMemory(const MemoryModel &model, const MemoryRequest &request, const Translate &translate = untranslated);

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
