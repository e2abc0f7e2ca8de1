// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kvcache.h"

#include <algorithm>

namespace assay::engine {

KvCache::KvCache(const DecoderSpec &spec, int64_t batch, int64_t capacity, at::TensorOptions options, const std::vector<at::Device> &devices)
    : m_capacity(capacity)
{
    for (const LayerSpec &layer : spec.layers) {
        const AttentionSpec &a = layer.attention;
        if (!devices.empty())
            options = options.device(devices[m_keys.size()]);
        if (a.latent) {
            m_keys.push_back(at::empty({batch, 1, capacity, a.latent->rank + a.latent->ropeDim}, options));
            m_values.push_back(m_keys.back().narrow(-1, 0, a.latent->rank));
            continue;
        }
        m_keys.push_back(at::empty({batch, a.kvHeads, capacity, a.keyWidth()}, options));
        m_values.push_back(at::empty({batch, a.kvHeads, capacity, a.valueDim}, options));
    }
}

void KvCache::truncate(int64_t length)
{
    m_length = std::min(m_length, length);
}

void KvCache::beginWith(const KvCache &other, const std::vector<int64_t> &padding)
{
    m_length = other.m_length;
    const auto copy = [&](const at::Tensor &to, const at::Tensor &from, int64_t tokens) {
        for (size_t row = 0; row < padding.size(); ++row) {
            const int64_t before = std::min(padding[row], m_length);
            const at::Tensor target = to.select(0, int64_t(row));
            // Attention multiplies what is padding by 0, which has to be a number.
            target.narrow(tokens, 0, before).zero_();
            target.narrow(tokens, before, m_length - before).copy_(from.select(0, 0).narrow(tokens, 0, m_length - before));
        }
    };
    for (size_t layer = 0; layer < m_keys.size(); ++layer) {
        copy(m_keys[layer], other.m_keys[layer], 1);
        if (!m_values[layer].is_alias_of(m_keys[layer])) // MLA
            copy(m_values[layer], other.m_values[layer], 1);
    }
    m_turnedFor = other.m_turnedFor;
    if (other.m_ids.defined()) {
        m_ids = at::zeros({int64_t(padding.size()), m_length}, other.m_ids.options());
        copy(m_ids, other.m_ids, 0);
    }
}

void KvCache::keepRows(const std::vector<int64_t> &rows)
{
    const auto kept = [&](const at::Tensor &all) {
        const at::Tensor index = at::tensor(rows, at::TensorOptions(at::kLong)).to(all.device());
        std::vector<int64_t> shape = all.sizes().vec();
        shape[0] = int64_t(rows.size());
        // Only what was written is copied: memory that nobody has used yet is not there yet.
        at::Tensor out = at::empty(shape, all.options());
        out.narrow(2, 0, m_length).copy_(all.narrow(2, 0, m_length).index_select(0, index));
        return out;
    };
    for (size_t layer = 0; layer < m_keys.size(); ++layer) {
        const bool shared = m_values[layer].is_alias_of(m_keys[layer]); // MLA
        m_keys[layer] = kept(m_keys[layer]);
        m_values[layer] = shared ? m_keys[layer].narrow(-1, 0, m_values[layer].size(-1)) : kept(m_values[layer]);
    }
    if (m_ids.defined())
        m_ids = m_ids.index_select(0, at::tensor(rows, at::TensorOptions(at::kLong)).to(m_ids.device()));
    if (m_turnedFor.size() > 1) {
        std::vector<int64_t> turnedFor;
        for (const int64_t row : rows)
            turnedFor.push_back(m_turnedFor[size_t(row)]);
        m_turnedFor = std::move(turnedFor);
    }
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

std::pair<at::Tensor, at::Tensor> KvCache::place(int64_t layer, const at::Tensor &keys, const at::Tensor &values, const at::Tensor &position,
                                                 int64_t count)
{
    at::Tensor &allKeys = m_keys[size_t(layer)], &allValues = m_values[size_t(layer)];
    allKeys.index_copy_(2, position, keys.to(allKeys.scalar_type()));
    if (values.defined())
        allValues.index_copy_(2, position, values.to(allValues.scalar_type()));
    return {allKeys.narrow(2, 0, count), allValues.narrow(2, 0, count)};
}

void KvCache::clear()
{
    m_length = 0;
    for (size_t layer = 0; layer < m_keys.size(); ++layer) {
        m_keys[layer].zero_();
        m_values[layer].zero_();
    }
}

void KvCache::remember(const at::Tensor &ids, std::vector<int64_t> lengths)
{
    const int64_t past = m_length - ids.size(1);
    m_ids = past > 0 ? at::cat({m_ids.narrow(1, 0, past), ids}, 1) : ids;
    m_turnedFor = std::move(lengths);
}

} // namespace assay::engine
