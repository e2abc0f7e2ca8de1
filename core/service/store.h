// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/evaluate/evaluation.h"

#include <QObject>
#include <QString>
#include <QThread>
#include <memory>

namespace assay {

/// Every run ever made here, with its raw samples, in one SQLite file. Used from one thread.
/// Schema (version in PRAGMA user_version): runs(id, kind, subject, started, state, header JSON, plan JSON),
/// samples(run, seq, kind, body JSON). A sample is on disk when append returns.
class Store
{
public:
    static Result<std::unique_ptr<Store>> open(const QString &file);
    ~Store();
    Result<void> begin(const BenchRun &run);       ///< header and plan; samples follow
    Result<void> begin(const EvaluationRun &run);
    Result<void> append(const std::string &runId, const LoadSample &sample);
    Result<void> append(const std::string &runId, const MeasureSample &sample);
    Result<void> append(const std::string &runId, const ItemResult &item);
    Result<void> finish(const RunHeader &header);
    Result<void> remove(const std::string &runId);
    /// Newest first. A run that was running when the program ended comes back as Cancelled with what it has.
    Result<std::vector<BenchRun>> benchRuns();
    Result<std::vector<EvaluationRun>> evaluationRuns();

private:
    Store() = default;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace assay
