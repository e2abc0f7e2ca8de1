// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/loadjob.h"

#include "core/base/units.h"
#include "core/bench/pointtext.h"
#include "core/service/endpointbackend.h"
#include "core/service/translation.h"

#include <QUuid>

namespace assay {
namespace {

constexpr int kLookInterval = 40; // ms

} // namespace

LoadJob::LoadJob(SubjectRef subject, EndpointTarget target, BenchPlan plan, RunLibrary *library, QObject *parent)
    : Job(tr("Benchmark"), toQString(subject.name), parent), m_subject(std::move(subject)), m_target(std::move(target)),
      m_plan(std::move(plan)), m_library(library)
{
    if (!m_plan.load)
        m_plan.load.emplace();
    m_look.setInterval(kLookInterval);
    connect(&m_look, &QTimer::timeout, this, &LoadJob::look);
}

LoadJob::LoadJob(const BenchRun &run, EndpointTarget target, RunLibrary *library, QObject *parent)
    : LoadJob(run.header.subject, std::move(target), run.plan, library, parent)
{
    m_runId = toQString(run.header.id);
    m_earlier = run.requests;
    m_resumed = true;
}

LoadJob::~LoadJob()
{
    leaveTable();
    if (state() != JobState::Running || !m_session)
        return;
    m_session->cancel();
    m_session.reset();
    if (m_library)
        m_library->finish(m_runId.toStdString(), RunState::Cancelled);
}

void LoadJob::takeTurns(std::shared_ptr<TurnTable> table)
{
    m_table = std::move(table);
    m_place = m_table->join(m_subject.name);
    connect(this, &Job::finished, this, &LoadJob::leaveTable); // also of one that is cancelled before it starts
}

void LoadJob::leaveTable()
{
    if (m_table)
        m_table->leave(m_place);
}

void LoadJob::run()
{
    if (!m_askKey)
        return begin();
    setProgress(askingText(), 0, 0);
    m_asking = std::make_unique<QObject>();
    m_askKey(m_asking.get(), [this](const Result<Secret> &key) {
        m_asking.release()->deleteLater(); // it may be what calls
        if (key)
            m_target.key = *key;
        else
            addLog(errorText(key.error()));
        begin();
    });
}

void LoadJob::begin()
{
    if (!m_resumed)
        m_runId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (m_library && m_resumed) {
        m_library->reopen(m_runId.toStdString());
    } else if (m_library) {
        BenchRun run;
        run.header.id = m_runId.toStdString();
        run.header.subject = m_subject;
        run.header.environment = endpointEnvironment(m_target);
        run.header.startedAt = utcNow();
        if (m_table)
            run.header.inTurnWith = m_table->others(m_place);
        run.header.series = m_series;
        run.plan = m_plan;
        m_library->begin(run);
    }
    m_session = std::make_unique<LoadSession>(m_target, m_plan, m_runId.toStdString(), m_earlier);
    m_earlier = {};
    if (m_table)
        m_session->takeTurns(m_table, m_place);
    setProgress(tr("pilot"), 0, 1);
    m_session->start();
    m_look.start();
}

void LoadJob::abort()
{
    addLog(tr("cancelling"));
    if (m_session)
        return m_session->cancel();
    m_asking.reset();
    end(JobState::Cancelled, Error{ErrorCode::Cancelled, {}, {}});
}

void LoadJob::setPaused(bool paused)
{
    if (m_paused == paused || isOver() || !m_session)
        return;
    m_paused = paused;
    addLog(paused ? tr("paused: what is under way ends") : tr("goes on"));
    if (paused)
        m_session->pause();
    else
        m_session->resume();
}

LoadProgress LoadJob::progress() const
{
    return m_progress;
}

void LoadJob::look()
{
    // Progress first: when it says that all is over, no record can follow those that are fetched then.
    m_progress = m_session->progress();
    const std::vector<std::string> records = m_session->takeRecords();
    if (m_library && !records.empty())
        m_library->append(m_runId.toStdString(), records);
    showProgress();
    if (m_progress.stage == LoadProgress::Stage::Over)
        conclude();
}

void LoadJob::showProgress()
{
    if (m_progress.estimate && !m_estimated) {
        m_estimated = true;
        addLog(tr("After the pilot: %1").arg(toQString(estimateText(*m_progress.estimate, qtTranslate()))));
        emit estimated();
    }
    setProgress(stageText(), m_progress.share, 1);
}

QString LoadJob::stageText() const
{
    const std::vector<BenchPoint> points = pointsOf(m_plan);
    switch (m_progress.stage) {
    case LoadProgress::Stage::Pilot: return tr("pilot");
    case LoadProgress::Stage::Paused: return tr("paused");
    case LoadProgress::Stage::Over: return tr("done");
    case LoadProgress::Stage::Waiting: return tr("waiting for its turn");
    case LoadProgress::Stage::Level: break;
    }
    if (m_progress.point >= points.size())
        return {};
    const QString point = toQString(describePoint(points[m_progress.point], qtTranslate()));
    if (m_plan.load->seconds > 0 && m_plan.load->requests == 0)
        return tr("%1: %2 done").arg(point).arg(m_progress.done);
    return tr("%1: %2/%3").arg(point).arg(m_progress.done).arg(m_progress.planned);
}

void LoadJob::conclude()
{
    m_look.stop();
    m_session.reset();
    const std::string id = m_runId.toStdString();
    const std::optional<Error> error = m_progress.error;
    if (m_progress.endedEarly) {
        addLog(toQString(endedEarlyText(*m_progress.endedEarly, qtTranslate())));
        if (m_library)
            m_library->setEndedEarly(id, *m_progress.endedEarly);
    }
    const bool cancelled = error && error->code == ErrorCode::Cancelled;
    if (m_library)
        m_library->finish(id, cancelled ? RunState::Cancelled : error ? RunState::Failed : RunState::Finished,
                          error && !cancelled ? error->sentence() : std::string());
    end(cancelled ? JobState::Cancelled : error ? JobState::Failed : JobState::Finished, error);
}

} // namespace assay
