// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/fixedstep.h"

#include <limits>

namespace assay::engine {

FixedStep::FixedStep(const DecoderSpec &spec, at::Tensor position, int64_t keys, at::ScalarType type) : m_position(std::move(position)), m_keys(keys)
{
    const at::Tensor places = at::arange(keys, at::TensorOptions(at::kLong).device(m_position.device())).unsqueeze(0);
    const at::Tensor past = places <= m_position;
    for (const LayerSpec &layer : spec.layers) {
        const int64_t window = layer.attention.window;
        if (m_sights.contains(window))
            continue;
        const at::Tensor seen = window > 0 ? past.logical_and(places > m_position - window) : past;
        const at::Tensor added = at::zeros({1, keys}, places.options().dtype(type));
        m_sights[window] = {seen, added.masked_fill(seen.logical_not(), -std::numeric_limits<double>::infinity())};
    }
}

void FixedStep::restrict(AttentionRule &rule) const
{
    const Sight &sight = m_sights.at(rule.window);
    rule.mask = sight.seen;
    rule.added = sight.added;
    rule.place = m_position;
    rule.causal = false;
    rule.window = 0;
}

} // namespace assay::engine
