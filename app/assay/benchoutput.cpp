// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/benchoutput.h"

#include "app/assay/console.h"
#include "core/base/units.h"
#include "core/bench/budget.h"
#include "core/bench/decodingtext.h"
#include "core/bench/loadanalysis.h"
#include "core/bench/machinetext.h"
#include "core/bench/metrics.h"
#include "core/bench/pointtext.h"
#include "core/bench/promptstext.h"
#include "core/bench/saturation.h"
#include "core/bench/translator.h"
#include "core/bench/weightstext.h"
#include "core/compare/joined.h"
#include "core/service/provennotes.h"
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

/// The level of a point; null when it is none of an endpoint's or nothing was sent.
std::shared_ptr<const LoadAnalysis> analysisOf(const BenchRun &run)
{
    return run.plan.load ? analyse(run.requests) : nullptr;
}

size_t numberOf(const BenchRun &run, const BenchPoint &point)
{
    const std::vector<BenchPoint> points = pointsOf(run.plan);
    return size_t(std::ranges::find(points, point) - points.begin());
}

bool wasMeasured(const BenchRun &run, const BenchPoint &point)
{
    const auto analysis = analysisOf(run);
    return analysis ? levelOf(*analysis, numberOf(run, point)).counted > 0 : hasSamples(run, point);
}

/// Failed requests by kind: never averaged into anything.
json failuresJson(const LevelAnalysis &level)
{
    json out = json::object();
    for (const FailureDefinition &definition : failureDefinitions()) {
        if (const uint64_t count = level.failures[definition.failure]; count > 0 && definition.failure != Failure::None)
            out[definition.id] = count;
    }
    return out;
}

void addLoadFields(json &out, const BenchRun &run, const BenchPoint &point)
{
    const auto analysis = analysisOf(run);
    const LevelAnalysis &level = levelOf(*analysis, numberOf(run, point));
    out["load"] = loadText(point);
    if (point.concurrency > 0)
        out["concurrency"] = point.concurrency;
    else
        out["rate"] = point.rate;
    out["counted"] = level.counted;
    out["retries"] = level.retries;
    out["failures"] = failuresJson(level);
    out["notes"] = json::array();
    for (const LoadNote &note : notesHere(run, point))
        out["notes"].push_back({{"id", note.id}, {"text", note.text()}});
}

json valuesJson(const BenchRun &run, const BenchPoint &point)
{
    json values = json::object();
    for (const MetricValue &value : summarize(run, point)) {
        const Estimate &estimate = value.estimate;
        json entry{{"value", estimate.value}, {"n", estimate.n}, {"text", formatEstimate(value.metric->unit, estimate)}};
        if (estimate.hasInterval)
            entry["interval"] = {estimate.low, estimate.high};
        values[values.contains(value.metric->id) ? value.key() : value.metric->id] = std::move(entry); // of several goals the first is plain
    }
    json out{{"metrics", values}};
    if (point.isLoad())
        addLoadFields(out, run, point);
    else
        out["batch"] = point.batch;
    if (point.depth > 0)
        out["depth"] = point.depth;
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
    if (point.isLoad())
        return QStringLiteral("%1: %2").arg(name, toQString(describePoint(point, qtTranslate())));
    if (point.isPass() || point.depth > 0)
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
    if (const QString prompts = toQString(promptsText(run, translate)); !prompts.isEmpty())
        print(QCoreApplication::translate("Command", "  Prompts: %1").arg(prompts));
    if (const QString limits = toQString(limitsText(environment, translate)); !limits.isEmpty())
        print(QCoreApplication::translate("Command", "  Machine, measured before: %1").arg(limits));
    if (const QString throttling = toQString(throttlingText(run, translate)); !throttling.isEmpty())
        print(QCoreApplication::translate("Command", "! Clocks were held down: %1").arg(throttling));
}

QList<QStringList> failureRows(const BenchRun &run, const BenchPoint &point)
{
    QList<QStringList> rows;
    const auto analysis = analysisOf(run);
    if (!analysis)
        return rows;
    const LevelAnalysis &level = levelOf(*analysis, numberOf(run, point));
    for (const FailureDefinition &definition : failureDefinitions()) {
        if (const uint64_t count = level.failures[definition.failure]; count > 0 && definition.failure != Failure::None)
            rows.append({QStringLiteral("! ") + QCoreApplication::translate("Failure", definition.label), QString::number(count), {}});
    }
    return rows;
}

/// What the requests of a run used up.
Spend spendOf(const BenchRun &run)
{
    Spend spend;
    for (const auto &session : run.sessions)
        spend += spendOf(*session);
    for (size_t i = 0; i < (run.sessions.empty() ? run.requests.size() : 0); ++i)
        spend += assay::spendOf(run.requests.at(i));
    return spend;
}

void printSpend(const BenchRun &run)
{
    const Spend spend = spendOf(run);
    QString line = QCoreApplication::translate("Command", "  Spent: %1 requests, %2 prompt tokens, %3 output tokens")
                       .arg(toQString(groupedDigits(spend.requests)), toQString(groupedDigits(spend.promptTokens)), toQString(groupedDigits(spend.completionTokens)));
    if (const auto &prices = run.plan.load->prices)
        line += QStringLiteral(", %1 %2").arg(toQString(threeDigits(moneyOf(spend, *prices))), toQString(prices->currency));
    print(line);
}

