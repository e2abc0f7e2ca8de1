// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/norm.h"

#include "core/engine/kernels/rows.h"
#include "core/engine/linear.h"

namespace assay::engine {
namespace {

const float *dataOf(const at::Tensor &x)
{
    return x.defined() ? x.data_ptr<float>() : nullptr;
}

bool isVector(const at::Tensor &weight)
{
    return !weight.defined() || (weight.dim() == 1 && suitsLoops(weight));
}

at::Tensor byLoops(const at::Tensor &x, const NormSpec &spec, const Matrix &weights)
{
    const int64_t columns = x.size(-1), rows = x.numel() / columns;
    at::Tensor out = at::empty_like(x);
    if (spec.kind == NormKind::Rms)
        kernels::rmsNorm(x.data_ptr<float>(), rows, columns, dataOf(weights.weight), float(spec.epsilon), out.data_ptr<float>(), threadPool());
    else
        kernels::layerNorm(x.data_ptr<float>(), rows, columns, dataOf(weights.weight), dataOf(weights.bias), float(spec.epsilon),
                           out.data_ptr<float>(), threadPool());
    return out;
}

/// By libtorch's fused layer norm: elsewhere than on the CPU each operator costs more to begin than a row takes. An undefined
/// tensor where it does not compute such a norm.
at::Tensor fused(const at::Tensor &x, const NormSpec &spec, const Matrix &weights)
{
    constexpr int64_t kFewRows = 16;
    const int64_t size = x.size(-1);
    const bool plain = !weights.weight.defined() || (weights.weight.dim() == 1 && weights.weight.scalar_type() == x.scalar_type());
    if (!plain || at::GradMode::is_enabled())
        return {};
    if (spec.kind == NormKind::Layer || spec.kind == NormKind::Plain)
        return at::layer_norm(x, {size}, weights.weight, weights.bias, spec.epsilon);
    if (spec.kind != NormKind::Rms || weights.bias.defined() || x.numel() / size > kFewRows)
        return {};
    // A row beside its negative has the mean 0, and then the layer norm is that of the root mean square.
    const at::Tensor out = at::layer_norm(at::cat({x, x.neg()}, -1), {2 * size}, {}, {}, spec.epsilon);
    return out.narrow(-1, 0, size) * weights.weight;
}

} // namespace

at::Tensor normalise(const at::Tensor &x, const NormSpec &spec, const Matrix &weights)
{
    if (!spec.present())
        return x;
    if (spec.kind != NormKind::RmsPlusOne && suitsLoops(x) && isVector(weights.weight) && isVector(weights.bias)
        && !(spec.kind == NormKind::Rms && weights.bias.defined()))
        return byLoops(x, spec, weights);
    if (!ownKernels(x.device())) {
        if (at::Tensor out = fused(x, spec, weights); out.defined())
            return out;
    }
    at::Tensor wide = x.to(at::kFloat);
    if (spec.kind == NormKind::Layer || spec.kind == NormKind::Plain)
        wide = wide - wide.mean(-1, true);
    wide = wide * at::rsqrt(wide.square().mean(-1, true) + spec.epsilon);
    if (spec.kind == NormKind::RmsPlusOne)
        return (wide * (weights.weight.to(at::kFloat) + 1)).to(x.scalar_type());
    if (spec.kind == NormKind::Plain)
        return wide.to(x.scalar_type());
    if (!weights.bias.defined())
        return weights.weight * wide.to(x.scalar_type());
    return (wide * weights.weight + weights.bias).to(x.scalar_type());
}

} // namespace assay::engine
