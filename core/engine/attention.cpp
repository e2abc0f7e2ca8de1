// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/attention.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::engine {
namespace {

// Queries at a time, so that the scores of a long prompt never exist all at once.
constexpr int64_t kBlock = 256;

/// What a run of queries must not see: bool [tokens, count]; undefined when it sees everything.
at::Tensor hidden(int64_t tokens, int64_t count, int64_t offset, int64_t window, at::Device device)
{
    const bool seesPast = window <= 0 || offset + tokens <= window;
    if (tokens == 1 && offset == count - 1 && seesPast)
        return {};
    const auto options = at::TensorOptions(at::kLong).device(device);
    const at::Tensor query = at::arange(offset, offset + tokens, options).unsqueeze(1);
    const at::Tensor key = at::arange(count, options);
    at::Tensor mask = key > query;
    if (window > 0)
        mask = mask.logical_or(key <= query - window);
    return mask;
}

at::Tensor block(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values, int64_t offset,
                 int64_t window)
{
    const int64_t batch = queries.size(0), tokens = queries.size(1), heads = queries.size(2),
                  dim = queries.size(3);
    const int64_t kvHeads = keys.size(1), group = heads / kvHeads, count = keys.size(2);
    // [batch, kvHeads, group * tokens, headDim]
    const at::Tensor grouped = (queries / std::sqrt(double(dim)))
                                   .view({batch, tokens, kvHeads, group, dim})
                                   .permute({0, 2, 3, 1, 4})
                                   .reshape({batch, kvHeads, group * tokens, dim});
    at::Tensor scores = at::matmul(grouped, keys.transpose(2, 3));
    if (const at::Tensor mask = hidden(tokens, count, offset, window, queries.device()); mask.defined()) {
        scores = scores.view({batch, kvHeads, group, tokens, count})
                     .masked_fill(mask, -std::numeric_limits<float>::infinity())
                     .view({batch, kvHeads, group * tokens, count});
    }
    const at::Tensor weights = at::softmax(scores, -1, at::kFloat).to(values.scalar_type());
    return at::matmul(weights, values)
        .view({batch, kvHeads, group, tokens, dim})
        .permute({0, 3, 1, 2, 4})
        .reshape({batch, tokens, heads, dim});
}

} // namespace

at::Tensor causalAttention(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values,
                           int64_t offset, int64_t window)
{
    const int64_t tokens = queries.size(1);
    if (tokens <= kBlock)
        return block(queries, keys, values, offset, window);
    std::vector<at::Tensor> out;
    for (int64_t at = 0; at < tokens; at += kBlock) {
        const int64_t length = std::min(kBlock, tokens - at);
        const int64_t last = offset + at + length;
        const int64_t first = window > 0 ? std::max<int64_t>(0, offset + at - window + 1) : 0;
        out.push_back(block(queries.narrow(1, at, length), keys.narrow(2, first, last - first),
                            values.narrow(2, first, last - first), offset + at - first, window));
    }
    return at::cat(out, 1);
}

} // namespace assay::engine
