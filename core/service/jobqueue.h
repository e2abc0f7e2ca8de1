// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/job.h"

#include <QPointer>
#include <memory>
#include <vector>

namespace assay {

/// Runs jobs one after the other (two measurements at once would spoil each other). A failed or cancelled job
/// does not stop the next. Finished jobs stay listed until cleared.
class JobQueue : public QObject
{
    Q_OBJECT
public:
    explicit JobQueue(QObject *parent = nullptr);
    ~JobQueue() override;
    Job *add(std::unique_ptr<Job> job); ///< starts when it is its turn
    /// Jobs that start at once when it is their turn, since they take turns among themselves (turntable.h).
    void addTogether(std::vector<std::unique_ptr<Job>> jobs);
    const std::vector<std::unique_ptr<Job>> &jobs() const { return m_jobs; }
    Job *running() const; ///< the first that runs
    int waiting() const;
    void cancelAll();
    void clearFinished();

signals:
    void added(assay::Job *job);
    void changed(assay::Job *job);
    void finished(assay::Job *job);
    void cleared();
    void idle(); ///< nothing runs or waits any more (after something did)

private:
    std::vector<Job *> next() const;
    void startNext();
    std::vector<std::unique_ptr<Job>> m_jobs;
    std::vector<std::vector<QPointer<Job>>> m_together; ///< those that were added together
    bool m_busy = false;
};

} // namespace assay
