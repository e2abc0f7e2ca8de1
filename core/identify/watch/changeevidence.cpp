// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/watch/changeevidence.h"

#include "core/bench/statistics.h"
#include "core/identify/statistics/evalues.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace assay {

bool ChangeEvidence::add(double p)
{
    if (m_checks >= m_horizon) {
        m_checks = 0;
        m_sum = m_highest = 0;
    }
    const double e = eValue(std::clamp(p, 1e-300, 1.0));
    ++m_checks;
    m_sum = (m_sum + 1) * e;
    m_since = m_highest > 1 ? m_since + 1 : 0;
    m_highest = std::max(m_highest, 1.0) * e;
    return value() >= 1 / m_alpha;
}

double ChangeEvidence::value() const
{
    return (m_sum + double(m_horizon - m_checks)) / double(m_horizon);
}

std::optional<LeavingBand> bandAt(std::span<const double> values, size_t place, const LeavingRule &rule)
{
    if (place >= values.size() || place < rule.skipped + rule.baseline || rule.baseline < 2)
        return std::nullopt;
    const auto before = values.subspan(place - rule.skipped - rule.baseline, rule.baseline);
    const std::vector<double> baseline(before.begin(), before.end());
    const double middle = mean(baseline), reach = std::max(rule.least, rule.deviations * standardDeviation(baseline));
    return LeavingBand{middle, rule.bothSides ? middle - reach : -INFINITY, middle + reach};
}

bool leaves(std::span<const double> values, const LeavingRule &rule)
{
    if (values.size() < rule.days || rule.days == 0)
        return false;
    size_t above = 0, below = 0;
    for (size_t place = values.size() - rule.days; place < values.size(); ++place) {
        const auto band = bandAt(values, place, rule);
        above += band && values[place] > band->high;
        below += band && values[place] < band->low;
    }
    return above == rule.days || below == rule.days;
}

} // namespace assay
