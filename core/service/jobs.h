// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/suite.h"
#include "core/service/backend.h"
#include "core/service/job.h"
#include "core/service/runlibrary.h"

#include <functional>
#include <memory>

namespace assay {

/// Makes the backend of a subject; called when the job starts.
using BackendFactory = std::function<std::unique_ptr<Backend>()>;

/// Loads the subject plan.loads times, then measures every point; each sample goes to the library when it arrives.
class BenchJob : public Job
{
    Q_OBJECT
public:
    BenchJob(SubjectRef subject, BenchPlan plan, BackendFactory factory, RunLibrary *library, QObject *parent = nullptr);
    ~BenchJob() override;

protected:
    void run() override;
    void abort() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Asks the subject every item of a suite; each outcome goes to the library when it arrives.
class EvaluateJob : public Job
{
    Q_OBJECT
public:
    EvaluateJob(SubjectRef subject, std::shared_ptr<const Suite> suite, std::string device, std::string dtype,
                BackendFactory factory, RunLibrary *library, QObject *parent = nullptr);
    ~EvaluateJob() override;

protected:
    void run() override;
    void abort() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace assay
