// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// Products of matrices a second in one type, as fast as this machine was seen to make them.
struct MatrixRate
{
    std::string dtype;  ///< "f32", "bf16", "int8"
    double flops = 0;   ///< floating-point (or whole-number) operations a second; a multiplication and an addition are two
    bool operator==(const MatrixRate &) const = default;
};

/// What a device was measured to be able to do, and in what state it was: the denominators of MBU and MFU. What a platform
/// cannot tell is absent.
struct MachineLimits
{
    std::string device;        ///< "cpu", "cuda:0"
    std::string name;          ///< "AMD EPYC", "NVIDIA H200"
    std::string measuredAt;    ///< UTC, ISO 8601
    double readBandwidth = 0;  ///< bytes a second out of memory, all threads together
    std::vector<MatrixRate> matrixRates;
    uint64_t memoryBytes = 0;
    int cores = 0, threads = 0;
    std::vector<uint64_t> caches = {};     ///< bytes of the processor's data caches, level 1 first; of the last level all pieces together
    std::string driver = {};               ///< of a GPU
    std::string governor = {};             ///< of the processor's clock
    std::optional<double> clockHertz = {}; ///< while it was measured
    std::optional<double> temperature = {}; ///< degrees Celsius, after it was measured
    std::optional<double> idleWatts = {};  ///< that the device uses while nobody asks anything of it
    double load1 = 0;                      ///< load average before it began
    bool operator==(const MachineLimits &) const = default;

    /// Operations a second in a type; nothing where it was not measured.
    std::optional<double> flopsIn(const std::string &dtype) const;
};

nlohmann::json toJson(const MachineLimits &limits);
/// StoreDamaged with the field's name.
Result<MachineLimits> machineLimitsFromJson(const nlohmann::json &json);

} // namespace assay
