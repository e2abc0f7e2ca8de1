// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/monitor.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/identify/watch/utctime.h"
#include "core/service/keys.h"
#include "core/service/verify/monitoralerts.h"
#include "core/service/verify/monitorcalls.h"
#include "core/service/verify/monitorfiles.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <pwd.h>
#include <unistd.h>

namespace assay {

namespace {

using nlohmann::json;
using Outcome = WatchRecord::Outcome;
using Key = std::pair<std::string, WatchCheck>;

constexpr int64_t kClockSlack = 60; ///< seconds that a clock may be set back without a word
constexpr int64_t kMostAlertTries = 5;
constexpr double kCallLimit = 120;  ///< seconds for one call

const char *kindOf(const WatchRecord &record)
{
    return record.outcome == Outcome::Limits ? "limits" : watchCheckId(record.check);
}

std::string breachText(const std::vector<SlaRow> &rows)
{
    std::string out;
    for (const SlaRow &row : rows) {
        char share[64];
        std::snprintf(share, sizeof share, " %.1f %% of %.1f %%", row.compliance.value * 100, row.demanded * 100);
        if (row.breached())
            out += (out.empty() ? "" : "; ") + std::string(slaLimitName(row.limit)) + share;
    }
    return out;
}

} // namespace

MonitorClock systemClock()
{
    MonitorClock clock;
    clock.now = [] { return int64_t(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())); };
    clock.wait = [](int64_t until, const std::stop_token &stop) {
        std::mutex mutex;
        std::condition_variable_any changed;
        std::unique_lock lock(mutex);
        const int64_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
        // Looks again every minute: the clock may be set.
        changed.wait_for(lock, stop, std::chrono::seconds(std::clamp<int64_t>(until - now, 1, 60)), [] { return false; });
    };
    return clock;
}

std::string whoIsHere()
{
    char host[256] = "";
    if (::gethostname(host, sizeof host - 1) != 0)
        host[0] = '\0';
    const passwd *user = ::getpwuid(::geteuid());
    return (user ? std::string(user->pw_name) : std::to_string(::geteuid())) + "@" + host;
}

struct Monitor::Private
{
    Private(WatchFile f, std::string w, MonitorClock c, HistoryFile h) : file(std::move(f)), who(std::move(w)), clock(std::move(c)), disk(std::move(h)) {}

    WatchFile file;
    std::string who;
    MonitorClock clock;
    HistoryFile disk;
    WatchBaseline baseline;
    std::vector<WatchRecord> history, made;
    std::map<Key, WatchSeries> series;
    std::map<Key, int64_t> due; ///< of the last check
    std::map<std::string, bool> breached; ///< by endpoint
    std::vector<Told> told;
    int64_t latest = 0; ///< when the last record was made

    void begin(MonitorState state);
    void remember(const WatchRecord &record);
    std::optional<int64_t> dueNow(const Key &key, int64_t now) const;
    Result<EndpointTarget> targetOf(const WatchEndpoint &endpoint) const;
    Asked ask(const WatchEndpoint &endpoint, WatchCheck check, const std::stop_token &stop);
    Result<void> audit(const std::string &kind, const std::string &what, json details);
    Result<void> auditCheck(const WatchRecord &record);
    Result<void> keep(WatchRecord record);
    Result<void> learn(const Key &key);
    Result<void> alert(WatchRecord &change, const std::stop_token &stop);
    Result<void> alertPending(const std::stop_token &stop);
    Result<void> holdLimits(const WatchEndpoint &endpoint, int64_t now);
    Result<bool> clockIsBack(int64_t now);
    Result<void> check(const WatchEndpoint &endpoint, WatchCheck kind, int64_t now, int64_t dueAt, const std::stop_token &stop);
};

Monitor::Monitor(std::unique_ptr<Private> data) : d(std::move(data)) {}
Monitor::~Monitor() = default;

Result<std::unique_ptr<Monitor>> Monitor::open(WatchFile file, std::string who, MonitorClock clock)
{
    auto disk = HistoryFile::open(file.history);
    if (!disk)
        return tl::unexpected(disk.error());
    auto state = readMonitorState(file, *disk);
    if (!state)
        return tl::unexpected(state.error());
    auto data = std::make_unique<Private>(std::move(file), std::move(who), std::move(clock), std::move(*disk));
    const bool lastIsAudited = state->lastIsAudited;
    data->begin(std::move(*state));
    if (!lastIsAudited) { // a crash came between the history and the log
        if (auto written = data->auditCheck(data->history.back()); !written)
            return tl::unexpected(written.error());
    }
    return std::unique_ptr<Monitor>(new Monitor(std::move(data)));
}

