// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/fusedattention.h"

#include <limits>

// The scale came with 2.1, heads that share keys with 2.5.
#define ASSAY_TORCH_AT_LEAST(major, minor) \
    (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

namespace assay::engine {

#if ASSAY_TORCH_AT_LEAST(2, 1)

namespace {

/// From the first key on, each query up to its own: the form that needs no mask, and which flash attention takes.
at::Tensor causal(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values, double scale)
{
    const at::Tensor rows = queries.transpose(1, 2).to(keys.scalar_type());
    const int64_t group = rows.size(1) / keys.size(1);
#if ASSAY_TORCH_AT_LEAST(2, 5)
    const at::Tensor out = at::scaled_dot_product_attention(rows, keys, values, {}, 0.0, true, scale, group > 1);
#else
    const auto each = [group](const at::Tensor &x) { return group > 1 ? x.repeat_interleave(group, 1) : x; };
    const at::Tensor out = at::scaled_dot_product_attention(rows, each(keys), each(values), {}, 0.0, true, scale);
#endif
    return out.transpose(1, 2);
}

/// What is added to the scores [1, 1, 1 or group * tokens, count]; nothing where all is seen.
std::optional<at::Tensor> additions(int64_t tokens, int64_t count, int64_t group, int64_t offset, const AttentionRule &rule, const at::TensorOptions &type)
{
    if (rule.added.defined())
        return rule.added.view({1, 1, 1, count});
    const at::Tensor hidden = hiddenKeys(tokens, count, offset, rule, type.device());
    if (!hidden.defined())
        return std::nullopt;
    const at::Tensor added = at::zeros({tokens, count}, type).masked_fill(hidden, -std::numeric_limits<double>::infinity());
    return added.unsqueeze(0).expand({group, tokens, count}).reshape({1, 1, group * tokens, count});
}

/// The queries that share a key head as rows of one: it is read once for them.
at::Tensor grouped(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values, int64_t offset, const AttentionRule &rule)
{
    const int64_t batch = queries.size(0), tokens = queries.size(1), heads = queries.size(2), dim = queries.size(3);
    const int64_t kvHeads = keys.size(1), group = heads / kvHeads;
    const at::Tensor rows = queries.to(keys.scalar_type())
                                .reshape({batch, tokens, kvHeads, group, dim})
                                .permute({0, 2, 3, 1, 4})
                                .reshape({batch, kvHeads, group * tokens, dim});
    const std::optional<at::Tensor> added = additions(tokens, keys.size(2), group, offset, rule, keys.options());
    return at::scaled_dot_product_attention(rows, keys, values, added, 0.0, false, rule.scale)
        .view({batch, kvHeads, group, tokens, values.size(3)})
        .permute({0, 3, 1, 2, 4})
        .reshape({batch, tokens, heads, values.size(3)});
}

} // namespace

at::Tensor fusedAttention(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values, int64_t offset,
                          const AttentionRule &rule)
{
    const bool padded = rule.mask.defined() && !rule.place.defined();
    if (at::GradMode::is_enabled() || rule.softCap > 0 || rule.sinks.defined() || rule.slopes.defined() || padded)
        return {};
    const int64_t tokens = queries.size(1), count = keys.size(2);
    const bool unlimited = rule.window <= 0 || tokens <= rule.window;
    if (rule.causal && tokens > 1 && offset == 0 && tokens == count && unlimited)
        return causal(queries, keys, values, rule.scale).to(queries.scalar_type());
    return grouped(queries, keys, values, offset, rule).to(queries.scalar_type());
}

#else

at::Tensor fusedAttention(const at::Tensor &, const at::Tensor &, const at::Tensor &, int64_t, const AttentionRule &)
{
    return {};
}

#endif

} // namespace assay::engine
