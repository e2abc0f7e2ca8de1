// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/attention.h"

#include "core/engine/fusedattention.h"
#include "core/engine/kernels/attention.h"
#include "core/engine/linear.h"

#include <cmath>
#include <limits>

namespace assay::engine {
namespace {

// Queries at a time, so that the scores of a long prompt never exist all at once.
constexpr int64_t kBlock = 256;
constexpr float kNever = -std::numeric_limits<float>::infinity();

} // namespace

at::Tensor hiddenKeys(int64_t tokens, int64_t count, int64_t offset, const AttentionRule &rule, at::Device device)
{
    at::Tensor hidden;
    const bool seesPast = rule.window <= 0 || offset + tokens <= rule.window;
    const bool seesAll = !rule.causal || (tokens == 1 && offset == count - 1);
    if (!seesAll || !seesPast) {
        const auto options = at::TensorOptions(at::kLong).device(device);
        const at::Tensor query = at::arange(offset, offset + tokens, options).unsqueeze(1), key = at::arange(count, options);
        if (rule.causal)
            hidden = key > query;
        if (rule.window > 0)
            hidden = hidden.defined() ? hidden.logical_or(key <= query - rule.window) : (query - key).abs() >= rule.window;
    }
    if (!rule.mask.defined())
        return hidden;
    const at::Tensor padding = rule.mask.logical_not().view({-1, 1, 1, 1, count});
    return hidden.defined() ? padding.logical_or(hidden) : padding;
}

namespace {

at::Tensor slopedDistance(const AttentionRule &rule, int64_t kvHeads, int64_t tokens, int64_t count, int64_t offset)
{
    const at::Tensor &slopes = rule.slopes;
    const auto options = at::TensorOptions(at::kFloat).device(slopes.device());
    const at::Tensor query = rule.place.defined() ? rule.place.to(at::kFloat) : at::arange(offset, offset + tokens, options);
    const at::Tensor distance = at::arange(count, options) - query.unsqueeze(1);
    return slopes.view({kvHeads, -1, 1, 1}) * distance;
}

/// Softmax over the keys in f32. A row of which nothing is seen becomes zeros.
at::Tensor weigh(const at::Tensor &scores, const at::Tensor &hidden, const AttentionRule &rule, int64_t kvHeads, int64_t group)
{
    if (!rule.sinks.defined()) {
        const at::Tensor weights = at::softmax(scores, -1);
        // Only padding can hide all keys of a query; its softmax is NaN.
        return rule.mask.defined() ? weights.masked_fill(hidden, 0) : weights;
    }
    const at::Tensor sinks = rule.sinks.to(at::kFloat).view({1, kvHeads, group, 1, 1}).expand({scores.size(0), kvHeads, group, scores.size(3), 1});
    return at::softmax(at::cat({scores, sinks}, -1), -1).narrow(-1, 0, scores.size(-1));
}

at::Tensor block(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values, int64_t offset, const AttentionRule &rule)
{
    const int64_t batch = queries.size(0), tokens = queries.size(1), heads = queries.size(2), dim = queries.size(3);
    const int64_t kvHeads = keys.size(1), group = heads / kvHeads, count = keys.size(2), valueDim = values.size(3);
    const at::ScalarType wide = keys.scalar_type() == at::kBFloat16 && ownKernels(keys.device()) ? at::kFloat : keys.scalar_type();
    // [batch, kvHeads, group * tokens, dim]
    const at::Tensor grouped = (queries.to(at::kFloat) * rule.scale)
                                   .view({batch, tokens, kvHeads, group, dim})
                                   .permute({0, 2, 3, 1, 4})
                                   .reshape({batch, kvHeads, group * tokens, dim})
                                   .to(wide);
    at::Tensor scores = at::matmul(grouped, keys.to(wide).transpose(2, 3)).to(at::kFloat).view({batch, kvHeads, group, tokens, count});
    if (rule.softCap > 0)
        scores = (scores / rule.softCap).tanh() * rule.softCap;
    if (rule.slopes.defined())
        scores = scores + slopedDistance(rule, kvHeads, tokens, count, offset);
    const at::Tensor hidden = hiddenKeys(tokens, count, offset, rule, queries.device());
    if (hidden.defined())
        scores = scores.masked_fill(hidden, kNever);
    const at::Tensor weights = weigh(scores, hidden, rule, kvHeads, group).to(wide).view({batch, kvHeads, group * tokens, count});
    return at::matmul(weights, values.to(wide))
        .view({batch, kvHeads, group, tokens, valueDim})
        .permute({0, 3, 1, 2, 4})
        .reshape({batch, tokens, heads, valueDim})
        .to(queries.scalar_type());
}

/// Whether the engine's own loops can do it: on the CPU, without gradients and padding, a head's numbers in a row.
bool suitsKernel(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values, const AttentionRule &rule)
{
    return ownKernels(keys.device()) && !at::GradMode::is_enabled() && !rule.mask.defined() && queries.scalar_type() == at::kFloat
           && storedAs(keys.scalar_type()) && keys.scalar_type() == values.scalar_type() && keys.stride(3) == 1 && values.stride(3) == 1;
}

at::Tensor byKernel(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values, int64_t offset, const AttentionRule &rule)
{
    const int64_t batch = queries.size(0), tokens = queries.size(1), heads = queries.size(2), dim = queries.size(3);
    const at::Tensor rows = queries.contiguous();
    const auto floats = [](const at::Tensor &x) { return x.defined() ? x.to(at::kFloat).contiguous() : at::Tensor(); };
    const at::Tensor slopes = floats(rule.slopes), sinks = floats(rule.sinks);
    at::Tensor result = at::empty({batch, tokens, heads, values.size(3)}, rows.options());
    const kernels::AttentionRule plain{heads, keys.size(1), dim, values.size(3), float(rule.scale), float(rule.softCap), rule.window,
                                       rule.causal, slopes.defined() ? slopes.data_ptr<float>() : nullptr,
                                       sinks.defined() ? sinks.data_ptr<float>() : nullptr};
    const int64_t width = keys.element_size();
    for (int64_t row = 0; row < batch; ++row) {
        const at::Tensor k = keys.select(0, row), v = values.select(0, row);
        const kernels::KeyValues cache{*storedAs(keys.scalar_type()), static_cast<const std::byte *>(k.data_ptr()),
                                       static_cast<const std::byte *>(v.data_ptr()), k.size(1), k.stride(1) * width, v.stride(1) * width,
                                       k.stride(0) * width, v.stride(0) * width, 0};
        kernels::attention(plain, cache, {rows.select(0, row).data_ptr<float>(), tokens, heads * dim, offset},
                           result.select(0, row).data_ptr<float>(), threadPool());
    }
    return result;
}

AttentionRule fromKey(AttentionRule rule, int64_t first, int64_t count)
{
    if (rule.mask.defined())
        rule.mask = rule.mask.narrow(1, first, count);
    return rule;
}

} // namespace

at::Tensor attend(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values, int64_t offset, const AttentionRule &rule)
{
    const int64_t tokens = queries.size(1);
    if (suitsKernel(queries, keys, values, rule))
        return byKernel(queries, keys, values, offset, rule);
    if (!ownKernels(queries.device())) {
        if (const at::Tensor fused = fusedAttention(queries, keys, values, offset, rule); fused.defined())
            return fused;
    }
    if (tokens <= kBlock || !rule.causal)
        return block(queries, keys, values, offset, rule);
    std::vector<at::Tensor> out;
    for (int64_t at = 0; at < tokens; at += kBlock) {
        const int64_t length = std::min(kBlock, tokens - at), last = offset + at + length;
        const int64_t first = rule.window > 0 ? std::max<int64_t>(0, offset + at - rule.window + 1) : 0;
        out.push_back(block(queries.narrow(1, at, length), keys.narrow(2, first, last - first), values.narrow(2, first, last - first),
                            offset + at - first, fromKey(rule, first, last - first)));
    }
    return at::cat(out, 1);
}

at::Tensor alibiSlopes(int64_t heads)
{
    const int64_t power = int64_t(std::exp2(std::floor(std::log2(double(heads)))));
    std::vector<float> slopes;
    for (int64_t head = 0; head < heads; ++head) {
        // Beyond the power of two: every other slope of twice as many heads.
        const double exponent = head < power ? -8.0 * double(head + 1) / double(power) : -4.0 * double(2 * (head - power) + 1) / double(power);
        slopes.push_back(float(std::exp2(exponent)));
    }
    return at::tensor(slopes, at::TensorOptions(at::kFloat));
}

} // namespace assay::engine
