// SPDX-License-Identifier: GPL-3.0-or-later
// The report of a watch: the same in every form, from the same tables and charts as the window's page.
#include "core/report/watchreport.h"

#include "core/base/units.h"
#include "core/compare/identity/watchcharts.h"
#include "core/compare/identity/watchtables.h"
#include "core/report/sections.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kMostEntries = 50; ///< of the audit log: what paper holds; the log itself has all

void addTable(ReportSection &section, IdentityTable table)
{
    if (!table.rows.empty())
        section.blocks.push_back(ReportTable{std::move(table.title), std::move(table.header), std::move(table.rows), std::move(table.numeric)});
}

void addText(ReportSection &section, std::string text, bool emphasis = false)
{
    section.blocks.push_back(ReportParagraph{std::move(text), emphasis});
}

ReportTable endpointsTable(const WatchReading &reading, const ReportWords &words)
{
    ReportTable table;
    table.title = words(ASSAY_TEXT("Report", "Endpoints"));
    table.header = {words(ASSAY_TEXT("Report", "Endpoint")), words(ASSAY_TEXT("Report", "Address")), words(ASSAY_TEXT("Report", "Model")), words(ASSAY_TEXT("Report", "Version"))};
    table.numeric.assign(table.header.size(), false);
    for (const WatchEndpoint &one : reading.file.endpoints)
        table.rows.push_back({one.name, one.url, one.model, one.version.empty() ? "-" : one.version});
    return table;
}

/// What a statistical alarm is worth.
std::string alarmRateText(const WatchFile &file, const ReportWords &words)
{
    return words(ASSAY_TEXT("Report", "Each endpoint is compared with itself: a change says that something behind the address changed, not what. A check of log-probabilities or "
                                      "border inputs is wrong of an unchanged endpoint, whose answers depend on no hour, in at most %1 of watches within %2 checks."),
                 {formatPercent(file.alpha), std::to_string(file.horizon)});
}

ReportSection watchSection(const WatchReading &reading, const ReportWords &words)
{
    ReportSection section{"watch", words(ASSAY_TEXT("Report", "Watching")), {}};
    addText(section, watchSentence(reading, words.translate), true);
    addText(section, alarmRateText(reading.file, words));
    if (reading.damage)
        addText(section, reading.damage->sentence(words.translate));
    if (reading.history.unreadable > 0)
        addText(section, words(ASSAY_TEXT("Report", "%1 {1:line|lines} of the history cannot be read and {1:counts|count} for nothing."), {std::to_string(reading.history.unreadable)}));
    section.blocks.push_back(endpointsTable(reading, words));
    addTable(section, checksTable(reading, words.translate));
    addTable(section, alarmsTable(reading, words.translate));
    for (ChartSpec &chart : watchCharts(reading, words.translate)) {
        if (chart.missing.empty())
            section.blocks.push_back(std::move(chart));
    }
    addTable(section, limitsTable(reading, words.translate));
    addTable(section, switchesTable(reading, words.translate));
    return section;
}

ReportSection auditSection(const WatchReading &reading, const ReportWords &words)
{
    ReportSection section{"audit", words(ASSAY_TEXT("Report", "Audit log")), {}};
    addText(section, auditStateText(reading, words.translate), reading.auditError.has_value());
    IdentityTable entries = auditTable(reading, kMostEntries, words.translate);
    if (reading.audit && reading.audit->entries.size() > entries.rows.size())
        entries.title = words(ASSAY_TEXT("Report", "The last %1 entries"), {std::to_string(entries.rows.size())});
    addTable(section, std::move(entries));
    if (reading.audit && !reading.audit->entries.empty()) {
        const AuditEntry &last = reading.audit->entries.back();
        addText(section, words(ASSAY_TEXT("Report", "The last entry and its hash, to be kept elsewhere: %1:%2"), {std::to_string(last.number), last.hash}));
    }
    return section;
}

} // namespace

Report buildWatchReport(const WatchReading &reading, const std::string &language, const Translate &translate)
{
    const ReportWords words{translate};
    Report report;
    report.title = reading.file.name.empty() ? words(ASSAY_TEXT("Report", "Watch over time")) : words(ASSAY_TEXT("Report", "Watch over time: %1"), {reading.file.name});
    report.language = language;
    report.createdAt = utcNow();
    report.assayVersion = ASSAY_VERSION;
    report.verdict = watchSentence(reading, translate);
    report.watch = reading;
    for (const WatchEndpoint &endpoint : reading.file.endpoints)
        report.subjectNames.push_back(words(ASSAY_TEXT("Report", "%1 (%2)"), {endpoint.name, endpoint.model}));
    report.sections = {watchSection(reading, words), auditSection(reading, words)};
    for (const ReportBlock &block : report.sections.front().blocks) {
        if (const auto *chart = std::get_if<ChartSpec>(&block))
            report.chartTables[chart->id] = chartTable(*chart, words);
    }
    return report;
}

} // namespace assay
