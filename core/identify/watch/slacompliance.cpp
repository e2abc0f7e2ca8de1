// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/watch/slacompliance.h"

#include "core/evaluate/statistics/intervals.h"

#include <algorithm>
#include <array>
#include <map>

namespace assay {

namespace {

size_t within(const std::vector<double> &times, double limit)
{
    return size_t(std::count_if(times.begin(), times.end(), [limit](double time) { return time <= limit; }));
}

/// Requests and checks, and how many of them met what.
struct Counts
{
    size_t requests = 0, failed = 0, fastFirst = 0, fastEach = 0, timedEach = 0, checks = 0, answered = 0;
};

/// Histories from before versions were recorded name none: their checks count for whichever is asked about.
bool isOf(const WatchRecord &record, const WatchEndpoint &endpoint)
{
    return record.endpoint == endpoint.name && (record.version.empty() || record.version == endpoint.version);
}

Counts countsOf(const SlaLimits &limits, const WatchEndpoint &endpoint, std::span<const WatchRecord> records, int64_t now)
{
    Counts counts;
    for (const WatchRecord &record : records) {
        const bool asked = record.check == WatchCheck::Latency && record.window.requests > 0 && record.outcome != WatchRecord::Outcome::Limits;
        if (!asked || !isOf(record, endpoint) || record.at > now || record.at < now - limits.days * 86'400)
            continue;
        ++counts.checks;
        counts.answered += record.window.failed < record.window.requests;
        counts.requests += size_t(record.window.requests);
        counts.failed += size_t(record.window.failed);
        counts.timedEach += record.window.tpot.size() + size_t(record.window.failed);
        counts.fastFirst += within(record.window.ttft, limits.ttft.value_or(0));
        counts.fastEach += within(record.window.tpot, limits.tpot.value_or(0));
    }
    return counts;
}

} // namespace

const char *slaLimitName(SlaRow::Limit limit)
{
    constexpr std::array kNames{ASSAY_TEXT("Identity", "time to first token"), ASSAY_TEXT("Identity", "time per output token"),
                                ASSAY_TEXT("Identity", "requests without failure"), ASSAY_TEXT("Identity", "availability")};
    return kNames[size_t(limit)];
}

std::vector<SlaRow> slaCompliance(const WatchFile &file, const WatchEndpoint &endpoint, std::span<const WatchRecord> records, int64_t now)
{
    const auto found = file.sla.find(endpoint.version);
    if (found == file.sla.end())
        return {};
    const SlaLimits &limits = found->second;
    const Counts counts = countsOf(limits, endpoint, records, now);
    std::vector<SlaRow> rows;
    const auto add = [&](SlaRow::Limit limit, std::optional<double> seconds, double demanded, size_t met, size_t n) {
        rows.push_back({endpoint.name, endpoint.version, limit, seconds, demanded, wilson(std::min(met, n), n)});
    };
    if (limits.ttft)
        add(SlaRow::Limit::Ttft, limits.ttft, limits.share, counts.fastFirst, counts.requests);
    if (limits.tpot)
        add(SlaRow::Limit::Tpot, limits.tpot, limits.share, counts.fastEach, counts.timedEach);
    if (limits.errors)
        add(SlaRow::Limit::Errors, {}, 1 - *limits.errors, counts.requests - counts.failed, counts.requests);
    if (limits.availability)
        add(SlaRow::Limit::Availability, {}, *limits.availability, counts.answered, counts.checks);
    return rows;
}

std::vector<SlaRow> slaByVersion(const WatchFile &file, std::span<const WatchRecord> records, int64_t now)
{
    std::vector<SlaRow> rows;
    for (const WatchEndpoint &endpoint : file.endpoints) {
        const auto add = [&](const WatchEndpoint &with, int64_t until) {
            const auto more = slaCompliance(file, with, records, until);
            rows.insert(rows.end(), more.begin(), more.end());
        };
        add(endpoint, now);
        std::map<std::string, int64_t> earlier; // versions with their last check
        for (const WatchRecord &record : records) {
            if (record.endpoint == endpoint.name && !record.version.empty() && record.version != endpoint.version)
                earlier[record.version] = std::max(earlier[record.version], record.at);
        }
        for (const auto &[version, until] : earlier) {
            WatchEndpoint then = endpoint;
            then.version = version;
            add(then, until);
        }
    }
    return rows;
}

} // namespace assay
