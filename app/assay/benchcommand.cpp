// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/benchoutput.h"
#include "app/assay/benchsubjects.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/loadoptions.h"
#include "app/assay/measuresession.h"
#include "core/bench/loadestimate.h"
#include "core/service/resources.h"
#include "core/service/translation.h"

#include <QCoreApplication>
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

/// Endpoints are asked now; the others are opened together.
Result<void> addSubjects(MeasureSession &session, const Arguments &options, const Wanted &wanted)
{
    QStringList files;
    for (const QString &subject : options.subjects()) {
        const auto endpoint = benchEndpoint(options, subject);
        if (!endpoint)
            return tl::unexpected<Error>(endpoint.error());
        if (!*endpoint) {
            files << subject;
            continue;
        }
        sayEstimate(wanted.endpoint);
        session.addLoad((*endpoint)->reference, (*endpoint)->target, wanted.endpoint);
    }
    if (const auto opened = session.open(files); !opened)
        return opened;
    if (const auto sound = session.checkInputs(wanted.local.front().inputs); !sound)
        return sound;
    for (const auto &subject : session.workspace().subjects()) {
        for (const BenchPlan &plan : wanted.local)
            session.addBench(*subject, plan);
    }
    return {};
}

int show(const MeasureSession &session, const Result<void> &ran, bool asJson)
{
    json runs = json::array();
    for (const auto &run : session.benchRuns()) {
        if (asJson)
            runs.push_back(benchJson(*run));
        else
            printBench(*run);
    }
    // What was measured is shown even when a job failed; the exit code says that it did.
    json result{{"runs", runs}};
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
    options.addModelOptions(QStringLiteral("auto"), true);
    const bool saves = arguments.contains(QStringLiteral("--save-plan"));
    if (!options.parse(arguments, saves ? 0 : 1, 64))
        return options.exitCode();
    const auto wanted = wantedBy(options);
    if (!wanted)
        return fail(wanted.error(), options.json());
    if (saves) {
        const auto saved = savePlan(options.value(QStringLiteral("save-plan")), wanted->endpoint);
        return saved ? 0 : fail(saved.error(), options.json());
    }
    MeasureSession session(options.worker(), storeFile());
    if (const auto added = addSubjects(session, options, *wanted); !added)
        return fail(added.error(), options.json());
    return show(session, session.run(), options.json());
}

} // namespace assay
