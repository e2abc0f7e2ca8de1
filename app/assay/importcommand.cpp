// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/evaluationruns.h"
#include "core/bench/metrics.h"
#include "core/evaluate/statistics/significance.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

struct Stored
{
    std::shared_ptr<const EvaluationRun> run;
    bool known = false; ///< was there before
};

/// Puts the run and what was asked into the library, unless the same run is there.
Stored store(RunLibrary &library, ImportedRun imported)
{
    const std::string id = imported.run.header.id;
    if (const auto known = library.evaluationRun(id))
        return {known, true};
    auto run = std::make_shared<EvaluationRun>(std::move(imported.run));
    EvaluationRun empty;
    empty.header = run->header;
    empty.protocol = run->protocol;
    library.keepSuite(std::make_shared<const Suite>(std::move(imported.suite)));
    library.begin(empty);
    for (size_t i = 0; i < run->items.size(); ++i)
        library.append(id, run->items[i]);
    library.finish(id, run->header.state, run->header.error);
    return {run, false};
}

json jsonOf(const Stored &stored)
{
    const EvaluationRun &run = *stored.run;
    const OutcomeCounts counts = countOutcomes(run.items);
    json outcomes = json::object();
    for (const Outcome outcome : kOutcomes)
        outcomes[outcomeName(outcome)] = counts[outcome];
    const Estimate accuracy = accuracyOf(run.items);
    return {{"id", run.header.id},
            {"tool", validUtf8(run.protocol.tool)},
            {"subject", validUtf8(run.header.subject.name)},
            {"suite", validUtf8(run.protocol.suite)},
            {"scorer", validUtf8(run.protocol.scorer)},
            {"rows", run.items.size()},
            {"items", run.protocol.suiteItems},
            {"accuracy", {{"value", accuracy.value}, {"interval", {accuracy.low, accuracy.high}}, {"n", accuracy.n}}},
            {"outcomes", outcomes},
            {"known", stored.known}};
}

QStringList rowOf(const Stored &stored)
{
    const EvaluationRun &run = *stored.run;
    return {toQString(run.header.id.substr(0, 15)), toQString(run.header.subject.name), toQString(run.protocol.suite), toQString(run.protocol.scorer),
            toQString(formatEstimate(Unit::Rate, accuracyOf(run.items))), QString::number(run.items.size()),
            stored.known ? say(QT_TRANSLATE_NOOP("Command", "was there")) : say(QT_TRANSLATE_NOOP("Command", "imported"))};
}

QString toolList()
{
    QStringList out;
    for (const ImportedTool &tool : importedTools())
        out.append(QStringLiteral("%1 (%2)").arg(QString::fromLatin1(tool.name), QCoreApplication::translate("Import", tool.files)));
    return out.join(QStringLiteral("; "));
}

} // namespace

int runImport(const QStringList &arguments)
{
    Arguments options("import", say(QT_TRANSLATE_NOOP("Command", "Puts other tools' results into the library, as runs with every answer. Read are: %1.")).arg(toolList()),
                      QStringLiteral("PATH..."));
    options.addOption(QStringLiteral("metric"), QStringLiteral("name"),
                      say(QT_TRANSLATE_NOOP("Command", "Which of the tool's figures says what is right, where it gives several.")));
    options.addOption(QStringLiteral("subject"), QStringLiteral("name"), say(QT_TRANSLATE_NOOP("Command", "What the model is called instead of what the results say.")));
    if (!options.parse(arguments, 1, 1000))
        return options.exitCode();
    const ImportOptions how{options.value(QStringLiteral("metric")).toStdString(), options.value(QStringLiteral("subject")).toStdString()};
    const auto library = loadedLibrary();
    std::optional<Error> unsaved;
    QObject::connect(library.get(), &RunLibrary::saveFailed, library.get(), [&](const Error &error) { unsaved = error; });
    json runs = json::array(), problems = json::array();
    QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "id")), say(QT_TRANSLATE_NOOP("Command", "subject")), say(QT_TRANSLATE_NOOP("Command", "suite")),
                             say(QT_TRANSLATE_NOOP("Command", "judged by")), say(QT_TRANSLATE_NOOP("Command", "accuracy")),
                             say(QT_TRANSLATE_NOOP("Command", "rows")), QString()}};
    for (const QString &path : options.subjects()) {
        auto import = importResults(path.toStdString(), how);
        if (!import)
            return fail(import.error(), options.json());
        noteProblems(import->problems, import->problemCount);
        for (const ImportProblem &problem : import->problems)
            problems.push_back(problem.sentence(qtTranslate()));
        for (ImportedRun &one : import->runs) {
            const Stored stored = store(*library, std::move(one));
            runs.push_back(jsonOf(stored));
            rows.append(rowOf(stored));
        }
    }
    library->flush();
    QCoreApplication::processEvents();
    if (unsaved)
        return fail(*unsaved, options.json());
    if (options.json()) {
        printJson({{"runs", runs}, {"problems", problems}});
        return 0;
    }
    for (const QString &line : alignedTable(rows, {false, false, false, false, true, true, false}))
        print(line);
    return 0;
}

} // namespace assay