/// Whether the point is the last level of its sweep that was measured.
bool endsSweep(const BenchRun &run, const BenchPoint &point, const std::vector<SweepLevel> &levels)
{
    return point.isLoad() && levels.size() > 1 && levels.back().point == point && wasMeasured(run, point);
}

std::vector<SweepLevel> sweepAt(const BenchRun &run, const BenchPoint &point)
{
    const Slo *slo = run.plan.load && !run.plan.load->slos.empty() ? &run.plan.load->slos.front() : nullptr;
    return point.isLoad() ? sweepOf(run, point, slo) : std::vector<SweepLevel>();
}

json saturationsJson(const BenchRun &run)
{
    json out = json::array();
    for (const BenchPoint &point : pointsOf(run.plan)) {
        const std::vector<SweepLevel> levels = sweepAt(run, point);
        if (!endsSweep(run, point, levels))
            continue;
        const Saturation saturation = saturationOf(levels);
        json entry{{"prompt_tokens", point.promptTokens}, {"output_tokens", point.outputTokens}, {"reached", saturation.reached}, {"text", saturation.text()}};
        if (saturation.knee)
            entry["knee"] = loadText(levels[*saturation.knee].point);
        out.push_back(std::move(entry));
    }
    return out;
}

/// What goodput is judged by: its name, and its limits where the name does not tell them.
QString goalsText(const Slo &slo)
{
    QStringList limits;
    for (const auto &[name, limit] : {std::pair("ttft", slo.ttft), {"ttfa", slo.ttfa}, {"tpot", slo.tpot}, {"e2e", slo.e2e}, {"gap", slo.longestGap}}) {
        if (limit)
            limits << QLatin1String(name) + QStringLiteral(" ") + toQString(formatSeconds(*limit));
    }
    const QString all = limits.join(QStringLiteral(", "));
    return slo.name.find('=') != std::string::npos ? all : QStringLiteral("%1 (%2)").arg(toQString(slo.name), all);
}

void printPoint(const BenchRun &run, const BenchPoint &point)
{
    print(titleOf(run, point));
    for (const Slo &slo : point.isLoad() ? run.plan.load->slos : std::vector<Slo>())
        print(QStringLiteral("  ") + QCoreApplication::translate("Command", "A good request keeps %1").arg(goalsText(slo)));
    QList<QStringList> rows;
    for (const MetricValue &value : summarize(run, point)) {
        rows.append({QStringLiteral("  ") + toQString(value.label(qtTranslate())),
                     toQString(formatEstimate(value.metric->unit, value.estimate)),
                     QStringLiteral("n = %1").arg(value.estimate.n)});
    }
    rows += failureRows(run, point);
    if (const MeasureSample *pass = lastPass(run, point))
        rows += outputRows(*pass);
    for (const QString &line : alignedTable(rows))
        print(line);
    if (const QString shares = toQString(sharesText(run, point, qtTranslate())); !shares.isEmpty())
        print(QCoreApplication::translate("Command", "  Time of a step: %1").arg(shares));
    if (!point.isLoad())
        return;
    for (const LoadNote &note : notesHere(run, point))
        print(QStringLiteral("  ! ") + toQString(note.text(qtTranslate())));
    if (const std::vector<SweepLevel> levels = sweepAt(run, point); endsSweep(run, point, levels))
        print(QStringLiteral("  ") + toQString(saturationOf(levels).text(qtTranslate())));
}

} // namespace

json benchJson(const BenchRun &run, const std::vector<std::string> &tools)
{
    json points = json::array();
    for (const BenchPoint &point : pointsOf(run.plan)) {
        points.push_back(valuesJson(run, point));
        for (const std::string &tool : tools)
            points.back()["as"].push_back(toJson(translate(run, point, tool)));
    }
    json out{{"subject", run.header.subject.name}, {"dtype", run.header.environment.dtype}, {"points", points}, {"run", toJson(run)}};
    if (const auto &ended = run.header.endedEarly)
        out["ended_early"] = endedEarlyText(*ended);
    if (!run.plan.load)
        return out;
    out["saturation"] = saturationsJson(run);
    const Spend spend = spendOf(run);
    out["spent"] = {{"requests", spend.requests}, {"prompt_tokens", spend.promptTokens}, {"completion_tokens", spend.completionTokens}, {"cached_tokens", spend.cachedTokens}};
    if (const auto &prices = run.plan.load->prices) {
        out["spent"]["money"] = moneyOf(spend, *prices);
        out["spent"]["currency"] = prices->currency;
    }
    return out;
}

void printBench(const BenchRun &run, const std::vector<std::string> &tools)
{
    for (const BenchPoint &point : pointsOf(run.plan)) {
        if (!wasMeasured(run, point))
            continue;
        printPoint(run, point);
        for (const std::string &tool : tools)
            printLines(toQString(toText(translate(run, point, tool), qtTranslate())).trimmed());
    }
    if (const auto &ended = run.header.endedEarly)
        print(QStringLiteral("! %1: %2").arg(toQString(run.header.subject.name), toQString(endedEarlyText(*ended, qtTranslate()))));
    if (!run.samples.empty())
        printHow(run);
    if (!run.requests.empty())
        printSpend(run);
}

} // namespace assay
