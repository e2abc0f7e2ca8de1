// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/job.h"
#include "core/service/keys.h"
#include "core/service/loadsession.h"
#include "core/service/runlibrary.h"

#include <QPointer>
#include <QTimer>
#include <memory>

namespace assay {

/// Puts the load of a plan on an endpoint and writes one run: every request's raw record goes to the library some 40 ms after
/// it ended. Nothing of it is timed in the window's thread.
class LoadJob : public Job
{
    Q_OBJECT
public:
    /// plan.load must be there.
    LoadJob(SubjectRef subject, EndpointTarget target, BenchPlan plan, RunLibrary *library, QObject *parent = nullptr);
    /// Goes on with a run that was broken off: its plan, and what is missing of it.
    LoadJob(const BenchRun &run, EndpointTarget target, RunLibrary *library, QObject *parent = nullptr);
    ~LoadJob() override;

    /// The target's key is asked for when the job starts; one that cannot be had is none: many endpoints want none.
    void askKey(KeyAsker asker) { m_askKey = std::move(asker); }
    /// Joins the table. Before any of those who take turns is started.
    void takeTurns(std::shared_ptr<TurnTable> table);
    /// The run is a session of a series. Before it starts.
    void setSeries(const SeriesPlace &place) { m_series = place; }
    const BenchPlan &plan() const { return m_plan; }
    bool isPaused() const { return m_paused; }
    void setPaused(bool paused);
    LoadProgress progress() const; ///< as of the last 40 ms

signals:
    void estimated(); ///< progress().estimate is there now

protected:
    void run() override;
    void abort() override;

private:
    void begin();
    void look();
    void showProgress();
    QString stageText() const;
    void conclude();
    void leaveTable();

    SubjectRef m_subject;
    EndpointTarget m_target;
    KeyAsker m_askKey;
    std::unique_ptr<QObject> m_asking; ///< while the key is asked for
    BenchPlan m_plan;
    std::optional<SeriesPlace> m_series;
    RequestLog m_earlier;
    QPointer<RunLibrary> m_library;
    std::shared_ptr<TurnTable> m_table;
    int m_place = -1;
    std::unique_ptr<LoadSession> m_session;
    LoadProgress m_progress;
    QTimer m_look;
    bool m_paused = false, m_resumed = false, m_estimated = false;
};

} // namespace assay
