// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/subjectjob.h"

#include "core/base/units.h"
#include "core/service/translation.h"

#include <QTimer>
#include <QUuid>

namespace assay {
namespace {

constexpr int kCancelLimit = 800; // ms until a backend that does not answer is given up

RunState runState(JobState state)
{
    switch (state) {
    case JobState::Finished:
        return RunState::Finished;
    case JobState::Cancelled:
        return RunState::Cancelled;
    default:
        return RunState::Failed;
    }
}

/// Jobs of one subject in several dtypes are told apart.
QString titleIn(const QString &title, const std::string &dtype)
{
    return dtype == "auto" ? title : SubjectJob::tr("%1, %2").arg(title, toQString(dtype));
}

} // namespace

bool endsBackend(ErrorCode code)
{
    switch (code) {
    case ErrorCode::WorkerMissing:
    case ErrorCode::WorkerDied:
    case ErrorCode::WorkerTooOld:
    case ErrorCode::WorkerSilent:
    case ErrorCode::WorkerNotThere:
    case ErrorCode::MachineUnreachable:
    case ErrorCode::MachineRefused:
    case ErrorCode::MachineLost:
    case ErrorCode::ProtocolViolation:
    case ErrorCode::UnknownMethod:
    case ErrorCode::UnknownModel:
    case ErrorCode::Cancelled:
        return true;
    default:
        return false;
    }
}

SubjectJob::SubjectJob(const QString &title, SubjectRef subject, std::string device, std::string dtype,
                       BackendFactory factory, RunLibrary *library, QObject *parent)
    : Job(titleIn(title, dtype), toQString(subject.name), parent), m_reference(std::move(subject)),
      m_device(std::move(device)), m_dtype(std::move(dtype)), m_factory(std::move(factory)),
      m_library(library), m_mailbox(std::make_shared<Mailbox>(this))
{
}

SubjectJob::~SubjectJob()
{
    if (state() == JobState::Running && !m_concluded && m_library)
        m_library->finish(runKey(), RunState::Cancelled);
    m_concluded = true;
    m_mailbox->close();
    if (m_table)
        m_table->leave(m_place);
    m_backend.reset();
}

void SubjectJob::takeTurns(std::shared_ptr<TurnTable> table)
{
    m_table = std::move(table);
    m_place = m_table->join(m_reference.name);
    connect(this, &Job::finished, this, [this] { m_table->leave(m_place); }); // also of one that is cancelled before it starts
}

void SubjectJob::withTurn(std::function<void()> work)
{
    if (!m_table)
        return work();
    setProgress(tr("waiting for its turn"), done(), total());
    m_waits = true;
    // The one who makes way may be on another thread.
    m_table->ask(m_place, [mailbox = m_mailbox, this, work = std::move(work)] {
        mailbox->post([this, work] {
            m_waits = false;
            if (!isClosing())
                work();
        });
    });
}

void SubjectJob::passTurn()
{
    if (m_table)
        m_table->pass(m_place);
}

void SubjectJob::run()
{
    if (m_runId.isEmpty()) // else it goes on with a run
        m_runId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    RunHeader header;
    header.id = runKey();
    header.subject = m_reference;
    header.environment.device = m_device;
    header.environment.dtype = m_dtype;
    header.environment.assay = ASSAY_VERSION;
    header.startedAt = utcNow();
    if (m_table)
        header.inTurnWith = m_table->others(m_place);
    begin(header);
    m_backend = m_factory ? m_factory() : nullptr;
    if (!m_backend) {
        conclude(JobState::Failed, Error{ErrorCode::Internal, {"the subject has no backend"}, {}});
        return;
    }
    connect(m_backend.get(), &Backend::logLine, this, [this](const QString &line) { addLog(line); });
    connect(m_backend.get(), &Backend::waitsFor, this, [this](const QString &what) { setProgress(what, done(), total()); });
    withTurn([this] { openSubject(); });
}

void SubjectJob::openSubject()
{
    setProgress(loadingStage(), done(), total());
    m_backend->open(m_device, m_dtype, {}, then<LoadSample>([this](const LoadSample &sample) {
                        if (!m_known && m_library)
                            m_library->setEnvironment(runKey(), m_backend->environment());
                        m_known = true;
                        opened(sample);
                    }));
}

void SubjectJob::abort()
{
    if (m_aborting)
        return;
    m_aborting = true;
    addLog(tr("cancelling"));
    if (m_waits) // nothing is under way that could end
        return conclude(JobState::Cancelled, Error{ErrorCode::Cancelled, {}, {}});
    QTimer::singleShot(kCancelLimit, this, [this] {
        // The backend goes now, and its worker with it.
        conclude(JobState::Cancelled,
                 Error{ErrorCode::Cancelled, {}, tr("the worker did not stop and was ended").toStdString()});
    });
    if (m_backend)
        m_backend->cancel();
}

void SubjectJob::finishRun(const std::optional<Error> &error)
{
    conclude(error ? JobState::Failed : JobState::Finished, error);
}

void SubjectJob::conclude(JobState state, const std::optional<Error> &error)
{
    if (m_concluded)
        return;
    m_concluded = true;
    if (m_library)
        m_library->finish(runKey(), runState(state),
                          error && state == JobState::Failed ? error->sentence() : std::string());
    if (m_backend) {
        // It is perhaps what called us. Whatever it still says is no concern of a job that is over.
        m_backend->disconnect(this);
        m_backend.release()->deleteLater();
    }
    end(state, error);
}

} // namespace assay
