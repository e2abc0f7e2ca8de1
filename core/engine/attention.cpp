// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/attention.h"

#include "core/engine/rowdot.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::engine {
namespace {

// Queries at a time, so that the scores of a long prompt never exist all at once.
constexpr int64_t kBlock = 256;
// Numbers that one thread should at least have to read, so that starting it pays.
constexpr int64_t kGrainElements = 32 * 1024;

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

/// In place: the softmax of `count` scores.
void softmax(float *scores, int64_t count)
{
    const float largest = *std::max_element(scores, scores + count);
    float sum = 0;
    for (int64_t i = 0; i < count; ++i)
        sum += scores[i] = std::exp(scores[i] - largest);
    for (int64_t i = 0; i < count; ++i)
        scores[i] /= sum;
}

/// One key head and the queries of its group [group, dim], scaled: the mixed values [group, dim].
template <class Element>
void mixOne(const Element *keys, const Element *values, const float *queries, float *mixed, int64_t group,
            int64_t count, int64_t dim)
{
    std::vector<float> scores(size_t(group * count));
    for (int64_t first = 0; first < group; first += kRowDotVectors) {
        const int64_t some = std::min(kRowDotVectors, group - first);
        rowDot(keys, {queries + first * dim, scores.data() + first * count, some, dim, count}, 0, count);
    }
    for (int64_t query = 0; query < group; ++query)
        softmax(scores.data() + query * count, count);
    rowSum(values, {scores.data(), mixed, group, dim, count});
}

bool suitsOneToken(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values)
{
    const at::ScalarType type = keys.scalar_type();
    const auto rowsFollow = [](const at::Tensor &x) { return x.stride(3) == 1 && x.stride(2) == x.size(3); };
    return queries.size(1) == 1 && keys.is_cpu() && (type == at::kFloat || type == at::kBFloat16) &&
           rowsFollow(keys) && rowsFollow(values) && !at::GradMode::is_enabled();
}

/// Decoding on the CPU: one query a head sees all keys. The general way would start several parallel
/// operators for work that is smaller than starting them.
at::Tensor oneToken(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values)
{
    const int64_t batch = queries.size(0), heads = queries.size(2), dim = queries.size(3);
    const int64_t kvHeads = keys.size(1), group = heads / kvHeads, count = keys.size(2);
    const at::Tensor scaled = (queries.to(at::kFloat) / std::sqrt(double(dim))).contiguous();
    at::Tensor mixed = at::zeros({batch, 1, heads, dim}, scaled.options());
    const auto work = [&]<class Element>(const Element *allKeys, const Element *allValues) {
        const int64_t grain = std::max<int64_t>(1, kGrainElements / (2 * count * dim));
        at::parallel_for(0, batch * kvHeads, grain, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i) {
                const int64_t at = i * group * dim, row = i / kvHeads, head = i % kvHeads;
                mixOne(allKeys + row * keys.stride(0) + head * keys.stride(1),
                       allValues + row * values.stride(0) + head * values.stride(1),
                       scaled.data_ptr<float>() + at, mixed.data_ptr<float>() + at, group, count, dim);
            }
        });
    };
    if (keys.scalar_type() == at::kFloat)
        work(static_cast<const float *>(keys.data_ptr()), static_cast<const float *>(values.data_ptr()));
    else
        work(static_cast<const BFloat16Bits *>(keys.data_ptr()),
             static_cast<const BFloat16Bits *>(values.data_ptr()));
    return mixed.to(queries.scalar_type());
}

} // namespace

at::Tensor causalAttention(const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &values,
                           int64_t offset, int64_t window)
{
    const int64_t tokens = queries.size(1);
    const bool seesAll = offset == keys.size(2) - 1 && (window <= 0 || keys.size(2) <= window);
    if (seesAll && suitsOneToken(queries, keys, values))
        return oneToken(queries, keys, values);
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
