// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/decoder.h"

#include "core/engine/attention.h"
#include "core/engine/linear.h"

#include <c10/core/InferenceMode.h>
#include <cmath>
#include <optional>

namespace assay::engine {
namespace {

using P = DecoderPart;

at::Tensor rmsNorm(const at::Tensor &x, const at::Tensor &weight, double epsilon)
{
    const at::Tensor wide = x.to(at::kFloat);
    const at::Tensor scale = at::rsqrt(wide.square().mean(-1, true) + epsilon);
    return weight * (wide * scale).to(x.scalar_type());
}

/// [batch, tokens, heads, headDim], the halves of each head rotated against each other.
at::Tensor rotate(const at::Tensor &x, const at::Tensor &cosine, const at::Tensor &sine)
{
    const std::vector<at::Tensor> halves = x.to(at::kFloat).chunk(2, -1);
    return at::cat({halves[0] * cosine - halves[1] * sine, halves[1] * cosine + halves[0] * sine}, -1)
        .to(x.scalar_type());
}

} // namespace

at::Tensor Decoder::forward(const at::Tensor &ids, KvCache *cache, std::stop_token stop)
{
    const at::Tensor states = hidden(ids, cache, std::move(stop));
    return states.defined() ? head(states) : states;
}

at::Tensor Decoder::hidden(const at::Tensor &ids, KvCache *cache, std::stop_token stop)
{
    const int64_t past = cache ? cache->length() : 0;
    const Rotation angles = rotation(past, ids.size(1));
    at::Tensor x = at::embedding(m_outside[P::Embedding].weight, ids);
    for (int64_t index = 0; index < m_spec.layers; ++index) {
        if (stop.stop_requested())
            return {};
        const Layer &layer = m_layers[size_t(index)];
        x = x + attention(index, rmsNorm(x, layer[P::InputNorm].weight, m_spec.normEpsilon), angles, cache);
        if (stop.stop_requested())
            return {};
        x = x + mlp(layer, rmsNorm(x, layer[P::MlpNorm].weight, m_spec.normEpsilon));
    }
    if (cache)
        cache->advance(ids.size(1));
    return rmsNorm(x, m_outside[P::FinalNorm].weight, m_spec.normEpsilon);
}

at::Tensor Decoder::head(const at::Tensor &hidden) const
{
    const Matrix &matrix = m_outside[m_spec.tied ? P::Embedding : P::Head];
    return linear(hidden, matrix.weight, matrix.bias);
}

at::Tensor Decoder::attention(int64_t index, const at::Tensor &input, const Rotation &angles,
                              KvCache *cache) const
{
    const Layer &layer = m_layers[size_t(index)];
    const int64_t batch = input.size(0), tokens = input.size(1);
    const auto heads = [&](const at::Tensor &x, int64_t count) {
        return x.reshape({batch, tokens, count, m_spec.headDim});
    };
    const std::vector<at::Tensor> qkv =
        project(layer.queryKeyValue, layer, {P::Query, P::Key, P::Value}, input);
    const at::Tensor queries = rotate(heads(qkv[0], m_spec.heads), angles.cosine, angles.sine);
    at::Tensor keys = rotate(heads(qkv[1], m_spec.kvHeads), angles.cosine, angles.sine).transpose(1, 2);
    at::Tensor values = heads(qkv[2], m_spec.kvHeads).transpose(1, 2);

    const int64_t past = cache ? cache->length() : 0;
    const int64_t window = m_spec.windows[size_t(index)];
    // Nothing before this key is seen by any of the queries.
    const int64_t first = window > 0 ? std::max<int64_t>(0, past - window + 1) : 0;
    if (cache)
        std::tie(keys, values) = cache->append(index, keys, values, first);
    const at::Tensor mixed = causalAttention(queries, keys, values, past - first, window);
    const Matrix &out = layer[P::AttentionOutput];
    return linear(mixed.reshape({batch, tokens, m_spec.heads * m_spec.headDim}), out.weight, out.bias);
}

at::Tensor Decoder::mlp(const Layer &layer, const at::Tensor &input) const
{
    const std::vector<at::Tensor> gateUp = project(layer.gateUp, layer, {P::Gate, P::Up}, input);
    const Matrix &down = layer[P::Down];
    return linear(at::silu(gateUp[0]) * gateUp[1], down.weight, down.bias);
}

std::vector<at::Tensor> Decoder::project(const Matrix &fused, const Layer &layer,
                                         std::initializer_list<DecoderPart> parts, const at::Tensor &input)
{
    std::vector<at::Tensor> out;
    if (!fused.weight.defined()) {
        for (const P part : parts)
            out.push_back(linear(input, layer[part].weight, layer[part].bias));
        return out;
    }
    const at::Tensor all = linear(input, fused.weight, fused.bias);
    int64_t at = 0;
    for (const P part : parts) {
        const int64_t width = layer[part].weight.size(0);
        out.push_back(all.narrow(-1, at, width));
        at += width;
    }
    return out;
}

Decoder::Rotation Decoder::rotation(int64_t first, int64_t tokens)
{
    const int64_t end = first + tokens;
    const bool dynamic = m_spec.rope.scaling && m_spec.rope.scaling->type == "dynamic";
    const int64_t have = m_rotation.cosine.defined() ? m_rotation.cosine.size(0) : 0;
    if (end > have || dynamic) {
        // The table outlives this call and may later be used for training.
        const c10::InferenceMode outside(false);
        const at::NoGradGuard noGradient;
        const RopeFrequencies frequencies = ropeFrequencies(m_spec.rope, end);
        const auto options = at::TensorOptions(at::kFloat);
        const at::Tensor inverse = at::tensor(frequencies.inverse, options).to(m_device);
        const int64_t length = dynamic ? end : std::max(end, 2 * have);
        const at::Tensor angles = at::arange(length, options.device(m_device)).unsqueeze(1) * inverse;
        m_rotation = {(angles.cos() * frequencies.attentionFactor).unsqueeze(1),
                      (angles.sin() * frequencies.attentionFactor).unsqueeze(1)};
    }
    return {m_rotation.cosine.narrow(0, first, tokens), m_rotation.sine.narrow(0, first, tokens)};
}

} // namespace assay::engine
