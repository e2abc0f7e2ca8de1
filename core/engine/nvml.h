// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace assay::engine {

/// What the NVIDIA driver says of a device. The library is loaded at run time; without it nothing is known.
struct NvmlReading
{
    uint64_t total = 0, used = 0;    ///< bytes of the device
    std::optional<uint64_t> process; ///< bytes of this process; containers may hide it
};

/// The device at a PCI address such as "00000000:17:00.0".
std::optional<NvmlReading> readNvml(const std::string &pciAddress);

} // namespace assay::engine
