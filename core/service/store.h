// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/fidelity/fidelity.h"

#include <QString>
#include <functional>
#include <memory>

namespace assay {

struct Verification;

/// Every run ever made here, with its raw samples, in one SQLite file. Used from one thread; several programs
/// may have the same file open.
/// Schema (version in PRAGMA user_version): runs(id, kind, subject, started, state, header JSON, plan JSON, owner: the process that makes
/// or removed it), samples(run, seq, kind, body JSON), requests(seq, run, body: encoded records, each after its length); answers, packed
/// and suites: evaluationtables.h. What a call writes is on disk when it returns, or, within a batch, when the batch returns.
class Store
{
public:
    /// Errors: StoreDamaged (the file is left as it is), StoreUnwritable, DiskFull.
    static Result<std::unique_ptr<Store>> open(const QString &file);
    ~Store();
    Result<void> begin(const BenchRun &run); ///< header and plan; samples follow
    Result<void> begin(const EvaluationRun &run);
    Result<void> append(const std::string &runId, const LoadSample &sample);
    Result<void> append(const std::string &runId, const MeasureSample &sample);
    Result<void> append(const std::string &runId, const ItemResult &item);
    /// The answer in this place was asked for again: this is it now.
    Result<void> replace(const std::string &runId, uint32_t place, const ItemResult &item);
    /// Records as encodeRecord() writes them: one row, however many.
    Result<void> append(const std::string &runId, const std::vector<std::string> &records);
    Result<void> update(const RunHeader &header); ///< state, environment, error, end
    Result<void> update(const std::string &runId, const EvaluationProtocol &protocol);
    /// An evaluation is only marked: restore() brings it back as long as this program runs.
    Result<void> remove(const std::string &runId);
    Result<void> restore(const std::string &runId);
    /// The columns of an evaluation whose rows are all appended, so that the next program start reads them and no answers.
    Result<void> pack(const std::string &runId, const ItemRows &rows);
    /// The run's judgements and protocol are these now; its answers stay as they came.
    Result<void> rejudge(const EvaluationRun &run);
    Result<void> save(const FidelityRun &run); ///< whole; one of the same id goes
    Result<void> save(const Verification &verification); ///< whole; one of the same id goes
    Result<void> keepSuite(const Suite &suite); ///< once by its fingerprint; storedSuite() reads it
    /// All writes within are kept or none is.
    Result<void> batch(const std::function<Result<void>()> &writes);

    /// Newest first. A run whose program ended before it did comes back as Interrupted with what it has.
    /// A run or sample that cannot be read is left out, and said in skipped().
    Result<std::vector<BenchRun>> benchRuns();
    Result<std::vector<EvaluationRun>> evaluationRuns();
    Result<std::vector<FidelityRun>> fidelityRuns();
    Result<std::vector<Verification>> verifications();
    const std::vector<Error> &skipped() const;

private:
    Store();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace assay
