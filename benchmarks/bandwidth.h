// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kernels/bandwidth.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace assay::benchmark {

inline double seconds(std::chrono::steady_clock::time_point since)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

inline double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

/// What the engine measures of a machine, too.
class Bandwidth : public kernels::ReadBandwidth
{
public:
    explicit Bandwidth(int threads) : ReadBandwidth(threads, size_t(512) << 20) {}
};

} // namespace assay::benchmark
