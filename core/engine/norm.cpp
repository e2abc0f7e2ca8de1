// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/norm.h"

namespace assay::engine {

at::Tensor normalise(const at::Tensor &x, const NormSpec &spec, const Matrix &weights)
{
    if (!spec.present())
        return x;
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
