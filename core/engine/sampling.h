// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/torch.h"

#include <random>

namespace assay::engine {

/// Chooses tokens from logits; the same seed gives the same choices on every device.
class Sampler
{
public:
    /// Temperature 0 takes the largest logit (the first of equals).
    Sampler(double temperature, uint64_t seed) : m_temperature(temperature), m_random(seed) {}
    /// logits [..., vocabulary] of one position.
    int64_t choose(const at::Tensor &logits);

private:
    double m_temperature;
    std::mt19937_64 m_random;
};

} // namespace assay::engine
