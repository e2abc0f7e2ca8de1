// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/identity/watchtables.h"

#include "core/base/units.h"
#include "core/compare/joined.h"
#include "core/identify/watch/utctime.h"

#include <algorithm>

namespace assay {

namespace {

using Kind = WatchRecord::Outcome;

IdentityTable table(const char *id, const Words &words, const char *title, std::initializer_list<const char *> header)
{
    IdentityTable out;
    out.id = id;
    out.title = words(title);
    for (const char *one : header)
        out.header.push_back(words(one));
    out.numeric.assign(out.header.size(), false);
    return out;
}

std::string alertText(const WatchRecord &record, const WatchFile &file, const Words &words)
{
    if (file.alerts.webhook.empty() && file.alerts.command.empty())
        return words(ASSAY_TEXT("Compare", "nobody is named"));
    if (record.alertTries == 0)
        return words(ASSAY_TEXT("Compare", "not yet"));
    return record.alerted ? words(ASSAY_TEXT("Compare", "taken")) : words(ASSAY_TEXT("Compare", "not taken in %1 {1:try|tries}"), {std::to_string(record.alertTries)});
}

const WatchRecord *lastOf(const WatchReading &reading, const std::string &endpoint, WatchCheck check)
{
    const auto &records = reading.history.records;
    const auto last = std::find_if(records.rbegin(), records.rend(), [&](const WatchRecord &record) {
        return record.endpoint == endpoint && record.check == check && record.outcome != Kind::Limits;
    });
    return last == records.rend() ? nullptr : &*last;
}

} // namespace

std::string recordWord(const WatchRecord &record, const Translate &translate)
{
    const Words words{translate};
    if (record.change)
        return words(ASSAY_TEXT("Compare", "CHANGED"));
    switch (record.outcome) {
    case Kind::Compared: return words(ASSAY_TEXT("Compare", "as before"));
    case Kind::Learning: return words(ASSAY_TEXT("Compare", "learning"));
    case Kind::Limits: return words(ASSAY_TEXT("Compare", "met again"));
    case Kind::Renewed: return words(ASSAY_TEXT("Compare", "new baseline"));
    default: return words(ASSAY_TEXT("Compare", "inconclusive"));
    }
}

std::string checkTitle(WatchCheck check, const Translate &translate)
{
    const Words words{translate};
    switch (check) {
    case WatchCheck::Logprobs: return words(ASSAY_TEXT("Compare", "log-probabilities"));
    case WatchCheck::Border: return words(ASSAY_TEXT("Compare", "border inputs"));
    case WatchCheck::Tokenizer: return words(ASSAY_TEXT("Compare", "token counts"));
    default: return words(ASSAY_TEXT("Compare", "latency"));
    }
}

std::string checkTitle(const WatchRecord &record, const Translate &translate)
{
    return record.outcome == Kind::Limits ? Words{translate}(ASSAY_TEXT("Compare", "agreed limits")) : checkTitle(record.check, translate);
}

std::string everyText(int64_t seconds, const Translate &translate)
{
    const Words words{translate};
    if (seconds % 86'400 == 0)
        return words(ASSAY_TEXT("Compare", "%1 {1:day|days}"), {std::to_string(seconds / 86'400)});
    if (seconds % 3600 == 0)
        return words(ASSAY_TEXT("Compare", "%1 {1:hour|hours}"), {std::to_string(seconds / 3600)});
    if (seconds % 60 == 0)
        return words(ASSAY_TEXT("Compare", "%1 {1:minute|minutes}"), {std::to_string(seconds / 60)});
    return words(ASSAY_TEXT("Compare", "%1 seconds"), {std::to_string(seconds)});
}

std::string auditStateText(const WatchReading &reading, const Translate &translate)
{
    const Words words{translate};
    if (reading.auditError)
        return reading.auditError->sentence(translate);
    if (!reading.audit || reading.audit->entries.empty())
        return words(ASSAY_TEXT("Compare", "There is no audit log yet: the first check begins it."));
    std::string out = words(ASSAY_TEXT("Compare", "The chain of %1 {1:entry|entries} is whole: each is as it was written and where it was written."),
                            {std::to_string(reading.audit->entries.size())});
    if (!reading.audit->endKnown)
        out += " " + words(ASSAY_TEXT("Compare", "Whether entries are missing at its end cannot be told, since the file .head beside it is not there."));
    for (const int64_t entry : reading.audit->clockWentBack)
        out += " " + words(ASSAY_TEXT("Compare", "The clock had gone back before entry %1."), {std::to_string(entry)});
    return out;
}

std::string watchSentence(const WatchReading &reading, const Translate &translate)
{
    const Words words{translate};
    const auto &records = reading.history.records;
    const auto count = [&records](auto is) { return size_t(std::count_if(records.begin(), records.end(), is)); };
    const size_t checks = count([](const WatchRecord &one) { return one.outcome != Kind::Limits && one.outcome != Kind::Renewed; });
    if (checks == 0)
        return words(ASSAY_TEXT("Compare", "Nothing was checked yet."));
    const size_t changes = count([](const WatchRecord &one) { return one.change && one.outcome != Kind::Limits; });
    const size_t unclear = count([](const WatchRecord &one) { return one.outcome == Kind::Failed || one.outcome == Kind::Clock; });
    const auto first = std::min_element(records.begin(), records.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
    std::string out = words(ASSAY_TEXT("Compare", "%1 {1:check|checks} since %2: "), {std::to_string(checks), utcDay(first->at)});
    out += changes == 0 ? words(ASSAY_TEXT("Compare", "no change was found.")) : words(ASSAY_TEXT("Compare", "%1 {1:change was|changes were} found."), {std::to_string(changes)});
    if (unclear > 0)
        out += " " + words(ASSAY_TEXT("Compare", "%1 {1:check was|checks were} inconclusive."), {std::to_string(unclear)});
    const auto broken = size_t(std::ranges::count_if(reading.compliance, [](const SlaRow &row) { return row.breached(); }));
    if (broken > 0)
        out += " " + words(ASSAY_TEXT("Compare", "%1 agreed {1:limit is|limits are} not met."), {std::to_string(broken)});
    return out;
}

IdentityTable checksTable(const WatchReading &reading, const Translate &translate)
{
    const Words words{translate};
    IdentityTable out = table("watch_checks", words, ASSAY_TEXT("Compare", "Checks"),
                              {ASSAY_TEXT("Compare", "Endpoint"), ASSAY_TEXT("Compare", "Check"), ASSAY_TEXT("Compare", "Every"), ASSAY_TEXT("Compare", "Last"),
                               ASSAY_TEXT("Compare", "Result"), ASSAY_TEXT("Compare", "What it said")});
    for (const WatchEndpoint &endpoint : reading.file.endpoints) {
        for (const WatchCheck check : endpoint.checks) {
            const WatchRecord *last = lastOf(reading, endpoint.name, check);
            out.rows.push_back({endpoint.name, checkTitle(check, translate), everyText(reading.file.everyOf(check), translate), last ? utcText(last->at) : "-",
                                last ? recordWord(*last, translate) : words(ASSAY_TEXT("Compare", "not checked yet")), last ? last->what.sentence(translate) : std::string()});
        }
    }
    return out;
}

IdentityTable alarmsTable(const WatchReading &reading, const Translate &translate)
{
    const Words words{translate};
    IdentityTable out = table("watch_alarms", words, ASSAY_TEXT("Compare", "Alarms"),
                              {ASSAY_TEXT("Compare", "Found"), ASSAY_TEXT("Compare", "Since"), ASSAY_TEXT("Compare", "Endpoint"), ASSAY_TEXT("Compare", "Check"),
                               ASSAY_TEXT("Compare", "Alert"), ASSAY_TEXT("Compare", "What")});
    const auto &records = reading.history.records;
    std::for_each(records.rbegin(), records.rend(), [&](const WatchRecord &record) {
        if (record.change)
            out.rows.push_back({utcText(record.at), utcDay(record.since), record.endpoint, checkTitle(record, translate),
                                alertText(record, reading.file, words), record.what.sentence(translate)});
    });
    return out;
}

IdentityTable limitsTable(const WatchReading &reading, const Translate &translate)
{
    const Words words{translate};
    IdentityTable out = table("watch_limits_table", words, ASSAY_TEXT("Compare", "Agreed limits"),
                              {ASSAY_TEXT("Compare", "Endpoint"), ASSAY_TEXT("Compare", "Version"), ASSAY_TEXT("Compare", "Limit"), ASSAY_TEXT("Compare", "Agreed"),
                               ASSAY_TEXT("Compare", "Measured [95 %]"), ASSAY_TEXT("Compare", "n"), ASSAY_TEXT("Compare", "Result")});
    out.numeric = {false, false, false, true, true, true, false};
    for (const SlaRow &row : reading.compliance) {
        const Estimate &share = row.compliance;
        std::string measured = share.n > 0 ? formatPercent(share.value) : "-";
        if (share.hasInterval)
            measured += " [" + formatPercent(share.low) + ", " + formatPercent(share.high) + "]";
        const char *result = share.n == 0 ? ASSAY_TEXT("Compare", "not measured yet") : row.breached() ? ASSAY_TEXT("Compare", "not met")
                             : share.value < row.demanded ? ASSAY_TEXT("Compare", "below, as chance alone may be") : ASSAY_TEXT("Compare", "met");
        out.rows.push_back({row.endpoint, row.version, translate("Identity", slaLimitName(row.limit)) + (row.seconds ? " \u2264 " + threeDigits(*row.seconds) + " s" : std::string()),
                            formatPercent(row.demanded), measured, std::to_string(share.n), words(result)});
    }
    return out;
}

IdentityTable switchesTable(const WatchReading &reading, const Translate &translate)
{
    const Words words{translate};
    IdentityTable out = table("watch_switches", words, ASSAY_TEXT("Compare", "Switches of versions"),
                              {ASSAY_TEXT("Compare", "When"), ASSAY_TEXT("Compare", "Who"), ASSAY_TEXT("Compare", "Endpoint"), ASSAY_TEXT("Compare", "From"),
                               ASSAY_TEXT("Compare", "To"), ASSAY_TEXT("Compare", "Why"), ASSAY_TEXT("Compare", "Way back")});
    std::for_each(reading.switches.rbegin(), reading.switches.rend(), [&](const VersionSwitch &one) {
        out.rows.push_back({one.at, one.who, one.endpoint.empty() ? "-" : one.endpoint, one.from, one.to, one.why, one.wayBack});
    });
    return out;
}

IdentityTable auditTable(const WatchReading &reading, size_t most, const Translate &translate)
{
    const Words words{translate};
    IdentityTable out = table("watch_audit", words, ASSAY_TEXT("Compare", "Audit log"),
                              {ASSAY_TEXT("Compare", "Entry"), ASSAY_TEXT("Compare", "When"), ASSAY_TEXT("Compare", "Who"), ASSAY_TEXT("Compare", "Kind"),
                               ASSAY_TEXT("Compare", "Hash"), ASSAY_TEXT("Compare", "What")});
    out.numeric[0] = true;
    if (!reading.audit)
        return out;
    const auto &entries = reading.audit->entries;
    std::for_each(entries.rbegin(), entries.rbegin() + ptrdiff_t(std::min(most, entries.size())), [&](const AuditEntry &entry) {
        out.rows.push_back({std::to_string(entry.number), entry.at, entry.who, entry.kind, entry.hash.substr(0, 12), entry.what});
    });
    return out;
}

} // namespace assay
