// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/jobgroup.h"

#include <algorithm>

namespace assay {
namespace {

QString namesOf(const std::vector<std::unique_ptr<Job>> &jobs)
{
    QStringList names;
    for (const auto &job : jobs)
        names << job->subjectName();
    return names.join(QStringLiteral(" · "));
}

} // namespace

JobGroup::JobGroup(const QString &title, std::vector<std::unique_ptr<Job>> jobs, QObject *parent)
    : Job(title, namesOf(jobs), parent), m_jobs(std::move(jobs))
{
    for (const auto &job : m_jobs) {
        connect(job.get(), &Job::changed, this, &JobGroup::look);
        connect(job.get(), &Job::finished, this, &JobGroup::settle);
    }
}

void JobGroup::run()
{
    setProgress(tr("in turn"), 0, 1);
    for (const auto &job : m_jobs)
        job->start();
}

void JobGroup::abort()
{
    for (const auto &job : m_jobs)
        job->cancel();
}

void JobGroup::look()
{
    double share = 0;
    QString stage;
    for (const auto &job : m_jobs) {
        share += job->isOver() ? 1 : job->total() > 0 ? std::min(job->done() / job->total(), 1.0) : 0;
        if (job->state() == JobState::Running && stage.isEmpty())
            stage = job->stage();
    }
    if (state() == JobState::Running)
        setProgress(stage, share / double(m_jobs.size()), 1);
}

void JobGroup::settle()
{
    if (++m_over < m_jobs.size())
        return;
    const auto with = [this](JobState state) {
        return std::ranges::find_if(m_jobs, [state](const auto &job) { return job->state() == state; });
    };
    if (const auto failed = with(JobState::Failed); failed != m_jobs.end())
        end(JobState::Failed, (*failed)->error());
    else if (const auto cancelled = with(JobState::Cancelled); cancelled != m_jobs.end())
        end(JobState::Cancelled, (*cancelled)->error());
    else
        end(JobState::Finished);
}

} // namespace assay
