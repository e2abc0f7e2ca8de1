// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/configreader.h"

#include "core/base/units.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace assay {
namespace {

struct FieldKey
{
    std::string_view field, key;
};

/// Fields that GGUF keeps under other names, after "{architecture}." but those of the tokenizer (llama.cpp's key list).
constexpr FieldKey kGgufKeys[] = {
    {"final_logit_softcapping", "final_logit_softcapping"},
    {"attn_logit_softcapping", "attn_logit_softcapping"},
    {"logit_scale", "logit_scale"},
    {"clip_qkv", "attention.clamp_kqv"},
    {"scoring_func", "expert_gating_func"},
    {"n_group", "expert_group_count"},
    {"topk_group", "expert_group_used_count"},
    {"routed_scaling_factor", "expert_weights_scale"},
    {"norm_topk_prob", "expert_weights_norm"},
    {"shared_expert_intermediate_size", "expert_shared_feed_forward_length"},
    {"use_parallel_residual", "use_parallel_residual"},
    {"embedding_multiplier", "embedding_scale"},
    {"residual_multiplier", "residual_scale"},
    {"attention_multiplier", "attention.scale"},
    {"logits_scaling", "logit_scale"},
    {"type_vocab_size", "tokenizer.ggml.token_type_count"},
};

/// Of the fields that ModelConfig carries, those that change what is computed.
constexpr const char *kWholeNumbers[] = {
    "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "head_dim", "vocab_size", "max_position_embeddings",
    "sliding_window", "num_experts", "num_local_experts", "n_routed_experts", "num_experts_per_tok", "n_shared_experts",
    "first_k_dense_replace", "moe_layer_freq", "decoder_sparse_step", "moe_intermediate_size", "shared_expert_intermediate_size",
    "q_lora_rank", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim",
};
constexpr const char *kNumbers[] = {"rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon", "rope_theta", "rope_local_base_freq", "partial_rotary_factor"};
constexpr const char *kTexts[] = {"hidden_act", "hidden_activation", "activation_function"};
constexpr const char *kFlags[] = {"tie_word_embeddings", "attention_bias", "mlp_bias", "use_sliding_window"};

/// A number, or one that is written as text.
std::optional<double> numberOf(const nlohmann::json &value)
{
    const nlohmann::json number = value.is_string() ? nlohmann::json::parse(value.get<std::string>(), nullptr, false) : value;
    return number.is_number() ? std::optional(number.get<double>()) : std::nullopt;
}

/// A value as a sentence can hold it.
std::string shown(const nlohmann::json &value)
{
    const std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return text.size() <= 60 ? text : text.substr(0, 60) + "...";
}

struct ActivationName
{
    std::string_view name;
    Activation activation;
};

/// As transformers' ACT2FN names them.
constexpr ActivationName kActivations[] = {
    {"silu", Activation::Silu},
    {"swish", Activation::Silu},
    {"gelu", Activation::Gelu},
    {"gelu_new", Activation::GeluTanh},
    {"gelu_fast", Activation::GeluTanh},
    {"gelu_pytorch_tanh", Activation::GeluTanh},
    {"quick_gelu", Activation::QuickGelu},
    {"relu", Activation::Relu},
    {"relu2", Activation::Relu2},
};

} // namespace

ConfigReader::ConfigReader(const ModelConfig &config) : m_config(config), m_raw(nlohmann::json::parse(config.text, nullptr, false))
{
    if (!gguf()) {
        checkTypes();
        checkRopeFields();
    }
}

/// Numbers that ModelConfig took over: what is written but no number was passed over there.
void ConfigReader::checkTypes()
{
    const auto refuseUnless = [this](std::span<const char *const> fields, bool (*fits)(const nlohmann::json &)) {
        for (const char *field : fields) {
            if (const nlohmann::json *value = raw(field); value && !fits(*value))
                outOfRange(field, shown(*value));
        }
    };
    refuseUnless(kWholeNumbers, [](const nlohmann::json &value) {
        const auto number = numberOf(value);
        return number && std::floor(*number) == *number && std::abs(*number) < 0x1p63; // beyond it the parser made nothing of it
    });
    refuseUnless(kNumbers, [](const nlohmann::json &value) { return numberOf(value).has_value(); });
    refuseUnless(kTexts, [](const nlohmann::json &value) { return value.is_string(); });
    refuseUnless(kFlags, [](const nlohmann::json &value) { return value.is_boolean(); });
    constexpr const char *kExperts[] = {"num_experts", "num_local_experts", "n_routed_experts"}; // 0: none
    refuseUnless(kExperts, [](const nlohmann::json &value) { return numberOf(value).value_or(-1) >= 0; });
    constexpr const char *kHeads[] = {"num_key_value_heads"}; // may be one for each layer
    refuseUnless(kHeads, [](const nlohmann::json &value) { return value.is_array() || numberOf(value).has_value(); });
}

