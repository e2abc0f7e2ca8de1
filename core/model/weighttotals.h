// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace assay {

struct CountedModel;

/// Bytes are held at kMostBytes instead of wrapping: a forged config must not make a need look small.
constexpr uint64_t kMostBytes = uint64_t(1) << 60;

/// Weights by what converting and reading them takes; buffers left out, of a head that is tied but stored twice one.
struct WeightTotals
{
    struct Part
    {
        uint64_t parameters = 0;
        uint64_t bytes = 0; ///< as stored, with the scales that belong to them
    };
    Part embedding, head, experts, matrices, vectors; ///< experts: routed ones; vectors: norms, biases
    Part all() const;
};

/// Weights of the main model and of the layers of multi-token prediction.
struct WeightShares
{
    WeightTotals main, nextToken;
};
WeightShares weightShares(const CountedModel &model);

} // namespace assay
