// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/goodputpoints.h"

#include <limits>

namespace assay {
namespace {

constexpr float kNone = std::numeric_limits<float>::infinity();

float shown(const std::optional<double> &value)
{
    return value ? float(*value) : kNone;
}

/// No limit lets everything through, even what is not shown.
float limitOf(const std::optional<double> &limit)
{
    return shown(limit);
}

} // namespace

GoodputPoints::GoodputPoints(const LevelAnalysis &level) : m_steadySeconds(level.steady ? level.steady->seconds : 0), m_counted(level.counted)
{
    for (const RequestRow &row : level.rows) {
        if (row.attempt > 0 || row.failure == Failure::Cancelled || (!row.counted() && row.slice < 0))
            continue;
        const RequestMetrics &m = row.metrics;
        const bool oneRead = !m.failed && !m.longestGap;
        ttft.push_back(shown(m.ttft));
        ttfa.push_back(shown(m.ttfa));
        tpot.push_back(oneRead ? 0 : shown(m.tpot));
        e2e.push_back(shown(m.e2e));
        longestGap.push_back(oneRead ? 0 : shown(m.longestGap));
        scheduledTtft.push_back(shown(m.scheduledTtft));
        scheduledTtfa.push_back(m.ttfa && m.scheduleDelay ? float(*m.ttfa + *m.scheduleDelay) : kNone);
        scheduledE2e.push_back(shown(m.scheduledE2e));
        isCounted.push_back(row.counted());
        inWindow.push_back(row.slice >= 0);
    }
}

Goodput GoodputPoints::at(const Slo &slo) const
{
    const float mostTtft = limitOf(slo.ttft), mostTtfa = limitOf(slo.ttfa), mostTpot = limitOf(slo.tpot), mostE2e = limitOf(slo.e2e),
                mostGap = limitOf(slo.longestGap);
    const std::vector<float> &firsts = slo.fromSchedule ? scheduledTtft : ttft, &answers = slo.fromSchedule ? scheduledTtfa : ttfa,
                             &ends = slo.fromSchedule ? scheduledE2e : e2e;
    uint32_t good = 0, inTime = 0;
    for (size_t i = 0; i < size(); ++i) {
        // Numbers, so that nothing is jumped over; the first: answered at all.
        const uint32_t met = uint32_t(ttft[i] < kNone) & uint32_t(firsts[i] <= mostTtft) & uint32_t(answers[i] <= mostTtfa)
                             & uint32_t(tpot[i] <= mostTpot) & uint32_t(ends[i] <= mostE2e) & uint32_t(longestGap[i] <= mostGap);
        good += met & isCounted[i];
        inTime += met & inWindow[i];
    }
    Goodput out;
    out.good = good;
    out.counted = m_counted;
    if (m_counted > 0)
        out.share = shareEstimate(good, m_counted);
    if (m_steadySeconds > 0)
        out.perSecond = double(inTime) / m_steadySeconds;
    return out;
}

} // namespace assay
