// SPDX-License-Identifier: GPL-3.0-or-later
// What grows while jobs measure, and its way to the store. Which runs of a subject count: latestruns.cpp.
#include "core/base/units.h"
#include "core/service/background.h"
#include "core/service/evaluationtables.h"
#include "core/service/runlibrarystate.h"

#include <algorithm>

namespace assay {
namespace {

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

} // namespace

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

void RunLibrary::flush()
{
    if (d->writer)
        QMetaObject::invokeMethod(d->writer, [writer = d->writer] { writer->drain(); }, Qt::BlockingQueuedConnection);
}

} // namespace assay
