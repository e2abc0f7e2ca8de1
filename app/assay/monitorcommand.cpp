// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/comparereport.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/interruptible.h"
#include "core/identify/watch/utctime.h"
#include "core/report/watchreport.h"
#include "core/service/translation.h"
#include "core/service/verify/monitor.h"

#include <QCoreApplication>
#include <QLocale>

namespace assay {
namespace {

using nlohmann::json;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

json checkJson(const WatchRecord &record)
{
    json out = recordToJson(record);
    out.erase("window"); // the history holds what came
    out["at"] = utcText(record.at);
    out["due"] = utcText(record.due);
    if (record.change)
        out["since"] = utcText(record.since);
    out["what"] = record.what.sentence();
    return out;
}

json complianceJson(const std::vector<SlaRow> &rows)
{
    json out = json::array();
    for (const SlaRow &row : rows) {
        const Estimate &share = row.compliance;
        json one{{"endpoint", row.endpoint}, {"version", row.version}, {"limit", slaLimitName(row.limit)}, {"demanded", row.demanded}, {"breached", row.breached()}, {"n", share.n}};
        one["seconds"] = row.seconds ? json(*row.seconds) : json();
        one["compliance"] = share.n > 0 ? json(share.value) : json();
        one["interval"] = share.hasInterval ? json{share.low, share.high} : json();
        out.push_back(std::move(one));
    }
    return out;
}

void printRecord(const WatchRecord &record)
{
    const QString mark = record.change ? say(QT_TRANSLATE_NOOP("Command", "CHANGED")) : record.outcome == WatchRecord::Outcome::Failed || record.outcome == WatchRecord::Outcome::Clock
                             ? say(QT_TRANSLATE_NOOP("Command", "inconclusive")) : record.outcome == WatchRecord::Outcome::Learning ? say(QT_TRANSLATE_NOOP("Command", "learning"))
                             : record.outcome == WatchRecord::Outcome::Renewed ? say(QT_TRANSLATE_NOOP("Command", "new baseline")) : say(QT_TRANSLATE_NOOP("Command", "as before"));
    print(QStringLiteral("%1  %2  %3  %4: %5").arg(toQString(utcText(record.at)), toQString(record.endpoint), QString::fromLatin1(watchCheckId(record.check)), mark,
                                                   toQString(record.what.sentence(qtTranslate()))));
}

void printCompliance(const std::vector<SlaRow> &rows)
{
    for (const SlaRow &row : rows) {
        if (row.compliance.n == 0)
            continue;
        const auto percent = [](double share) { return QString::number(share * 100, 'f', 1); };
        print(say(QT_TRANSLATE_NOOP("Command", "%1, %2: %3 %4 % (95 %: %5 to %6) of %7 % agreed")).arg(toQString(row.endpoint), toQString(row.version), QCoreApplication::translate("Identity", slaLimitName(row.limit)),
              percent(row.compliance.value), percent(row.compliance.low), percent(row.compliance.high), percent(row.demanded)));
    }
}

/// "2026-12-01T00:00:00Z".
Result<std::optional<int64_t>> untilOf(const Arguments &options)
{
    if (!options.isSet(QStringLiteral("until")))
        return std::optional<int64_t>();
    const auto until = utcSeconds(options.value(QStringLiteral("until")).toStdString());
    if (!until)
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--until takes a time as 2026-12-01T00:00:00Z")).toStdString()});
    return std::optional<int64_t>(*until);
}

/// What --new-baseline is of: an endpoint, ENDPOINT:CHECK, or all.
struct Renewal
{
    std::string why, endpoint;
    std::optional<WatchCheck> check;
};
Result<std::optional<Renewal>> renewalOf(const Arguments &options)
{
    if (!options.isSet(QStringLiteral("new-baseline")))
        return std::optional<Renewal>();
    Renewal out;
    out.why = options.value(QStringLiteral("why")).trimmed().toStdString();
    out.endpoint = options.value(QStringLiteral("endpoint")).toStdString();
    const QString check = options.value(QStringLiteral("check"));
    out.check = watchCheckFromId(check.toStdString());
    if (out.why.empty())
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--new-baseline needs --why TEXT: it is written into the audit log")).toStdString()});
    if (!check.isEmpty() && !out.check)
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--check is logprobs, border, tokenizer or latency")).toStdString()});
    return std::optional(std::move(out));
}

/// Of what lies on the disk now, so that it says what any later one would.
Result<void> reportOn(const std::filesystem::path &file, const QStringList &reports)
{
    if (reports.isEmpty())
        return {};
    const auto reading = readWatch(file, systemClock().now());
    return reading ? writeReports(buildWatchReport(*reading, QLocale().name().toStdString(), qtTranslate()), reports) : tl::unexpected(reading.error());
}

/// Runs on a thread of its own; what it says is printed there, and nothing else prints meanwhile.
Result<void> watch(Monitor &monitor, bool once, std::optional<int64_t> until, bool asJson)
{
    if (!asJson)
        monitor.onRecord = printRecord;
    monitor.onTold = [](const Told &told) { note(toQString(told.sentence(qtTranslate()))); };
    Result<void> ended;
    std::stop_source source;
    runInterruptible(source, [&] { ended = once ? monitor.round(source.get_token()) : monitor.run(until, source.get_token()); }, [] {});
    return ended;
}

} // namespace

int runMonitor(const QStringList &arguments)
{
    Arguments options("monitor", say(QT_TRANSLATE_NOOP("Command", "Checks endpoints on a schedule and tells of changes: 0 nothing changed, 1 a change was found, 2 inconclusive.")), QStringLiteral("FILE"));
    options.addFlag(QStringLiteral("once"), say(QT_TRANSLATE_NOOP("Command", "Runs what is due now, and ends.")));
    options.addOption(QStringLiteral("until"), QStringLiteral("time"), say(QT_TRANSLATE_NOOP("Command", "Ends then: 2026-12-01T00:00:00Z.")));
    options.addFlag(QStringLiteral("new-baseline"), say(QT_TRANSLATE_NOOP("Command", "The checks learn anew what is usual; written into the audit log. Asks nothing unless --once or --until is given, too.")));
    options.addOption(QStringLiteral("why"), QStringLiteral("text"), say(QT_TRANSLATE_NOOP("Command", "Of --new-baseline: the reason.")));
    options.addOption(QStringLiteral("endpoint"), QStringLiteral("name"), say(QT_TRANSLATE_NOOP("Command", "Of --new-baseline: of this endpoint alone.")));
    options.addOption(QStringLiteral("check"), QStringLiteral("name"), say(QT_TRANSLATE_NOOP("Command", "Of --new-baseline: of this check alone.")));
    addReportOption(options);
    if (!options.parse(arguments, 1, 1))
        return options.exitCode();
    const auto until = untilOf(options);
    if (!until)
        return fail(until.error(), options.json());
    const auto renewal = renewalOf(options);
    if (!renewal)
        return fail(renewal.error(), options.json());
    if (const auto writable = checkReportFiles(options); !writable)
        return fail(writable.error(), options.json());
    const std::filesystem::path path = options.subjects().front().toStdString();
    const QStringList reports = options.values(QStringLiteral("report"));
    const bool asks = options.isSet(QStringLiteral("once")) || *until, only = !asks && (*renewal || !reports.isEmpty());
    if (only && !*renewal) { // what is there is told, whoever runs the watch
        if (const auto written = reportOn(path, reports); !written)
            return fail(written.error(), options.json());
        json files = json::array();
        for (const QString &file : reports)
            files.push_back(file.toStdString());
        if (options.json())
            printJson({{"reports", files}});
        return 0;
    }
    auto file = readWatchFile(path);
    if (!file)
        return fail(file.error(), options.json());
    auto monitor = Monitor::open(std::move(*file), whoIsHere(), systemClock());
    if (!monitor)
        return fail(monitor.error(), options.json());
    if (*renewal) {
        if (const auto renewed = (*monitor)->renewBaseline((*renewal)->why, (*renewal)->endpoint, (*renewal)->check); !renewed)
            return fail(renewed.error(), options.json());
        for (const WatchRecord &record : (*monitor)->made()) {
            if (!options.json())
                printRecord(record);
        }
    }
    const auto ended = only ? Result<void>() : watch(**monitor, options.isSet(QStringLiteral("once")), *until, options.json());
    if (!ended)
        return fail(ended.error(), options.json());
    if (const auto written = reportOn(path, reports); !written)
        return fail(written.error(), options.json());
    const auto compliance = (*monitor)->compliance();
    const int exitCode = int((*monitor)->exitCode());
    if (options.json()) {
        json checks = json::array();
        for (const WatchRecord &record : (*monitor)->made())
            checks.push_back(checkJson(record));
        printJson({{"checks", checks}, {"limits", complianceJson(compliance)}, {"exit_code", exitCode}});
    } else {
        printCompliance(compliance);
    }
    return exitCode;
}

} // namespace assay
