// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/plan.h"
#include "core/model/facts.h"

#include <cstdint>
#include <optional>

namespace assay {

/// Bytes that a worker takes on this machine's processor while it measures the plan, at most; nothing where that is not known:
/// another device, a model that no formula fits.
std::optional<uint64_t> neededMemory(const Inspection &inspection, const BenchPlan &plan);
/// Bytes that programs can still have without swapping (MemAvailable, proc(5)); 0 where the system does not tell.
uint64_t freeHostMemory();

} // namespace assay
