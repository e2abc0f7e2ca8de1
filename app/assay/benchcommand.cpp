// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/benchoutput.h"
#include "app/assay/benchseries.h"
#include "app/assay/benchsubjects.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/loadoptions.h"
#include "app/assay/measuresession.h"
#include "core/bench/loadestimate.h"
#include "core/bench/translator.h"
#include "core/service/resources.h"
#include "core/service/serieslock.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <array>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

/// What the options ask for.
struct Wanted
{
    std::vector<BenchPlan> local; ///< one each dtype
    BenchPlan endpoint;
};

Result<Wanted> wantedBy(const Arguments &options)
{
    const auto base = basePlans(options);
    if (!base)
        return tl::unexpected<Error>(base.error());
    auto local = options.plans(base->local);
    auto endpoint = options.plans(base->endpoint);
    for (const auto *plans : {&local, &endpoint}) {
        if (!*plans)
            return tl::unexpected<Error>(plans->error());
    }
    const auto load = loadOf(options, endpoint->front().load.value_or(EndpointLoad()));
    if (!load)
        return tl::unexpected<Error>(load.error());
    Wanted wanted{std::move(*local), std::move(endpoint->front())};
    wanted.endpoint.load = *load;
    return wanted;
}

void sayEstimate(const BenchPlan &plan)
{
    const PlanEstimate estimate = estimatePlan(plan);
    QStringList assumptions;
    for (const char *assumption : estimate.assumptions)
        assumptions << QCoreApplication::translate("Estimate", assumption);
    note(QCoreApplication::translate("Command", "Before the start: %1 (if %2)").arg(toQString(estimateText(estimate, qtTranslate())), assumptions.join(QStringLiteral("; "))));
}

/// An option that says nothing of any subject is a mistake.
Result<void> checkOptions(const Arguments &options, bool anyModel, bool anyEndpoint)
{
    constexpr std::array kOfModels{"batch", "device", "dtype", "worker", "machine", "cold-loads", "no-machine-limits", "decoding", "streamed", "prompt"};
    constexpr std::array kOfEndpoints{"model",   "dialect", "concurrency", "rate",        "arrivals",     "max-in-flight",  "requests",
                                      "seconds", "cache",   "retries",     "slo",         "limit-money",  "limit-tokens",   "limit-requests",
                                      "prices",  "thinking", "temperature", "limit-seconds", "until-saturated", "ignore-eos", "no-texts", "repeat", "every"};
    const auto refused = [](const char *name, const QString &why) {
        return failure(ErrorCode::BadUsage, {why.arg(QLatin1String(name)).toStdString()});
    };
    for (const char *name : kOfModels) {
        if (!anyModel && options.isSet(QLatin1String(name)))
            return refused(name, QCoreApplication::translate("Command", "--%1 is for models, and all subjects are endpoints"));
    }
    for (const char *name : kOfEndpoints) {
        if (!anyEndpoint && options.isSet(QLatin1String(name)))
            return refused(name, QCoreApplication::translate("Command", "--%1 is for endpoints, and no subject is one"));
    }
    return {};
}

/// Endpoints are asked one after the other, the others opened together; they are measured in the order in which they were named.
Result<void> addSubjects(MeasureSession &session, const Arguments &options, const Wanted &wanted, std::optional<BenchSeries> &series)
{
    QStringList files;
    std::vector<std::optional<BenchEndpoint>> endpoints;
    for (const QString &subject : options.subjects()) {
        auto endpoint = benchEndpoint(options, subject);
        if (!endpoint)
            return tl::unexpected<Error>(endpoint.error());
        if (!*endpoint)
            files << subject;
        endpoints.push_back(std::move(*endpoint));
    }
    if (const auto sound = checkOptions(options, !files.isEmpty(), files.size() < qsizetype(endpoints.size())); !sound)
        return sound;
    if (series && !files.isEmpty())
        return failure(ErrorCode::BadUsage, {QCoreApplication::translate("Command", "--repeat is for endpoints: measure models apart from them").toStdString()});
    if (const auto opened = session.open(files); !opened)
        return opened;
    if (const auto sound = session.checkInputs(wanted.local.front().inputs); !sound)
        return sound;
    const auto &opened = session.workspace().subjects(); // one named twice is there once
    size_t next = 0;
    for (const auto &endpoint : endpoints) {
        if (endpoint) {
            sayEstimate(wanted.endpoint);
            if (series)
                series->endpoints.push_back({endpoint->reference, endpoint->target, wanted.endpoint, 0});
            else
                session.addLoad(endpoint->reference, endpoint->target, wanted.endpoint);
        } else if (next < opened.size()) {
            for (const BenchPlan &plan : wanted.local)
                session.addBench(*opened[next], plan);
            ++next;
        }
    }
    return {};
}

