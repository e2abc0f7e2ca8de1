// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/engine/torch.h"

namespace assay::engine {

/// "f32", "bf16", "f16".
const char *dtypeId(at::ScalarType type);

/// The device with this id ("cpu", "cuda:0"); DeviceMissing with the ids that there are.
Result<at::Device> deviceFromId(const std::string &id);
/// The devices of an id that may name several: "cuda:0,1", or "cuda" for all of them; else the one of deviceFromId().
Result<std::vector<at::Device>> devicesFromId(const std::string &id);
/// "cpu", "cuda:0", "cuda:0,1".
std::string idOf(const std::vector<at::Device> &devices);
/// The type to compute in: an id, or "auto" for the stored type as far as the device computes in it.
Result<at::ScalarType> dtypeFor(const std::string &id, at::ScalarType stored, at::Device device);

/// Bytes that can still be allocated on the device.
uint64_t freeMemory(at::Device device);
Memory readMemory(at::Device device);
/// Of several devices together.
uint64_t freeMemory(const std::vector<at::Device> &devices);
Memory readMemory(const std::vector<at::Device> &devices);
/// Peaks begin anew.
void resetPeaks(at::Device device);
/// Waits until the device has done what it was given.
void synchronise(at::Device device);

} // namespace assay::engine
