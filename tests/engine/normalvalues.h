// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <random>
#include <vector>

namespace assay::kernels {

/// Normally distributed numbers around 0, the same ones for a seed.
inline std::vector<float> normalValues(size_t count, unsigned seed, float size = 1)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, size);
    std::vector<float> values(count);
    for (float &value : values)
        value = normal(random);
    return values;
}

} // namespace assay::kernels
