// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <optional>
#include <string>

/// What Linux tells of the machine, read from /proc, /sys and the process's control group.
namespace assay::engine {

/// "AMD EPYC"; the machine's architecture where /proc/cpuinfo names no model.
std::string processorName();
/// Physical cores that this process may use: its affinity and its control group's quota are respected.
int usableCores();

uint64_t totalMemory();
/// What can still be allocated without swapping, the limits of control group and process respected.
uint64_t availableMemory();
/// The error for an allocation that failed; `needed` as people read it, empty where nobody knows.
Error memoryRanOut(const std::string &needed, uint64_t unused, const std::string &device);

/// Peak resident set of this process (VmHWM), and a way to begin it anew.
std::optional<uint64_t> peakResident();
void resetPeakResident();

/// Load average of the last minute.
double loadAverage();

} // namespace assay::engine
