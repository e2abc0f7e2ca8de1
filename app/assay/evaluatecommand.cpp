// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/evaluateoptions.h"
#include "app/assay/evaluatesubjects.h"
#include "app/assay/loadoptions.h"
#include "app/assay/measuresession.h"
#include "app/assay/sampledtext.h"
#include "core/base/units.h"
#include "core/bench/metrics.h"
#include "core/compare/accuracycomparison.h"
#include "core/evaluate/scorers/figure.h"
#include "core/evaluate/statistics/significance.h"
#include "core/service/resources.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

/// Without the suite of a run figures that are of all answers together cannot be told.
using Suites = EvaluatedSuites;

SampledRun samplesOf(const EvaluationRun &run)
{
    return askedAgain(run.items) ? sampledRun(run.items) : SampledRun();
}

json summaryOf(const EvaluationRun &run, const Suite *suite)
{
    const OutcomeCounts counts = countOutcomes(run.items);
    const Estimate accuracy = accuracyOf(run.items);
    json outcomes = json::object();
    for (const Outcome outcome : kOutcomes)
        outcomes[outcomeName(outcome)] = counts[outcome];
    json figures = json::array();
    for (const RunFigure &figure : suite ? figuresOf(*suite, run.items) : std::vector<RunFigure>())
        figures.push_back({{"scorer", scorerId(*figure.scorer)}, {"value", std::isnan(figure.value) ? json() : json(figure.value)}, {"items", figure.items}, {"left_out", figure.leftOut}});
    return {{"subject", run.header.subject.name},
            {"dtype", run.header.environment.dtype},
            {"suite", run.protocol.suite},
            {"state", runStateName(run.header.state)},
            {"accuracy", {{"value", accuracy.value}, {"interval", {accuracy.low, accuracy.high}}, {"n", accuracy.n}}},
            {"figures", figures},
            {"samples", samplesJson(samplesOf(run))},
            {"outcomes", outcomes},
            {"run", toJson(run)}};
}

QStringList rowOf(const EvaluationRun &run)
{
    const OutcomeCounts counts = countOutcomes(run.items);
    const Estimate accuracy = accuracyOf(run.items);
    QStringList row{toQString(run.header.subject.name), toQString(run.header.environment.dtype), toQString(formatEstimate(Unit::Rate, accuracy)),
                    QString::number(accuracy.n), QString::number(run.protocol.samples)};
    for (const Outcome outcome : kOutcomes)
        row.append(QString::number(counts[outcome]));
    return row;
}

QStringList header()
{
    QStringList names{say(QT_TRANSLATE_NOOP("Command", "subject")), say(QT_TRANSLATE_NOOP("Command", "dtype")), say(QT_TRANSLATE_NOOP("Command", "accuracy")), QStringLiteral("n"), QStringLiteral("k")};
    for (const Outcome outcome : kOutcomes)
        names.append(QCoreApplication::translate("Outcome", outcomeName(outcome)));
    return names;
}

/// Figures that are neither the share of right answers nor an estimate of it: perplexity, correlations, further scorers.
void printFigures(const EvaluationRun &run, const Suite &suite)
{
    for (const RunFigure &figure : figuresOf(suite, run.items)) {
        if (figure.items > 0 && (measures(figure.scorer->aggregate) || !suite.alsoScored.empty()))
            print(QStringLiteral("%1: %2 %3 (%4)").arg(toQString(run.header.subject.name), QCoreApplication::translate("Scorer", figure.scorer->title), toQString(threeDigits(figure.value)), QString::number(figure.items)));
    }
    if (!run.protocol.textCut.empty())
        print(say(QT_TRANSLATE_NOOP("Command", "texts are cut as: %1")).arg(toQString(run.protocol.textCut)));
}

int show(const MeasureSession &session, const Suites &suites, const Result<void> &ran, bool asJson)
{
    const auto suiteOf = [&](const EvaluationRun &run) {
        const auto found = suites.find(run.protocol.suiteFingerprint);
        return found == suites.end() ? nullptr : found->second.get();
    };
    json results = json::array();
    QList<QStringList> rows{header()};
    for (const auto &run : session.evaluationRuns()) {
        results.push_back(summaryOf(*run, suiteOf(*run)));
        rows.append(rowOf(*run));
    }
    // What was answered is shown even when a job failed; the exit code says that it did.
    json result{{"results", results}};
    if (!ran)
        result["error"] = errorJson(ran.error());
    if (asJson) {
        printJson(result);
        return ran ? 0 : fail(ran.error());
    }
    for (const QString &line : alignedTable(rows, {false, false, false, true, true, true, true, true, true, true, true}))
        print(line);
    for (const auto &run : session.evaluationRuns()) {
        if (const QString text = sampledText(samplesOf(*run)); !text.isEmpty())
            print(QStringLiteral("%1: %2").arg(toQString(run->header.subject.name), text));
        if (const Suite *suite = suiteOf(*run))
            printFigures(*run, *suite);
    }
    return ran ? 0 : fail(ran.error());
}

} // namespace

int runEvaluate(const QStringList &arguments)
{
    Arguments options("evaluate", QCoreApplication::translate("Command", "Asks every item of a suite and counts what was right."),
                      QStringLiteral("SUBJECT..."));
    options.addOption(QStringLiteral("suite"), QStringLiteral("name|file"),
                      QCoreApplication::translate("Command", "A suite: %1, or a JSONL file.").arg(suiteNames().join(QStringLiteral(", "))),
                      QStringLiteral("reasoning"));
    options.addFlag(QStringLiteral("resume"), QCoreApplication::translate("Command", "goes on with a run that was broken off: the newest, or the one whose id is given"));
    addEvaluationOptions(options);
    options.addKeyOption();
    addEndpointOptions(options);
    addTransportOptions(options);
    options.addModelOptions(QStringLiteral("auto"), true);
    if (!options.parse(arguments, 0, 64))
        return options.exitCode();
    const bool resumes = options.isSet(QStringLiteral("resume"));
    if (options.subjects().isEmpty() && !resumes)
        return failUsage(QCoreApplication::translate("Command", "Name what is to be asked: a model or an endpoint"), options.json());
    const auto transport = transportOf(options);
    if (!transport)
        return fail(transport.error(), options.json());
    MeasureSession session(options.worker(), storeFile());
    session.setKeyPlace(options.keyPlace());
    session.setTransport(*transport);
    const auto suites = resumes ? addResumedEvaluation(session, options) : addEvaluations(session, options);
    if (!suites)
        return fail(suites.error(), options.json());
    return show(session, *suites, session.run(), options.json());
}

} // namespace assay
