// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/spec.h"
#include "core/model/modelconfig.h"

#include <nlohmann/json.hpp>

namespace assay {

/// Takes checked numbers out of a config for one architecture; keeps the first error, after which values mean nothing.
class ConfigReader
{
public:
    /// Fields of which the parser could make nothing are an error from the start.
    explicit ConfigReader(const ModelConfig &config);

    const ModelConfig &config() const { return m_config; }
    bool gguf() const { return !m_config.metadataName.empty(); }

    /// A size that must be there, 1 to maximum.
    int64_t required(const char *field, const std::optional<int64_t> &value, int64_t maximum = kWidth);
    int64_t checked(const char *field, int64_t value, int64_t maximum = kWidth);
    double within(const char *field, double value, double minimum, double maximum);
    /// Fields that ModelConfig does not carry; text_config is looked into as well. Absent: the default. What is of
    /// another type is an error: it would change what is computed.
    int64_t integer(const char *field, int64_t otherwise);
    double number(const char *field, double otherwise);
    bool flag(const char *field, bool otherwise);
    std::string text(const char *field, const std::string &otherwise = {});
    const nlohmann::json *raw(const char *field) const; ///< null when absent or JSON null
    bool isNull(const char *field) const; ///< written, as JSON null

    void outOfRange(const char *field, const std::string &value);
    void unsupported(const std::string &part);
    /// A flag that must not be set: what it switches on is not computed.
    void refuse(const char *flagField);

    bool failed() const { return m_error.has_value(); }
    const Error &error() const { return *m_error; }

    // Far above any model there is, and small enough that products of a few of them stay within 64 bits.
    static constexpr int64_t kLayers = 10'000, kWidth = 1 << 20, kVocabulary = 1 << 24, kContext = 1 << 26;

    // What most architectures have in common; each may be changed afterwards.

    /// hidden, vocabulary, context and tied.
    void sizes(DecoderSpec &spec, int64_t defaultContext, bool defaultTied);
    /// heads, kvHeads, headDim, valueDim and scale; no positions in attention.
    AttentionSpec heads(std::optional<int64_t> defaultHeadDim = {});
    /// heads() and rotary positions over the whole head.
    AttentionSpec attention(double defaultRopeTheta, std::optional<int64_t> defaultHeadDim = {}, double defaultPartial = 1);
    /// rope_theta, rope_scaling and partial_rotary_factor for this many numbers of a head.
    /// What `prepare` makes of it is checked.
    RopeSpec rope(int64_t headDim, double defaultTheta, double defaultPartial = 1, void (*prepare)(RopeSpec &) = nullptr);
    /// intermediate_size and the activation; an activation that is not known is an error.
    FeedForwardSpec feedForward(const char *defaultActivation, bool gated, std::optional<int64_t> defaultIntermediate = {});
    Activation activation(const std::string &name);
    NormSpec norm(NormKind kind, double defaultEpsilon, bool bias = false);
    /// sliding_window where it is in use; 0 for none.
    int64_t window(std::optional<int64_t> otherwise);
    /// Gives the window to the layers that layer_types names, else to all but each pattern-th one (sliding_window_pattern
    /// goes before the default). A layer type that is neither sliding nor full attention is an error.
    void windows(DecoderSpec &spec, int64_t window, int64_t defaultPattern);
    /// Whether a layer slides as layer_types or the pattern says, window or not.
    bool slides(size_t layer, int64_t pattern) const;
    /// All layers alike; the final norm is of the kind of inputNorm.
    void layers(DecoderSpec &spec, const LayerSpec &each);

private:
    void checkTypes();
    void checkRopeFields();
    void checkScaling(RopeSpec &rope);
    void fail(tl::unexpected<Error> error);
    const ModelConfig &m_config;
    nlohmann::json m_raw;
    std::optional<Error> m_error;
};

} // namespace assay
