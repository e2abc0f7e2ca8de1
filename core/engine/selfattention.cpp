// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/selfattention.h"

#include "core/engine/linear.h"
#include "core/engine/norm.h"
#include "core/engine/parttimes.h"

namespace assay::engine {
namespace {

/// [batch, tokens, count * dim] -> [batch, tokens, count, dim], normed and rotated as the spec asks.
at::Tensor prepare(const at::Tensor &flat, int64_t count, const AttentionSpec &spec, const Matrix &norm, const Rotation *rotation)
{
    at::Tensor x = spec.clip > 0 ? flat.clamp(-spec.clip, spec.clip) : flat;
    if (spec.headNormWidth == HeadNormWidth::All)
        x = normalise(x, spec.headNorm, norm);
    x = x.unflatten(-1, {count, spec.headDim});
    if (spec.headNormWidth != HeadNormWidth::All)
        x = normalise(x, spec.headNorm, norm);
    return rotation ? rotate(x, *rotation, spec.pairing) : x;
}

/// Queries get a 1 and keys what ALiBi adds to their scores: slope times position in bfloat16, as transformers has it.
void appendRoundedAlibi(at::Tensor &queries, at::Tensor &keys, const at::Tensor &slopes, const TokenPositions &positions)
{
    at::Tensor places = positions.rows; // [batch, tokens]
    if (!places.defined())
        places = at::arange(positions.first, positions.end(), at::TensorOptions(at::kLong).device(keys.device())).unsqueeze(0);
    const at::Tensor added = slopes.to(at::kBFloat16).view({1, -1, 1}) * places.to(at::kBFloat16).unsqueeze(1);
    keys = at::cat({keys, added.to(keys.scalar_type()).unsqueeze(-1).expand({keys.size(0), -1, -1, -1})}, -1);
    queries = at::cat({queries, at::ones_like(queries.narrow(-1, 0, 1))}, -1);
}

} // namespace

at::Tensor selfAttention(size_t index, const AttentionSpec &spec, const LayerWeights &layer, const at::Tensor &x, const Pass &pass)
{
    const PartScope part(StepPart::Attention);
    if (spec.latent)
        return latentAttention(index, spec, layer, x, pass);
    const auto qkv = linearOfEach(x, layer.queryKeyValue, {&layer[Part::Query], &layer[Part::Key], &layer[Part::Value]});
    std::optional<Rotation> rotation;
    if (spec.positions == Positions::Rotary)
        rotation = pass.rotations.of(index, pass.positions);
    at::Tensor queries = prepare(qkv[0], spec.heads, spec, layer[Part::QueryNorm], rotation ? &*rotation : nullptr);
    at::Tensor keys = prepare(qkv[1], spec.kvHeads, spec, layer[Part::KeyNorm], rotation ? &*rotation : nullptr).transpose(1, 2);
    at::Tensor values = qkv[2].unflatten(-1, {spec.kvHeads, spec.valueDim}).transpose(1, 2);
    if (spec.clip > 0)
        values = values.clamp(-spec.clip, spec.clip);

    if (spec.positions == Positions::RoundedAlibi)
        appendRoundedAlibi(queries, keys, layer.slopes, pass.positions);

    const int64_t past = pass.past(), tokens = x.size(1);
    // Nothing before this key is seen by any of the queries.
    const int64_t first = spec.window > 0 && pass.causal && !pass.step ? std::max<int64_t>(0, past - spec.window + 1) : 0;
    if (pass.step)
        std::tie(keys, values) = pass.cache->place(int64_t(index), keys, values, pass.step->position(), pass.step->keys());
    else if (pass.cache)
        std::tie(keys, values) = pass.cache->append(int64_t(index), keys, values, first);
    AttentionRule rule{spec.scale, spec.softCap, spec.window, pass.causal, layer[Part::Sinks].weight, {}, {}};
    if (spec.positions == Positions::Alibi)
        rule.slopes = layer.slopes;
    if (pass.step)
        pass.step->restrict(rule);
    else if (pass.mask.defined())
        rule.mask = pass.mask.narrow(1, first, past + tokens - first);
    const at::Tensor mixed = attend(queries, keys, values, past - first, rule);
    return linear(mixed.flatten(2), layer[Part::AttentionOutput]);
}

} // namespace assay::engine
