// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/headproducts.h"
#include "core/engine/linear.h"
#include "core/engine/norm.h"
#include "core/engine/selfattention.h"

namespace assay::engine {
namespace {

// Queries from which on it is cheaper to make keys and values of the latent vectors than to compare in their space.
constexpr int64_t kExpandFrom = 32;

struct Queries
{
    at::Tensor nope, rope; ///< [batch, tokens, heads, ...]; rope is rotated
};

Queries queriesOf(const AttentionSpec &spec, const LayerWeights &layer, const at::Tensor &x, const Rotation &rotation)
{
    const LatentSpec &latent = *spec.latent;
    at::Tensor all;
    if (latent.queryRank > 0)
        all = linear(normalise(linear(x, layer[Part::QueryDown]), latent.norm, layer[Part::QueryDownNorm]), layer[Part::QueryUp]);
    else
        all = linear(x, layer[Part::Query]);
    const at::Tensor heads = all.unflatten(-1, {spec.heads, spec.headDim});
    return {heads.narrow(-1, 0, latent.nopeDim), rotate(heads.narrow(-1, latent.nopeDim, latent.ropeDim), rotation, spec.pairing)};
}

/// What the cache keeps of each token: the normed latent vector and the rotated key that all heads share
/// [batch, 1, tokens, rank + ropeDim].
at::Tensor latentsOf(const AttentionSpec &spec, const LayerWeights &layer, const at::Tensor &x, const Rotation &rotation)
{
    const LatentSpec &latent = *spec.latent;
    const at::Tensor down = linear(x, layer[Part::LatentDown]);
    const at::Tensor compressed = normalise(down.narrow(-1, 0, latent.rank), latent.norm, layer[Part::LatentDownNorm]);
    const at::Tensor key = rotate(down.narrow(-1, latent.rank, latent.ropeDim).unsqueeze(2), rotation, spec.pairing).squeeze(2);
    return at::cat({compressed, key}, -1).unsqueeze(1);
}

/// The matrix from latent vectors to keys and values [heads, nopeDim + valueDim, rank] in f32.
at::Tensor upMatrix(const AttentionSpec &spec, const LayerWeights &layer)
{
    return layer[Part::LatentUp].weight.to(at::kFloat).unflatten(0, {spec.heads, spec.latent->nopeDim + spec.valueDim});
}

at::Tensor expanded(const AttentionSpec &spec, const LayerWeights &layer, const Queries &queries, const at::Tensor &latents,
                    int64_t offset, const AttentionRule &rule)
{
    const LatentSpec &latent = *spec.latent;
    const int64_t count = latents.size(2);
    const at::Tensor all = latents.squeeze(1).to(queries.nope.scalar_type());
    // [batch, heads, count, nopeDim + valueDim]
    const at::Tensor up = linear(all.narrow(-1, 0, latent.rank), layer[Part::LatentUp])
                              .unflatten(-1, {spec.heads, latent.nopeDim + spec.valueDim})
                              .transpose(1, 2);
    const at::Tensor shared = all.narrow(-1, latent.rank, latent.ropeDim).unsqueeze(1).expand({-1, spec.heads, count, -1});
    const at::Tensor keys = at::cat({up.narrow(-1, 0, latent.nopeDim), shared}, -1);
    return attend(at::cat({queries.nope, queries.rope}, -1), keys, up.narrow(-1, latent.nopeDim, spec.valueDim), offset, rule);
}

/// Of [batch, tokens, heads, dim], contiguous.
kernels::Heads headsOf(const at::Tensor &x)
{
    return {x.data_ptr<float>(), x.size(0) * x.size(1), x.size(2), x.size(2) * x.size(3), x.size(3)};
}

/// The engine's own loops read the matrix as it is stored; made f32 anew for each token it would be read and written twice.
bool readsAsStored(const at::Tensor &x, const at::Tensor &weight)
{
    return ownKernels(x.device()) && x.scalar_type() == at::kFloat && !at::GradMode::is_enabled() && storedAs(weight.scalar_type())
           && weight.stride(1) == 1;
}

/// The rows of each head's part of the matrix from latent vectors [heads, nopeDim + valueDim, rank], from the first one on.
kernels::HeadMatrices upRows(const AttentionSpec &spec, const at::Tensor &weight, int64_t first, int64_t rows)
{
    const int64_t rowBytes = weight.stride(0) * int64_t(weight.element_size());
    return {*storedAs(weight.scalar_type()), static_cast<const std::byte *>(weight.data_ptr()) + first * rowBytes, rows,
            spec.latent->rank, rowBytes, (spec.latent->nopeDim + spec.valueDim) * rowBytes};
}

at::Tensor absorbedByLoops(const AttentionSpec &spec, const LayerWeights &layer, const Queries &queries, const at::Tensor &latents,
                           int64_t offset, const AttentionRule &rule)
{
    const LatentSpec &latent = *spec.latent;
    const at::Tensor &up = layer[Part::LatentUp].weight;
    const int64_t batch = queries.nope.size(0), tokens = queries.nope.size(1);
    const at::Tensor nope = queries.nope.contiguous();
    at::Tensor moved = at::empty({batch, tokens, spec.heads, latent.rank + latent.ropeDim}, nope.options());
    kernels::mixHeadRows(upRows(spec, up, 0, latent.nopeDim), headsOf(nope), headsOf(moved), threadPool());
    moved.narrow(-1, latent.rank, latent.ropeDim).copy_(queries.rope);
    const at::Tensor mixed = attend(moved, latents, latents.narrow(-1, 0, latent.rank), offset, rule).contiguous();
    at::Tensor out = at::empty({batch, tokens, spec.heads, spec.valueDim}, nope.options());
    kernels::multiplyHeads(upRows(spec, up, latent.nopeDim, spec.valueDim), headsOf(mixed), headsOf(out), threadPool());
    return out;
}

at::Tensor absorbed(const AttentionSpec &spec, const LayerWeights &layer, const Queries &queries, const at::Tensor &latents,
                    int64_t offset, const AttentionRule &rule)
{
    if (readsAsStored(queries.nope, layer[Part::LatentUp].weight))
        return absorbedByLoops(spec, layer, queries, latents, offset, rule);
    const LatentSpec &latent = *spec.latent;
    const at::Tensor up = upMatrix(spec, layer);
    const at::Tensor toLatent = up.narrow(1, 0, latent.nopeDim), toValue = up.narrow(1, latent.nopeDim, spec.valueDim);
    // [batch, tokens, heads, rank]
    const at::Tensor moved = at::einsum("bthn,hnr->bthr", {queries.nope.to(at::kFloat), toLatent});
    const at::Tensor mixed = attend(at::cat({moved, queries.rope.to(at::kFloat)}, -1), latents, latents.narrow(-1, 0, latent.rank), offset, rule);
    return at::einsum("bthr,hvr->bthv", {mixed.to(at::kFloat), toValue}).to(queries.nope.scalar_type());
}

} // namespace

at::Tensor latentAttention(size_t index, const AttentionSpec &spec, const LayerWeights &layer, const at::Tensor &x, const Pass &pass)
{
    const Rotation rotation = pass.rotations.of(index, pass.positions);
    const Queries queries = queriesOf(spec, layer, x, rotation);
    at::Tensor latents = latentsOf(spec, layer, x, rotation);
    const int64_t past = pass.past();
    if (pass.step)
        latents = pass.cache->place(int64_t(index), latents, {}, pass.step->position(), pass.step->keys()).first;
    else if (pass.cache)
        latents = pass.cache->append(int64_t(index), latents, {}, 0).first;
    AttentionRule rule;
    rule.scale = spec.scale;
    rule.causal = pass.causal;
    rule.mask = pass.mask;
    if (pass.step)
        pass.step->restrict(rule);
    const bool expand = pass.latentWay == LatentWay::Expanded || (pass.latentWay == LatentWay::Auto && x.size(1) >= kExpandFrom);
    const at::Tensor mixed = expand ? expanded(spec, layer, queries, latents, past, rule) : absorbed(spec, layer, queries, latents, past, rule);
    return linear(mixed.flatten(2), layer[Part::AttentionOutput]);
}

} // namespace assay::engine
