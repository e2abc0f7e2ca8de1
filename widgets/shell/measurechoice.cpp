// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/measurechoice.h"

#include "core/endpoint/endpointfacts.h"
#include "core/evaluate/suite.h"
#include "core/service/jobqueue.h"
#include "core/service/jobs.h"
#include "core/service/keys.h"
#include "core/service/loadjob.h"
#include "core/service/resources.h"
#include "core/service/subjectplan.h"
#include "core/service/translation.h"
#include "core/service/workerbackend.h"
#include "core/service/workspace.h"
#include "widgets/common/settings.h"

#include <QFile>
#include <QPointer>

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

/// A key store that cannot be used is no reason not to ask: many endpoints want no key, and who wants one says so.
Secret keyFrom(const Result<Secret> &stored)
{
    if (stored && !stored->empty())
        return *stored;
    return keyFromEnvironment(QLatin1String(kKeyVariable)).value_or(Secret());
}

/// The endpoint's model in the dialect that was found when it was opened; without a key.
EndpointTarget targetOf(const EndpointFacts &facts)
{
    EndpointTarget target;
    target.url = facts.url;
    target.dialect = facts.dialect;
    target.model = facts.model;
    return target;
}

/// Queues the job that is made for the target once its key is known.
void queueWithKey(const EndpointFacts &facts, JobQueue &jobs, std::function<std::unique_ptr<Job>(EndpointTarget)> make)
{
    auto *keys = new KeyStore(&jobs);
    const auto queue = [keys, &jobs, make = std::move(make), target = targetOf(facts)](const Result<Secret> &stored) mutable {
        target.key = keyFrom(stored);
        jobs.add(make(std::move(target)));
        keys->deleteLater();
    };
    keys->read(toQString(facts.url), queue);
}

} // namespace

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

int startMeasuring(const MeasureChoice &choice, const Workspace &workspace, JobQueue &jobs, RunLibrary &runs)
{
    int started = 0;
    for (const int id : choice.subjects) {
        const Subject *subject = workspace.find(id);
        if (!subject || subject->state != SubjectState::Ready)
            continue;
        if (subject->endpoint) {
            if (choice.bench)
                queueWithKey(*subject->endpoint, jobs, [reference = subject->reference(), plan = choice.endpointPlan, library = QPointer(&runs)](EndpointTarget target) {
                    return std::make_unique<LoadJob>(reference, std::move(target), plan, library.data());
                });
            started += choice.bench;
            continue;
        }
        const BackendFactory factory = [command = workerCommand(),
                                        path = QFile::encodeName(subject->path).toStdString()] {
            return std::make_unique<WorkerBackend>(command, path);
        };
        if (choice.bench) {
            jobs.add(std::make_unique<BenchJob>(subject->reference(), planFor(*subject->inspection, choice.plan), factory, &runs));
            ++started;
        }
        if (!answersSuites(*subject->inspection))
            continue;
        for (const auto &suite : choice.suites) {
            jobs.add(std::make_unique<EvaluateJob>(subject->reference(), suite, choice.plan.device,
                                                   choice.plan.dtype, factory, &runs));
            ++started;
        }
    }
    return started;
}

void resumeLoad(const std::shared_ptr<const BenchRun> &run, const Subject &subject, JobQueue &jobs, RunLibrary &runs)
{
    queueWithKey(*subject.endpoint, jobs, [run, library = QPointer(&runs)](EndpointTarget target) {
        return std::make_unique<LoadJob>(*run, std::move(target), library.data());
    });
}

} // namespace assay
