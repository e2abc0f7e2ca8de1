// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/kvcache.h"

namespace assay {

/// Something taken for granted of a runtime, and who says so.
struct RuntimeAssumption
{
    const char *text;   ///< translation context "Runtime"
    const char *source; ///< a document, thread or log; not translated
};

/// A range that is not known better.
struct CountRange { int64_t low = 0, high = 0; };
struct MemoryRange { uint64_t low = 0, high = 0; };

/// A program that runs models: what it keeps and pads. A new one is a row in runtimes.cpp.
struct Runtime
{
    const char *id = "";   ///< "llama.cpp", as --runtime takes it
    const char *name = "";
    CacheRuntime cache{"", true, false, 1, 0}; ///< how it keeps keys and values
    bool newerKeepsLatent = false; ///< versions differ: the newer ones keep latent attention's compressed cache
    int64_t contextStep = 1; ///< tokens that the cache of a sequence is rounded up to
    CountRange tokensAtOnce; ///< of a prompt, whose activations live together; 0: the whole prompt
    bool tokensPerSequence = false; ///< that many of each sequence, else of all together
    CountRange activationHidden; ///< vectors as wide as the model that live together, of each of those tokens
    CountRange activationInner;  ///< and as wide as the feed-forward layer
    int64_t logitTokens = 0; ///< rows of 32-bit logits that are kept; 0: one a sequence; -1: one a token at once
    CountRange logitCopies{1, 1};
    CountRange scoreCopies;  ///< 32-bit copies of attention's scores of all heads; 0: fused, there are none
    int64_t scoreQueries = 0; ///< tokens whose scores live together
    MemoryRange overhead;      ///< on a GPU beside all that: context, kernels, libraries, graphs
    double deviceShare = 1;  ///< of the device's memory, which it allows itself
    bool nextToken = false;  ///< can load multi-token-prediction layers
    std::vector<RuntimeAssumption> assumptions;
};

const std::vector<Runtime> &runtimes();
/// By its id; null when there is none.
const Runtime *findRuntime(std::string_view id);
/// What models in this format ("gguf", ...) are mostly run with.
const Runtime &usualRuntime(std::string_view format);

/// A way of storing weights, with what its scales take.
struct WeightFormatChoice
{
    const char *id;   ///< "bf16", as --dtype takes it
    const char *name;
    uint32_t block = 0; ///< weights ...
    uint32_t bytes = 0; ///< ... that take so many bytes with their scales; 0/0: as stored
    bool matricesOnly = false; ///< embedding and head stay at 16 bits
    int keptBytes = 2;         ///< of a number that is not converted (norms, biases)
    const char *source = "";   ///< where the figure comes from

    double bitsPerWeight() const { return block ? 8.0 * bytes / block : 0; }
};
const std::vector<WeightFormatChoice> &weightFormatChoices();
const WeightFormatChoice *findWeightFormat(std::string_view id); ///< null when there is none

/// A way of storing keys and values.
struct CacheFormat
{
    const char *id; ///< "f16", as --kv-dtype takes it
    uint32_t block = 1, bytes = 2;
};
const std::vector<CacheFormat> &cacheFormats();
const CacheFormat *findCacheFormat(std::string_view id);

} // namespace assay