void ConfigReader::checkRopeFields()
{
    for (const char *field : {"rope_scaling", "rope_parameters"}) {
        const nlohmann::json *value = raw(field);
        if (!value)
            continue;
        if (!value->is_object())
            return outOfRange(field, shown(*value));
        const auto type = [](const nlohmann::json &object) {
            const auto named = object.contains("rope_type") ? object.find("rope_type") : object.find("type");
            return named == object.end() ? std::string() : named->is_string() ? named->get<std::string>() : std::string("?");
        };
        if (type(*value) == "?" || (type(*value).empty() && value->contains("factor")))
            unsupported(field);
        // Layers with windows rotate by plain frequencies in all models there are.
        const auto local = value->find("sliding_attention");
        if (local != value->end() && local->is_object() && !type(*local).empty() && type(*local) != "default")
            unsupported(std::string(field) + " of sliding_attention");
    }
}

void ConfigReader::fail(tl::unexpected<Error> error)
{
    if (!m_error)
        m_error = std::move(error.value());
}

void ConfigReader::outOfRange(const char *field, const std::string &value)
{
    fail(failure(ErrorCode::ConfigOutOfRange, {field, value}));
}

void ConfigReader::unsupported(const std::string &part)
{
    fail(failure(ErrorCode::ArchitectureUnsupported, {m_config.architecture(), part}));
}

void ConfigReader::refuse(const char *flagField)
{
    if (flag(flagField, false))
        unsupported(flagField);
}

int64_t ConfigReader::required(const char *field, const std::optional<int64_t> &value, int64_t maximum)
{
    if (value)
        return checked(field, *value, maximum);
    fail(failure(ErrorCode::ConfigIncomplete, {field, m_config.architecture()}));
    return 1;
}

int64_t ConfigReader::checked(const char *field, int64_t value, int64_t maximum)
{
    if (value >= 1 && value <= maximum)
        return value;
    outOfRange(field, std::to_string(value));
    return 1;
}

double ConfigReader::within(const char *field, double value, double minimum, double maximum)
{
    if (value >= minimum && value <= maximum)
        return value;
    outOfRange(field, threeDigits(value));
    return minimum;
}

const nlohmann::json *ConfigReader::raw(const char *field) const
{
    const auto in = [](const nlohmann::json &object, const std::string &name) -> const nlohmann::json * {
        const auto found = object.is_object() ? object.find(name) : object.end();
        return !object.is_object() || found == object.end() || found->is_null() ? nullptr : &*found;
    };
    if (gguf()) {
        for (const FieldKey &key : kGgufKeys) {
            const std::string name(key.key);
            if (key.field == field)
                return in(m_raw, name.starts_with("tokenizer.") ? name : m_config.metadataName + "." + name);
        }
        return nullptr;
    }
    if (const nlohmann::json *inner = in(m_raw, "text_config")) {
        if (const nlohmann::json *value = in(*inner, field))
            return value;
    }
    return in(m_raw, field);
}

bool ConfigReader::isNull(const char *field) const
{
    const nlohmann::json &outer = m_raw.is_object() && m_raw.contains("text_config") ? m_raw["text_config"] : m_raw;
    return outer.is_object() && outer.contains(field) && outer[field].is_null();
}

int64_t ConfigReader::integer(const char *field, int64_t otherwise)
{
    const double value = number(field, double(otherwise));
    // Doubles above this are not whole numbers one by one.
    if (std::floor(value) == value && std::abs(value) < 9e15)
        return int64_t(value);
    outOfRange(field, threeDigits(value));
    return otherwise;
}

double ConfigReader::number(const char *field, double otherwise)
{
    const nlohmann::json *value = raw(field);
    if (!value)
        return otherwise;
    if (const auto number = numberOf(*value))
        return *number;
    outOfRange(field, shown(*value));
    return otherwise;
}

