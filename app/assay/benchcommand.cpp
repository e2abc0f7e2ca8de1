// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/measuresession.h"
#include "core/bench/decodingtext.h"
#include "core/bench/metrics.h"
#include "core/bench/weightstext.h"
#include "core/compare/joined.h"
#include "core/service/resources.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

/// The last pass over declared inputs at this point; null when there is none.
const MeasureSample *lastPass(const BenchRun &run, const BenchPoint &point)
{
    const auto found = std::find_if(run.samples.rbegin(), run.samples.rend(),
                                    [&](const MeasureSample &sample) { return !sample.inputs.empty() && pointOf(sample) == point; });
    return found == run.samples.rend() ? nullptr : &*found;
}

json valuesJson(const BenchRun &run, const BenchPoint &point)
{
    json values = json::object();
    for (const MetricValue &value : summarize(run, point)) {
        const Estimate &estimate = value.estimate;
        json entry{{"value", estimate.value}, {"n", estimate.n}, {"text", formatEstimate(value.metric->unit, estimate)}};
        if (estimate.hasInterval)
            entry["interval"] = {estimate.low, estimate.high};
        values[value.metric->id] = std::move(entry);
    }
    json out{{"batch", point.batch}, {"metrics", values}};
    if (point.inputs.empty())
        out["prompt_tokens"] = point.promptTokens;
    if (!point.isPass())
        out["output_tokens"] = point.outputTokens;
    if (const MeasureSample *pass = lastPass(run, point)) {
        out["inputs"] = point.inputs;
        out["output"] = pass->output;
        out["not_finite"] = pass->notFinite;
    }
    return out;
}

QString titleOf(const BenchRun &run, const BenchPoint &point)
{
    const Environment &environment = run.header.environment;
    const QString name = toQString(run.header.subject.name), dtype = toQString(environment.dtype),
                  device = toQString(environment.deviceName);
    if (point.isPass())
        return QCoreApplication::translate("Command", "%1: %2, %3 on %4")
            .arg(name, toQString(describePoint(point, qtTranslate())), dtype, device);
    return QCoreApplication::translate("Command", "%1: prompt %2, output %3, batch %4, %5 on %6")
        .arg(name, QString::number(point.promptTokens), QString::number(point.outputTokens), QString::number(point.batch), dtype,
             device);
}

/// What came out of a pass.
QList<QStringList> outputRows(const MeasureSample &pass)
{
    QList<QStringList> rows{{QStringLiteral("  ") + QCoreApplication::translate("Command", "Output"), toQString(pass.output), {}}};
    if (pass.notFinite > 0)
        rows.append({QStringLiteral("! ") + QCoreApplication::translate("Command", "NaN or infinite in it"),
                     QString::number(pass.notFinite), {}});
    return rows;
}

/// How the weights were kept, what of the files was not used, and how tokens were decoded.
void printHow(const BenchRun &run)
{
    const Environment &environment = run.header.environment;
    const Translate translate = qtTranslate();
    if (const QString weights = toQString(weightsText(environment, translate)); !weights.isEmpty())
        print(QCoreApplication::translate("Command", "  Weights: %1").arg(weights));
    if (const QString unused = toQString(unusedText(environment, translate)); !unused.isEmpty())
        print(QCoreApplication::translate("Command", "  Not used: %1").arg(unused));
    if (const QString decoding = toQString(decodingText(run, translate)); !decoding.isEmpty())
        print(QCoreApplication::translate("Command", "  Decoding: %1").arg(decoding));
}

void printRun(const BenchRun &run)
{
    for (const BenchPoint &point : pointsOf(run.plan)) {
        if (!hasSamples(run, point))
            continue;
        print(titleOf(run, point));
        QList<QStringList> rows;
        for (const MetricValue &value : summarize(run, point)) {
            rows.append({QStringLiteral("  ") + QCoreApplication::translate("Metric", value.metric->label),
                         toQString(formatEstimate(value.metric->unit, value.estimate)),
                         QStringLiteral("n = %1").arg(value.estimate.n)});
        }
        if (const MeasureSample *pass = lastPass(run, point))
            rows += outputRows(*pass);
        for (const QString &line : alignedTable(rows))
            print(line);
    }
    if (!run.samples.empty())
        printHow(run);
}

} // namespace

int runBench(const QStringList &arguments)
{
    if (arguments.contains(QStringLiteral("--self-test")))
        return runSelfTestCommand(arguments);
    Arguments options("bench", QCoreApplication::translate("Command", "Measures load time, latency, throughput and memory."),
                      QStringLiteral("SUBJECT..."));
    options.addFlag(QStringLiteral("self-test"), QCoreApplication::translate("Command", "how exactly the client of endpoints measures, by load"));
    options.addPlanOptions();
    options.addModelOptions(QStringLiteral("auto"), true);
    if (!options.parse(arguments, 1, 64))
        return options.exitCode();
    auto plans = options.plans();
    if (!plans)
        return fail(plans.error(), options.json());
    MeasureSession session(options.worker(), storeFile());
    if (auto opened = session.open(options.subjects()); !opened)
        return fail(opened.error(), options.json());
    if (auto sound = session.checkInputs(plans->front().inputs); !sound)
        return fail(sound.error(), options.json());
    for (const auto &subject : session.workspace().subjects()) {
        for (const BenchPlan &plan : *plans)
            session.addBench(*subject, plan);
    }
    const auto ran = session.run();
    json runs = json::array();
    for (const auto &run : session.benchRuns()) {
        json points = json::array();
        for (const BenchPoint &point : pointsOf(run->plan))
            points.push_back(valuesJson(*run, point));
        runs.push_back({{"subject", run->header.subject.name}, {"dtype", run->header.environment.dtype}, {"points", points}, {"run", toJson(*run)}});
        if (!options.json())
            printRun(*run);
    }
    // What was measured is shown even when a job failed; the exit code says that it did.
    json result{{"runs", runs}};
    if (!ran)
        result["error"] = errorJson(ran.error());
    if (options.json())
        printJson(result);
    return ran ? 0 : fail(ran.error());
}

} // namespace assay
