// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/cudagraph.h"
#include "core/engine/decoder.h"

namespace assay::engine {

/// Greedy decoding that needs nothing of the host: the tokens, their place and the cache lie on the device, each step takes
/// the largest logit, writes it down and moves on. On CUDA a step is a recorded graph; elsewhere the same operators run.
/// Its calls belong under at::InferenceMode.
class DecodeStep
{
public:
    /// Why a model cannot be decoded this way, a reason; nothing when it can.
    static std::optional<std::string> obstacle(const Decoder &decoder);

    /// Empties the cache. Its capacity bounds what can be decoded, its rows are those of every step.
    DecodeStep(Decoder &decoder, KvCache &cache, int64_t batch);

    /// Records what decoding needs until the cache is full; nothing where there are no graphs. Throws when it cannot be recorded.
    void record();
    /// Goes on behind what the cache holds with these tokens [batch, 1].
    void begin(const at::Tensor &ids);
    /// One token more in each row.
    void run();
    /// The tokens of the last step [batch, 1], on the device.
    const at::Tensor &tokens() const { return m_ids; }
    /// The logits of the last step [batch, 1, vocabulary], of a step that was not recorded.
    const at::Tensor &logits() const { return m_logits; }
    /// All tokens since begin() [batch, steps] on the CPU; waits for them.
    at::Tensor decoded();

    // On the device so many steps' tokens are kept before they are copied to the host.
    static constexpr int64_t kRing = 16;

private:
    int64_t keysFor(int64_t position) const;
    void step(int64_t keys);
    void fetch();

    Decoder &m_decoder;
    KvCache &m_cache;
    at::Tensor m_ids, m_position, m_slot, m_ring, m_logits;
    at::Tensor m_host;               ///< [capacity, batch], pinned on CUDA: what was fetched
    int64_t m_first = 0;             ///< position of the first step since begin()
    int64_t m_steps = 0, m_fetched = 0;
    std::map<int64_t, cuda::Graph> m_graphs; ///< by how many keys they read
};

} // namespace assay::engine