bool ConfigReader::flag(const char *field, bool otherwise)
{
    const nlohmann::json *value = raw(field);
    if (!value || value->is_boolean())
        return value ? value->get<bool>() : otherwise;
    outOfRange(field, shown(*value));
    return otherwise;
}

std::string ConfigReader::text(const char *field, const std::string &otherwise)
{
    const nlohmann::json *value = raw(field);
    if (!value || value->is_string())
        return value ? value->get<std::string>() : otherwise;
    outOfRange(field, shown(*value));
    return otherwise;
}

void ConfigReader::sizes(DecoderSpec &spec, int64_t defaultContext, bool defaultTied)
{
    spec.hidden = required("hidden_size", m_config.hiddenSize);
    spec.embeddingSize = spec.hidden;
    spec.vocabulary = required("vocab_size", m_config.vocabularySize, kVocabulary);
    spec.context = checked("max_position_embeddings", m_config.contextLength.value_or(defaultContext), kContext);
    spec.tied = m_config.tiedEmbeddings.value_or(defaultTied);
}

void ConfigReader::layers(DecoderSpec &spec, const LayerSpec &each)
{
    spec.layers.assign(size_t(required("num_hidden_layers", m_config.layers, kLayers)), each);
    spec.finalNorm = each.inputNorm;
}

AttentionSpec ConfigReader::heads(std::optional<int64_t> defaultHeadDim)
{
    AttentionSpec out;
    out.positions = Positions::None;
    out.heads = required("num_attention_heads", m_config.heads);
    out.kvHeads = checked("num_key_value_heads", m_config.kvHeadsOrDefault(), out.heads);
    if (failed())
        return out;
    if (!m_config.kvHeadsPerLayer.empty())
        unsupported("num_key_value_heads that differ between layers");
    const bool divided = !m_config.headDim && (gguf() || !defaultHeadDim);
    const int64_t headDim = divided ? m_config.headDimOrDefault() : m_config.headDim.value_or(defaultHeadDim.value_or(0));
    out.headDim = checked("head_dim", headDim, kWidth / out.heads);
    out.valueDim = out.headDim;
    if (out.heads % out.kvHeads != 0)
        outOfRange("num_key_value_heads", std::to_string(out.kvHeads));
    if (divided && m_config.hiddenSize.value_or(0) % out.heads != 0)
        outOfRange("num_attention_heads", std::to_string(out.heads));
    out.scale = 1 / std::sqrt(double(out.headDim));
    return out;
}

AttentionSpec ConfigReader::attention(double defaultRopeTheta, std::optional<int64_t> defaultHeadDim, double defaultPartial)
{
    AttentionSpec out = heads(defaultHeadDim);
    out.positions = Positions::Rotary;
    if (!failed())
        out.rope = rope(out.headDim, defaultRopeTheta, defaultPartial);
    return out;
}

RopeSpec ConfigReader::rope(int64_t headDim, double defaultTheta, double defaultPartial, void (*prepare)(RopeSpec &))
{
    RopeSpec out;
    // GGUF writes the number that is rotated where it is not the whole head; transformers cuts the product.
    const double partial = m_config.partialRotary.value_or(gguf() ? 1 : defaultPartial);
    const double rotated = double(headDim) * within("partial_rotary_factor", partial, 1e-3, 1);
    out.rotaryDim = gguf() ? std::llround(rotated) : int64_t(rotated);
    if (out.rotaryDim % 2 != 0 || out.rotaryDim == 0)
        outOfRange("head_dim", std::to_string(headDim));
    out.context = m_config.contextLength.value_or(0);
    out.theta = within("rope_theta", m_config.ropeTheta.value_or(defaultTheta), 1.0, 1e15);
    out.scaling = m_config.ropeScaling;
    if (prepare)
        prepare(out);
    if (out.scaling)
        checkScaling(out);
    return out;
}

