// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/comparereport.h"
#include "app/assay/console.h"
#include "app/assay/evaluationruns.h"
#include "core/base/file.h"
#include "core/compare/runcomparison.h"
#include "core/format/jsontext.h"
#include "core/service/provennotes.h"
#include "core/service/resources.h"
#include "core/service/runlibrary.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace assay {
namespace {

constexpr uint64_t kMostRunBytes = 2'000'000'000; ///< of an exported run: a hundred thousand requests take some hundred megabytes

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

const std::string &nameOf(const SubjectRef &subject)
{
    return subject.name.empty() ? subject.path : subject.name;
}

ComparedRun named(ComparedRun run)
{
    run.name = nameOf(run.header().subject) + ", " + run.header().startedAt;
    return run;
}

/// Every run that was ever made here, the newest first.
std::vector<ComparedRun> storedRuns(const RunLibrary &library)
{
    std::vector<ComparedRun> runs;
    for (const auto &run : library.benchRuns())
        runs.push_back(named({run, nullptr, {}}));
    for (const auto &run : library.evaluationRuns())
        runs.push_back(named({nullptr, run, {}}));
    std::ranges::stable_sort(runs, std::ranges::greater(), [](const ComparedRun &run) { return run.header().startedAt; });
    return runs;
}

/// A run that was exported as JSON.
Result<ComparedRun> runInFile(const QString &path)
{
    const auto text = readWholeFile(path.toStdString(), kMostRunBytes);
    if (!text)
        return tl::unexpected(text.error());
    const auto damaged = [&](const Error &error) { return failure(ErrorCode::JsonDamaged, {path.toStdString(), error.arguments.back()}); };
    const auto json = parseJsonObject(*text, path.toStdString());
    if (!json)
        return tl::unexpected(json.error());
    if (json->contains("plan")) {
        auto run = benchRunFromJson(*json);
        return run ? Result<ComparedRun>(named({std::make_shared<const BenchRun>(std::move(*run)), nullptr, {}})) : damaged(run.error());
    }
    auto run = evaluationRunFromJson(*json);
    return run ? Result<ComparedRun>(named({nullptr, std::make_shared<const EvaluationRun>(std::move(*run)), {}})) : damaged(run.error());
}

/// By a file, an id, or so much of an id's beginning as no other has.
Result<ComparedRun> runCalled(const QString &name, const std::vector<ComparedRun> &stored)
{
    if (QFileInfo(name).isFile())
        return runInFile(name);
    const ComparedRun *found = nullptr;
    for (const ComparedRun &run : stored) {
        const QString id = toQString(run.header().id);
        if (id == name)
            return run;
        if (!id.startsWith(name))
            continue;
        if (found)
            return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "Several runs have an id that begins with %1")).arg(name).toStdString()});
        found = &run;
    }
    if (!found)
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "%1 is no run's id and no file; assay runs lists the runs")).arg(name).toStdString()});
    return *found;
}

/// Names of which several paths are called so: these tell nothing.
std::set<std::string> sharedNames(const std::vector<ComparedRun> &runs)
{
    std::map<std::string, std::set<std::string>> paths;
    for (const ComparedRun &run : runs)
        paths[nameOf(run.header().subject)].insert(run.header().subject.path);
    std::set<std::string> shared;
    for (const auto &[name, ones] : paths) {
        if (ones.size() > 1)
            shared.insert(name);
    }
    return shared;
}

int listRuns(const std::vector<ComparedRun> &runs, bool withPaths, bool json)
{
    const std::set<std::string> shared = sharedNames(runs);
    nlohmann::json out = nlohmann::json::array();
    QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "id")), say(QT_TRANSLATE_NOOP("Command", "started (UTC)")), say(QT_TRANSLATE_NOOP("Command", "kind")),
                             say(QT_TRANSLATE_NOOP("Command", "subject")), say(QT_TRANSLATE_NOOP("Command", "state"))}};
    for (const ComparedRun &run : runs) {
        const RunHeader &header = run.header();
        const char *kind = run.evaluation ? "evaluation" : run.bench->plan.load ? "load" : "benchmark";
        const auto &series = header.series;
        const QString session = series ? QStringLiteral(" %1/%2").arg(series->session + 1).arg(series->sessions) : QString();
        out.push_back({{"id", header.id}, {"started", header.startedAt}, {"kind", kind}, {"state", runStateName(header.state)}, {"subject", header.subject.path},
                       {"name", nameOf(header.subject)}});
        if (header.endedEarly)
            out.back()["ended_early"] = endedEarlyText(*header.endedEarly);
        const std::string &name = nameOf(header.subject);
        rows.append({toQString(header.id), toQString(header.startedAt), QString::fromLatin1(kind), toQString(withPaths || shared.contains(name) ? header.subject.path : name),
                     toQString(stateText(header, qtTranslate()))});
    }
    if (json) {
        printJson({{"runs", out}});
        return 0;
    }
    if (runs.empty())
        note(say(QT_TRANSLATE_NOOP("Command", "Nothing has been measured here yet.")));
    for (const QString &line : alignedTable(runs.empty() ? QList<QStringList>() : rows))
        print(line);
    return 0;
}