void Monitor::Private::begin(MonitorState state)
{
    told = std::move(state.told);
    baseline = std::move(state.baseline);
    for (const WatchEndpoint &endpoint : file.endpoints) {
        for (const WatchCheck kind : endpoint.checks) {
            WatchSeries &one = series.emplace(Key{endpoint.name, kind}, WatchSeries(file, kind)).first->second;
            if (const BaselineSeries *recorded = baseline.find(endpoint.name, kind)) {
                for (const WatchRecord &record : recorded->records)
                    one.replay(record);
            }
        }
    }
    for (WatchRecord &record : state.history.records) {
        const Key key{record.endpoint, record.check};
        const BaselineSeries *recorded = baseline.find(record.endpoint, record.check);
        const bool isInBaseline = recorded && record.outcome == Outcome::Learning && !record.change && record.segment == recorded->segment;
        const auto found = series.find(key);
        if (found != series.end() && !isInBaseline)
            found->second.replay(record);
        remember(record);
        history.push_back(std::move(record));
    }
}

void Monitor::Private::remember(const WatchRecord &record)
{
    latest = record.at;
    if (record.outcome == Outcome::Limits)
        breached[record.endpoint] = record.change;
    else if (record.outcome == Outcome::Renewed)
        due.erase({record.endpoint, record.check});
    else
        due[{record.endpoint, record.check}] = record.due;
}

/// The latest moment of the schedule at which this check should have been made and was not.
std::optional<int64_t> Monitor::Private::dueNow(const Key &key, int64_t now) const
{
    const auto last = due.find(key);
    if (last == due.end())
        return now;
    const int64_t every = file.everyOf(key.second), missed = (now - last->second) / every;
    return missed >= 1 ? std::optional(last->second + missed * every) : std::nullopt;
}

Result<EndpointTarget> Monitor::Private::targetOf(const WatchEndpoint &endpoint) const
{
    EndpointTarget target;
    target.url = endpoint.url;
    target.model = endpoint.model;
    target.dialect = endpoint.dialect;
    target.transport.headerLimit = target.transport.firstTokenLimit = target.transport.stallLimit = target.transport.totalLimit = kCallLimit;
    if (endpoint.keyVariable.empty())
        return target;
    auto key = keyFromEnvironment(QString::fromStdString(endpoint.keyVariable));
    if (!key)
        return tl::unexpected(key.error());
    target.key = std::move(*key);
    return target;
}

Asked Monitor::Private::ask(const WatchEndpoint &endpoint, WatchCheck kind, const std::stop_token &stop)
{
    auto target = targetOf(endpoint);
    if (!target)
        return {{}, Told{ASSAY_TEXT("Identity", "nothing could be asked: %1"), {target.error().sentence()}}};
    MonitorCalls calls(std::move(*target), file, stop);
    const WatchSeries &one = series.at({endpoint.name, kind});
    std::vector<std::string> prompts;
    for (const auto &[prompt, counts] : one.reference())
        prompts.push_back(prompt);
    switch (kind) {
    case WatchCheck::Logprobs: return calls.logprobs();
    case WatchCheck::Border: return prompts.empty() ? calls.border() : calls.answers(prompts, file.border.calls);
    case WatchCheck::Tokenizer: return calls.tokens();
    default: return calls.latency();
    }
}

Result<void> Monitor::Private::audit(const std::string &kind, const std::string &what, json details)
{
    auto appended = appendAudit(file.audit, {who, kind, what, std::move(details)}, clock.now());
    if (!appended)
        return tl::unexpected(appended.error());
    told.insert(told.end(), appended->told.begin(), appended->told.end());
    return {};
}

Result<void> Monitor::Private::auditCheck(const WatchRecord &record)
{
    json details{{"endpoint", record.endpoint}, {"check", kindOf(record)}, {"change", record.change}, {"record", sha256(recordLine(record))}};
    if (record.outcome == Outcome::Failed || record.outcome == Outcome::Clock)
        details["inconclusive"] = true;
    return audit(record.outcome == Outcome::Renewed ? "baseline-accepted" : "check", record.endpoint + ", " + kindOf(record) + ": " + record.what.sentence(), std::move(details));
}

