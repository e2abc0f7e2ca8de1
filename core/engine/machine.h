// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/machinelimits.h"

#include <stop_token>

namespace assay::engine {

/// Measures what a device can do, for a second or two: memory that is read by all threads, from more than the caches hold,
/// and products of matrices as the engine and libtorch make them, the faster of both. The best of several tries each: what is
/// asked for is a limit, and whoever disturbs only lowers it. Where energy is counted, five seconds of idling come first.
/// measuredAt is left to the caller. DeviceMissing,
/// NotEnoughMemory, Cancelled.
Result<MachineLimits> measureMachine(const std::string &device, const std::stop_token &stop);

} // namespace assay::engine
