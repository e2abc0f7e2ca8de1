// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/runline.h"

#include "core/base/units.h"
#include "core/bench/loadanalysis.h"
#include "core/bench/metrics.h"
#include "core/bench/pointtext.h"
#include "core/evaluate/statistics/significance.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Runs", text);
}

QString localTime(const std::string &utc)
{
    const QDateTime time = QDateTime::fromString(toQString(utc), Qt::ISODate);
    return time.isValid() ? time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) : toQString(utc);
}

template <class T>
QString joined(const std::vector<T> &numbers)
{
    QStringList parts;
    for (const T number : numbers)
        parts << QString::number(number);
    return parts.join(QStringLiteral(", "));
}

QString loadOf(const BenchPlan &plan)
{
    const QString sizes = plan.passes                ? say(QT_TRANSLATE_NOOP("Runs", "passes"))
                          : plan.promptTokens.empty() ? QString()
                                                      : say(QT_TRANSLATE_NOOP("Runs", "prompt %1, output %2")).arg(joined(plan.promptTokens), joined(plan.outputTokens));
    if (!plan.load)
        return plan.batches.size() > 1 || plan.batches != BenchPlan().batches ? say(QT_TRANSLATE_NOOP("Runs", "%1, batch %2")).arg(sizes, joined(plan.batches)) : sizes;
    const EndpointLoad &load = *plan.load;
    if (load.rates.empty())
        return say(QT_TRANSLATE_NOOP("Runs", "%1; closed loop, %2 in flight")).arg(sizes, joined(load.concurrencies));
    switch (load.arrivals) {
    case Arrivals::Constant: return say(QT_TRANSLATE_NOOP("Runs", "%1; open loop, constant %2/s")).arg(sizes, joined(load.rates));
    case Arrivals::Poisson: return say(QT_TRANSLATE_NOOP("Runs", "%1; open loop, Poisson %2/s")).arg(sizes, joined(load.rates));
    case Arrivals::Trace: break;
    }
    return say(QT_TRANSLATE_NOOP("Runs", "%1; open loop, trace")).arg(sizes);
}

void fillHeader(RunLine &line)
{
    const RunHeader &header = line.header();
    line.when = localTime(header.startedAt);
    line.subject = toQString(header.subject.name.empty() ? header.subject.path : header.subject.name);
    line.state = QCoreApplication::translate("RunState", header.endedEarly && header.state == RunState::Finished ? QT_TRANSLATE_NOOP("RunState", "ended at its limit") : runStateName(header.state));
    const Environment &environment = header.environment;
    if (line.isLoad()) {
        line.place = toQString(header.subject.path).section(u'#', 0, 0);
        return;
    }
    line.place = toQString(environment.device.empty() && line.bench ? line.bench->plan.device : environment.device);
    if (!environment.dtype.empty())
        line.place += QStringLiteral(", ") + toQString(environment.dtype);
    if (!environment.machine.empty())
        line.place = toQString(environment.machine) + QStringLiteral(": ") + line.place;
}

/// Of a run, the metric that says most in a word: the first of these that it has.
constexpr std::array kHeadlines{"throughput", "decode_speed", "pass_time", "ttft", "load_time"};

QString headlineOf(const BenchRun &run)
{
    std::optional<MetricValue> best;
    BenchPoint at;
    for (const char *id : kHeadlines) {
        for (const BenchPoint &point : pointsOf(run.plan)) {
            const std::vector<MetricValue> values = summarize(run, point);
            const MetricValue *value = findValue(values, id);
            const bool better = value && (!best || (value->metric->better == Better::Higher) == (value->estimate.value > best->estimate.value));
            if (better) {
                best = *value;
                at = point;
            }
        }
        if (best)
            break;
    }
    if (!best)
        return {};
    const QString text = QStringLiteral("%1 %2").arg(toQString(best->label(qtTranslate())), toQString(formatEstimate(best->metric->unit, best->estimate)));
    const std::string load = loadText(at, qtTranslate());
    return load.empty() ? text : QStringLiteral("%1 (%2)").arg(text, toQString(load));
}

RunFigures figuresOfEvaluation(const EvaluationRun &run)
{
    RunFigures figures;
    const OutcomeCounts counts = countOutcomes(run.items);
    figures.samples = run.items.size();
    figures.errors = counts[Outcome::Error];
    if (!run.items.empty())
        figures.headline = say(QT_TRANSLATE_NOOP("Runs", "%1 of %2 right (%3)"))
                               .arg(counts.right())
                               .arg(run.items.size())
                               .arg(toQString(formatPercent(double(counts.right()) / double(run.items.size()))));
    return figures;
}

} // namespace

size_t RunLine::samples() const
{
    return evaluation ? evaluation->items.size() : bench->requests.size() + bench->samples.size() + bench->loads.size();
}

RunLine lineOf(std::shared_ptr<const BenchRun> run)
{
    RunLine line;
    line.bench = std::move(run);
    const BenchPlan &plan = line.bench->plan;
    line.kind = plan.load ? say(QT_TRANSLATE_NOOP("Runs", "Load")) : say(QT_TRANSLATE_NOOP("Runs", "Benchmark"));
    line.load = loadOf(plan);
    line.points = qint64(pointsOf(plan).size());
    line.requests = qint64(plan.load ? line.bench->requests.size() : line.bench->samples.size());
    fillHeader(line);
    return line;
}

RunLine lineOf(std::shared_ptr<const EvaluationRun> run)
{
    RunLine line;
    line.evaluation = std::move(run);
    line.kind = say(QT_TRANSLATE_NOOP("Runs", "Accuracy"));
    line.load = toQString(line.evaluation->protocol.suiteTitle.empty() ? line.evaluation->protocol.suite : line.evaluation->protocol.suiteTitle);
    line.points = 1;
    line.requests = qint64(line.evaluation->items.size());
    fillHeader(line);
    return line;
}

RunFigures figuresOf(const RunLine &line)
{
    if (line.evaluation)
        return figuresOfEvaluation(*line.evaluation);
    RunFigures figures;
    figures.samples = line.samples();
    if (line.isLoad()) {
        qint64 errors = 0;
        for (const LevelAnalysis &level : analyse(line.bench->requests)->levels) {
            for (size_t kind = 1; kind < size_t(Failure::Count_); ++kind)
                errors += Failure(kind) == Failure::Cancelled ? 0 : qint64(level.failures.of[kind]);
        }
        figures.errors = errors;
    }
    figures.headline = headlineOf(*line.bench);
    return figures;
}

} // namespace assay
