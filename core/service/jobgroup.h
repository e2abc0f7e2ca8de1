// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/job.h"

#include <memory>
#include <vector>

namespace assay {

/// Several jobs that run at once, taking turns among themselves; over when all of them are. It fails with the first error of
/// one of them; the others go on.
class JobGroup : public Job
{
    Q_OBJECT
public:
    JobGroup(const QString &title, std::vector<std::unique_ptr<Job>> jobs, QObject *parent = nullptr);
    const std::vector<std::unique_ptr<Job>> &jobs() const { return m_jobs; }

protected:
    void run() override;
    void abort() override;

private:
    void look();
    void settle();
    std::vector<std::unique_ptr<Job>> m_jobs;
    size_t m_over = 0;
};

} // namespace assay
