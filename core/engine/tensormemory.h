// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

/// Counts the memory of live CPU tensors by standing in for libtorch's CPU allocator.
namespace assay::engine {

struct TensorMemory
{
    uint64_t current = 0, peak = 0;
};

/// From now on allocations are counted; calling it again changes nothing. Tensors that lived before are not
/// seen.
void countTensorMemory();
TensorMemory tensorMemory();
/// The peak begins anew at what is live now.
void resetTensorPeak();

/// What was free on this machine when the last allocation of a tensor failed, and nothing when it is asked again.
std::optional<uint64_t> takeFreeAtFailure();

/// Filling memory in large pages takes a page fault each 2 MiB instead of each 4 KiB, and less of what clears them.
inline constexpr uint64_t kLargePage = 2u << 20;
/// Asks for large pages where a tensor is large.
void adviseLargePages(void *data, uint64_t bytes);

/// Memory from the start of a large page on, as many whole pages as the bytes need, counted as a tensor's; null when there is
/// none. It goes back to the system by unmapLargePages with the same bytes.
void *mapLargePages(uint64_t bytes);
void unmapLargePages(void *data, uint64_t bytes);

} // namespace assay::engine
