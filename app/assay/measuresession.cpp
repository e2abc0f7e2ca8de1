// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/measuresession.h"

#include "app/assay/console.h"
#include "app/assay/interrupt.h"
#include "core/base/units.h"
#include "core/evaluate/formats/anysuite.h"
#include "core/service/endpointbackend.h"
#include "core/service/endpointsubject.h"
#include "core/service/resources.h"
#include "core/bench/loadestimate.h"
#include "core/service/subjectfiles.h"
#include "core/service/subjectplan.h"
#include "core/service/translation.h"
#include "core/service/workerbackend.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace assay {

namespace {

/// The runs that these jobs wrote, in the order of the jobs.
template <class Run>
std::vector<std::shared_ptr<const Run>> runsOf(const JobQueue &jobs, const std::vector<std::shared_ptr<const Run>> &runs)
{
    std::vector<std::shared_ptr<const Run>> out;
    for (const auto &job : jobs.jobs()) {
        const std::string id = job->runId().toStdString();
        std::copy_if(runs.begin(), runs.end(), std::back_inserter(out), [&id](const auto &run) { return run->header.id == id; });
    }
    return out;
}

BackendFactory backendAt(const EndpointTarget &target)
{
    return [target] { return std::make_unique<EndpointBackend>(target); };
}

} // namespace

MeasureSession::MeasureSession(WorkerCommand worker, const QString &storeFile)
    : m_worker(std::move(worker)), m_library(std::make_unique<RunLibrary>(storeFile)),
      m_workspace(std::make_unique<Workspace>()), m_queue(std::make_unique<JobQueue>())
{
    QObject::connect(m_library.get(), &RunLibrary::saveFailed, m_library.get(),
                     [](const Error &error) { note(QStringLiteral("assay: ") + errorText(error)); });
    QObject::connect(m_queue.get(), &JobQueue::changed, m_queue.get(), [this](Job *job) { showProgress(job); });
    QEventLoop loop;
    QObject::connect(m_library.get(), &RunLibrary::loaded, &loop, &QEventLoop::quit);
    m_library->load();
    if (!m_library->isLoaded())
        loop.exec();
}

MeasureSession::~MeasureSession()
{
    // Jobs write into the library while they end, so they go first.
    m_queue.reset();
    m_library->flush();
}

void MeasureSession::setKeyPlace(const KeyPlace &place)
{
    m_keyPlace = place;
    m_workspace->setKeyPlace(place);
}

void MeasureSession::setTransport(const Transport &transport)
{
    m_workspace->setRoutes([transport](const QString &) { return transport; });
}

Result<void> MeasureSession::open(const QStringList &paths, const std::vector<Role> &roles)
{
    std::vector<int> ids;
    for (const QString &path : paths)
        ids.push_back(m_workspace->open(subjectPlace(path)));
    if (m_workspace->loading()) {
        QEventLoop loop;
        QObject::connect(m_workspace.get(), &Workspace::allSettled, &loop, &QEventLoop::quit);
        loop.exec();
    }
    for (size_t i = 0; i < ids.size(); ++i) {
        const Subject *subject = m_workspace->find(ids[i]);
        if (subject->error)
            return tl::unexpected(*subject->error);
        if (i < roles.size())
            m_workspace->setRole(ids[i], roles[i]);
    }
    return {};
}

BackendFactory MeasureSession::backendOf(const Subject &subject) const
{
    if (subject.endpoint) {
        const QString url = toQString(subject.endpoint->url);
        return backendAt(targetOf(*subject.endpoint, findKey(url, m_keyPlace).value_or(Secret())));
    }
    return [worker = m_worker, path = subject.path.toStdString()] {
        return std::make_unique<WorkerBackend>(worker, path);
    };
}

void MeasureSession::addBench(const Subject &subject, const BenchPlan &plan)
{
    const BenchPlan fitted = planFor(*subject.inspection, plan);
    m_benches.push_back(turnTaker(std::make_unique<BenchJob>(subject.reference(), fitted, backendOf(subject), m_library.get()), neededMemory(*subject.inspection, fitted)));
}

void MeasureSession::addLoad(const SubjectRef &subject, const EndpointTarget &target, const BenchPlan &plan, const std::optional<SeriesPlace> &series)
{
    auto job = std::make_unique<LoadJob>(subject, target, plan, m_library.get());
    if (series)
        job->setSeries(*series);
    add(std::move(job));
}

