// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/backend.h"
#include "core/service/job.h"
#include "core/service/mailbox.h"
#include "core/service/runlibrary.h"
#include "core/service/turntable.h"

#include <QPointer>
#include <functional>
#include <memory>

namespace assay {

/// Makes the backend of a subject; called when the job starts.
using BackendFactory = std::function<std::unique_ptr<Backend>()>;

/// A job that asks one subject and writes one run: opens the backend, and ends job, run and backend together,
/// whatever happens first. A cancelled job is over within a second, answering worker or not.
class SubjectJob : public Job
{
    Q_OBJECT
public:
    SubjectJob(const QString &title, SubjectRef subject, std::string device, std::string dtype,
               BackendFactory factory, RunLibrary *library, QObject *parent);
    ~SubjectJob() override;
    /// Joins the table: loading and measuring are done in turns. Before any of those who take turns is started.
    void takeTurns(std::shared_ptr<TurnTable> table);

protected:
    virtual void begin(const RunHeader &header) = 0;   ///< writes the empty run to the library
    virtual QString loadingStage() const = 0;          ///< what is shown while the subject is loaded
    virtual void opened(const LoadSample &sample) = 0; ///< the subject answers now

    void run() final;
    void abort() final;
    void openSubject(); ///< leads to opened(), or to the end of the job
    bool takesTurns() const { return m_table != nullptr; }
    /// Works when it is this job's turn; at once without a table.
    void withTurn(std::function<void()> work);
    void passTurn();
    /// Ends the run as finished; with an error as failed, with what was gathered kept.
    void finishRun(const std::optional<Error> &error = std::nullopt);

    /// A Done for the backend: nothing is called any more once the job is over, and an error for which handle
    /// says no (or is empty) ends the job.
    template <class T>
    Backend::Done<T> then(std::function<void(T)> next, std::function<bool(const Error &)> handle = {})
    {
        return [this, guard = QPointer<SubjectJob>(this), next = std::move(next),
                handle = std::move(handle)](Result<T> result) {
            if (!guard || m_concluded)
                return;
            if (m_aborting)
                conclude(JobState::Cancelled, Error{ErrorCode::Cancelled, {}, {}});
            else if (result)
                next(std::move(*result));
            else if (!handle || !handle(result.error()))
                conclude(JobState::Failed, result.error());
        };
    }
    /// Whether nothing that arrives may be used any more.
    bool isClosing() const { return m_concluded || m_aborting; }
    Backend &backend() { return *m_backend; }
    RunLibrary *library() const { return m_library; }
    const SubjectRef &subject() const { return m_reference; }
    const std::string &device() const { return m_device; }
    const std::string &dtype() const { return m_dtype; }
    std::string runKey() const { return m_runId.toStdString(); }

private:
    void conclude(JobState state, const std::optional<Error> &error);

    SubjectRef m_reference;
    std::string m_device, m_dtype;
    BackendFactory m_factory;
    QPointer<RunLibrary> m_library;
    std::unique_ptr<Backend> m_backend;
    std::shared_ptr<Mailbox> m_mailbox;
    std::shared_ptr<TurnTable> m_table;
    int m_place = -1;
    bool m_known = false; ///< the environment is written
    bool m_waits = false; ///< for its turn
    bool m_aborting = false;
    bool m_concluded = false;
};

/// Errors after which the backend is of no more use; all others concern the one request.
bool endsBackend(ErrorCode code);

} // namespace assay
