// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/hashjob.h"
#include "core/service/jobqueue.h"
#include "core/service/statisticsjob.h"
#include "core/service/workspace.h"

#include <QPointer>

namespace assay {

/// What was found out about a subject by reading all of it.
struct Checks
{
    std::shared_ptr<const Inspection> inspection;
    QPointer<StatisticsStore> statistics; ///< null before they were asked for
    QPointer<StatisticsJob> statisticsJob;
    QPointer<HashJob> hashJob;
    std::vector<FileVerification> hashes;

    bool computesStatistics() const { return statisticsJob && !statisticsJob->isOver(); }
    bool checksHashes() const { return hashJob && !hashJob->isOver(); }
    std::vector<Finding> findings() const; ///< of both
};

/// Starts the long checks of subjects as jobs and keeps what they find, as long as the subject stays as it was opened.
class SubjectChecks : public QObject
{
    Q_OBJECT
public:
    SubjectChecks(Workspace *workspace, JobQueue *jobs, QObject *parent = nullptr);
    const Checks *find(int subject) const; ///< null when nothing was checked yet
    void startStatistics(int subject);     ///< of all tensors; does nothing while they are computed
    void startHashes(int subject);

signals:
    void changed(int subject); ///< a check began or ended, a hash or findings are there

private:
    Checks *checksOf(int subject);
    void queueStatistics(int subject, std::shared_ptr<const ReadableWeights> weights);
    void drop(int subject);
    Workspace *m_workspace;
    JobQueue *m_jobs;
    std::map<int, Checks> m_checks;
};

} // namespace assay