std::shared_ptr<const BenchRun> MeasureSession::resumable(const std::string &idBegin) const
{
    for (const auto &run : m_library->benchRuns()) {
        const RunState state = run->header.state;
        if (run->plan.load && !run->header.series && (state == RunState::Interrupted || state == RunState::Cancelled) && run->header.id.starts_with(idBegin))
            return run;
    }
    return nullptr;
}

bool MeasureSession::isMeasured(const std::string &idBegin) const
{
    const auto is = [&](const auto &run) { return run->header.state == RunState::Running && run->header.id.starts_with(idBegin); };
    return std::ranges::any_of(m_library->benchRuns(), is) || std::ranges::any_of(m_library->evaluationRuns(), is);
}

void MeasureSession::resumeLoad(const BenchRun &run, const EndpointTarget &target)
{
    add(std::make_unique<LoadJob>(run, target, m_library.get()));
}

void MeasureSession::add(std::unique_ptr<LoadJob> job)
{
    LoadJob *added = job.get();
    QObject::connect(added, &LoadJob::estimated, added, [added] {
        note(QCoreApplication::translate("Command", "After the pilot: %1").arg(toQString(estimateText(*added->progress().estimate, qtTranslate()))));
    });
    QObject::connect(added, &Job::finished, added, [added] {
        if (const auto &ended = added->progress().endedEarly)
            note(QStringLiteral("%1: %2").arg(added->subjectName(), toQString(endedEarlyText(*ended, qtTranslate()))));
    });
    m_benches.push_back(turnTaker(std::move(job), 0));
}

void MeasureSession::queueBenches()
{
    std::vector<TurnTaker> benches = std::exchange(m_benches, {});
    if (m_turns) {
        if (const QString why = queueInTurn(*m_queue, std::move(benches)); !why.isEmpty())
            note(why);
        return;
    }
    for (TurnTaker &bench : benches)
        m_queue->add(std::move(bench.job));
}

Result<void> MeasureSession::checkInputs(const std::vector<std::string> &inputs) const
{
    const auto &subjects = m_workspace->subjects();
    if (inputs.empty() || std::any_of(subjects.begin(), subjects.end(), [](const auto &s) { return isScript(*s->inspection); }))
        return {};
    return failure(ErrorCode::BadUsage,
                   {QCoreApplication::translate("Command", "--input is for TorchScript modules, and no subject is one").toStdString()});
}

void MeasureSession::addEvaluation(const Subject &subject, const std::shared_ptr<const Suite> &suite, const EvaluationPlan &plan)
{
    add(std::make_unique<EvaluateJob>(subject.reference(), suite, plan, backendOf(subject), m_library.get()));
}

void MeasureSession::addEvaluation(const Subject &subject, const std::shared_ptr<const Suite> &suite, const std::string &device, const std::string &dtype)
{
    EvaluationPlan plan;
    plan.device = device;
    plan.dtype = dtype;
    addEvaluation(subject, suite, plan);
}

std::shared_ptr<const EvaluationRun> MeasureSession::resumableEvaluation(const std::string &idBegin) const
{
    for (const auto &run : m_library->evaluationRuns()) {
        // Of a run that is named it is told that nothing is missing.
        const bool missing = !idBegin.empty() || mayMissRows(*run);
        if (run->header.state != RunState::Running && missing && run->protocol.tool.empty() && run->header.id.starts_with(idBegin))
            return run;
    }
    return nullptr;
}

void MeasureSession::resumeEvaluation(const Subject &subject, const std::shared_ptr<const Suite> &suite, const EvaluationPlan &plan, const EvaluationRun &run)
{
    auto job = std::make_unique<EvaluateJob>(subject.reference(), suite, plan, backendOf(subject), m_library.get());
    job->resume(run);
    add(std::move(job));
}

void MeasureSession::addEvaluation(const SubjectRef &subject, const EndpointTarget &target, const std::shared_ptr<const Suite> &suite, const EvaluationPlan &plan)
{
    add(std::make_unique<EvaluateJob>(subject, suite, plan, backendAt(target), m_library.get()));
}

