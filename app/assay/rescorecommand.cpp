// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/measuresession.h"
#include "core/bench/metrics.h"
#include "core/evaluate/scorer.h"
#include "core/evaluate/statistics/significance.h"
#include "core/service/resources.h"
#include "core/service/runlibrary.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace assay {
namespace {

using nlohmann::json;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

/// By an id, or so much of its beginning as no other evaluation has.
Result<std::shared_ptr<const EvaluationRun>> evaluationCalled(const RunLibrary &library, const QString &name)
{
    std::shared_ptr<const EvaluationRun> found;
    for (const auto &run : library.evaluationRuns()) {
        const QString id = toQString(run->header.id);
        if (id == name)
            return run;
        if (!id.startsWith(name))
            continue;
        if (found)
            return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "Several evaluations have an id that begins with %1")).arg(name).toStdString()});
        found = run;
    }
    if (!found)
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "%1 is no evaluation's id; assay runs lists the runs")).arg(name).toStdString()});
    return found;
}

/// The run as it is judged now; null when it could not be judged again, which is told.
Result<std::shared_ptr<const EvaluationRun>> judgedAgain(RunLibrary &library, const std::string &id, const ScorerChoice &choice,
                                                         const std::shared_ptr<const Suite> &suite, Rescoring &what)
{
    QEventLoop loop;
    std::optional<Error> failed;
    QObject::connect(&library, &RunLibrary::rescored, &loop, [&](const QString &, const Rescoring &done) {
        what = done;
        loop.quit();
    });
    QObject::connect(&library, &RunLibrary::rescoreFailed, &loop, [&](const QString &, const Error &error) {
        failed = error;
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection); // it may be told before the loop runs
    });
    library.rescore(id, choice, suite);
    loop.exec();
    if (failed)
        return tl::unexpected(*failed);
    return library.evaluationRun(id);
}

QStringList rowOf(const EvaluationRun &run, const QString &when)
{
    const OutcomeCounts counts = countOutcomes(run.items);
    QStringList row{toQString(run.header.id.substr(0, 8)), toQString(run.header.subject.name), when, toQString(run.protocol.scorer),
                    toQString(formatEstimate(Unit::Rate, accuracyOf(run.items))), QString::number(counts.n())};
    for (const Outcome outcome : kOutcomes)
        row.append(QString::number(counts[outcome]));
    return row;
}

json jsonOf(const EvaluationRun &run)
{
    const OutcomeCounts counts = countOutcomes(run.items);
    json outcomes = json::object();
    for (const Outcome outcome : kOutcomes)
        outcomes[outcomeName(outcome)] = counts[outcome];
    return {{"scorer", run.protocol.scorer}, {"outcomes", outcomes}, {"n", counts.n()}};
}

Result<ScorerChoice> choiceOf(const Arguments &options)
{
    ScorerChoice choice;
    choice.name = options.value(QStringLiteral("scorer")).toStdString();
    choice.extract.after = options.value(QStringLiteral("after")).toStdString();
    choice.extract.until = options.value(QStringLiteral("until")).toStdString();
    if (!choice.name.empty() && findScorer(choice.name) == nullptr) {
        QStringList names;
        for (const Scorer &one : scorers())
            names.append(QString::fromLatin1(one.name));
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "There is no scorer %1; there are %2"))
                                                 .arg(toQString(choice.name), names.join(QStringLiteral(", ")))
                                                 .toStdString()});
    }
    return choice;
}

QStringList header()
{
    QStringList names{say(QT_TRANSLATE_NOOP("Command", "run")), say(QT_TRANSLATE_NOOP("Command", "subject")), QString(), say(QT_TRANSLATE_NOOP("Command", "scorer")),
                      say(QT_TRANSLATE_NOOP("Command", "accuracy")), QStringLiteral("n")};
    for (const Outcome outcome : kOutcomes)
        names.append(QCoreApplication::translate("Outcome", outcomeName(outcome)));
    return names;
}

void load(RunLibrary &library)
{
    QEventLoop loop;
    QObject::connect(&library, &RunLibrary::loaded, &loop, &QEventLoop::quit);
    library.load();
    if (!library.isLoaded())
        loop.exec();
}

} // namespace

int runRescore(const QStringList &arguments)
{
    Arguments options("rescore",
                      say(QT_TRANSLATE_NOOP("Command", "Judges what was answered in stored evaluations again: nothing is asked anew. RUN is an id or its beginning.")),
                      QStringLiteral("RUN..."));
    options.addOption(QStringLiteral("scorer"), QStringLiteral("name"), say(QT_TRANSLATE_NOOP("Command", "The scorer; without it the suite's own.")));
    options.addOption(QStringLiteral("suite"), QStringLiteral("name|file"),
                      say(QT_TRANSLATE_NOOP("Command", "The questions with their right answers; without it those that were kept with the run.")));
    options.addOption(QStringLiteral("after"), QStringLiteral("text"), say(QT_TRANSLATE_NOOP("Command", "The answer is what follows the last of this.")));
    options.addOption(QStringLiteral("until"), QStringLiteral("text"), say(QT_TRANSLATE_NOOP("Command", "The answer ends before this.")));
    if (!options.parse(arguments, 1, 64))
        return options.exitCode();
    const auto choice = choiceOf(options);
    if (!choice)
        return fail(choice.error(), options.json());
    std::shared_ptr<const Suite> suite;
    if (const QString name = options.value(QStringLiteral("suite")); !name.isEmpty()) {
        auto opened = openSuite(name);
        if (!opened)
            return fail(opened.error(), options.json());
        suite = *opened;
    }
    RunLibrary library(storeFile());
    load(library);
    json out = json::array();
    QList<QStringList> rows{header()};
    for (const QString &name : options.subjects()) {
        const auto before = evaluationCalled(library, name);
        if (!before)
            return fail(before.error(), options.json());
        Rescoring what;
        const auto after = judgedAgain(library, (*before)->header.id, *choice, suite, what);
        if (!after)
            return fail(after.error(), options.json());
        rows.append(rowOf(**before, say(QT_TRANSLATE_NOOP("Command", "before"))));
        rows.append(rowOf(**after, say(QT_TRANSLATE_NOOP("Command", "after"))));
        out.push_back({{"run", (*before)->header.id}, {"before", jsonOf(**before)}, {"after", jsonOf(**after)}, {"judged", what.judged},
                       {"changed", what.changed}, {"unknown", what.unknown}, {"unreadable", what.unreadable}});
        note(say(QT_TRANSLATE_NOOP("Command", "%1: %2 answers judged again, %3 judged otherwise, %4 not in the suite, %5 not readable"))
                 .arg(name)
                 .arg(what.judged)
                 .arg(what.changed)
                 .arg(what.unknown)
                 .arg(what.unreadable));
    }
    library.flush();
    if (options.json()) {
        printJson({{"results", out}});
        return 0;
    }
    for (const QString &line : alignedTable(rows, {false, false, false, false, true, true, true, true, true, true, true, true}))
        print(line);
    return 0;
}

} // namespace assay