/// The run or series that goes on: the one whose id begins so, else the newest that was broken off.
Result<void> addResumed(MeasureSession &session, const Arguments &options, std::optional<BenchSeries> &series)
{
    const QStringList names = options.subjects();
    const std::string name = names.isEmpty() ? std::string() : names.first().toStdString();
    const auto run = session.resumable(name);
    auto found = resumableSeries(session.library(), options, name);
    if (!found && !run)
        return tl::unexpected<Error>(found.error());
    if (found && *found && (!run || run->header.startedAt < (*found)->newest)) {
        series = std::move(*found);
        return {};
    }
    if (!run && !name.empty() && session.isMeasured(name))
        return tl::unexpected<Error>(measuredElsewhere());
    if (!run)
        return failure(ErrorCode::RunMissing, {name});
    const auto target = resumedEndpoint(options, run->header);
    if (!target)
        return tl::unexpected<Error>(target.error());
    session.resumeLoad(*run, *target);
    return {};
}

/// What --as names.
Result<std::vector<std::string>> toolsOf(const Arguments &options)
{
    std::vector<std::string> tools;
    QStringList known;
    for (const char *id : toolIds())
        known << QLatin1String(id);
    for (const QString &part : options.value(QStringLiteral("as")).split(u',', Qt::SkipEmptyParts)) {
        if (!known.contains(part.trimmed()))
            return failure(ErrorCode::BadUsage, {QCoreApplication::translate("Arguments", "--%1 should be %2").arg(QStringLiteral("as"), known.join(u'|')).toStdString()});
        tools.push_back(part.trimmed().toStdString());
    }
    return tools;
}

/// What is shown: every run; of a series in words the sessions together, in JSON each.
std::vector<std::shared_ptr<const BenchRun>> shownRuns(const MeasureSession &session, const std::optional<BenchSeries> &series, bool asJson)
{
    if (!series || asJson)
        return series ? runsOfSeries(session.library(), series->id) : session.benchRuns();
    std::vector<std::shared_ptr<const BenchRun>> runs;
    for (const BenchSeries::Endpoint &endpoint : series->endpoints) {
        if (auto run = session.library().latestBench(endpoint.reference))
            runs.push_back(std::move(run));
    }
    return runs;
}

int show(const MeasureSession &session, const Result<void> &ran, const std::optional<BenchSeries> &series, const std::vector<std::string> &tools, bool asJson)
{
    json runs = json::array();
    for (const auto &run : shownRuns(session, series, asJson)) {
        if (asJson)
            runs.push_back(benchJson(*run, tools));
        else
            printBench(*run, tools);
    }
    // What was measured is shown even when a job failed; the exit code says that it did.
    if (series && !asJson)
        printSeries(session.library(), series->id);
    json result{{"runs", runs}};
    if (series && asJson)
        result["series"] = seriesJson(session.library(), series->id);
    if (!ran)
        result["error"] = errorJson(ran.error());
    if (asJson)
        printJson(result);
    return ran ? 0 : fail(ran.error());
}

} // namespace

int runBench(const QStringList &arguments)
{
    if (arguments.contains(QStringLiteral("--self-test")))
        return runSelfTestCommand(arguments);
    Arguments options("bench", QCoreApplication::translate("Command", "Measures load time, latency, throughput and memory; of an endpoint latency, throughput, errors and cost under load."),
                      QStringLiteral("SUBJECT..."));
    options.addFlag(QStringLiteral("self-test"), QCoreApplication::translate("Command", "how exactly the client of endpoints measures, by load"));
    addPresetOptions(options);
    options.addPlanOptions();
    addLoadOptions(options);
    addSeriesOptions(options);
    options.addModelOptions(QStringLiteral("auto"), true);
    options.addOption(QStringLiteral("as"), QStringLiteral("tool,tool"), QCoreApplication::translate("Command", "also what other tools would print of the same requests: vllm, guidellm, ..."));
    options.addFlag(QStringLiteral("one-by-one"), QCoreApplication::translate("Command", "several subjects one after the other instead of in turn"));
    options.addFlag(QStringLiteral("resume"), QCoreApplication::translate("Command", "goes on with an endpoint's run that was broken off: the newest, or the one whose id is given"));
    if (!options.parse(arguments, 0, 64))
        return options.exitCode();
    const bool saves = options.isSet(QStringLiteral("save-plan"));
    if (options.subjects().isEmpty() && !saves && !options.isSet(QStringLiteral("resume")))
        return failUsage(QCoreApplication::translate("Command", "Name what is to be measured: a model or an endpoint"), options.json());
    const auto wanted = wantedBy(options);
    if (!wanted)
        return fail(wanted.error(), options.json());
    if (saves) {
        const auto saved = savePlan(options.value(QStringLiteral("save-plan")), wanted->endpoint);
        return saved ? 0 : fail(saved.error(), options.json());
    }
    const auto tools = toolsOf(options);
    if (!tools)
        return fail(tools.error(), options.json());
    auto series = seriesOf(options);
    if (!series)
        return fail(series.error(), options.json());
    MeasureSession session(options.worker(), storeFile());
    if (!options.isSet(QStringLiteral("one-by-one")))
        session.takeTurns();
    const auto added = options.isSet(QStringLiteral("resume")) ? addResumed(session, options, *series) : addSubjects(session, options, *wanted, *series);
    if (!added)
        return fail(added.error(), options.json());
    const Result<void> ran = *series ? runSeries(session, **series) : session.run();
    return show(session, ran, *series, *tools, options.json());
}

} // namespace assay
