// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/fixedstep.h"

namespace assay::engine {

FixedStep::FixedStep(const DecoderSpec &spec, at::Tensor position, int64_t keys) : m_position(std::move(position)), m_keys(keys)
{
    const at::Tensor places = at::arange(keys, at::TensorOptions(at::kLong).device(m_position.device())).unsqueeze(0);
    const at::Tensor past = places <= m_position;
    for (const LayerSpec &layer : spec.layers) {
        const int64_t window = layer.attention.window;
        if (!m_seen.contains(window))
            m_seen[window] = window > 0 ? past.logical_and(places > m_position - window) : past;
    }
}

void FixedStep::restrict(AttentionRule &rule) const
{
    rule.mask = m_seen.at(rule.window);
    rule.place = m_position;
    rule.causal = false;
    rule.window = 0;
}

} // namespace assay::engine
