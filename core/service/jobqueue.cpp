// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/jobqueue.h"

#include <algorithm>
#include <iterator>

namespace assay {

JobQueue::JobQueue(QObject *parent) : QObject(parent) {}

JobQueue::~JobQueue()
{
    // What a job says while it goes must not start the next one.
    for (const std::unique_ptr<Job> &job : m_jobs)
        job->disconnect(this);
}

Job *JobQueue::add(std::unique_ptr<Job> job)
{
    Job *const added = job.get();
    m_jobs.push_back(std::move(job));
    connect(added, &Job::changed, this, [this, added] { emit changed(added); });
    connect(added, &Job::finished, this, [this, added] {
        emit finished(added);
        // Queued: the job's own function is still running.
        QMetaObject::invokeMethod(this, &JobQueue::startNext, Qt::QueuedConnection);
    });
    m_busy = true;
    emit this->added(added);
    QMetaObject::invokeMethod(this, &JobQueue::startNext, Qt::QueuedConnection);
    return added;
}

void JobQueue::addTogether(std::vector<std::unique_ptr<Job>> jobs)
{
    std::vector<QPointer<Job>> together;
    for (const std::unique_ptr<Job> &job : jobs)
        together.emplace_back(job.get());
    m_together.push_back(std::move(together));
    for (std::unique_ptr<Job> &job : jobs)
        add(std::move(job));
}

Job *JobQueue::running() const
{
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(),
                                    [](const auto &job) { return job->state() == JobState::Running; });
    return found == m_jobs.end() ? nullptr : found->get();
}

int JobQueue::waiting() const
{
    return int(std::count_if(m_jobs.begin(), m_jobs.end(),
                             [](const auto &job) { return job->state() == JobState::Queued; }));
}

/// The first that waits, and those that were added together with it.
std::vector<Job *> JobQueue::next() const
{
    const auto waits = [](const auto &job) { return job && job->state() == JobState::Queued; };
    const auto first = std::find_if(m_jobs.begin(), m_jobs.end(), waits);
    if (first == m_jobs.end())
        return {};
    std::vector<Job *> jobs{first->get()};
    for (const auto &group : m_together) {
        if (std::find(group.begin(), group.end(), first->get()) == group.end())
            continue;
        jobs.clear();
        std::copy_if(group.begin(), group.end(), std::back_inserter(jobs), waits);
    }
    return jobs;
}

void JobQueue::startNext()
{
    if (running() != nullptr)
        return;
    const std::vector<Job *> jobs = next();
    for (Job *job : jobs)
        job->start();
    if (jobs.empty() && m_busy) {
        m_busy = false;
        m_together.clear();
        emit idle();
    }
}

void JobQueue::cancelAll()
{
    // Those that wait first, so that none of them starts when the running one ends.
    std::vector<Job *> jobs;
    for (const std::unique_ptr<Job> &job : m_jobs)
        jobs.push_back(job.get());
    std::stable_partition(jobs.begin(), jobs.end(),
                          [](Job *job) { return job->state() == JobState::Queued; });
    for (Job *job : jobs)
        job->cancel();
}

void JobQueue::clearFinished()
{
    const auto over =
        std::stable_partition(m_jobs.begin(), m_jobs.end(), [](const auto &job) { return !job->isOver(); });
    if (over == m_jobs.end())
        return;
    for (auto job = over; job != m_jobs.end(); ++job) {
        (*job)->disconnect(this);
        job->release()->deleteLater(); // a view may still be in one of its signals
    }
    m_jobs.erase(over, m_jobs.end());
    emit cleared();
}

} // namespace assay
