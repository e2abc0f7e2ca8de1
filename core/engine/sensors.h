// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// What Linux tells of the processor's state, read from /sys and /proc. What a machine does not tell is absent: containers and
/// virtual machines often hide all of it.
namespace assay::engine {

/// Bytes of the data and unified caches, level 1 first; of each level all that the system counts, since cores have their own.
struct ProcessorCaches
{
    std::vector<uint64_t> one;  ///< of the first processor
    uint64_t lastInAll = 0;     ///< of the last level, all of its pieces together
};
ProcessorCaches processorCaches(const std::filesystem::path &root = "/");

/// How the clock is governed: "performance", "schedutil".
std::string clockGovernor(const std::filesystem::path &root = "/");
/// The clock of the first processor now, in Hz.
std::optional<double> processorClock(const std::filesystem::path &root = "/");
/// Degrees Celsius of the processor's package, else of the hottest sensor that is a processor's.
std::optional<double> processorTemperature(const std::filesystem::path &root = "/");

/// Joules that all processor packages have used since some moment in the past (RAPL through /sys/class/powercap: energy_uj,
/// which begins anew at max_energy_range_uj; Linux, Documentation/power/powercap). Usually only root may read it.
class PackageEnergy
{
public:
    explicit PackageEnergy(const std::filesystem::path &root = "/");
    bool available() const { return !m_packages.empty(); }
    /// Since this object was made; nothing when a counter cannot be read any more.
    std::optional<double> joules();

private:
    struct Package
    {
        std::filesystem::path counter;
        uint64_t range = 0, last = 0; ///< microjoules
    };
    std::vector<Package> m_packages;
    double m_joules = 0;
};

} // namespace assay::engine
