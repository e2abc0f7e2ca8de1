// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/engine/torch.h"

namespace assay::engine {

/// "f32", "bf16", "f16".
const char *dtypeId(at::ScalarType type);

/// The device with this id ("cpu", "cuda:0"); DeviceMissing with the ids that there are.
Result<at::Device> deviceFromId(const std::string &id);
/// The type to compute in: an id, or "auto" for the stored type as far as the device computes in it.
Result<at::ScalarType> dtypeFor(const std::string &id, at::ScalarType stored, at::Device device);

/// Bytes that can still be allocated on the device.
uint64_t freeMemory(at::Device device);
Memory readMemory(at::Device device);
/// Peaks begin anew.
void resetPeaks(at::Device device);
/// Waits until the device has done what it was given.
void synchronise(at::Device device);

} // namespace assay::engine
