// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::engine {

/// On which of several devices, indices into `free`, each layer lies: one after the other, so that all devices are filled to
/// about the same part of what is free there. outside: bytes that lie on the first device besides. No device may be empty.
std::vector<size_t> spreadLayers(const std::vector<uint64_t> &free, uint64_t outside, const std::vector<uint64_t> &layers);

} // namespace assay::engine
