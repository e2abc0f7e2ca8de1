// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/torch.h"

#include <functional>

/// What a device does at best, measured with libtorch's own operators on random numbers.
namespace assay::gpu {

/// Seconds of the work, by the device's own clock: the median of several times, after one that does not count.
double secondsOf(at::Device device, const std::function<void()> &work, int times = 7);

/// Bytes a second that summing reads.
double readBandwidth(at::Device device);
/// Bytes a second of a copy on the device, read and written counted.
double copyBandwidth(at::Device device);
/// Operations a second of matrix products x [tokens, in] times [out, in], all of them one after the other.
double productRate(at::Device device, at::ScalarType type, int64_t tokens, const std::vector<std::pair<int64_t, int64_t>> &shapes);

} // namespace assay::gpu
