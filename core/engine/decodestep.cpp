// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/decodestep.h"

#include "core/base/text.h"
#include "core/engine/device.h"

#include <algorithm>

namespace assay::engine {

std::optional<std::string> DecodeStep::obstacle(const Decoder &decoder)
{
    const DecoderSpec &spec = decoder.spec();
    const bool experts = std::ranges::any_of(spec.layers, [](const LayerSpec &layer) { return layer.feedForward.experts.has_value(); });
    if (experts)
        return ASSAY_TEXT("Reason", "the host has to know which experts each token goes to");
    if (dependsOnLength(spec))
        return ASSAY_TEXT("Reason", "rotary frequencies depend on how long the text is");
    if (!decoder.layerDevices().empty())
        return ASSAY_TEXT("Reason", "the layers are spread over several devices");
    if (decoder.device().is_cuda() && !cuda::recordsGraphs())
        return ASSAY_TEXT("Reason", "this libtorch cannot record graphs");
    return std::nullopt;
}

DecodeStep::DecodeStep(Decoder &decoder, KvCache &cache, int64_t batch) : m_decoder(decoder), m_cache(cache)
{
    const auto whole = at::TensorOptions(at::kLong);
    const auto here = whole.device(decoder.device());
    // A masked key is multiplied by 0, which needs a number there.
    cache.clear();
    m_ids = at::zeros({batch, 1}, here);
    m_position = at::zeros({1}, here);
    m_slot = at::zeros({1}, here);
    m_ring = at::zeros({kRing, batch}, here);
    m_host = at::empty({cache.capacity(), batch}, whole.pinned_memory(decoder.device().is_cuda()));
}

/// The cache is read in steps of powers of two: few graphs, and never more than twice what is there.
int64_t DecodeStep::keysFor(int64_t position) const
{
    constexpr int64_t kLeast = 256;
    int64_t keys = kLeast;
    while (keys <= position)
        keys *= 2;
    return std::min(keys, m_cache.capacity());
}

void DecodeStep::record()
{
    if (!m_decoder.device().is_cuda())
        return;
    m_decoder.reserve(m_cache.capacity());
    for (int64_t position = 0; position < m_cache.capacity(); position = keysFor(position)) {
        const int64_t keys = keysFor(position);
        if (!m_graphs.contains(keys))
            m_graphs.emplace(keys, cuda::Graph(m_decoder.device().index(), [&] { step(keys); }));
    }
}

void DecodeStep::begin(const at::Tensor &ids)
{
    m_ids.copy_(ids);
    m_first = m_cache.length();
    m_position.fill_(m_first);
    m_slot.zero_();
    m_steps = m_fetched = 0;
}

void DecodeStep::run()
{
    const int64_t position = m_first + m_steps, keys = keysFor(position);
    TORCH_CHECK_INDEX(position < m_cache.capacity(), "the cache is full");
    if (const auto graph = m_graphs.find(keys); graph != m_graphs.end())
        graph->second.replay();
    else
        step(keys);
    if (++m_steps % kRing == 0)
        fetch();
}

void DecodeStep::step(int64_t keys)
{
    const FixedStep fixed(m_decoder.spec(), m_position, keys, m_decoder.dtype());
    m_logits = m_decoder.head(m_decoder.hidden(m_ids, m_cache, fixed));
    m_ids.copy_(m_logits.argmax(-1));
    m_ring.index_copy_(0, m_slot, m_ids.t());
    m_position.add_(1);
    m_slot.add_(1).remainder_(kRing);
}

/// Copies what is new in the ring behind the tokens that the host has; nobody waits for it.
void DecodeStep::fetch()
{
    const int64_t count = m_steps - m_fetched;
    m_host.narrow(0, m_fetched, count).copy_(m_ring.narrow(0, m_fetched % kRing, count), true);
    m_fetched = m_steps;
}

at::Tensor DecodeStep::decoded()
{
    if (m_steps > m_fetched)
        fetch();
    synchronise(m_decoder.device());
    return m_host.narrow(0, 0, m_steps).t().contiguous();
}

} // namespace assay::engine
