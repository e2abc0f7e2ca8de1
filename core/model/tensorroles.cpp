// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/tensorroles.h"

#include "core/model/architectures.h"

#include <algorithm>

namespace assay {
namespace {

// Endings of what quantisation stores beside the weights (inspectors.md 4f).
constexpr std::string_view kScaleEndings[] = {
    ".weight_scale_inv", ".weight_scale",  ".weight_scale_2",        ".input_scale",      ".weight_global_scale",
    ".input_global_scale", ".weight_zero_point", ".weight_g_idx",    ".weight_shape",     ".input_zero_point",
    ".qzeros",           ".g_idx",         ".absmax",                ".quant_map",        ".nested_absmax",
    ".nested_quant_map", ".SCB",           ".weight_format",         ".k_scale",          ".v_scale",
    "bitsandbytes__nf4", "bitsandbytes__fp4"};
// Endings that are scales only where the config says that weights are quantised.
constexpr std::string_view kScaleEndingsWhenQuantized[] = {".scales", ".biases", "_scales", ".scale"};

constexpr std::string_view kBufferEndings[] = {".masked_bias", ".inv_freq",     ".position_ids", ".token_type_ids",
                                               ".rope_freqs",  ".causal_mask",  ".cos_cached",   ".sin_cached",
                                               ".num_batches_tracked", ".running_mean", ".running_var",
                                               ".relative_position_index", ".relative_coords_table", ".attn_mask",
                                               "rope_freqs.weight", "rope_factors_long.weight",
                                               "rope_factors_short.weight", "attn_rot_embd.weight"};

constexpr std::string_view kTokenEmbeddings[] = {"embed_tokens.weight", "wte.weight", "embed_in.weight",
                                                 "word_embeddings.weight", "tok_embeddings.weight", "shared.weight"};
constexpr std::string_view kPositionEmbeddings[] = {"wpe.weight", "embed_positions.weight",
                                                    "position_embeddings.weight", "token_type_embeddings.weight"};

/// How many parameters one stored element of a packed tensor holds.
struct Packing
{
    std::string_view ending;
    Dtype dtype;
    const char *method; ///< the quantisation method this needs; empty for any
    int bits;           ///< of a parameter when the config does not say
    bool configured;    ///< whether the config may say otherwise
};
constexpr Packing kPackings[] = {
    {".qweight", Dtype::I32, "", 4, true},
    {".weight_packed", Dtype::I32, "", 4, true},
    {".weight_packed", Dtype::U8, "", 4, false},
    {"_blocks", Dtype::U8, "", 4, false},
    {".weight", Dtype::U8, "bitsandbytes", 4, false},
    {".weight", Dtype::U32, "mlx", 4, true},
};

template <size_t N>
bool endsWithOne(const LeafGroup &group, const std::string_view (&endings)[N])
{
    return std::any_of(std::begin(endings), std::end(endings),
                       [&](std::string_view ending) { return group.endsWith(ending); });
}

TensorRole roleOf(const LeafGroup &group, const ModelConfig &config)
{
    const bool quantized = !config.quantizationMethod.empty();
    if (group.storedAgain)
        return TensorRole::Buffer;
    if (group.tensor->dtype == Dtype::F8E8M0 || endsWithOne(group, kScaleEndings)
        || (quantized && endsWithOne(group, kScaleEndingsWhenQuantized)))
        return TensorRole::Scale;
    if (isStoredMask(group.pattern, group.tensor->shape) || endsWithOne(group, kBufferEndings))
        return TensorRole::Buffer;
    return TensorRole::Weight;
}

uint64_t parametersOf(const LeafGroup &group, const ModelConfig &config)
{
    const uint64_t elements = group.tensor->elements;
    if (config.expertDtype == "fp4" && group.tensor->dtype == Dtype::I8 && group.hasPart("experts"))
        return elements * 2;
    for (const Packing &packing : kPackings) {
        const std::string_view method = packing.method;
        if (!group.endsWith(packing.ending) || group.tensor->dtype != packing.dtype
            || (!method.empty() && method != config.quantizationMethod))
            continue;
        const int64_t declared = packing.configured ? config.quantizationBits.value_or(packing.bits) : packing.bits;
        const uint64_t bits = uint64_t(std::clamp<int64_t>(declared, 1, 32));
        return elements * uint64_t(dtypeBits(packing.dtype)) / bits;
    }
    // GGUF's shapes count weights whatever the type is; elsewhere several may be packed into an element.
    return group.tensor->dtype == Dtype::Unknown && group.written.empty() ? 0 : elements;
}

/// One of these is the whole name, apart from what stands before its last two parts.
template <size_t N>
bool isNamed(std::string_view name, const std::string_view (&endings)[N])
{
    return std::any_of(std::begin(endings), std::end(endings), [&](std::string_view ending) {
        return name.ends_with(ending)
               && (name.size() == ending.size() || name[name.size() - ending.size() - 1] == '.');
    });
}

TensorPurpose purposeOf(const LeafGroup &group, std::string_view headName)
{
    if (group.hasPart("experts"))
        return TensorPurpose::RoutedExpert;
    if (group.firstLayer >= 0)
        return TensorPurpose::Other;
    if (isNamed(group.pattern, kTokenEmbeddings))
        return TensorPurpose::TokenEmbedding;
    if (isNamed(group.pattern, kPositionEmbeddings))
        return TensorPurpose::PositionEmbedding;
    const std::string_view name = withoutBasePrefix(group.pattern);
    const bool head = !headName.empty() && (name == headName || group.pattern == headName);
    return head || name == "lm_head.weight" ? TensorPurpose::Head : TensorPurpose::Other;
}

} // namespace

bool isStoredMask(std::string_view name, const Shape &shape)
{
    return name.ends_with(".bias") && shape.size() == 4 && shape[0] == 1 && shape[1] == 1 && shape[2] == shape[3];
}

TensorKind kindOf(const LeafGroup &group, const ModelConfig &config, std::string_view headName)
{
    TensorKind kind;
    kind.role = roleOf(group, config);
    if (kind.role != TensorRole::Weight)
        return kind;
    kind.purpose = purposeOf(group, headName);
    kind.nextToken = group.hasPart("mtp") || group.hasPart("mtp_layers");
    kind.parametersEach = parametersOf(group, config);
    return kind;
}

} // namespace assay
