// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace assay {

struct CountedModel;
struct ModelFacts;

/// What layers keep of the tokens they have read: keys and values of all, of the last ones (sliding window or chunk),
/// or a state of fixed size (linear attention, state space models).
enum class CacheKind { Full, Window, State };
const char *cacheKindName(CacheKind kind); ///< "full", "window", "state"

/// Layers that keep the same.
struct CacheGroup
{
    CacheKind kind = CacheKind::Full;
    int64_t layers = 0;
    int64_t window = 0;    ///< tokens that are kept; 0 unless a window
    uint64_t elements = 0; ///< of all these layers together: of one token, or of a sequence's whole state
    uint64_t expandedElements = 0; ///< the same where latent attention keeps keys and values of every head
    /// FLOPs of a new token's attention to one that is kept, in all these layers (inspectors.md 4i); 0 for a state.
    double work = 0, expandedWork = 0;
};

/// The key/value cache by kind of layer (inspectors.md 4h); no groups: the model keeps none, or nothing is known.
struct CacheFacts
{
    std::vector<CacheGroup> groups; ///< Full, Window, State: at most one of each
    bool latent = false;       ///< multi-head latent attention: two ways of keeping it
    bool stateKnown = true;    ///< false: there are layers with a state whose size the config does not tell

    /// Elements that one more token takes while it is inside every window.
    uint64_t elementsPerToken(bool expanded) const;
};

/// How an engine keeps the cache (inspectors.md 4h).
struct CacheRuntime
{
    const char *name;
    bool expandsLatent;  ///< keeps latent attention's keys and values of every head
    bool dropsOld;       ///< layers with a window keep no more than it
    int64_t windowStep;  ///< and round that up to whole steps of so many tokens
    int64_t windowBatch; ///< after adding the tokens that are read at once
};

/// llama.cpp, vLLM, transformers, and engines of one size for every layer.
std::span<const CacheRuntime> cacheRuntimes();
/// Null when there is none of this name.
const CacheRuntime *findCacheRuntime(std::string_view name);

/// Bytes of the cache with so many tokens in each of `batch` sequences. Nothing for a model without a cache, one whose
/// layers are not known, and a number that does not fit.
std::optional<uint64_t> kvCacheBytes(const CacheFacts &cache, int64_t context, int64_t batch, int bytesPerElement,
                                     const CacheRuntime &runtime);

/// Reads the cache of a model from its projections' rows where they are stored apart, else from the config; latent
/// attention and window layers by the config.
CacheFacts cacheFacts(const ModelFacts &facts, const CountedModel &model);

} // namespace assay
