// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/fidelitylibrary.h"
#include "core/service/runlibrary.h"
#include "core/service/storewriter.h"
#include "core/service/translation.h"
#include "core/service/verify/verificationlibrary.h"

#include <QThread>
#include <QTimer>
#include <algorithm>
#include <atomic>
#include <deque>
#include <map>
#include <set>

namespace assay {

template <class Run> using Runs = std::vector<std::shared_ptr<Run>>;

/// Copy on write: a snapshot that a reader holds is never changed; one that nobody holds is not copied.
template <class Run> Run &writable(std::shared_ptr<Run> &slot)
{
    if (slot.use_count() > 1)
        slot = std::make_shared<Run>(*slot);
    else
        std::atomic_thread_fence(std::memory_order_acquire); // a reader in another thread has just let go
    return *slot;
}

template <class Run> Run *findWritable(Runs<Run> &runs, const std::string &id)
{
    // Newest first: the run that grows is at the front.
    const auto found =
        std::find_if(runs.begin(), runs.end(), [&](const auto &run) { return run->header.id == id; });
    return found == runs.end() ? nullptr : &writable(*found);
}

inline constexpr int kChangeInterval = 40; // ms

/// Whether a run counts: by the dtype that it was computed in and the one that was asked for.
using DtypeFilter = std::function<bool(const std::string &computed, const std::string &asked)>;

/// What the parts of the library share.
struct RunLibrary::Private
{
    explicit Private(RunLibrary *library) : q(library) {}
    RunLibrary *q;
    std::unique_ptr<FidelityLibrary> fidelity;
    std::unique_ptr<VerificationLibrary> verifications;
    QThread thread;
    StoreWriter *writer = nullptr; ///< lives in thread; null without a file
    QString storeFile;
    Runs<BenchRun> bench;
    Runs<EvaluationRun> evaluations;
    std::set<std::string> changed;
    QTimer soon;

    /// Chunks whose answers are on disk once so many writes are: they are read from there then.
    struct Release
    {
        quint64 writes;
        std::string runId;
        size_t chunk;
    };
    std::deque<Release> releases;
    quint64 sent = 0;
    std::map<std::string, std::shared_ptr<const Suite>> keptSuites; ///< by fingerprint: those of this session

    void write(StoreWriter::Write write)
    {
        ++sent;
        if (writer)
            QMetaObject::invokeMethod(
                writer, [writer = writer, write = std::move(write)] { writer->post(write); },
                Qt::QueuedConnection);
    }
    void changedNow(const std::string &runId)
    {
        changed.erase(runId);
        emit q->runChanged(toQString(runId));
    }
    void changedSoon(const std::string &runId)
    {
        changed.insert(runId);
        if (!soon.isActive())
            soon.start(kChangeInterval);
    }
    RunHeader *header(const std::string &runId)
    {
        if (BenchRun *run = findWritable(bench, runId))
            return &run->header;
        EvaluationRun *run = findWritable(evaluations, runId);
        return run ? &run->header : nullptr;
    }
    void writeHeader(const RunHeader &header)
    {
        write([header](Store &store) { return store.update(header); });
    }
    void addItem(EvaluationRun &run, const ItemResult &item);
    void releaseLater(const std::string &runId, size_t chunk);
    void release(quint64 stored);
    void pack(const EvaluationRun &run);
    void takeJudgements(EvaluationRun &run, const EvaluationRun &judged);
    std::shared_ptr<const BenchRun> latestBench(const SubjectRef &subject, const DtypeFilter &filter) const;
    std::shared_ptr<const BenchRun> joined(const std::shared_ptr<BenchRun> &run) const;
    std::vector<std::shared_ptr<const EvaluationRun>> latestEvaluations(const SubjectRef &subject, const DtypeFilter &filter) const;
    std::vector<std::string> dtypesApart(const SubjectRef &subject, const std::vector<std::string> &asked) const;
    template <class Sample> void writeSample(const std::string &runId, const Sample &sample)
    {
        write([runId, sample](Store &store) { return store.append(runId, sample); });
        changedSoon(runId);
    }
};

} // namespace assay
