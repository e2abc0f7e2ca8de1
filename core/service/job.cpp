// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/job.h"

#include "core/service/translation.h"

#include <QTime>
#include <limits>

namespace assay {
namespace {

constexpr int kChangeInterval = 40; // ms: samples arrive by the thousand, nobody reads faster than this

} // namespace

Job::Job(QString title, QString subjectName, QObject *parent)
    : QObject(parent), m_title(std::move(title)), m_subject(std::move(subjectName))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kChangeInterval);
    connect(&m_soon, &QTimer::timeout, this, &Job::changed);
}

double Job::secondsLeft() const
{
    if (m_state != JobState::Running || m_done <= 0 || m_total <= 0)
        return std::numeric_limits<double>::quiet_NaN();
    const double elapsed = double(m_clock.nsecsElapsed()) * 1e-9;
    return elapsed * (m_total - m_done) / m_done;
}

void Job::start()
{
    if (m_state != JobState::Queued)
        return;
    m_clock.start();
    setState(JobState::Running);
    run();
}

void Job::cancel()
{
    if (m_state == JobState::Queued)
        end(JobState::Cancelled, Error{ErrorCode::Cancelled, {}, {}});
    else if (m_state == JobState::Running)
        abort();
}

void Job::setProgress(const QString &stage, double done, double total)
{
    if (done <= 0)
        m_clock.restart();
    m_stage = stage;
    m_done = done;
    m_total = total;
    changedSoon();
}

void Job::addLog(const QString &line)
{
    if (m_log.size() >= kMaximumLog)
        m_log.removeFirst();
    m_log.append(QTime::currentTime().toString(QStringLiteral("HH:mm:ss ")) + line);
    changedSoon();
}

void Job::end(JobState state, const std::optional<Error> &error)
{
    if (isOver())
        return;
    m_error = error;
    if (error)
        addLog(errorText(*error));
    m_soon.stop();
    setState(state);
    emit finished();
}

void Job::setState(JobState state)
{
    m_state = state;
    emit changed();
}

void Job::changedSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

} // namespace assay