Result<void> Monitor::Private::keep(WatchRecord record)
{
    if (auto written = disk.add(recordLine(record)); !written)
        return written;
    remember(record);
    history.push_back(record);
    made.push_back(record);
    return auditCheck(record);
}

/// Writes a baseline down as soon as it is complete. The log has its hash first: a crash in between leaves the one before.
Result<void> Monitor::Private::learn(const Key &key)
{
    const WatchSeries &one = series.at(key);
    const BaselineSeries *recorded = baseline.find(key.first, key.second);
    if (!one.isLearned() || one.baseline().empty() || (recorded && recorded->segment == one.segment()))
        return {};
    baseline.put({key.first, key.second, one.segment(), one.baseline()});
    const std::string text = baselineText(baseline);
    const char *which = watchCheckId(key.second);
    if (auto written = audit("baseline", key.first + ", " + which + ": the baseline was recorded",
                             {{"endpoint", key.first}, {"check", which}, {"segment", one.segment()}, {"sha256", sha256(text)}});
        !written)
        return written;
    return writeFileAtomically(file.baseline, std::string_view(text));
}

Result<void> Monitor::Private::alert(WatchRecord &change, const std::stop_token &stop)
{
    const AlertDelivery delivery = deliverAlert(file, change, stop);
    if (stop.stop_requested() && !delivery.delivered)
        return {}; // the next program tells it
    ++change.alertTries;
    change.alerted = delivery.delivered;
    if (auto written = disk.add(alertLine(change)); !written)
        return written;
    json channels = json::array();
    for (const Told &one : delivery.told) {
        channels.push_back(one.sentence());
        told.push_back(one);
    }
    return audit("alert", change.endpoint + ", " + kindOf(change) + ": " + change.what.sentence(),
                 {{"endpoint", change.endpoint}, {"check", kindOf(change)}, {"at", utcText(change.at)}, {"since", utcText(change.since)}, {"channels", channels},
                  {"delivered", change.alerted}, {"try", change.alertTries}});
}

Result<void> Monitor::Private::alertPending(const std::stop_token &stop)
{
    for (WatchRecord &record : history) {
        if (!record.change || record.alerted || record.alertTries >= kMostAlertTries)
            continue;
        if (auto sent = alert(record, stop); !sent)
            return sent;
    }
    return {};
}

/// Tells when limits that were met are no longer, and when they are again.
Result<void> Monitor::Private::holdLimits(const WatchEndpoint &endpoint, int64_t now)
{
    const std::string breach = breachText(slaCompliance(file, endpoint, history, now));
    const auto before = breached.find(endpoint.name);
    const bool was = before != breached.end() && before->second;
    if (was == !breach.empty())
        return {};
    WatchRecord record;
    record.at = record.due = record.since = now;
    record.endpoint = endpoint.name;
    record.check = WatchCheck::Latency;
    record.outcome = Outcome::Limits;
    record.change = !breach.empty();
    record.what = record.change ? Told{ASSAY_TEXT("Identity", "agreed limits of %1 are not met: %2"), {endpoint.version, breach}}
                                : Told{ASSAY_TEXT("Identity", "agreed limits of %1 are met again"), {endpoint.version}};
    return keep(std::move(record));
}

/// Whether the clock stands before the last record: then no check is made, each is inconclusive, and the schedule begins anew here.
Result<bool> Monitor::Private::clockIsBack(int64_t now)
{
    if (now >= latest - kClockSlack)
        return false;
    const Told what{ASSAY_TEXT("Identity", "the clock went back from %1 to %2: nothing was checked"), {utcText(latest), utcText(now)}};
    for (const auto &[key, one] : series) {
        WatchRecord record;
        record.at = record.due = now;
        record.endpoint = key.first;
        record.check = key.second;
        record.outcome = Outcome::Clock;
        record.segment = one.segment();
        record.what = what;
        if (auto kept = keep(std::move(record)); !kept)
            return tl::unexpected(kept.error());
    }
    return true;
}

