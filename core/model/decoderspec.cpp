// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/decoderlayout.h"

#include "core/base/units.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

// Far above any model there is, and small enough that products of a few of them stay within 64 bits.
constexpr int64_t kMaximumLayers = 10'000;
constexpr int64_t kMaximumWidth = 1 << 20;
constexpr int64_t kMaximumVocabulary = 1 << 24;
constexpr int64_t kMaximumContext = 1 << 26;

/// Takes fields out of a config; keeps the first error.
class Resolver
{
public:
    explicit Resolver(const ModelConfig &config) : m_config(config) {}

    int64_t required(const char *field, const std::optional<int64_t> &value, int64_t maximum)
    {
        if (!value) {
            fail(failure(ErrorCode::ConfigIncomplete, {field, m_config.architecture()}));
            return 0;
        }
        return checked(field, *value, maximum);
    }

    int64_t checked(const char *field, int64_t value, int64_t maximum)
    {
        if (value < 1 || value > maximum)
            outOfRange(field, std::to_string(value));
        return value;
    }

    double positive(const char *field, double value, double minimum, double maximum)
    {
        if (!(value >= minimum && value <= maximum))
            outOfRange(field, threeDigits(value));
        return value;
    }

    void outOfRange(const char *field, std::string value)
    {
        fail(failure(ErrorCode::ConfigOutOfRange, {field, std::move(value)}));
    }

    void unsupported(std::string part)
    {
        fail(failure(ErrorCode::ArchitectureUnsupported, {m_config.architecture(), std::move(part)}));
    }

    bool failed() const { return m_error.has_value(); }
    const Error &error() const { return *m_error; }

private:
    void fail(tl::unexpected<Error> error)
    {
        if (!m_error)
            m_error = std::move(error.value());
    }

    const ModelConfig &m_config;
    std::optional<Error> m_error;
};

const DecoderLayout *layoutOf(const ModelConfig &config)
{
    for (const DecoderLayout &layout : decoderLayouts()) {
        if (config.architecture() == layout.architecture)
            return &layout;
    }
    return nullptr;
}

/// The fields that ModelConfig does not carry because few architectures have them.
nlohmann::json rawConfig(const ModelConfig &config)
{
    return nlohmann::json::parse(config.text, nullptr, false);
}

std::optional<int64_t> rawInteger(const nlohmann::json &raw, const char *name)
{
    if (!raw.is_object() || !raw.contains(name) || !raw[name].is_number_integer())
        return std::nullopt;
    return raw[name].get<int64_t>();
}

void resolveSizes(const ModelConfig &config, DecoderSpec &spec, Resolver &resolve)
{
    spec.layers = resolve.required("num_hidden_layers", config.layers, kMaximumLayers);
    spec.hidden = resolve.required("hidden_size", config.hiddenSize, kMaximumWidth);
    spec.intermediate = resolve.required("intermediate_size", config.intermediateSize, kMaximumWidth);
    spec.heads = resolve.required("num_attention_heads", config.heads, kMaximumWidth);
    spec.vocabulary = resolve.required("vocab_size", config.vocabularySize, kMaximumVocabulary);
    if (resolve.failed())
        return;
    spec.kvHeads = resolve.checked("num_key_value_heads", config.kvHeadsOrDefault(), spec.heads);
    spec.headDim = resolve.checked("head_dim", config.headDimOrDefault(), kMaximumWidth / spec.heads);
    if (resolve.failed())
        return;
    if (spec.heads % spec.kvHeads != 0)
        resolve.outOfRange("num_key_value_heads", std::to_string(spec.kvHeads));
    if (!config.headDim && spec.hidden % spec.heads != 0)
        resolve.outOfRange("num_attention_heads", std::to_string(spec.heads));
    const int64_t context = config.contextLength.value_or(spec.layout->defaultContext);
    spec.context = resolve.checked("max_position_embeddings", context, kMaximumContext);
}

