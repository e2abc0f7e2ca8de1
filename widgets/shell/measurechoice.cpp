// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/measurechoice.h"

#include "core/evaluate/suite.h"
#include "core/service/endpointbackend.h"
#include "core/service/endpointsubject.h"
#include "core/service/jobqueue.h"
#include "core/service/jobs.h"
#include "core/service/keys.h"
#include "core/service/loadjob.h"
#include "core/service/loadseries.h"
#include "core/service/resources.h"
#include "core/service/subjectplan.h"
#include "core/service/translation.h"
#include "core/service/turnplan.h"
#include "core/service/workerbackend.h"
#include "core/service/workspace.h"
#include "widgets/common/settings.h"

#include <QFile>

namespace assay {
namespace {

/// The command of the settings, else the worker of this machine.
WorkerCommand workerCommand()
{
    QStringList parts = QProcess::splitCommand(settings::kWorkerCommand.get());
    if (parts.isEmpty())
        return WorkerCommand::local();
    const QString program = parts.takeFirst();
    return {program, parts};
}

TurnTaker benchOf(const Subject &subject, const MeasureChoice &choice, const BenchPlan &ofModels, RunLibrary &runs)
{
    if (subject.endpoint) {
        auto job = std::make_unique<LoadJob>(subject.reference(), targetOf(*subject.endpoint, {}), choice.endpointPlan, &runs);
        job->askKey(storedKey(toQString(subject.endpoint->url)));
        return turnTaker(std::move(job), 0);
    }
    const BenchPlan plan = planFor(*subject.inspection, ofModels);
    return turnTaker(std::make_unique<BenchJob>(subject.reference(), plan, backendFactoryOf(subject), &runs), neededMemory(*subject.inspection, plan));
}

/// One for each dtype: the plan's own, then those of what-ifs. Nobody chooses an endpoint's device or dtype, and TorchScript modules
/// are run as they are.
std::vector<BenchPlan> plansFor(const Subject &subject, const MeasureChoice &choice)
{
    if (subject.endpoint)
        return {BenchPlan()};
    std::vector<BenchPlan> plans{choice.plan};
    if (isScript(*subject.inspection))
        return plans;
    for (const std::string &dtype : choice.whatIfs) {
        plans.push_back(choice.plan);
        plans.back().dtype = dtype;
    }
    return plans;
}

} // namespace

BackendFactory backendFactoryOf(const Subject &subject)
{
    if (subject.endpoint)
        return [target = targetOf(*subject.endpoint, {})] {
            auto backend = std::make_unique<EndpointBackend>(target);
            backend->askKey(storedKey(toQString(target.url)));
            return backend;
        };
    return [command = workerCommand(), path = QFile::encodeName(subject.path).toStdString()] { return std::make_unique<WorkerBackend>(command, path); };
}

QString defaultSuite()
{
    const QStringList names = suiteNames();
    const QString preferred = QStringLiteral("reasoning");
    return names.contains(preferred) ? preferred : names.value(0);
}

std::optional<std::vector<int64_t>> parseNumbers(const QString &text, int64_t most)
{
    std::vector<int64_t> numbers;
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        bool whole = false;
        const qlonglong number = part.trimmed().toLongLong(&whole);
        if (!whole || number < 1 || number > most)
            return {};
        numbers.push_back(number);
    }
    return numbers.empty() ? std::nullopt : std::optional(numbers);
}

Result<LoadSeries *> startSeries(const MeasureChoice &choice, const Workspace &workspace, JobQueue &jobs, RunLibrary &runs)
{
    std::vector<LoadSeries::Endpoint> endpoints;
    for (const int id : choice.subjects) {
        const Subject *subject = workspace.find(id);
        if (subject && subject->state == SubjectState::Ready && subject->endpoint)
            endpoints.push_back({subject->reference(), targetOf(*subject->endpoint, {}), storedKey(toQString(subject->endpoint->url)), choice.endpointPlan});
    }
    if (!choice.bench || choice.sessions < 2 || endpoints.empty())
        return nullptr;
    auto series = std::make_unique<LoadSeries>(std::move(endpoints), choice.sessions, choice.every, jobs, runs, &jobs);
    if (auto started = series->start(storeFile()); !started)
        return tl::unexpected<Error>(started.error());
    QObject::connect(series.get(), &LoadSeries::ended, series.get(), &QObject::deleteLater);
    return series.release(); // the queue's
}

int startMeasuring(const MeasureChoice &choice, const Workspace &workspace, JobQueue &jobs, RunLibrary &runs, QString *note)
{
    std::vector<TurnTaker> benches;
    std::vector<std::unique_ptr<Job>> evaluations;
    for (const int id : choice.subjects) {
        const Subject *subject = workspace.find(id);
        if (!subject || subject->state != SubjectState::Ready)
            continue;
        for (const BenchPlan &plan : plansFor(*subject, choice)) {
            if (choice.bench && !(subject->endpoint && choice.sessions > 1))
                benches.push_back(benchOf(*subject, choice, plan, runs));
            for (const auto &suite : choice.suites) {
                if (checkAnswersSuite(*subject->inspection, *suite))
                    evaluations.push_back(std::make_unique<EvaluateJob>(subject->reference(), suite, plan.device, plan.dtype, backendFactoryOf(*subject), &runs));
            }
        }
    }
    const int started = int(benches.size() + evaluations.size());
    const QString why = queueInTurn(jobs, std::move(benches));
    if (note)
        *note = why;
    for (auto &job : evaluations)
        jobs.add(std::move(job));
    return started;
}

void resumeLoad(const std::shared_ptr<const BenchRun> &run, const Subject &subject, JobQueue &jobs, RunLibrary &runs)
{
    auto job = std::make_unique<LoadJob>(*run, targetOf(*subject.endpoint, {}), &runs);
    job->askKey(storedKey(toQString(subject.endpoint->url)));
    jobs.add(std::move(job));
}

} // namespace assay
