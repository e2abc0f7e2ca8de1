// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/metrics.h"

#include <memory>
#include <span>

namespace assay {

/// Sessions of one series as one run, whose figures are medians over the sessions: what they share with the newest of them is
/// that one's, its requests too. Counts those that ended well; with fewer than two of them null.
std::shared_ptr<const BenchRun> joinSeries(std::vector<std::shared_ptr<const BenchRun>> runs);

/// Of each metric the median over the sessions of a joined series, whose samples are the sessions' values: answers of one
/// session are alike, so that only sessions tell how far figures vary (benchmarking.md 4, pitfall 19).
std::vector<MetricValue> seriesValues(const BenchRun &joined, const BenchPoint &point);

/// Seconds since 1970 of "2026-11-22T18:40:00Z"; nothing for another text.
std::optional<int64_t> secondsOfMoment(const std::string &utc);

/// From the beginning of the first session to the end of the last one; nothing where they do not tell.
std::optional<double> secondsOfSeries(const BenchRun &joined);

/// What sessions that began in one hour of the day measured.
struct HourValues
{
    int hour = 0; ///< UTC, 0 to 23
    std::vector<double> values;
};
/// A metric (by MetricValue::key()) of a joined series by the hour; hours without a session are left out.
std::vector<HourValues> valuesByHour(const BenchRun &joined, const BenchPoint &point, const std::string &key);

} // namespace assay
