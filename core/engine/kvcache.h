// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/spec.h"
#include "core/engine/torch.h"

#include <utility>
#include <vector>

namespace assay::engine {

/// Keys and values of the tokens so far, allocated once for a fixed capacity and written in place.
class KvCache
{
public:
    /// Capacity in tokens; keys are [batch, kvHeads, capacity, keyWidth] a layer and values likewise. MLA keeps one
    /// vector a token: [batch, 1, capacity, rank + ropeDim], of which the first rank numbers are the values.
    /// devices: of each layer, where they are several.
    KvCache(const DecoderSpec &spec, int64_t batch, int64_t capacity, at::TensorOptions options, const std::vector<at::Device> &devices = {});

    int64_t length() const { return m_length; }
    int64_t capacity() const { return m_capacity; }
    /// Forgets everything after the first tokens, so that another continuation can follow.
    void truncate(int64_t length);
    /// Begins every row with what the one row of another cache holds, behind so many tokens of padding: what does not fit into
    /// that cache's length is left out.
    void beginWith(const KvCache &other, const std::vector<int64_t> &padding);
    /// Forgets all rows of the batch but these, ascending.
    void keepRows(const std::vector<int64_t> &rows);

    /// Writes [batch, kvHeads, tokens, width] behind what is there, in one layer; gives that layer's keys and values
    /// from the token first on as views. Values are undefined for MLA. length() moves only with advance().
    std::pair<at::Tensor, at::Tensor> append(int64_t layer, const at::Tensor &keys, const at::Tensor &values, int64_t first);
    void advance(int64_t tokens);

    /// Writes one token a row at a position [1] int64 that the device knows, and gives the first `count` keys and values.
    /// What nobody wrote yet must be numbers: see clear().
    std::pair<at::Tensor, at::Tensor> place(int64_t layer, const at::Tensor &keys, const at::Tensor &values, const at::Tensor &position,
                                            int64_t count);
    /// Zeros everywhere, and nothing held.
    void clear();

    /// Of a model whose frequencies depend on how long a sequence is: the tokens behind the keys [batch, length], and how
    /// long the rows were when their keys were turned, as in TokenPositions. remember() comes after advance().
    void remember(const at::Tensor &ids, std::vector<int64_t> lengths);
    at::Tensor ids() const { return m_ids.narrow(1, 0, m_length); }
    const std::vector<int64_t> &turnedFor() const { return m_turnedFor; }

private:
    std::vector<at::Tensor> m_keys, m_values;
    at::Tensor m_ids;
    std::vector<int64_t> m_turnedFor;
    int64_t m_length = 0;
    int64_t m_capacity = 0;
};

} // namespace assay::engine
