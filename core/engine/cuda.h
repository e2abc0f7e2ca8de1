// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/engine/nvml.h"

/// The CUDA devices that this libtorch can use: none when it was built without CUDA.
namespace assay::engine::cuda {

int count();
std::string name(int index);
uint64_t totalMemory(int index);
/// Free on the device, and what the allocator holds without using it.
uint64_t freeMemory(int index);
/// Allocator's peaks, and NVML's view of process and device.
Memory memory(int index);
/// What the driver says of the device's state; nothing without NVML.
std::optional<NvmlState> state(int index);
void resetPeaks(int index);
void synchronise(int index);

/// A moment on a device's own clock.
class Event
{
public:
    /// When the device has done what its current stream was given so far.
    explicit Event(int index);
    void wait() const;
    double secondsSince(const Event &earlier) const; ///< both must have come

private:
    std::shared_ptr<void> m_event;
};

} // namespace assay::engine::cuda
