// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchmarks/identitypool.h"

#include "core/identify/watch/watchrecord.h"

#include <filesystem>
#include <optional>

namespace assay {

/// Log-probabilities of a first token that the worker computed (tests/data/generators/make_identity_watch.py), and answers.
struct WatchPool
{
    std::map<std::string, std::vector<TopLogprobs>> calls; ///< by subject
    PoolSet answers;                                       ///< of border inputs: the first characters
};
WatchPool readWatchPool(const std::filesystem::path &identity);

/// A month of daily checks: what is served, and from the change on something else.
struct WatchSubject
{
    std::string name;
    WatchCheck check = WatchCheck::Logprobs;
    std::string before, after; ///< of the pool; after: empty: nothing changes
    std::string what;
    bool byDay = false; ///< half of the noise's variance is common to a day's calls: no test that deals calls over days supposes that
    bool changes() const { return !after.empty(); }
    bool honest() const { return after.empty() && !byDay; }
};
const std::vector<WatchSubject> &watchSubjects();

inline constexpr int64_t kMonth = 30, kChangeDay = 12; ///< days; that of the change counted from 0

/// What came of one month.
struct WatchMonth
{
    std::vector<int64_t> alarms; ///< days
    std::optional<double> lastP; ///< of the last check before anything changed, or of the month
    size_t early() const;        ///< alarms before the change, or in a month without one: false
    std::optional<int64_t> delay; ///< checks from the first one after the change to the alarm, both counted
};
/// By WatchSeries, on recorded calls.
WatchMonth watchMonth(const WatchPool &pool, const WatchSubject &subject, uint64_t seed);
/// By Monitor over a socket: log-probabilities change to int4 on day 12, counts on day 20; or nothing does. In a folder of its own.
struct SocketMonth
{
    std::vector<std::pair<WatchCheck, int64_t>> alarms;
    bool ran = false;
};
SocketMonth socketMonth(const WatchPool &pool, const std::filesystem::path &folder, bool changes, uint64_t seed);

/// The parts of the document. falseAlarms: of honest months, over all.
struct FalseAlarms
{
    size_t alarms = 0, months = 0;
};
std::string watchSection(const WatchPool &pool, size_t runs, unsigned threads, FalseAlarms &falseAlarms);
std::string monitorSection(const WatchPool &pool, const std::filesystem::path &place, size_t runs, unsigned threads, FalseAlarms &falseAlarms);

} // namespace assay