void resolveRope(const ModelConfig &config, DecoderSpec &spec, Resolver &resolve)
{
    if (config.partialRotary && *config.partialRotary != 1.0)
        resolve.unsupported("partial_rotary_factor");
    if (!ropeScalingSupported(config.ropeScaling))
        resolve.unsupported("rope_scaling " + config.ropeScaling->type);
    if (spec.headDim % 2 != 0)
        resolve.outOfRange("head_dim", std::to_string(spec.headDim));
    spec.rope.rotaryDim = spec.headDim;
    spec.rope.context = spec.context;
    spec.rope.scaling = config.ropeScaling;
    const double theta = config.ropeTheta.value_or(spec.layout->defaultRopeTheta);
    spec.rope.theta = resolve.positive("rope_theta", theta, 1.0, 1e15);
    if (!config.ropeScaling)
        return;
    const RopeScaling &scaling = *config.ropeScaling;
    resolve.positive("rope_scaling.factor", scaling.factor, 1.0, 1e6);
    resolve.checked("rope_scaling.original_max_position_embeddings",
                    scaling.originalContext.value_or(spec.context), kMaximumContext);
    const double low =
        resolve.positive("rope_scaling.low_freq_factor", scaling.lowFrequencyFactor.value_or(1), 1e-6, 1e6);
    const double high =
        resolve.positive("rope_scaling.high_freq_factor", scaling.highFrequencyFactor.value_or(4), 1e-6, 1e6);
    if (scaling.type == "llama3" && high <= low)
        resolve.outOfRange("rope_scaling.high_freq_factor", threeDigits(high));
    resolve.positive("rope_scaling.beta_fast", scaling.betaFast.value_or(32), 1e-6, 1e6);
    resolve.positive("rope_scaling.beta_slow", scaling.betaSlow.value_or(1), 1e-6, 1e6);
    resolve.positive("rope_scaling.attention_factor", scaling.attentionFactor.value_or(1), 1e-6, 1e6);
}

/// The window as the architecture's own code would see it; 0 for none.
int64_t declaredWindow(const ModelConfig &config, const DecoderLayout &layout, const nlohmann::json &raw)
{
    if (layout.window == WindowRule::None)
        return 0;
    const bool switchedOn = raw.is_object() && raw.value("use_sliding_window", nlohmann::json()) == true;
    if (layout.window == WindowRule::UpperLayers && !switchedOn)
        return 0;
    if (config.slidingWindow)
        return *config.slidingWindow;
    const bool declared = raw.is_object() && raw.contains("sliding_window");
    return declared ? 0 : layout.defaultWindow.value_or(0);
}

void resolveWindows(const ModelConfig &config, DecoderSpec &spec, Resolver &resolve)
{
    const nlohmann::json raw = rawConfig(config);
    const int64_t window = declaredWindow(config, *spec.layout, raw);
    spec.windows.assign(size_t(spec.layers), 0);
    if (window == 0)
        return;
    resolve.checked("sliding_window", window, kMaximumContext);
    // Qwen2Config: max_window_layers is 28 when config.json does not say.
    const int64_t from = spec.layout->window == WindowRule::UpperLayers
                             ? rawInteger(raw, "max_window_layers").value_or(28)
                             : 0;
    const bool listed = spec.layout->window == WindowRule::UpperLayers && !config.layerTypes.empty();
    if (listed && config.layerTypes.size() != spec.windows.size()) {
        resolve.outOfRange("layer_types", std::to_string(config.layerTypes.size()));
        return;
    }
    for (size_t layer = 0; layer < spec.windows.size(); ++layer) {
        const bool slides = listed ? config.layerTypes[layer] == "sliding_attention" : int64_t(layer) >= from;
        spec.windows[layer] = slides ? window : 0;
    }
}

void resolveDetails(const ModelConfig &config, DecoderSpec &spec, Resolver &resolve)
{
    const std::string &activation = config.activation;
    if (!activation.empty() && activation != "silu" && activation != "swish")
        resolve.unsupported("the activation " + activation);
    if (!config.quantizationMethod.empty())
        resolve.unsupported("the quantization " + config.quantizationMethod);
    if (config.experts)
        resolve.unsupported("mixture of experts");
    const double epsilon = config.normEpsilon.value_or(spec.layout->defaultNormEpsilon);
    spec.normEpsilon = resolve.positive("rms_norm_eps", epsilon, 0.0, 1.0);
    spec.tied = config.tiedEmbeddings.value_or(spec.layout->defaultTied);
    spec.attentionBias = config.attentionBias.value_or(false);
    spec.mlpBias = config.mlpBias.value_or(false);
}

} // namespace

Result<DecoderSpec> resolveDecoder(const ModelConfig &config)
{
    if (config.architecture().empty())
        return failure(ErrorCode::ConfigIncomplete, {"architectures", "the engine"});
    DecoderSpec spec;
    spec.layout = layoutOf(config);
    if (!spec.layout) {
        return failure(ErrorCode::ArchitectureUnsupported,
                       {config.architecture(), "the architecture " + config.architecture()});
    }
    Resolver resolve(config);
    resolveSizes(config, spec, resolve);
    if (!resolve.failed())
        resolveDetails(config, spec, resolve);
    if (!resolve.failed())
        resolveRope(config, spec, resolve);
    if (!resolve.failed())
        resolveWindows(config, spec, resolve);
    if (resolve.failed())
        return tl::unexpected(resolve.error());
    return spec;
}

} // namespace assay
