// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/rope.h"

#include <array>
#include <span>

/// Decoder-only transformers as data: an architecture is a row here, not a class in the engine.
namespace assay {

/// The places in a decoder that hold weights.
enum class DecoderPart {
    Embedding,
    InputNorm,
    Query,
    Key,
    Value,
    AttentionOutput,
    MlpNorm,
    Gate,
    Up,
    Down,
    FinalNorm,
    Head,
    Count_
};

/// When a matrix has a bias vector.
enum class BiasRule { Never, Always, AttentionBias, MlpBias };
/// Which layers attend through a sliding window.
enum class WindowRule {
    None,        ///< the architecture has no window, whatever the config says
    AllLayers,   ///< sliding_window applies to each layer
    UpperLayers, ///< where use_sliding_window is set: layers from max_window_layers on
};

/// Where a part's tensors are: prefix + ".weight" and prefix + ".bias".
struct PartDescription
{
    DecoderPart part;
    const char *prefix; ///< "{layer}" stands for the layer's number
    BiasRule bias = BiasRule::Never;
};

/// One architecture. Defaults are those of its configuration class, for fields that config.json leaves out.
struct DecoderLayout
{
    const char *architecture; ///< as config.json names it
    std::span<const PartDescription> parts;
    WindowRule window;
    std::optional<int64_t> defaultWindow; ///< when config.json has no field sliding_window at all
    int64_t defaultContext;
    double defaultRopeTheta;
    double defaultNormEpsilon;
    bool defaultTied;
};

/// The architectures that the engine runs.
std::span<const DecoderLayout> decoderLayouts();

/// Where one tensor of a model belongs.
struct TensorSlot
{
    DecoderPart part;
    int64_t layer = -1; ///< -1 for parts outside the layers
    bool bias = false;
    std::string name;
    std::vector<int64_t> shape;
};

/// A decoder's numbers, checked: whoever holds one may multiply its sizes without fear of overflow.
struct DecoderSpec
{
    const DecoderLayout *layout = nullptr;
    int64_t layers = 0;
    int64_t hidden = 0;
    int64_t intermediate = 0;
    int64_t heads = 0;
    int64_t kvHeads = 0;
    int64_t headDim = 0;
    int64_t vocabulary = 0;
    int64_t context = 0;
    double normEpsilon = 0;
    bool tied = false; ///< the head is the embedding
    bool attentionBias = false;
    bool mlpBias = false;
    std::vector<int64_t> windows; ///< per layer; 0 is full attention
    RopeSpec rope;

    bool hasBias(const PartDescription &part) const;
    /// [out, in] of a matrix, [size] of a norm.
    std::vector<int64_t> weightShape(DecoderPart part) const;
    /// Every tensor of the model, in the order of the layers.
    std::vector<TensorSlot> tensors() const;
    uint64_t parameters() const;
    /// Bytes that one token's keys and values take over all layers.
    uint64_t kvBytesPerToken(int bytesPerElement) const;
    /// Tokens that the model can hold: context, stretched where the config gives it before its scaling.
    int64_t usableContext() const;
};

/// Resolves a config: ArchitectureUnsupported (which names the part), ConfigIncomplete, ConfigOutOfRange.
Result<DecoderSpec> resolveDecoder(const ModelConfig &config);

} // namespace assay
