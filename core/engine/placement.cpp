// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/placement.h"

#include <numeric>

namespace assay::engine {

std::vector<size_t> spreadLayers(const std::vector<uint64_t> &free, uint64_t outside, const std::vector<uint64_t> &layers)
{
    const double room = std::accumulate(free.begin(), free.end(), 0.0);
    const double needed = std::accumulate(layers.begin(), layers.end(), double(outside));
    std::vector<size_t> out;
    size_t device = 0;
    double before = double(outside), end = room > 0 ? double(free.at(0)) / room * needed : needed;
    for (const uint64_t layer : layers) {
        // A layer lies where its middle does.
        while (device + 1 < free.size() && before + double(layer) / 2 > end)
            end += double(free[++device]) / room * needed;
        out.push_back(device);
        before += double(layer);
    }
    return out;
}

} // namespace assay::engine
