// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kvcache.h"

#include <algorithm>

namespace assay::engine {

KvCache::KvCache(const DecoderSpec &spec, int64_t batch, int64_t capacity, const at::TensorOptions &options)
    : m_capacity(capacity)
{
    for (const LayerSpec &layer : spec.layers) {
        const AttentionSpec &a = layer.attention;
        if (a.latent) {
            m_keys.push_back(at::empty({batch, 1, capacity, a.latent->rank + a.latent->ropeDim}, options));
            m_values.push_back(m_keys.back().narrow(-1, 0, a.latent->rank));
            continue;
        }
        m_keys.push_back(at::empty({batch, a.kvHeads, capacity, a.headDim}, options));
        m_values.push_back(at::empty({batch, a.kvHeads, capacity, a.valueDim}, options));
    }
}

void KvCache::truncate(int64_t length)
{
    m_length = std::min(m_length, length);
}

std::pair<at::Tensor, at::Tensor> KvCache::append(int64_t layer, const at::Tensor &keys, const at::Tensor &values, int64_t first)
{
    const int64_t tokens = keys.size(2);
    const at::Tensor &allKeys = m_keys[size_t(layer)], &allValues = m_values[size_t(layer)];
    allKeys.narrow(2, m_length, tokens).copy_(keys);
    if (values.defined())
        allValues.narrow(2, m_length, tokens).copy_(values);
    const int64_t count = m_length + tokens - first;
    return {allKeys.narrow(2, first, count), allValues.narrow(2, first, count)};
}

void KvCache::advance(int64_t tokens)
{
    m_length += tokens;
}

} // namespace assay::engine
