// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/text.h"

#include <cstdint>
#include <optional>

namespace assay {

enum class DeviceKind { Gpu, Unified, Cpu };
const char *deviceKindName(DeviceKind kind); ///< "gpu", "unified", "cpu"

/// A device that a model may run on, by its maker's figures.
struct Device
{
    std::string name;
    DeviceKind kind = DeviceKind::Gpu;
    std::optional<uint64_t> memory;  ///< bytes that can be planned with; nothing where the machine decides
    bool memoryReported = false;     ///< as a driver told it; else as the maker advertises it
    std::string memorySource;        ///< of what the driver told
    double bandwidth = 0;            ///< bytes a second
    std::vector<std::string> sources; ///< keys of DeviceTable::sources
    std::string confidence;          ///< "high", "medium", "computed"
    std::string note;
};

/// Which figure Device::memory is, in the translator's language: "79.2 GiB told by the driver (log in ...)"; empty without one.
std::string memoryEvidence(const Device &device, bool withSource = true, const Translate &translate = untranslated);

/// resources/devices.json
struct DeviceTable
{
    std::vector<Device> devices;
    std::vector<std::string> rules; ///< how the figures are to be read
    std::vector<std::pair<std::string, std::string>> sources; ///< key, what it is

    /// By its whole name, else by a part of it when that names exactly one; case does not matter. Null otherwise.
    const Device *find(std::string_view name) const;
};

/// Errors: JsonDamaged, JsonWrongType with the entry; figures that are no sizes are refused.
Result<DeviceTable> parseDevices(const std::string &text, const std::string &where = "devices.json");

} // namespace assay