void MeasureSession::resumeEvaluation(const SubjectRef &subject, const EndpointTarget &target, const std::shared_ptr<const Suite> &suite, const EvaluationPlan &plan,
                                      const EvaluationRun &run)
{
    auto job = std::make_unique<EvaluateJob>(subject, suite, plan, backendAt(target), m_library.get());
    job->resume(run);
    add(std::move(job));
}

void MeasureSession::add(std::unique_ptr<EvaluateJob> job)
{
    queueBenches(); // in the order in which they were added
    const EvaluateJob *added = job.get();
    const auto say = [added](const QString &text) { note(QStringLiteral("%1: %2").arg(added->subjectName(), text)); };
    QObject::connect(added, &EvaluateJob::estimated, added, say);
    QObject::connect(added, &EvaluateJob::warned, added, say);
    QObject::connect(added, &Job::finished, added, [this, added, say] {
        const auto run = m_library->evaluationRun(added->runId().toStdString());
        const bool ended = run && run->header.endedEarly;
        if (ended)
            say(toQString(endedEarlyText(*run->header.endedEarly, qtTranslate())));
        if (run && (added->state() != JobState::Finished || ended))
            say(QCoreApplication::translate("Command", "%n answer(s) are kept; assay evaluate --resume %1 asks for the rest", nullptr, int(run->items.size())).arg(added->runId()));
    });
    m_queue->add(std::move(job));
}

std::vector<std::shared_ptr<const BenchRun>> MeasureSession::benchRuns() const
{
    return runsOf(*m_queue, m_library->benchRuns());
}

std::vector<std::shared_ptr<const EvaluationRun>> MeasureSession::evaluationRuns() const
{
    return runsOf(*m_queue, m_library->evaluationRuns());
}

void MeasureSession::showProgress(const Job *job)
{
    if (job->state() != JobState::Running)
        return;
    const double share = job->total() > 0 ? job->done() / job->total() : 0;
    // In steps of a tenth, so that a log file stays readable.
    QString line = QStringLiteral("%1 · %2 · %3 %").arg(job->subjectName(), job->title(), QString::number(int(share * 10) * 10));
    QString &last = m_lastLines[job];
    if (last == line)
        return;
    last = line;
    if (std::isfinite(job->secondsLeft()))
        line += QStringLiteral(" · ") + toQString(formatSeconds(job->secondsLeft()));
    progress(line);
}

Result<void> MeasureSession::run()
{
    queueBenches();
    if (!m_queue->running() && m_queue->waiting() == 0)
        return {};
    QEventLoop loop;
    QObject::connect(m_queue.get(), &JobQueue::idle, &loop, &QEventLoop::quit);
    const Interrupt interrupt([this] { m_queue->cancelAll(); });
    loop.exec();
    m_library->flush();
    const size_t first = std::exchange(m_ran, m_queue->jobs().size());
    for (size_t i = first; i < m_ran; ++i) {
        const auto &job = m_queue->jobs()[i];
        if (job->error())
            return tl::unexpected(*job->error());
        if (job->state() == JobState::Cancelled)
            return failure(ErrorCode::Cancelled);
    }
    return {};
}

Result<std::shared_ptr<const Suite>> openSuite(const QString &nameOrFile)
{
    const QString file = findSuite(nameOrFile);
    if (file.isEmpty())
        return failure(ErrorCode::SuiteMissing,
                       {nameOrFile.toStdString(), suiteNames().join(QStringLiteral(", ")).toStdString()});
    auto suite = readAnySuite(QFile::encodeName(file).toStdString());
    if (!suite)
        return tl::unexpected(suite.error());
    return std::make_shared<const Suite>(std::move(*suite));
}

Result<std::vector<std::shared_ptr<const Suite>>> openSuites(const QStringList &namesOrFiles)
{
    QStringList names;
    for (const QString &name : namesOrFiles)
        names += name == QStringLiteral("all") ? suiteNames() : QStringList{name};
    names.removeDuplicates();
    std::vector<std::shared_ptr<const Suite>> suites;
    for (const QString &name : names) {
        auto suite = openSuite(name);
        if (!suite)
            return tl::unexpected(suite.error());
        suites.push_back(std::move(*suite));
    }
    return suites;
}

QStringList demoSuites()
{
    return {QStringLiteral("reasoning"), QStringLiteral("recall-choice"), QStringLiteral("recall-depth")};
}

} // namespace assay
