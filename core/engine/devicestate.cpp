// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/devicestate.h"

#include "core/engine/cuda.h"

#include <algorithm>

namespace assay::engine {
namespace {

using Better = const double &(*)(const double &, const double &);

/// The smaller or larger one where both are known.
void take(std::optional<double> &value, const std::optional<double> &other, Better better)
{
    if (other)
        value = value ? better(*value, *other) : *other;
}

} // namespace

StateWatch::StateWatch(std::vector<at::Device> devices) : m_devices(std::move(devices))
{
    if (m_devices.front().is_cpu())
        m_packages.emplace();
}

bool StateWatch::countsEnergy() const
{
    if (m_packages)
        return m_packages->available();
    return std::ranges::all_of(m_devices, [](at::Device device) {
        const auto state = cuda::state(device.index());
        return state && state->joules;
    });
}

DeviceState StateWatch::read()
{
    DeviceState out;
    if (m_packages) {
        out.joules = m_packages->joules();
        out.temperature = processorTemperature();
        out.clockHertz = processorClock();
        return out;
    }
    double joules = 0;
    bool counted = true;
    for (const at::Device device : m_devices) {
        const auto state = cuda::state(device.index());
        counted = counted && state && state->joules;
        if (!state)
            continue;
        joules += state->joules.value_or(0);
        take(out.temperature, state->temperature, std::max<double>);
        take(out.clockHertz, state->clockHertz, std::min<double>);
        take(out.memoryClockHertz, state->memoryClockHertz, std::min<double>);
        for (const std::string &reason : state->throttled) {
            if (std::ranges::find(out.throttled, reason) == out.throttled.end())
                out.throttled.push_back(reason);
        }
    }
    if (counted)
        out.joules = joules;
    return out;
}

void StateWatch::begin()
{
    m_joules = read().joules;
}

DeviceState StateWatch::end()
{
    DeviceState out = read();
    if (out.joules && m_joules && *out.joules >= *m_joules)
        out.joules = *out.joules - *m_joules;
    else
        out.joules.reset();
    return out;
}

} // namespace assay::engine
