// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/watch/watchreading.h"

#include "core/base/file.h"

#include <algorithm>

namespace assay {

namespace {

constexpr uint64_t kMostHistory = uint64_t(1) << 30;

std::string textOf(const nlohmann::json &details, const char *name)
{
    const auto found = details.is_object() ? details.find(name) : details.end();
    return details.is_object() && found != details.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void readHistory(WatchReading &reading)
{
    std::error_code ignored;
    if (!std::filesystem::exists(reading.file.history, ignored))
        return;
    const auto text = readWholeFile(reading.file.history, kMostHistory);
    if (!text) {
        reading.damage = text.error();
        return;
    }
    // A monitor may be writing its next line.
    reading.history = readWatchHistory(std::string_view(*text).substr(0, text->rfind('\n') + 1));
}

void readAudit(WatchReading &reading)
{
    std::error_code ignored;
    if (!std::filesystem::exists(reading.file.audit, ignored))
        return;
    auto report = verifyAudit(reading.file.audit);
    if (!report) {
        reading.auditError = report.error();
        return;
    }
    reading.switches = versionSwitches(report->entries);
    reading.audit = std::move(*report);
}

} // namespace

std::vector<VersionSwitch> versionSwitches(std::span<const AuditEntry> entries)
{
    std::vector<VersionSwitch> out;
    for (const AuditEntry &entry : entries) {
        if (entry.kind != "switch")
            continue;
        const auto text = [&entry](const char *name) { return textOf(entry.details, name); };
        out.push_back({entry.at, entry.who, text("endpoint"), text("from"), text("to"), text("why"), text("way-back"), entry.number});
    }
    return out;
}

std::optional<int64_t> WatchReading::lastCheck() const
{
    std::optional<int64_t> last;
    for (const WatchRecord &record : history.records)
        last = std::max(last.value_or(0), record.at);
    return last;
}

std::optional<int64_t> WatchReading::nextDue() const
{
    std::map<std::pair<std::string, WatchCheck>, int64_t> due;
    for (const WatchRecord &record : history.records) {
        if (record.outcome == WatchRecord::Outcome::Renewed)
            due.erase({record.endpoint, record.check});
        else if (record.outcome != WatchRecord::Outcome::Limits)
            due[{record.endpoint, record.check}] = record.due + file.everyOf(record.check);
    }
    std::optional<int64_t> next;
    for (const WatchEndpoint &endpoint : file.endpoints) {
        for (const WatchCheck check : endpoint.checks) {
            const auto found = due.find({endpoint.name, check});
            if (found == due.end())
                return std::nullopt;
            next = std::min(next.value_or(found->second), found->second);
        }
    }
    return next;
}

size_t WatchReading::alarms() const
{
    return size_t(std::count_if(history.records.begin(), history.records.end(), [](const WatchRecord &record) { return record.change; }));
}

Result<WatchReading> readWatch(const std::filesystem::path &path, int64_t now)
{
    auto file = readWatchFile(path);
    if (!file)
        return tl::unexpected(file.error());
    WatchReading reading;
    reading.path = path.string();
    reading.file = std::move(*file);
    readHistory(reading);
    readAudit(reading);
    reading.compliance = slaByVersion(reading.file, reading.history.records, now);
    for (WatchRecord &record : reading.history.records) { // what nobody shows: most of a long history
        record.window.logprobs.clear();
        record.window.answers.clear();
    }
    return reading;
}

} // namespace assay
