// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/metrics.h"

#include <functional>
#include <map>
#include <mutex>

namespace assay {

/// The values of each level as they were last made, with the plan they were made by: tables and charts ask again and again.
struct SummaryCache
{
    std::vector<MetricValue> get(size_t level, const BenchPlan &plan, const std::function<std::vector<MetricValue>()> &make)
    {
        const std::lock_guard lock(m_mutex);
        auto &[kept, values] = m_levels[level];
        if (!values || kept != plan) {
            values = std::make_shared<std::vector<MetricValue>>(make());
            kept = plan;
        }
        return *values;
    }

private:
    std::mutex m_mutex;
    std::map<size_t, std::pair<BenchPlan, std::shared_ptr<const std::vector<MetricValue>>>> m_levels;
};

} // namespace assay
