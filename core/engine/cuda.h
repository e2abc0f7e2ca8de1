// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"

/// The CUDA devices that this libtorch can use: none when it was built without CUDA.
namespace assay::engine::cuda {

int count();
std::string name(int index);
uint64_t totalMemory(int index);
/// Free on the device, and what the allocator holds without using it.
uint64_t freeMemory(int index);
/// Allocator's peaks, and NVML's view of process and device.
Memory memory(int index);
void resetPeaks(int index);
void synchronise(int index);

} // namespace assay::engine::cuda
