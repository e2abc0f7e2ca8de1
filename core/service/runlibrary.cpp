// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/runlibrary.h"

#include "core/base/units.h"
#include "core/bench/series.h"
#include "core/model/weightvariant.h"
#include "core/service/background.h"
#include "core/service/dtypesapart.h"
#include "core/service/fidelitylibrary.h"
#include "core/service/verify/verificationlibrary.h"
#include "core/service/evaluationtables.h"
#include "core/service/storewriter.h"
#include "core/service/translation.h"

#include <QThread>
#include <QTimer>
#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <set>

namespace assay {
namespace {

constexpr int kChangeInterval = 40; // ms

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

/// Newest first: a deleted run that is brought back does not become the newest.
template <class Run> void insertByTime(Runs<Run> &runs, const Run &run)
{
    const auto place = std::ranges::find_if(runs, [&](const auto &other) { return other->header.startedAt <= run.header.startedAt; });
    runs.insert(place, std::make_shared<Run>(run));
}

template <class Run> void merge(Runs<Run> &runs, std::vector<Run> stored)
{
    for (Run &run : stored) {
        const bool known = std::any_of(runs.begin(), runs.end(),
                                       [&](const auto &other) { return other->header.id == run.header.id; });
        if (!known)
            runs.push_back(std::make_shared<Run>(std::move(run)));
    }
    std::stable_sort(runs.begin(), runs.end(),
                     [](const auto &a, const auto &b) { return a->header.startedAt > b->header.startedAt; });
}

bool belongsTo(const RunHeader &run, const SubjectRef &subject)
{
    // The path alone does not tell: the weights in it may have been replaced since.
    if (!run.subject.fingerprint.empty() && !subject.fingerprint.empty())
        return run.subject.fingerprint == subject.fingerprint;
    return run.subject.path == subject.path;
}

bool brokenOff(const RunHeader &run)
{
    return run.state == RunState::Cancelled || run.state == RunState::Failed || run.state == RunState::Interrupted;
}

bool hasResults(const BenchRun &run)
{
    return !run.samples.empty() || !run.requests.empty();
}

/// Whether a run counts: by the dtype that it was computed in and the one that was asked for.
using DtypeFilter = std::function<bool(const std::string &computed, const std::string &asked)>;
const DtypeFilter kEvery = [](const std::string &, const std::string &) { return true; };

} // namespace

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

void RunLibrary::Private::addItem(EvaluationRun &run, const ItemResult &item)
{
    run.items.push_back(item);
    writeSample(run.header.id, item);
    if (run.items.chunks().back()->size() == RowChunk::kRows)
        releaseLater(run.header.id, run.items.chunks().size() - 1);
}

void RunLibrary::Private::releaseLater(const std::string &runId, size_t chunk)
{
    if (writer)
        releases.push_back({sent, runId, chunk});
}

void RunLibrary::Private::release(quint64 stored)
{
    for (; !releases.empty() && releases.front().writes <= stored; releases.pop_front()) {
        EvaluationRun *run = findWritable(evaluations, releases.front().runId);
        if (run && releases.front().chunk < run->items.chunks().size())
            run->items.releaseTexts(releases.front().chunk, storedAnswers(storeFile, run->header.id));
    }
}

/// Once all rows are there.
void RunLibrary::Private::pack(const EvaluationRun &run)
{
    if (run.items.empty())
        return;
    write([id = run.header.id, rows = run.items](Store &store) { return store.pack(id, rows); });
    for (size_t chunk = 0; chunk < run.items.chunks().size(); ++chunk)
        releaseLater(run.header.id, chunk);
}

void RunLibrary::Private::takeJudgements(EvaluationRun &run, const EvaluationRun &judged)
{
    run.items = judged.items;
    run.protocol = judged.protocol;
    write([run](Store &store) { return store.rejudge(run); });
    for (size_t chunk = 0; chunk < run.items.chunks().size(); ++chunk)
        releaseLater(run.header.id, chunk);
    changedNow(run.header.id);
}

std::shared_ptr<const BenchRun> RunLibrary::Private::latestBench(const SubjectRef &subject, const DtypeFilter &filter) const
{
    for (const bool part : {false, true}) {
        const auto found = std::find_if(bench.begin(), bench.end(), [&](const auto &run) {
            return hasResults(*run) && brokenOff(run->header) == part && belongsTo(run->header, subject) &&
                   filter(run->header.environment.dtype, run->plan.dtype);
        });
        if (found != bench.end())
            return joined(*found);
    }
    return nullptr;
}

/// The series that a run belongs to, where there is more than one session of it; else the run itself.
std::shared_ptr<const BenchRun> RunLibrary::Private::joined(const std::shared_ptr<BenchRun> &run) const
{
    if (!run->header.series)
        return run;
    std::vector<std::shared_ptr<const BenchRun>> sessions;
    std::copy_if(bench.begin(), bench.end(), std::back_inserter(sessions), [&](const auto &other) {
        return other->header.series && other->header.series->id == run->header.series->id && belongsTo(other->header, run->header.subject);
    });
    const auto whole = joinSeries(std::move(sessions));
    return whole ? whole : run;
}

std::vector<std::shared_ptr<const EvaluationRun>>
RunLibrary::Private::latestEvaluations(const SubjectRef &subject, const DtypeFilter &filter) const
{
    std::vector<std::shared_ptr<const EvaluationRun>> latest;
    std::set<std::string> suites;
    for (const bool part : {false, true}) {
        for (const auto &run : evaluations) {
            if (!run->items.empty() && brokenOff(run->header) == part && belongsTo(run->header, subject) &&
                filter(run->header.environment.dtype, run->protocol.dtype) && suites.insert(run->protocol.suite).second)
                latest.push_back(run);
        }
    }
    return latest;
}

std::vector<std::string> RunLibrary::Private::dtypesApart(const SubjectRef &subject, const std::vector<std::string> &asked) const
{
    std::vector<DtypeOfRun> runs;
    for (const auto &run : bench) {
        if (hasResults(*run) && belongsTo(run->header, subject))
            runs.push_back({{}, run->header.environment.dtype, run->plan.dtype});
    }
    for (const auto &run : evaluations) {
        if (!run->items.empty() && belongsTo(run->header, subject))
            runs.push_back({run->protocol.suite, run->header.environment.dtype, run->protocol.dtype});
    }
    // Nobody asks for these by a dtype: they are told as computed.
    for (const auto &run : fidelity->runs()) {
        if (asked.empty() && belongsTo(run->header, subject))
            runs.push_back({"\n" + run->protocol.text, run->protocol.dtype, {}});
    }
    return assay::dtypesApart(runs, asked);
}

RunLibrary::RunLibrary(const QString &storeFile, QObject *parent) : QObject(parent), d(std::make_unique<Private>(this))
{
    d->fidelity = std::make_unique<FidelityLibrary>(storeFile);
    d->verifications = std::make_unique<VerificationLibrary>(storeFile);
    d->soon.setSingleShot(true);
    connect(&d->soon, &QTimer::timeout, this, [this] {
        for (const std::string &runId : std::exchange(d->changed, {}))
            emit runChanged(toQString(runId));
    });
    if (storeFile.isEmpty())
        return;
    d->storeFile = storeFile;
    d->writer = new StoreWriter(storeFile);
    d->writer->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->writer, &QObject::deleteLater);
    connect(d->writer, &StoreWriter::failed, this, &RunLibrary::saveFailed);
    connect(d->writer, &StoreWriter::recovered, this, &RunLibrary::saveRecovered);
    connect(d->writer, &StoreWriter::stored, this, [this](quint64 writes) { d->release(writes); });
    d->thread.setObjectName(QStringLiteral("store"));
    d->thread.start();
}

