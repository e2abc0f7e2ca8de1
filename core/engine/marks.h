// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/cuda.h"
#include "core/engine/torch.h"

#include <chrono>
#include <vector>

namespace assay::engine {

/// Moments at which a device had done what it was given until then. On CUDA the device takes them itself and nobody waits;
/// elsewhere operators end before they return, and the clock is the host's monotonic one.
class Marks
{
public:
    explicit Marks(at::Device device) : m_device(device) {}

    void add();
    size_t size() const { return m_device.is_cuda() ? m_events.size() : m_times.size(); }
    /// Returns when the device has come to this mark.
    void waitFor(size_t mark) const;
    /// From the first mark to each, in seconds; waits for the last.
    std::vector<double> seconds() const;

private:
    using Clock = std::chrono::steady_clock;
    at::Device m_device;
    std::vector<cuda::Event> m_events;
    std::vector<Clock::time_point> m_times;
};

} // namespace assay::engine
