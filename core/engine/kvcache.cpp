// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kvcache.h"

#include <algorithm>

namespace assay::engine {

KvCache::KvCache(const DecoderSpec &spec, int64_t batch, int64_t capacity, const at::TensorOptions &options)
    : m_capacity(capacity)
{
    for (int64_t layer = 0; layer < spec.layers; ++layer) {
        m_keys.push_back(at::empty({batch, spec.kvHeads, capacity, spec.headDim}, options));
        m_values.push_back(at::empty({batch, spec.kvHeads, capacity, spec.headDim}, options));
    }
}

void KvCache::truncate(int64_t length)
{
    m_length = std::min(m_length, length);
}

std::pair<at::Tensor, at::Tensor> KvCache::append(int64_t layer, const at::Tensor &keys,
                                                  const at::Tensor &values, int64_t first)
{
    const int64_t tokens = keys.size(2);
    at::Tensor &allKeys = m_keys[size_t(layer)];
    at::Tensor &allValues = m_values[size_t(layer)];
    allKeys.narrow(2, m_length, tokens).copy_(keys);
    allValues.narrow(2, m_length, tokens).copy_(values);
    const int64_t count = m_length + tokens - first;
    return {allKeys.narrow(2, first, count), allValues.narrow(2, first, count)};
}

void KvCache::advance(int64_t tokens)
{
    m_length += tokens;
}

} // namespace assay::engine
