// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/parttimes.h"

#include <array>

namespace assay::engine {
namespace {

thread_local PartTimes *t_times = nullptr;

// In the order of StepPart; translation context "StepPart".
constexpr std::array kNames{ASSAY_TEXT("StepPart", "norms and the rest"), ASSAY_TEXT("StepPart", "attention"),
                            ASSAY_TEXT("StepPart", "products with weights"), ASSAY_TEXT("StepPart", "head"),
                            ASSAY_TEXT("StepPart", "choosing the token")};

} // namespace

PartTimes::PartTimes(at::Device device) : m_marks(device)
{
    enter(StepPart::Rest);
    t_times = this;
}

PartTimes::~PartTimes()
{
    t_times = nullptr;
}

void PartTimes::enter(StepPart part)
{
    m_current = part;
    m_parts.push_back(part);
    m_marks.add();
}

std::vector<TimeShare> PartTimes::shares(int64_t steps)
{
    enter(StepPart::Rest);
    const std::vector<double> at = m_marks.seconds();
    std::array<double, kNames.size()> seconds{};
    for (size_t i = 0; i + 1 < at.size(); ++i)
        seconds[size_t(m_parts[i])] += at[i + 1] - at[i];
    std::vector<TimeShare> out;
    for (size_t part = 0; part < seconds.size(); ++part) {
        if (seconds[part] > 0 && steps > 0)
            out.push_back({kNames[part], seconds[part] / double(steps)});
    }
    return out;
}

PartScope::PartScope(StepPart part) : m_times(t_times)
{
    if (!m_times)
        return;
    m_before = m_times->current();
    if (m_before == StepPart::Head || m_before == part)
        m_times = nullptr;
    else
        m_times->enter(part);
}

PartScope::~PartScope()
{
    if (m_times)
        m_times->enter(m_before);
}

} // namespace assay::engine
