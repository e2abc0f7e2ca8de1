// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/machines.h"

#include <stop_token>

namespace assay {

/// What a machine's worker says of itself, and what its devices were measured to do.
struct MachineReport
{
    protocol::Hello hello;
    std::vector<MachineLimits> limits; ///< in the order of the hello's devices
};

/// Starts the machine's worker and asks it, device after device; blocks for some seconds: for threads that may. measure: false
/// only greets it. device: only this one ("cuda:0"), else all. The errors of the way there and of the worker, DeviceMissing,
/// UnknownMethod for a worker that is too old; Cancelled.
Result<MachineReport> askMachine(const Machine &machine, bool measure, const std::string &device, const std::stop_token &stop);

} // namespace assay