void printDifferences(const RunComparison &comparison)
{
    for (const UnlikeSetting &setting : comparison.unlike)
        print(QStringLiteral("! ") + say(QT_TRANSLATE_NOOP("Command", "Not alike: %1 is %2, not %3 (%4)"))
                                         .arg(toQString(setting.name), toQString(setting.value), toQString(setting.reference),
                                              toQString(comparison.names[setting.run])));
    for (const std::string &sentence : comparison.notes)
        print(toQString(sentence));
    QList<QStringList> rows{{QString(), say(QT_TRANSLATE_NOOP("Command", "reference")), say(QT_TRANSLATE_NOOP("Command", "compared")),
                             say(QT_TRANSLATE_NOOP("Command", "difference")), say(QT_TRANSLATE_NOOP("Command", "in per cent")),
                             say(QT_TRANSLATE_NOOP("Command", "interval of")), say(QT_TRANSLATE_NOOP("Command", "judgement"))}};
    std::pair<size_t, std::string> last;
    for (const RunDifference &row : comparison.rows) {
        const std::pair<size_t, std::string> place{row.run, row.point};
        if (place != last)
            rows.append({say(QT_TRANSLATE_NOOP("Command", "%1 against %2: %3"))
                             .arg(toQString(comparison.names[row.run]), toQString(comparison.names.front()), toQString(row.point))});
        last = place;
        rows.append({QStringLiteral("  ") + toQString(row.label), toQString(row.referenceText), toQString(row.valueText), toQString(row.absoluteText),
                     toQString(row.percentText), toQString(row.intervalText), toQString(row.judgement)});
    }
    for (const QString &line : alignedTable(rows))
        print(line);
}

} // namespace

int runRuns(const QStringList &arguments)
{
    Arguments options("runs",
                      say(QT_TRANSLATE_NOOP("Command", "Lists every run made here, or sets runs against the first of them: each metric in common with its "
                                                       "difference, its interval and whether it is more than noise. RUN is an id, its beginning, or a "
                                                       "run that was exported as JSON.")),
                      QStringLiteral("[RUN RUN...]"));
    options.addFlag(QStringLiteral("paths"), say(QT_TRANSLATE_NOOP("Command", "lists where each subject is instead of its name")));
    addReportOption(options);
    if (!options.parse(arguments, 0, 9))
        return options.exitCode();
    if (const auto writable = checkReportFiles(options); !writable)
        return fail(writable.error(), options.json());
    // Answers are read from it on demand.
    const std::unique_ptr<RunLibrary> library = QFileInfo::exists(storeFile()) ? loadedLibrary() : nullptr;
    const std::vector<ComparedRun> stored = library ? storedRuns(*library) : std::vector<ComparedRun>();
    const QStringList names = options.subjects();
    if (names.isEmpty())
        return listRuns(stored, options.isSet(QStringLiteral("paths")), options.json());
    if (names.size() < 2)
        return failUsage(say(QT_TRANSLATE_NOOP("Command", "name two runs or more")), options.json());
    std::vector<ComparedRun> runs;
    for (const QString &name : names) {
        auto run = runCalled(name, stored);
        if (!run)
            return fail(run.error(), options.json());
        runs.push_back(std::move(*run));
    }
    if (const QStringList files = options.values(QStringLiteral("report")); !files.isEmpty()) {
        const auto written = writeReports(buildRunReport(runs, QLocale().name().toStdString(), qtTranslate(), findNotesHere()), files);
        if (!written)
            return fail(written.error(), options.json());
    }
    if (options.json())
        printJson(toJson(compareRuns(runs)));
    else
        printDifferences(compareRuns(runs, qtTranslate()));
    return 0;
}

} // namespace assay
