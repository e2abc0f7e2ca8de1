// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "core/identify/audit.h"
#include "core/service/translation.h"
#include "core/service/verify/monitor.h"

#include <QCoreApplication>

namespace assay {
namespace {

using nlohmann::json;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

json entryJson(const AuditEntry &entry)
{
    return {{"entry", entry.number}, {"at", entry.at},           {"who", entry.who}, {"kind", entry.kind},
            {"what", entry.what},    {"details", entry.details}, {"hash", entry.hash}};
}

/// "41:9f86d0...": the number of the last entry and its hash, as verify prints them.
std::optional<AuditHead> rememberedFrom(const QString &text)
{
    const QStringList parts = text.split(u':');
    bool isNumber = false;
    const int64_t last = parts.size() == 2 ? parts[0].toLongLong(&isNumber) : 0;
    if (!isNumber || last < 0 || parts[1].size() != 64)
        return std::nullopt;
    return AuditHead{last + 1, parts[1].toStdString()};
}

json reportJson(const AuditReport &report)
{
    const AuditEntry &last = report.entries.back();
    return {{"entries", report.entries.size()}, {"last", {{"entry", last.number}, {"hash", last.hash}}}, {"end_known", report.endKnown},
            {"clock_went_back", report.clockWentBack}, {"torn_bytes", report.torn.size()}};
}

int verify(const Arguments &options, const std::string &file)
{
    std::optional<AuditHead> remembered;
    if (options.isSet(QStringLiteral("expect"))) {
        remembered = rememberedFrom(options.value(QStringLiteral("expect")));
        if (!remembered)
            return failUsage(say(QT_TRANSLATE_NOOP("Command", "--expect takes ENTRY:HASH, as verify prints it")), options.json());
    }
    const auto report = verifyAudit(file, remembered);
    if (!report)
        return fail(report.error(), options.json());
    if (report->entries.empty())
        return fail({ErrorCode::AuditBroken, {file, "0", ASSAY_TEXT("Reason", "is missing: the end was cut off")}, {}}, options.json());
    const int exitCode = int(report->endKnown ? ExitCode::Ok : ExitCode::Inconclusive);
    if (options.json()) {
        printJson(reportJson(*report));
        return exitCode;
    }
    const AuditEntry &last = report->entries.back();
    print(say(QT_TRANSLATE_NOOP("Command", "%1 entries, each as it was written and where it was written.")).arg(report->entries.size()));
    print(say(QT_TRANSLATE_NOOP("Command", "Keep this elsewhere, and give it to --expect later: %1")).arg(QStringLiteral("%1:%2").arg(last.number).arg(toQString(last.hash))));
    if (!report->endKnown)
        print(say(QT_TRANSLATE_NOOP("Command", "Whether entries are missing at the end cannot be told: the file .head beside it is not there, and --expect was not given.")));
    if (!report->torn.empty())
        print(say(QT_TRANSLATE_NOOP("Command", "Behind them is half an entry of %1 bytes, which was not written to its end; the next one that is added sets it aside.")).arg(report->torn.size()));
    for (const int64_t entry : report->clockWentBack)
        print(say(QT_TRANSLATE_NOOP("Command", "The clock had gone back before entry %1.")).arg(entry));
    return exitCode;
}

int show(const Arguments &options, const std::string &file)
{
    const auto report = verifyAudit(file);
    if (!report)
        return fail(report.error(), options.json());
    json entries = json::array();
    QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "entry")), say(QT_TRANSLATE_NOOP("Command", "when")), say(QT_TRANSLATE_NOOP("Command", "who")), say(QT_TRANSLATE_NOOP("Command", "kind")),
                             say(QT_TRANSLATE_NOOP("Command", "what"))}};
    for (const AuditEntry &entry : report->entries) {
        entries.push_back(entryJson(entry));
        rows.append({QString::number(entry.number), toQString(entry.at), toQString(entry.who), toQString(entry.kind), toQString(entry.what)});
    }
    if (options.json()) {
        printJson({{"entries", entries}});
        return 0;
    }
    for (const QString &line : alignedTable(rows, {true, false, false, false, false}))
        print(line);
    return 0;
}