RunLibrary::~RunLibrary()
{
    flush();
    d->thread.quit();
    d->thread.wait();
}

FidelityLibrary &RunLibrary::fidelity() const
{
    return *d->fidelity;
}

VerificationLibrary &RunLibrary::verifications() const
{
    return *d->verifications;
}

/// One after the other: whoever waits for loaded() has all.
void RunLibrary::load()
{
    connect(d->fidelity.get(), &FidelityLibrary::changed, d->verifications.get(), &VerificationLibrary::load, Qt::SingleShotConnection);
    connect(d->verifications.get(), &VerificationLibrary::changed, this, &RunLibrary::loadRuns, Qt::SingleShotConnection);
    d->fidelity->load();
}

void RunLibrary::loadRuns()
{
    const auto settle = [this] {
        m_loaded = true;
        emit loaded();
    };
    if (!d->writer) {
        QMetaObject::invokeMethod(this, settle, Qt::QueuedConnection);
        return;
    }
    QMetaObject::invokeMethod(
        d->writer,
        [this, settle, writer = d->writer] {
            auto contents = std::make_shared<StoreWriter::Contents>(writer->read());
            QMetaObject::invokeMethod(
                this,
                [this, settle, contents] {
                    merge(d->bench, std::move(contents->bench));
                    merge(d->evaluations, std::move(contents->evaluations));
                    settle();
                },
                Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void RunLibrary::begin(const BenchRun &run)
{
    insertByTime(d->bench, run);
    d->write([run](Store &store) { return store.begin(run); });
    for (const LoadSample &sample : run.loads)
        d->writeSample(run.header.id, sample);
    for (const MeasureSample &sample : run.samples)
        d->writeSample(run.header.id, sample);
    std::vector<std::string> records;
    for (size_t i = 0; i < run.requests.size(); ++i)
        records.emplace_back(run.requests.encoded(i));
    if (!records.empty())
        d->writeSample(run.header.id, records);
    d->changedNow(run.header.id);
}

void RunLibrary::begin(const EvaluationRun &run)
{
    if (!run.items.allTextsHere()) {
        // Its answers lie in the store: it was removed, and comes back.
        insertByTime(d->evaluations, run);
        d->write([id = run.header.id](Store &store) { return store.restore(id); });
        d->changedNow(run.header.id);
        return;
    }
    EvaluationRun begun{run.header, run.protocol, {}};
    insertByTime(d->evaluations, begun);
    d->write([begun](Store &store) { return store.begin(begun); });
    for (const ItemResult &item : run.items)
        append(run.header.id, item);
    if (const auto now = evaluationRun(run.header.id); run.header.state != RunState::Running)
        d->pack(*now);
    d->changedNow(run.header.id);
}

void RunLibrary::append(const std::string &runId, const LoadSample &sample)
{
    if (BenchRun *run = findWritable(d->bench, runId)) {
        run->loads.push_back(sample);
        d->writeSample(runId, sample);
    }
}

void RunLibrary::append(const std::string &runId, const MeasureSample &sample)
{
    if (BenchRun *run = findWritable(d->bench, runId)) {
        run->samples.push_back(sample);
        d->writeSample(runId, sample);
    }
}

void RunLibrary::append(const std::string &runId, const std::vector<std::string> &records)
{
    BenchRun *run = records.empty() ? nullptr : findWritable(d->bench, runId);
    if (run == nullptr)
        return;
    for (const std::string &record : records)
        run->requests.appendEncoded(record);
    d->writeSample(runId, records);
}

void RunLibrary::reopen(const std::string &runId)
{
    RunHeader *header = d->header(runId);
    if (header == nullptr)
        return;
    header->state = RunState::Running;
    header->error.clear();
    header->finishedAt.clear();
    header->endedEarly.reset();
    d->writeHeader(*header);
    d->changedNow(runId);
}

void RunLibrary::append(const std::string &runId, const ItemResult &item)
{
    if (EvaluationRun *run = findWritable(d->evaluations, runId))
        d->addItem(*run, item);
}

void RunLibrary::replace(const std::string &runId, size_t row, const ItemResult &item)
{
    EvaluationRun *run = findWritable(d->evaluations, runId);
    if (run == nullptr || row >= run->items.size())
        return;
    run->items.set(row, item);
    d->write([runId, place = run->items.place(row), item](Store &store) { return store.replace(runId, place, item); });
    d->changedSoon(runId);
}

void RunLibrary::finish(const std::string &runId, RunState state, const std::string &error)
{
    RunHeader *header = d->header(runId);
    if (header == nullptr)
        return;
    header->state = state;
    header->error = error;
    header->finishedAt = utcNow();
    d->writeHeader(*header);
    if (const auto run = evaluationRun(runId))
        d->pack(*run);
    d->changedNow(runId);
}

void RunLibrary::setEnvironment(const std::string &runId, const Environment &environment)
{
    RunHeader *header = d->header(runId);
    if (header == nullptr)
        return;
    header->environment = environment;
    d->writeHeader(*header);
    d->changedNow(runId);
}

void RunLibrary::setEndedEarly(const std::string &runId, const EndedEarly &ended)
{
    if (RunHeader *header = d->header(runId))
        header->endedEarly = ended;
}

void RunLibrary::setProtocol(const std::string &runId, const EvaluationProtocol &protocol)
{
    EvaluationRun *run = findWritable(d->evaluations, runId);
    if (run == nullptr)
        return;
    run->protocol = protocol;
    d->write([runId, protocol](Store &store) { return store.update(runId, protocol); });
    d->changedNow(runId);
}

void RunLibrary::remove(const std::string &runId)
{
    const auto isIt = [&](const auto &run) { return run->header.id == runId; };
    if (std::erase_if(d->bench, isIt) + std::erase_if(d->evaluations, isIt) == 0)
        return;
    d->write([runId](Store &store) { return store.remove(runId); });
    d->changedNow(runId);
}

void RunLibrary::keepSuite(std::shared_ptr<const Suite> suite)
{
    d->write([suite](Store &store) { return store.keepSuite(*suite); });
    d->keptSuites[suite->fingerprint] = std::move(suite);
}

void RunLibrary::rescore(const std::string &runId, const ScorerChoice &choice, std::shared_ptr<const Suite> suite)
{
    const auto run = evaluationRun(runId);
    if (!run || run->header.state == RunState::Running) {
        emit rescoreFailed(toQString(runId), Error{ErrorCode::RunMissing, {runId}, {}});
        return;
    }
    const SuiteReader read = suite ? [suite] { return Result<std::shared_ptr<const Suite>>(suite); } : suiteReader(run->protocol);
    struct Done
    {
        EvaluationRun run;
        Result<Rescoring> what;
    };
    const auto work = [run, choice, read]() -> Done {
        Done done{*run, Rescoring()};
        const auto kept = read();
        if (!kept) {
            done.what = tl::unexpected<Error>(kept.error());
            return done;
        }
        Suite asked = **kept;
        // A name alone: extracted as the suite says.
        if (ScorerChoice named{.name = choice.name}; choice == named)
            asked.scorer.name = choice.name.empty() ? asked.scorer.name : choice.name;
        else
            asked.scorer = choice;
        done.what = assay::rescore(done.run, asked);
        return done;
    };
    inBackground(this, work, [this, runId](Done done) {
        EvaluationRun *now = findWritable(d->evaluations, runId);
        if (now == nullptr)
            return;
        if (!done.what) {
            emit rescoreFailed(toQString(runId), done.what.error());
            return;
        }
        d->takeJudgements(*now, done.run);
        emit rescored(toQString(runId), *done.what);
    });
}

void RunLibrary::restoreJudgements(const EvaluationRun &before)
{
    EvaluationRun *now = findWritable(d->evaluations, before.header.id);
    if (now != nullptr && now->header.state != RunState::Running && now->items.size() == before.items.size())
        d->takeJudgements(*now, before);
}

RunLibrary::SuiteReader RunLibrary::suiteReader(const EvaluationProtocol &asked) const
{
    const auto kept = d->keptSuites.find(asked.suiteFingerprint);
    return [suite = kept == d->keptSuites.end() ? nullptr : kept->second, asked, file = d->storeFile]() -> Result<std::shared_ptr<const Suite>> {
        if (suite)
            return suite;
        return storedSuite(file, asked).map([](Suite read) { return std::make_shared<const Suite>(std::move(read)); });
    };
}

std::shared_ptr<const BenchRun> RunLibrary::benchRun(const std::string &runId) const
{
    const auto found = std::find_if(d->bench.begin(), d->bench.end(), [&](const auto &run) { return run->header.id == runId; });
    return found == d->bench.end() ? nullptr : *found;
}

std::shared_ptr<const EvaluationRun> RunLibrary::evaluationRun(const std::string &runId) const
{
    const auto found = std::ranges::find_if(d->evaluations, [&](const auto &run) { return run->header.id == runId; });
    return found == d->evaluations.end() ? nullptr : *found;
}

std::vector<std::shared_ptr<const BenchRun>> RunLibrary::benchRuns() const
{
    return {d->bench.begin(), d->bench.end()};
}

std::vector<std::shared_ptr<const EvaluationRun>> RunLibrary::evaluationRuns() const
{
    return {d->evaluations.begin(), d->evaluations.end()};
}

std::shared_ptr<const BenchRun> RunLibrary::latestBench(const SubjectRef &subject) const
{
    return d->latestBench(subject, kEvery);
}

std::vector<std::shared_ptr<const EvaluationRun>> RunLibrary::latestEvaluations(const SubjectRef &subject) const
{
    return d->latestEvaluations(subject, kEvery);
}

std::vector<SubjectRuns> RunLibrary::latestRuns(const SubjectRef &subject, const DtypeChoice &choice) const
{
    // A pruned model never stands for the model itself, nor does it hide it.
    const auto asked = [&choice](const std::string &computed, const std::string &dtype) {
        return choice.asked.empty() ? choice.apart || computedDtype(computed) == computed : std::ranges::find(choice.asked, dtype) != choice.asked.end();
    };
    const std::vector<std::string> dtypes = choice.apart ? d->dtypesApart(subject, choice.asked) : std::vector<std::string>{};
    if (dtypes.empty())
        return {{{}, d->latestBench(subject, asked), d->latestEvaluations(subject, asked)}};
    std::vector<SubjectRuns> out;
    for (const std::string &dtype : dtypes) {
        const auto here = [&](const std::string &computed, const std::string &wanted) { return computed == dtype && asked(computed, wanted); };
        out.push_back({dtype, d->latestBench(subject, here), d->latestEvaluations(subject, here)});
    }
    return out;
}

void RunLibrary::flush()
{
    if (d->writer)
        QMetaObject::invokeMethod(d->writer, [writer = d->writer] { writer->drain(); }, Qt::BlockingQueuedConnection);
}

} // namespace assay
