// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/series.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>

namespace assay {

std::shared_ptr<const BenchRun> joinSeries(std::vector<std::shared_ptr<const BenchRun>> runs)
{
    std::erase_if(runs, [](const auto &run) { return run->header.state != RunState::Finished || run->requests.empty(); });
    if (runs.size() < 2)
        return nullptr;
    std::ranges::stable_sort(runs, {}, [](const auto &run) { return run->header.series ? run->header.series->session : 0; });
    auto joined = std::make_shared<BenchRun>(*runs.back());
    joined->sessions = std::move(runs);
    return joined;
}

std::vector<MetricValue> seriesValues(const BenchRun &joined, const BenchPoint &point)
{
    std::map<std::string, std::vector<double>> sessions;
    std::vector<MetricValue> out;
    for (const auto &session : joined.sessions) {
        for (const MetricValue &value : summarize(*session, point)) {
            std::vector<double> &values = sessions[value.key()];
            if (values.empty())
                out.push_back({value.metric, {}, {}, value.qualifier});
            values.push_back(value.estimate.value);
        }
    }
    for (MetricValue &value : out) {
        value.samples = std::move(sessions[value.key()]);
        value.estimate = medianEstimate(value.samples);
    }
    const auto place = [](const MetricValue &value) { return value.metric; };
    std::ranges::stable_sort(out, {}, place); // as the metrics are declared: they stand in one list
    return out;
}

std::optional<int64_t> secondsOfMoment(const std::string &utc)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (std::sscanf(utc.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second) != 6)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)), std::chrono::day(unsigned(day))};
    if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count() * int64_t(86400) + hour * 3600 + minute * 60 + second;
}

std::optional<double> secondsOfSeries(const BenchRun &joined)
{
    if (joined.sessions.empty())
        return std::nullopt;
    const auto from = secondsOfMoment(joined.sessions.front()->header.startedAt);
    const auto to = secondsOfMoment(joined.sessions.back()->header.finishedAt);
    return from && to && *to >= *from ? std::optional(double(*to - *from)) : std::nullopt;
}

std::vector<HourValues> valuesByHour(const BenchRun &joined, const BenchPoint &point, const std::string &key)
{
    std::map<int, std::vector<double>> hours;
    for (const auto &session : joined.sessions) {
        const auto began = secondsOfMoment(session->header.startedAt);
        for (const MetricValue &value : began ? summarize(*session, point) : std::vector<MetricValue>()) {
            if (value.key() == key)
                hours[int(*began / 3600 % 24)].push_back(value.estimate.value);
        }
    }
    std::vector<HourValues> out;
    for (auto &[hour, values] : hours)
        out.push_back({hour, std::move(values)});
    return out;
}

} // namespace assay