/// A version switch names who, when, why and the way back; a note says anything.
int add(const Arguments &options, const std::string &file)
{
    const QString kind = options.value(QStringLiteral("kind")), text = options.value(QStringLiteral("note"));
    static const QStringList kKinds{QStringLiteral("note"), QStringLiteral("switch"), QStringLiteral("baseline-accepted")};
    if (text.isEmpty() || !kKinds.contains(kind))
        return failUsage(say(QT_TRANSLATE_NOOP("Command", "assay audit add needs --note TEXT; --kind is note, switch or baseline-accepted")), options.json());
    AuditNote written{options.isSet(QStringLiteral("who")) ? options.value(QStringLiteral("who")).toStdString() : whoIsHere(), kind.toStdString(), text.toStdString()};
    for (const char *name : {"endpoint", "from", "to", "why", "way-back"}) {
        const QString value = options.value(QLatin1String(name));
        if (!value.isEmpty())
            written.details[name] = value.toStdString();
        else if (kind == QLatin1String("switch") && qstrcmp(name, "endpoint") != 0)
            return failUsage(say(QT_TRANSLATE_NOOP("Command", "A switch of versions needs --from, --to, --why and --way-back")), options.json());
    }
    const auto appended = appendAudit(file, written, systemClock().now());
    if (!appended)
        return fail(appended.error(), options.json());
    for (const Told &told : appended->told)
        note(toQString(told.sentence(qtTranslate())));
    if (options.json())
        printJson(entryJson(appended->entry));
    else
        print(say(QT_TRANSLATE_NOOP("Command", "Entry %1 is written: %2")).arg(appended->entry.number).arg(toQString(appended->entry.hash)));
    return 0;
}

} // namespace

int runAudit(const QStringList &arguments)
{
    Arguments options("audit", say(QT_TRANSLATE_NOOP("Command", "An audit log whose entries are chained by their hashes: verify finds the first that was changed, taken out, put in, moved or cut off.")),
                      QStringLiteral("verify|show|add FILE"));
    options.addOption(QStringLiteral("expect"), QStringLiteral("ENTRY:HASH"), say(QT_TRANSLATE_NOOP("Command", "Of verify: an entry that was there when it was verified before.")));
    options.addOption(QStringLiteral("note"), QStringLiteral("text"), say(QT_TRANSLATE_NOOP("Command", "Of add: what is to be written down.")));
    options.addOption(QStringLiteral("kind"), QStringLiteral("name"), say(QT_TRANSLATE_NOOP("Command", "Of add: note, switch (of versions) or baseline-accepted.")), QStringLiteral("note"));
    options.addOption(QStringLiteral("who"), QStringLiteral("name"), say(QT_TRANSLATE_NOOP("Command", "Of add: who did it; without it the user and the machine.")));
    options.addOption(QStringLiteral("endpoint"), QStringLiteral("name"), say(QT_TRANSLATE_NOOP("Command", "Of a switch: of which endpoint.")));
    options.addOption(QStringLiteral("from"), QStringLiteral("version"), say(QT_TRANSLATE_NOOP("Command", "Of a switch: the version before.")));
    options.addOption(QStringLiteral("to"), QStringLiteral("version"), say(QT_TRANSLATE_NOOP("Command", "Of a switch: the version after.")));
    options.addOption(QStringLiteral("why"), QStringLiteral("text"), say(QT_TRANSLATE_NOOP("Command", "Of a switch: the reason.")));
    options.addOption(QStringLiteral("way-back"), QStringLiteral("text"), say(QT_TRANSLATE_NOOP("Command", "Of a switch: how it is undone.")));
    if (!options.parse(arguments, 2, 2))
        return options.exitCode();
    const QString what = options.subjects().front();
    const std::string file = options.subjects().back().toStdString();
    if (what == QLatin1String("verify"))
        return verify(options, file);
    if (what == QLatin1String("show"))
        return show(options, file);
    if (what == QLatin1String("add"))
        return add(options, file);
    return failUsage(say(QT_TRANSLATE_NOOP("Command", "assay audit knows verify, show and add, not %1")).arg(what), options.json());
}

} // namespace assay
