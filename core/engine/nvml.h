// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::engine {

/// What the NVIDIA driver says of a device. The library is loaded at run time; without it nothing is known.
struct NvmlReading
{
    uint64_t total = 0, used = 0;    ///< bytes of the device
    std::optional<uint64_t> process; ///< bytes of this process; containers may hide it
};

/// The device at a PCI address such as "00000000:17:00.0".
std::optional<NvmlReading> readNvml(const std::string &pciAddress);

/// In what state the driver says a device is. What a card or a driver does not tell is absent; Volta and later count energy.
struct NvmlState
{
    std::string driver;
    std::optional<double> joules;      ///< used since the driver was loaded; the counter moves about ten times a second
    std::optional<double> watts;       ///< now, or over the last second, as the card has it
    std::optional<double> temperature; ///< degrees Celsius
    std::optional<double> clockHertz, memoryClockHertz; ///< of the multiprocessors and of the memory
    std::vector<std::string> throttled; ///< why the clock is lower than it could be, "power cap", "thermal slowdown"
};
std::optional<NvmlState> readNvmlState(const std::string &pciAddress);

} // namespace assay::engine
