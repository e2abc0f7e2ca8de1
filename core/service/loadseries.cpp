// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/loadseries.h"

#include "core/service/turnplan.h"

#include <QDateTime>
#include <QUuid>
#include <algorithm>

namespace assay {
namespace {

constexpr int kLookInterval = 1000; // ms: a machine that slept sees at once that a session is due

} // namespace

LoadSeries::LoadSeries(std::vector<Endpoint> endpoints, int64_t sessions, double every, JobQueue &jobs, RunLibrary &runs, QObject *parent)
    : QObject(parent), m_endpoints(std::move(endpoints)),
      m_place{QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString(), 0, sessions, every}, m_jobs(jobs), m_runs(runs)
{
    m_look.setInterval(int(std::clamp(every * 500, 20.0, double(kLookInterval))));
    connect(&m_look, &QTimer::timeout, this, &LoadSeries::look);
}

Result<void> LoadSeries::start(const QString &storeFile)
{
    auto lock = SeriesLock::take(storeFile, m_place.id);
    if (!lock)
        return tl::unexpected<Error>(lock.error());
    m_lock = std::move(*lock);
    begin();
    m_look.start();
    return {};
}

void LoadSeries::begin()
{
    m_waits = false;
    m_place.session = ++m_session;
    m_due = QDateTime::currentSecsSinceEpoch() + qint64(m_place.every);
    m_running.clear();
    std::vector<TurnTaker> takers;
    for (const Endpoint &endpoint : m_endpoints) {
        auto job = std::make_unique<LoadJob>(endpoint.reference, endpoint.target, endpoint.plan, &m_runs);
        job->setSeries(m_place);
        if (endpoint.key)
            job->askKey(endpoint.key);
        connect(job.get(), &Job::finished, this, [this, added = job.get()] { m_cancelled = m_cancelled || added->state() == JobState::Cancelled; });
        m_running.emplace_back(job.get());
        takers.push_back(turnTaker(std::move(job), 0));
    }
    queueInTurn(m_jobs, std::move(takers));
}

/// Jobs that were cleared from the list had ended.
bool LoadSeries::sessionIsOver() const
{
    return std::ranges::all_of(m_running, [](const QPointer<Job> &job) { return !job || job->isOver(); });
}

void LoadSeries::look()
{
    if (!sessionIsOver())
        return;
    if (m_cancelled || m_session + 1 == m_place.sessions)
        return end();
    if (QDateTime::currentSecsSinceEpoch() >= m_due)
        return begin();
    if (!std::exchange(m_waits, true))
        emit waiting();
}

void LoadSeries::stop()
{
    if (!m_over)
        end();
}

void LoadSeries::end()
{
    m_over = true;
    m_look.stop();
    m_lock.reset();
    emit ended();
}

} // namespace assay
