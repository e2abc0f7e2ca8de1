// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobqueue.h"
#include "core/service/loadjob.h"
#include "core/service/serieslock.h"

#include <QTimer>
#include <vector>

namespace assay {

/// A load on endpoints that is repeated over hours (benchmarking.md 4, pitfall 19), beside whatever else the queue does: a session's jobs are
/// queued when it is due, and between sessions nothing of it stands in the queue. A session that fails does not end it; one that is
/// cancelled does. What was measured is stored session by session, so `assay bench --resume` goes on with a series that ended early.
class LoadSeries : public QObject
{
    Q_OBJECT
public:
    struct Endpoint
    {
        SubjectRef reference;
        EndpointTarget target;
        KeyAsker key;
        BenchPlan plan; ///< limits hold for each session
    };
    /// sessions from 2 on; every: seconds from the beginning of one to that of the next.
    LoadSeries(std::vector<Endpoint> endpoints, int64_t sessions, double every, JobQueue &jobs, RunLibrary &runs, QObject *parent = nullptr);

    /// Begins the first session. BadUsage where the store has no room for its lock: nothing has begun then.
    Result<void> start(const QString &storeFile);
    void stop(); ///< no further session; one that runs is left to the queue
    bool isOver() const { return m_over; }
    int64_t session() const { return m_session; } ///< from 0: that runs, or ran last
    int64_t sessions() const { return m_place.sessions; }
    const std::string &id() const { return m_place.id; }
    qint64 due() const { return m_due; } ///< of the next session, seconds since 1970

signals:
    void waiting(); ///< until due(); nothing is sent meanwhile
    void ended();   ///< all sessions are over, or it was stopped

private:
    void begin();
    void look();
    void end();
    bool sessionIsOver() const;

    std::vector<Endpoint> m_endpoints;
    SeriesPlace m_place;
    JobQueue &m_jobs;
    RunLibrary &m_runs;
    std::unique_ptr<SeriesLock> m_lock;
    std::vector<QPointer<Job>> m_running; ///< of the session
    QTimer m_look;
    int64_t m_session = -1;
    qint64 m_due = 0;
    bool m_cancelled = false, m_waits = false, m_over = false;
};

} // namespace assay
