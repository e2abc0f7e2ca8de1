// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/configfields.h"

#include <algorithm>

namespace assay {
namespace {

using Names = ConfigFields::Names;

/// Product of sizes; nothing when one is missing, not positive or the product does not fit.
std::optional<uint64_t> product(std::initializer_list<std::optional<int64_t>> sizes)
{
    uint64_t out = 1;
    for (const auto &size : sizes) {
        if (!size || *size <= 0 || __builtin_mul_overflow(out, uint64_t(*size), &out) || out > (uint64_t(1) << 50))
            return std::nullopt;
    }
    return out;
}

std::optional<uint64_t> sum(std::optional<uint64_t> a, std::optional<uint64_t> b)
{
    return a && b ? std::optional(*a + *b) : std::nullopt;
}

/// Gated delta rule (Qwen3-Next): one matrix a value head, and the last inputs of the convolution.
std::optional<uint64_t> deltaState(const ConfigFields &fields)
{
    const auto keyHeads = fields.integer({"linear_num_key_heads"}), keyWidth = fields.integer({"linear_key_head_dim"});
    const auto heads = fields.integer({"linear_num_value_heads"}), width = fields.integer({"linear_value_head_dim"});
    const auto steps = fields.integer({"linear_conv_kernel_dim"});
    const auto keys = product({keyHeads, keyWidth, 2, steps}), values = product({heads, width, steps});
    return sum(sum(keys, values), product({heads, keyWidth, width}));
}

/// Mamba 2: one matrix a head; the convolution sees the inner width and two states a group.
std::optional<uint64_t> secondMambaState(const ConfigFields &fields)
{
    const auto heads = fields.integer({"mamba_n_heads", "mamba_num_heads"});
    const bool own = fields.text({"model_type"}) == "mamba2";
    const auto count = heads ? heads : own ? fields.integer({"num_heads"}) : std::nullopt;
    auto width = fields.integer({"mamba_d_head", "mamba_head_dim"});
    if (!width && own)
        width = fields.integer({"head_dim"});
    const auto state = fields.integer({"mamba_d_state", "ssm_state_size", "state_size"});
    const auto groups = fields.integer({"mamba_n_groups", "n_groups"});
    const auto steps = fields.integer({"mamba_d_conv", "conv_kernel"});
    const auto convolution = sum(product({count, width, steps}), product({2, groups, state, steps}));
    return sum(convolution, product({count, width, state}));
}

/// Mamba: a state and the last inputs of the convolution for each inner channel.
std::optional<uint64_t> firstMambaState(const ConfigFields &fields)
{
    const auto state = fields.integer({"mamba_d_state", "state_size"});
    const auto steps = fields.integer({"mamba_d_conv", "conv_kernel"});
    const auto hidden = fields.integer({"hidden_size", "d_model"});
    const auto expand = fields.integer({"mamba_expand", "expand"});
    return sum(product({hidden, expand, state}), product({hidden, expand, steps}));
}

} // namespace

void readLayerKinds(const ConfigFields &fields, ModelConfig &config)
{
    // A window that is declared but switched off does not exist (Qwen2).
    if (fields.boolean({"use_sliding_window"}).value_or(true))
        config.slidingWindow = fields.integer({"sliding_window", "attention_window_size"});
    // 0 switches it off; a negative one is kept for those who must refuse it.
    if (config.slidingWindow == std::optional<int64_t>(0))
        config.slidingWindow.reset();
    config.slidingWindowPattern = fields.integer({"sliding_window_pattern", "_sliding_window_pattern"});
    config.layerTypes = fields.texts({"layer_types"});
    LayerPattern &pattern = config.layerPattern;
    pattern.blocks = fields.texts({"layers_block_type", "block_types", "_block_types"});
    pattern.letters = fields.text({"hybrid_override_pattern"});
    pattern.maxWindowLayers = fields.integer({"max_window_layers"});
    pattern.chunk = fields.integer({"attention_chunk_size"});
    pattern.chunkedLayers = fields.integers({"no_rope_layers"});
    pattern.fullInterval = fields.integer({"full_attention_interval"});
    pattern.attentionPeriod = fields.integer({"attn_layer_period"});
    pattern.attentionOffset = fields.integer({"attn_layer_offset"});
    for (const auto &state : {deltaState(fields), secondMambaState(fields), firstMambaState(fields),
                              product({fields.integer({"conv_L_cache"}), fields.integer({"hidden_size"})})}) {
        if (state && !pattern.stateElements)
            pattern.stateElements = state;
    }
}

} // namespace assay