Result<void> Monitor::Private::check(const WatchEndpoint &endpoint, WatchCheck kind, int64_t now, int64_t dueAt, const std::stop_token &stop)
{
    Asked asked = ask(endpoint, kind, stop);
    if (stop.stop_requested())
        return {}; // half a check is none; it is still due
    WatchRecord record;
    record.at = now;
    record.due = dueAt;
    record.endpoint = endpoint.name;
    record.version = endpoint.version;
    record.check = kind;
    record.outcome = asked.why ? Outcome::Failed : Outcome::Compared;
    record.window = std::move(asked.window);
    record.what = asked.why.value_or(Told{});
    const Key key{endpoint.name, kind};
    series.at(key).judge(record);
    if (auto kept = keep(std::move(record)); !kept)
        return kept;
    if (auto learned = learn(key); !learned)
        return learned;
    return kind == WatchCheck::Latency ? holdLimits(endpoint, now) : Result<void>();
}

Result<void> Monitor::round(const std::stop_token &stop)
{
    auto tell = [this, before = d->made.size()]() mutable {
        for (; before < d->made.size(); ++before) {
            if (onRecord)
                onRecord(d->made[before]);
        }
        for (const Told &one : std::exchange(d->told, {})) {
            if (onTold)
                onTold(one);
        }
    };
    const auto back = d->clockIsBack(d->clock.now());
    tell();
    if (!back)
        return tl::unexpected(back.error());
    for (const WatchEndpoint &endpoint : d->file.endpoints) {
        for (const WatchCheck kind : endpoint.checks) {
            const int64_t now = d->clock.now();
            const auto dueAt = d->dueNow({endpoint.name, kind}, now);
            if (!dueAt || stop.stop_requested())
                continue;
            const auto done = d->check(endpoint, kind, now, *dueAt, stop);
            tell();
            if (!done)
                return done;
        }
    }
    const auto sent = stop.stop_requested() ? Result<void>() : d->alertPending(stop);
    tell();
    return sent;
}

Result<void> Monitor::renewBaseline(const std::string &why, const std::string &endpoint, std::optional<WatchCheck> check)
{
    const int64_t now = d->clock.now();
    bool any = false;
    for (auto &[key, one] : d->series) {
        if ((!endpoint.empty() && key.first != endpoint) || (check && key.second != *check))
            continue;
        any = true;
        WatchRecord record;
        record.at = record.due = now;
        record.endpoint = key.first;
        record.check = key.second;
        record.segment = one.segment();
        record.outcome = Outcome::Renewed;
        record.what = {ASSAY_TEXT("Identity", "a new baseline was asked for: %1"), {why}};
        one.replay(record);
        if (auto kept = d->keep(std::move(record)); !kept)
            return kept;
    }
    if (any)
        return {};
    return failure(ErrorCode::BadUsage, {ASSAY_TEXT("Reason", "this watch has no such endpoint or check")});
}

int64_t Monitor::nextDue() const
{
    int64_t next = INT64_MAX;
    for (const auto &[key, one] : d->series) {
        const auto last = d->due.find(key);
        next = std::min(next, last == d->due.end() ? d->clock.now() : last->second + d->file.everyOf(key.second));
    }
    return next;
}

Result<void> Monitor::run(std::optional<int64_t> until, const std::stop_token &stop)
{
    while (!stop.stop_requested() && (!until || d->clock.now() <= *until)) {
        if (auto done = round(stop); !done)
            return done;
        if (until && nextDue() > *until)
            return {};
        const int64_t next = nextDue(), before = d->latest;
        // A clock that is set back ends the waiting, too.
        while (!stop.stop_requested() && d->clock.now() < next && d->clock.now() >= before - kClockSlack)
            d->clock.wait(next, stop);
    }
    return {};
}

const std::vector<WatchRecord> &Monitor::history() const
{
    return d->history;
}

const std::vector<WatchRecord> &Monitor::made() const
{
    return d->made;
}

std::vector<SlaRow> Monitor::compliance() const
{
    return slaByVersion(d->file, d->history, d->clock.now());
}

ExitCode Monitor::exitCode() const
{
    const auto any = [this](auto is) { return std::any_of(d->made.begin(), d->made.end(), is); };
    if (any([](const WatchRecord &record) { return record.change; }))
        return ExitCode::Contradicted;
    if (any([](const WatchRecord &record) { return record.outcome == Outcome::Failed || record.outcome == Outcome::Clock; }))
        return ExitCode::Inconclusive;
    const bool checked = any([](const WatchRecord &record) { return record.outcome != Outcome::Renewed; });
    return !checked || any([](const WatchRecord &record) { return record.outcome == Outcome::Compared; }) ? ExitCode::Ok : ExitCode::Inconclusive;
}

} // namespace assay
