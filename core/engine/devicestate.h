// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/sample.h"
#include "core/engine/sensors.h"
#include "core/engine/torch.h"

namespace assay::engine {

/// What devices tell of themselves around timed work: energy by the counters of the driver (NVML) or of the processor's
/// packages (RAPL), temperature, clocks, and why they were held down. Nothing is made up where nothing is told.
class StateWatch
{
public:
    explicit StateWatch(std::vector<at::Device> devices);

    /// Whether energy is counted at all.
    bool countsEnergy() const;
    void begin();
    /// Since begin(). Of several devices energies are added, and the hottest and slowest one counts.
    DeviceState end();

private:
    DeviceState read();

    std::vector<at::Device> m_devices;
    std::optional<PackageEnergy> m_packages; ///< of the CPU
    std::optional<double> m_joules;
};

} // namespace assay::engine
