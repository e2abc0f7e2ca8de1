// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/subjectchecks.h"
#include "core/service/background.h"


namespace assay {

std::vector<Finding> Checks::findings() const
{
    std::vector<Finding> all = findingsOf(hashes);
    if (statistics)
        all.insert(all.end(), statistics->findings().begin(), statistics->findings().end());
    return all;
}

SubjectChecks::SubjectChecks(Workspace *workspace, JobQueue *jobs, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_jobs(jobs)
{
    connect(workspace, &Workspace::closed, this, &SubjectChecks::drop);
    connect(workspace, &Workspace::changed, this, [this](int id) {
        const auto known = m_checks.find(id);
        const Subject *subject = m_workspace->find(id);
        if (known != m_checks.end() && (!subject || subject->inspection != known->second.inspection))
            drop(id);
    });
}

const Checks *SubjectChecks::find(int subject) const
{
    const auto found = m_checks.find(subject);
    return found == m_checks.end() ? nullptr : &found->second;
}

Checks *SubjectChecks::checksOf(int subject)
{
    const Subject *opened = m_workspace->find(subject);
    if (!opened || !opened->inspection)
        return nullptr;
    Checks &checks = m_checks[subject];
    checks.inspection = opened->inspection;
    return &checks;
}

void SubjectChecks::startStatistics(int subject)
{
    const Checks *checks = checksOf(subject);
    if (!checks || checks->computesStatistics())
        return;
    if (checks->statistics) {
        queueStatistics(subject, checks->statistics->weights());
        return;
    }
    // The catalog of half a million tensors takes a moment.
    inBackground(
        this, [inspection = checks->inspection] { return std::make_shared<const ReadableWeights>(inspection); },
        [this, subject](std::shared_ptr<const ReadableWeights> weights) {
            const Checks *now = find(subject);
            if (now && now->inspection == weights->inspection && !now->statistics)
                queueStatistics(subject, std::move(weights));
        });
}

void SubjectChecks::queueStatistics(int subject, std::shared_ptr<const ReadableWeights> weights)
{
    Checks &checks = m_checks.at(subject);
    // The queue's: its jobs write to the store until they are gone.
    if (!checks.statistics)
        checks.statistics = new StatisticsStore(std::move(weights), m_jobs);
    auto job = std::make_unique<StatisticsJob>(m_workspace->find(subject)->name, checks.statistics);
    checks.statisticsJob = job.get();
    connect(job.get(), &Job::finished, this, [this, subject] { emit changed(subject); });
    connect(checks.statistics, &StatisticsStore::findingsChanged, this, [this, subject] { emit changed(subject); });
    m_jobs->add(std::move(job));
    emit changed(subject);
}

void SubjectChecks::startHashes(int subject)
{
    Checks *checks = checksOf(subject);
    if (!checks || checks->checksHashes())
        return;
    auto job = std::make_unique<HashJob>(checks->inspection, m_workspace->find(subject)->name);
    checks->hashJob = job.get();
    const auto take = [this, subject, source = job.get()] {
        const auto known = m_checks.find(subject);
        if (known == m_checks.end() || known->second.hashJob != source)
            return;
        known->second.hashes = source->results();
        emit changed(subject);
    };
    connect(job.get(), &HashJob::fileChecked, this, take);
    connect(job.get(), &Job::finished, this, take);
    m_jobs->add(std::move(job));
    emit changed(subject);
}

void SubjectChecks::drop(int subject)
{
    const auto known = m_checks.find(subject);
    if (known == m_checks.end())
        return;
    const Checks gone = known->second;
    m_checks.erase(known);
    if (gone.checksHashes())
        gone.hashJob->cancel();
    emit changed(subject); // views let go of the store
    if (!gone.statistics)
        return;
    if (!gone.computesStatistics()) {
        gone.statistics->deleteLater();
        return;
    }
    connect(gone.statisticsJob, &Job::finished, gone.statistics, &QObject::deleteLater);
    gone.statisticsJob->cancel();
}

} // namespace assay
