// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "core/service/jobqueue.h"
#include "core/service/jobs.h"
#include "core/service/loadjob.h"
#include "core/service/runlibrary.h"
#include "core/service/turnplan.h"
#include "core/service/workspace.h"

#include <map>
#include <memory>
#include <optional>

namespace assay {

/// Opens subjects, runs jobs on them one after the other and shows progress on stderr: what bench, evaluate,
/// compare and demo share. Blocks in an event loop of its own; Ctrl+C cancels.
class MeasureSession
{
public:
    /// An empty store file keeps the runs in memory only.
    MeasureSession(WorkerCommand worker, const QString &storeFile);
    ~MeasureSession();

    /// Where the keys of endpoints are that are opened by open(); before it.
    void setKeyPlace(const KeyPlace &place);
    /// How they are reached; before open().
    void setTransport(const Transport &transport);
    /// The error of the first subject that cannot be opened. roles: empty, or one each.
    Result<void> open(const QStringList &paths, const std::vector<Role> &roles = {});
    /// plan: planFor fits it to the subject.
    void addBench(const Subject &subject, const BenchPlan &plan);
    void addLoad(const SubjectRef &subject, const EndpointTarget &target, const BenchPlan &plan, const std::optional<SeriesPlace> &series = {});
    /// The newest run of an endpoint that was broken off and whose id begins so; null when there is none. Sessions of a series are none:
    /// the series goes on (benchseries.h).
    std::shared_ptr<const BenchRun> resumable(const std::string &idBegin) const;
    /// Whether a live process measures a run, or a session of a series, whose id begins so.
    bool isMeasured(const std::string &idBegin) const;
    void resumeLoad(const BenchRun &run, const EndpointTarget &target);
    /// Whether any open subject takes what --input declares; BadUsage.
    Result<void> checkInputs(const std::vector<std::string> &inputs) const;
    void addEvaluation(const Subject &subject, const std::shared_ptr<const Suite> &suite, const EvaluationPlan &plan);
    void addEvaluation(const Subject &subject, const std::shared_ptr<const Suite> &suite, const std::string &device, const std::string &dtype);
    void addEvaluation(const SubjectRef &subject, const EndpointTarget &target, const std::shared_ptr<const Suite> &suite, const EvaluationPlan &plan);
    /// The newest evaluation that something may be missing of and whose id begins so; null when there is none.
    std::shared_ptr<const EvaluationRun> resumableEvaluation(const std::string &idBegin) const;
    void resumeEvaluation(const Subject &subject, const std::shared_ptr<const Suite> &suite, const EvaluationPlan &plan, const EvaluationRun &run);
    void resumeEvaluation(const SubjectRef &subject, const EndpointTarget &target, const std::shared_ptr<const Suite> &suite, const EvaluationPlan &plan,
                          const EvaluationRun &run);
    /// Benchmarks that are added from now on take turns, A B C A B C, where memory holds all their models at once.
    void takeTurns() { m_turns = true; }
    /// Runs everything added since the last time; the first job's error, after all have run. What finished is kept.
    Result<void> run();

    const Workspace &workspace() const { return *m_workspace; }
    const RunLibrary &library() const { return *m_library; }
    /// What this session's jobs wrote, in the order of the jobs; also of those that did not end well.
    std::vector<std::shared_ptr<const BenchRun>> benchRuns() const;
    std::vector<std::shared_ptr<const EvaluationRun>> evaluationRuns() const;
    Comparison comparison(const DtypeChoice &dtypes = {}) const { return m_workspace->comparison(*m_library, dtypes); }

private:
    void showProgress(const Job *job);
    void add(std::unique_ptr<LoadJob> job);
    void add(std::unique_ptr<EvaluateJob> job);
    void queueBenches();
    BackendFactory backendOf(const Subject &subject) const;
    WorkerCommand m_worker;
    KeyPlace m_keyPlace;
    std::unique_ptr<RunLibrary> m_library;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<JobQueue> m_queue;
    std::vector<TurnTaker> m_benches; ///< not queued yet
    bool m_turns = false;
    size_t m_ran = 0; ///< of the queue's jobs: those of earlier calls of run()
    std::map<const Job *, QString> m_lastLines; ///< of progress
};

/// Reads a suite by name or file, with the error that names the ones there are.
Result<std::shared_ptr<const Suite>> openSuite(const QString &nameOrFile);
/// The same of several; "all" is every shipped one.
Result<std::vector<std::shared_ptr<const Suite>>> openSuites(const QStringList &namesOrFiles);
/// What the sample family is shown on: together every kind of problem that it was trained for, once.
QStringList demoSuites();

} // namespace assay
