// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/evaluate/rescoring.h"

#include <QObject>
#include <functional>
#include <memory>
#include <vector>

namespace assay {

class FidelityLibrary;
class VerificationLibrary;

/// What was measured of a subject.
struct SubjectRuns
{
    std::string dtype; ///< that these were computed in, where the subject was measured in several; else empty
    std::shared_ptr<const BenchRun> bench; ///< null: none
    std::vector<std::shared_ptr<const EvaluationRun>> evaluations; ///< the newest of each suite
};

/// Which runs of a subject are looked at.
struct DtypeChoice
{
    bool apart = true;              ///< runs in several dtypes are told apart; else only the newest count
    std::vector<std::string> asked = {}; ///< only runs for which one of these was asked, in this order; empty: all
};

/// The runs in memory, growing while jobs measure, with a store behind it (what was answered is only in the store once it is there: rows
/// read it on demand) on a thread of its own, so that a
/// slow disk never stalls the window. What cannot be written (disk full) stays here, is tried again every second
/// and at the end, and is said once through saveFailed. A damaged store is left as it is: runs stay in memory.
class RunLibrary : public QObject
{
    Q_OBJECT
public:
    /// An empty file name keeps runs in memory only.
    explicit RunLibrary(const QString &storeFile, QObject *parent = nullptr);
    ~RunLibrary() override; ///< writes what is pending

    void load(); ///< asynchronously; then loaded()
    bool isLoaded() const { return m_loaded; }
    /// Models that were held against a reference, in the same store; loaded with the runs.
    FidelityLibrary &fidelity() const;
    /// What was checked against claims, in the same store; loaded with the runs.
    VerificationLibrary &verifications() const;

    void begin(const BenchRun &run);
    void begin(const EvaluationRun &run);
    void append(const std::string &runId, const LoadSample &sample);
    void append(const std::string &runId, const MeasureSample &sample);
    void append(const std::string &runId, const ItemResult &item);
    /// The answer to an item that failed was asked for again: it takes the place of the row with this number.
    void replace(const std::string &runId, size_t row, const ItemResult &item);
    /// Records of an endpoint's run as encodeRecord() writes them, those of some 40 ms together.
    void append(const std::string &runId, const std::vector<std::string> &records);
    /// The run goes on: its state is Running again.
    void reopen(const std::string &runId);
    void finish(const std::string &runId, RunState state, const std::string &error = {});
    void setEnvironment(const std::string &runId, const Environment &environment);
    void setEndedEarly(const std::string &runId, const EndedEarly &ended); ///< before finish()
    /// What is known of how an evaluation is made only once its subject answers.
    void setProtocol(const std::string &runId, const EvaluationProtocol &protocol);
    void remove(const std::string &runId);
    /// Keeps what was asked, once by its fingerprint, so that answers can be judged again without the file.
    void keepSuite(std::shared_ptr<const Suite> suite);
    /// Judges every answer of a run that has ended anew, on another thread; nothing is asked. The new judgements are stored beside the
    /// answers; then runChanged() and rescored(). The suite is the one that was kept unless one is given (with other right
    /// answers, say). A choice that has a name alone keeps the suite's extraction, an empty one its scorer, too. Where it cannot be done, rescoreFailed() says why.
    void rescore(const std::string &runId, const ScorerChoice &choice, std::shared_ptr<const Suite> suite = nullptr);
    /// Undoes rescore(): what was judged is again as in this snapshot of the run, which was taken before.
    void restoreJudgements(const EvaluationRun &before);
    /// Reads what a run was asked, as it was kept; to be called on any thread. Errors as storedSuite() has them.
    using SuiteReader = std::function<Result<std::shared_ptr<const Suite>>()>;
    SuiteReader suiteReader(const EvaluationProtocol &asked) const;

    /// Null when there is none.
    std::shared_ptr<const BenchRun> benchRun(const std::string &runId) const;
    std::shared_ptr<const EvaluationRun> evaluationRun(const std::string &runId) const;
    /// Newest first. The objects are snapshots: they never change under the reader.
    std::vector<std::shared_ptr<const BenchRun>> benchRuns() const;
    std::vector<std::shared_ptr<const EvaluationRun>> evaluationRuns() const;
    /// The newest run of the subject that has samples; one that was broken off only where there is no other. A
    /// run is the subject's when the fingerprints agree, or, where one of them is not known, when the paths do. Of a
    /// series it is the series joined (core/bench/series.h).
    std::shared_ptr<const BenchRun> latestBench(const SubjectRef &subject) const;
    /// The newest run of each suite, chosen in the same way.
    std::vector<std::shared_ptr<const EvaluationRun>> latestEvaluations(const SubjectRef &subject) const;
    /// What latestBench() and latestEvaluations() give; for a subject that was measured in several dtypes once for each,
    /// the widest dtype first.
    std::vector<SubjectRuns> latestRuns(const SubjectRef &subject, const DtypeChoice &choice = {}) const;
    void flush(); ///< blocks until everything is written, or cannot be; for the command line and tests

signals:
    void loaded();
    void runChanged(const QString &runId); ///< at most every 40 ms while samples arrive
    void saveFailed(const assay::Error &error);
    void saveRecovered();
    void rescored(const QString &runId, const assay::Rescoring &what);
    void rescoreFailed(const QString &runId, const assay::Error &error);

private:
    void loadRuns();
    struct Private;
    std::unique_ptr<Private> d;
    bool m_loaded = false;
};

} // namespace assay