void ConfigReader::checkScaling(RopeSpec &rope)
{
    RopeScaling &scaling = *rope.scaling;
    if (!ropeScalingSupported(scaling) || (scaling.type == kRopeDivisors && !gguf()))
        return unsupported("rope_scaling " + scaling.type);
    // llama.cpp multiplies YaRN's own factor by the file's, and leaves mscale out where it is mscale_all_dim.
    if (gguf() && scaling.type == "yarn") {
        if (scaling.attentionFactor)
            scaling.attentionFactor = *scaling.attentionFactor * yarnMagnitude(scaling.factor, 1);
        scaling.mscale = scaling.mscaleAllDim;
    }
    within("rope_scaling.factor", scaling.factor, 1.0, 1e6);
    checked("rope_scaling.original_max_position_embeddings", scaling.originalContext.value_or(std::max<int64_t>(rope.context, 1)), kContext);
    const double low = within("rope_scaling.low_freq_factor", scaling.lowFrequencyFactor.value_or(1), 1e-6, 1e6);
    const double high = within("rope_scaling.high_freq_factor", scaling.highFrequencyFactor.value_or(4), 1e-6, 1e6);
    if (scaling.type == "llama3" && high <= low)
        outOfRange("rope_scaling.high_freq_factor", threeDigits(high));
    within("rope_scaling.beta_fast", scaling.betaFast.value_or(32), 1e-6, 1e6);
    within("rope_scaling.beta_slow", scaling.betaSlow.value_or(1), 1e-6, 1e6);
    within("rope_scaling.attention_factor", scaling.attentionFactor.value_or(1), 1e-6, 1e6);
    within("rope_scaling.mscale", scaling.mscale.value_or(0), 0, 1e3);
    within("rope_scaling.mscale_all_dim", scaling.mscaleAllDim.value_or(0), 0, 1e3);
    if (scaling.type != "longrope" || gguf()) // whose file holds the factors as tensors
        return;
    for (const auto &[field, factors] : {std::pair{"rope_scaling.long_factor", &scaling.longFactor}, {"rope_scaling.short_factor", &scaling.shortFactor}}) {
        if (int64_t(factors->size()) != rope.rotaryDim / 2)
            outOfRange(field, std::to_string(factors->size()));
        for (const double factor : *factors)
            within(field, factor, 1e-6, 1e6);
    }
}

Activation ConfigReader::activation(const std::string &name)
{
    for (const ActivationName &each : kActivations) {
        if (each.name == name)
            return each.activation;
    }
    unsupported("the activation " + name);
    return Activation::Silu;
}

FeedForwardSpec ConfigReader::feedForward(const char *defaultActivation, bool gated, std::optional<int64_t> defaultIntermediate)
{
    FeedForwardSpec out;
    out.gated = gated;
    out.intermediate = required("intermediate_size", m_config.intermediateSize ? m_config.intermediateSize : defaultIntermediate);
    out.activation = activation(m_config.activation.empty() ? defaultActivation : m_config.activation);
    return out;
}

NormSpec ConfigReader::norm(NormKind kind, double defaultEpsilon, bool bias)
{
    // GGUF's converter adds Gemma's 1 to the weights.
    const NormKind stored = kind == NormKind::RmsPlusOne && gguf() ? NormKind::Rms : kind;
    return {stored, within("norm epsilon", m_config.normEpsilon.value_or(defaultEpsilon), 0.0, 1.0), bias};
}

int64_t ConfigReader::window(std::optional<int64_t> otherwise)
{
    // 0 and null switch it off.
    const bool none = raw("sliding_window") || isNull("sliding_window") || gguf();
    const std::optional<int64_t> declared = m_config.slidingWindow ? m_config.slidingWindow : none ? std::nullopt : otherwise;
    return declared ? checked("sliding_window", *declared, kContext) : 0;
}

bool ConfigReader::slides(size_t layer, int64_t pattern) const
{
    if (layer < m_config.layerTypes.size())
        return m_config.layerTypes[layer] == "sliding_attention";
    return (int64_t(layer) + 1) % std::max<int64_t>(pattern, 1) != 0;
}

void ConfigReader::windows(DecoderSpec &spec, int64_t window, int64_t defaultPattern)
{
    for (const std::string &type : m_config.layerTypes) {
        if (type != "sliding_attention" && type != "full_attention")
            return unsupported("the layer type " + type);
    }
    if (!m_config.layerTypes.empty() && m_config.layerTypes.size() != spec.layers.size())
        return outOfRange("layer_types", std::to_string(m_config.layerTypes.size()));
    const int64_t pattern = checked("sliding_window_pattern", m_config.slidingWindowPattern.value_or(defaultPattern), kLayers);
    for (size_t i = 0; i < spec.layers.size(); ++i)
        spec.layers[i].attention.window = slides(i, pattern) ? window : 0;
}

} // namespace assay
