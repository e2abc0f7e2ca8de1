// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/measuresession.h"
#include "core/bench/metrics.h"
#include "core/evaluate/statistics/significance.h"
#include "core/service/resources.h"
#include "core/service/subjectplan.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

json summaryOf(const EvaluationRun &run)
{
    const OutcomeCounts counts = countOutcomes(run.items);
    const Estimate accuracy = wilson(counts.right(), counts.n());
    json outcomes = json::object();
    for (const Outcome outcome : kOutcomes)
        outcomes[outcomeName(outcome)] = counts[outcome];
    return {{"subject", run.header.subject.name},
            {"dtype", run.header.environment.dtype},
            {"suite", run.protocol.suite},
            {"accuracy", {{"value", accuracy.value}, {"interval", {accuracy.low, accuracy.high}}, {"n", counts.n()}}},
            {"outcomes", outcomes},
            {"run", toJson(run)}};
}

QStringList rowOf(const EvaluationRun &run)
{
    const OutcomeCounts counts = countOutcomes(run.items);
    QStringList row{toQString(run.header.subject.name), toQString(run.header.environment.dtype),
                    toQString(formatEstimate(Unit::Rate, wilson(counts.right(), counts.n()))), QString::number(counts.n())};
    for (const Outcome outcome : kOutcomes)
        row.append(QString::number(counts[outcome]));
    return row;
}

QStringList header()
{
    const auto say = [](const char *text) { return QCoreApplication::translate("Command", text); };
    QStringList names{say(QT_TRANSLATE_NOOP("Command", "subject")), say(QT_TRANSLATE_NOOP("Command", "dtype")), say(QT_TRANSLATE_NOOP("Command", "accuracy")), QStringLiteral("n")};
    for (const Outcome outcome : kOutcomes)
        names.append(QCoreApplication::translate("Outcome", outcomeName(outcome)));
    return names;
}

} // namespace

int runEvaluate(const QStringList &arguments)
{
    Arguments options("evaluate", QCoreApplication::translate("Command", "Asks every item of a suite and counts what was right."),
                      QStringLiteral("SUBJECT..."));
    options.addOption(QStringLiteral("suite"), QStringLiteral("name|file"),
                      QCoreApplication::translate("Command", "A suite: %1, or a JSONL file.").arg(suiteNames().join(QStringLiteral(", "))),
                      QStringLiteral("reasoning"));
    options.addOption(QStringLiteral("batch"), QStringLiteral("n"),
                      QCoreApplication::translate("Command", "Prompts that are generated together; more than one is faster, but may decide between nearly equal tokens otherwise."),
                      QStringLiteral("1"));
    options.addKeyOption();
    options.addModelOptions(QStringLiteral("auto"), true);
    if (!options.parse(arguments, 1, 64))
        return options.exitCode();
    const auto batch = options.integer(QStringLiteral("batch"), 1);
    if (!batch)
        return fail(batch.error(), options.json());
    auto suite = openSuite(options.value(QStringLiteral("suite")));
    if (!suite)
        return fail(suite.error(), options.json());
    MeasureSession session(options.worker(), storeFile());
    session.setKeyPlace(options.keyPlace());
    if (auto opened = session.open(options.subjects()); !opened)
        return fail(opened.error(), options.json());
    for (const auto &subject : session.workspace().subjects()) {
        if (auto sound = checkAnswersSuites(*subject->inspection); !sound)
            return fail(sound.error(), options.json());
    }
    for (const auto &subject : session.workspace().subjects()) {
        for (const std::string &dtype : options.dtypes())
            session.addEvaluation(*subject, *suite, options.value(QStringLiteral("device")).toStdString(), dtype, *batch);
    }
    const auto ran = session.run();
    json results = json::array();
    QList<QStringList> rows{header()};
    for (const auto &run : session.evaluationRuns()) {
        results.push_back(summaryOf(*run));
        rows.append(rowOf(*run));
    }
    // What was answered is shown even when a job failed; the exit code says that it did.
    json result{{"results", results}};
    if (!ran)
        result["error"] = errorJson(ran.error());
    if (options.json()) {
        printJson(result);
    } else {
        for (const QString &line : alignedTable(rows, {false, false, false, true, true, true, true, true, true, true}))
            print(line);
    }
    return ran ? 0 : fail(ran.error());
}

} // namespace assay
