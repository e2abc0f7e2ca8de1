// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/marks.h"

namespace assay::engine {

void Marks::add()
{
    if (m_device.is_cuda())
        m_events.emplace_back(m_device.index());
    else
        m_times.push_back(Clock::now());
}

void Marks::waitFor(size_t mark) const
{
    if (m_device.is_cuda())
        m_events[mark].wait();
}

std::vector<double> Marks::seconds() const
{
    std::vector<double> out;
    if (size() > 0)
        waitFor(size() - 1);
    for (const cuda::Event &event : m_events)
        out.push_back(event.secondsSince(m_events.front()));
    for (const Clock::time_point time : m_times)
        out.push_back(std::chrono::duration<double>(time - m_times.front()).count());
    return out;
}

} // namespace assay::engine
