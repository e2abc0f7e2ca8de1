// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/jobqueue.h"
#include "core/service/jobs.h"
#include "tests/service/fakeworker.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <cmath>
#include <csignal>
#include <ctime>

using namespace assay;

namespace {

const SubjectRef kSubject{"/models/fake", "fake", "print"};

BackendFactory factoryFor(const QStringList &options = {})
{
    return [options] { return std::make_unique<WorkerBackend>(fakeWorker(options), "/models/fake"); };
}

BenchPlan smallPlan()
{
    BenchPlan plan;
    plan.promptTokens = {8, 16};
    plan.outputTokens = {4};
    plan.runs = 3;
    plan.warmup = 1;
    plan.loads = 2;
    return plan;
}

std::unique_ptr<BenchJob> benchJob(RunLibrary &library, const QStringList &options = {},
                                   const BenchPlan &plan = smallPlan())
{
    return std::make_unique<BenchJob>(kSubject, plan, factoryFor(options), &library);
}

SuiteItem sum(int a, int b, const std::string &prefix = {})
{
    SuiteItem item;
    item.id = prefix + std::to_string(a) + "+" + std::to_string(b);
    item.task = "addition";
    item.prompt = prefix + std::to_string(a) + "+" + std::to_string(b) + "=";
    item.answer = std::to_string(a + b);
    item.axes = {{"difficulty", double(a)}};
    return item;
}

SuiteItem choice(const std::string &id, int right, const std::string &prompt = "Which?")
{
    SuiteItem item;
    item.id = id;
    item.prompt = prompt;
    item.scoring = Scoring::Choice;
    item.choices = {"a long one", "short"};
    item.answerIndex = right;
    return item;
}

std::unique_ptr<EvaluateJob> evaluateJob(RunLibrary &library, const std::vector<SuiteItem> &items,
                                         const QStringList &options = {})
{
    auto suite = std::make_shared<Suite>();
    suite->name = "sums";
    suite->fingerprint = "suite-print";
    suite->axes = {{"difficulty", "the first number"}};
    suite->items = items;
    return std::make_unique<EvaluateJob>(kSubject, suite, "cpu", "auto", factoryFor(options), &library);
}

/// Starts a job and waits for its end.
void finish(Job &job)
{
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    QTRY_VERIFY_WITH_TIMEOUT(job.isOver(), 20000);
    QTest::qWait(20);
    QCOMPARE(finished.size(), 1);
}

double threadSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

} // namespace

class TestJobs : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { QTest::qWait(10); } // what a job leaves to the event loop goes before the next
    void benchMeasuresEveryPoint();
    void benchAsksForTheWayOfDecoding();
    void benchFailures_data();
    void benchFailures();
    void benchGoesOnAfterARefusedPoint();
    void deathKeepsWhatWasMeasured_data();
    void deathKeepsWhatWasMeasured();
    void evaluateJudgesEveryItem_data();
    void evaluateJudgesEveryItem();
    void evaluateTogether();
    void evaluateEndsWithTheWorker();
    void evaluateNeedsATokenizer();
    void cancelRunning_data();
    void cancelRunning();
    void cancelQueued();
    void destroyedWhileRunning();
    void progressAndLog();
    void queueRunsInOrder();
    void queueGoesOnAfterAFailure();
    void queueCancelsAll();
    void queueClears();
    void killedWorkerFromOutside();
    void eventLoopNeverStalls();
};

void TestJobs::benchMeasuresEveryPoint()
{
    RunLibrary library{QString()};
    const auto job = benchJob(library);
    finish(*job);
    QCOMPARE(job->state(), JobState::Finished);
    QVERIFY(!job->error());
    QCOMPARE(job->done(), job->total());
    QCOMPARE(library.benchRuns().size(), size_t(1));
    const BenchRun &run = *library.benchRuns().front();
    QCOMPARE(QString::fromStdString(run.header.id), job->runId());
    QCOMPARE(run.header.state, RunState::Finished);
    QVERIFY(run.header.subject == kSubject);
    QCOMPARE(run.header.environment.host, std::string("nowhere"));
    QCOMPARE(run.header.environment.dtype, std::string("f32"));
    QVERIFY(run.plan == smallPlan());
    QCOMPARE(run.loads.size(), size_t(2));
    QCOMPARE(run.samples.size(), size_t(8));
    QCOMPARE(run.samples[0].promptTokens, int64_t(8));
    QVERIFY(run.samples[0].warmup && !run.samples[1].warmup);
    QCOMPARE(run.samples[7].promptTokens, int64_t(16));
    QCOMPARE(run.samples[7].decoding, std::string("graph"));
}

void TestJobs::benchAsksForTheWayOfDecoding()
{
    RunLibrary library{QString()};
    BenchPlan plan = smallPlan();
    plan.decoding = "eager";
    plan.streamed = true;
    finish(*benchJob(library, {}, plan));
    for (const MeasureSample &sample : library.benchRuns().front()->samples) {
        QCOMPARE(sample.decoding, std::string("eager"));
        QCOMPARE(sample.eagerReason, std::string("streamed"));
    }
}

void TestJobs::benchFailures_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("not enough memory") << QStringLiteral("load=memory") << ErrorCode::NotEnoughMemory;
    QTest::newRow("old worker") << QStringLiteral("hello=old") << ErrorCode::WorkerTooOld;
    QTest::newRow("worker dies at once") << QStringLiteral("hello=die") << ErrorCode::WorkerDied;
    QTest::newRow("lying worker") << QStringLiteral("load=lie") << ErrorCode::ProtocolViolation;
}

void TestJobs::benchFailures()
{
    QFETCH(QString, option);
    QFETCH(ErrorCode, code);
    RunLibrary library{QString()};
    const auto job = benchJob(library, {option});
    finish(*job);
    QCOMPARE(job->state(), JobState::Failed);
    QVERIFY(job->error().has_value());
    QCOMPARE(job->error()->code, code);
    QCOMPARE(library.benchRuns().front()->header.state, RunState::Failed);
    QVERIFY(!library.benchRuns().front()->header.error.empty());
}

void TestJobs::benchGoesOnAfterARefusedPoint()
{
    RunLibrary library{QString()};
    BenchPlan plan = smallPlan();
    plan.promptTokens = {4096, 8}; // the fake model has a context of 128
    const auto job = benchJob(library, {}, plan);
    finish(*job);
    QCOMPARE(job->state(), JobState::Failed);
    QCOMPARE(job->error()->code, ErrorCode::ContextTooLong);
    QCOMPARE(library.benchRuns().front()->samples.size(), size_t(4));
    QCOMPARE(library.benchRuns().front()->samples[0].promptTokens, int64_t(8));
}

void TestJobs::deathKeepsWhatWasMeasured_data()
{
    QTest::addColumn<QString>("option");
    QTest::newRow("exit") << QStringLiteral("measure=die");
    QTest::newRow("kill -9") << QStringLiteral("measure=kill");
}

void TestJobs::deathKeepsWhatWasMeasured()
{
    QFETCH(QString, option);
    RunLibrary library{QString()};
    const auto job = benchJob(library, {option});
    finish(*job);
    QCOMPARE(job->state(), JobState::Failed);
    QCOMPARE(job->error()->code, ErrorCode::WorkerDied);
    QCOMPARE(library.benchRuns().front()->loads.size(), size_t(2));
    QCOMPARE(library.benchRuns().front()->samples.size(), size_t(3));
}

void TestJobs::evaluateJudgesEveryItem_data()
{
    QTest::addColumn<int>("batch");
    QTest::newRow("one by one") << 1;
    // One of the first four is refused: they are asked again one by one, and the last alone.
    QTest::newRow("together") << 4;
}

void TestJobs::evaluateJudgesEveryItem()
{
    QFETCH(int, batch);
    RunLibrary library{QString()};
    SuiteItem wrong = sum(2, 2);
    wrong.id = "wrong";
    wrong.answer = "5";
    SuiteItem refused = sum(1, 1, "refuse ");
    SuiteItem truncated = sum(1, 1, "say ");
    const std::vector<SuiteItem> items{sum(1, 2),
                                       wrong,
                                       refused,
                                       truncated,
                                       choice("c1", 1),
                                       choice("c2", 0),
                                       choice("c3", 1, "refuse"),
                                       choice("c4", 1),
                                       sum(40, 2)};
    const auto job = evaluateJob(library, items);
    job->setBatch(batch);
    finish(*job);
    QVERIFY2(job->state() == JobState::Finished, job->log().join(u'\n').toUtf8().constData());
    QCOMPARE(library.evaluationRuns().size(), size_t(1));
    QCOMPARE(library.evaluationRuns().front()->protocol.batch, int64_t(batch));
    const EvaluationRun &run = *library.evaluationRuns().front();
    QCOMPARE(run.header.state, RunState::Finished);
    QCOMPARE(run.protocol.suite, std::string("sums"));
    QCOMPARE(run.protocol.suiteItems, uint64_t(items.size()));
    QCOMPARE(run.protocol.suiteFingerprint, std::string("suite-print"));
    QCOMPARE(run.items.size(), items.size());
    const std::vector<Outcome> expected{Outcome::Right,     Outcome::Wrong, Outcome::Error,
                                        Outcome::Truncated, Outcome::Right, Outcome::Wrong,
                                        Outcome::Error,     Outcome::Right, Outcome::Right};
    for (size_t i = 0; i < items.size(); ++i) {
        QCOMPARE(run.items[i].itemId, items[i].id);
        QVERIFY2(run.items[i].outcome == expected[i], items[i].id.c_str());
    }
    QCOMPARE(run.items[0].seconds, 0.5);
    QCOMPARE(run.items[0].outputTokens, int64_t(3));
    QCOMPARE(run.items[0].axes, items[0].axes);
    QVERIFY(run.items[2].error.find("128") != std::string::npos);
    QCOMPARE(run.items[2].axes, items[2].axes);
    QCOMPARE(run.items[4].logLikelihoods, (std::vector<double>{-10, -5}));
}

void TestJobs::evaluateTogether()
{
    RunLibrary library{QString()};
    const auto job = evaluateJob(library, {sum(1, 2), sum(2, 2), choice("c1", 1), sum(3, 3), sum(4, 5), sum(6, 7)});
    job->setBatch(3);
    finish(*job);
    QCOMPARE(job->state(), JobState::Finished);
    const auto &items = library.evaluationRuns().front()->items;
    QCOMPARE(items.size(), size_t(6));
    for (const ItemResult &item : items)
        QCOMPARE(item.outcome, Outcome::Right);
}

void TestJobs::evaluateEndsWithTheWorker()
{
    RunLibrary library{QString()};
    const auto job = evaluateJob(library, {sum(1, 2), sum(2, 2), sum(1, 1, "die "), sum(3, 3)});
    finish(*job);
    QCOMPARE(job->state(), JobState::Failed);
    QCOMPARE(job->error()->code, ErrorCode::WorkerDied);
    QCOMPARE(library.evaluationRuns().front()->items.size(), size_t(2));
    QCOMPARE(library.evaluationRuns().front()->header.state, RunState::Failed);
}

void TestJobs::evaluateNeedsATokenizer()
{
    RunLibrary library{QString()};
    const auto job = evaluateJob(library, {sum(1, 2)}, {QStringLiteral("tokenizer=no")});
    finish(*job);
    QCOMPARE(job->state(), JobState::Failed);
    QCOMPARE(job->error()->code, ErrorCode::TokenizerMissing);
}

void TestJobs::cancelRunning_data()
{
    QTest::addColumn<QStringList>("options");
    const QString slow = QStringLiteral("measure=slow"), samples = QStringLiteral("samples=1000");
    QTest::newRow("while starting") << QStringList{QStringLiteral("hello=silent")};
    QTest::newRow("while loading") << QStringList{QStringLiteral("load=slow")};
    QTest::newRow("while measuring") << QStringList{slow, samples};
    QTest::newRow("deaf worker") << QStringList{slow, samples, QStringLiteral("cancel=ignore"),
                                                QStringLiteral("term=ignore")};
}

void TestJobs::cancelRunning()
{
    QFETCH(QStringList, options);
    RunLibrary library{QString()};
    WorkerBackend *backend = nullptr;
    BenchJob job(
        kSubject, smallPlan(),
        [&] {
            auto made = std::make_unique<WorkerBackend>(fakeWorker(options), "/models/fake");
            backend = made.get();
            return made;
        },
        &library);
    job.start();
    if (options.front() == QStringLiteral("measure=slow"))
        QTRY_VERIFY(!library.benchRuns().front()->samples.empty());
    else
        QTest::qWait(100);
    const qint64 pid = backend->workerProcessId();
    QVERIFY(processLives(pid));
    QElapsedTimer clock;
    clock.start();
    job.cancel();
    job.cancel();
    QTRY_VERIFY(job.isOver());
    qInfo("cancelled within %lld ms", clock.elapsed());
    QCOMPARE(job.state(), JobState::Cancelled);
    QCOMPARE(library.benchRuns().front()->header.state, RunState::Cancelled);
    const size_t samples = library.benchRuns().front()->samples.size();
    QTRY_VERIFY(!processKnown(pid));
    QCOMPARE(library.benchRuns().front()->samples.size(), samples);
}

void TestJobs::cancelQueued()
{
    RunLibrary library{QString()};
    const auto job = benchJob(library);
    QSignalSpy finished(job.get(), &Job::finished);
    job->cancel();
    QCOMPARE(job->state(), JobState::Cancelled);
    job->cancel();
    job->start();
    QTest::qWait(20);
    QCOMPARE(finished.size(), 1);
    QVERIFY(library.benchRuns().empty());
}

void TestJobs::destroyedWhileRunning()
{
    RunLibrary library{QString()};
    {
        const auto job = benchJob(library, {QStringLiteral("measure=slow"), QStringLiteral("samples=1000")});
        job->start();
        QTRY_VERIFY(!library.benchRuns().front()->samples.empty());
    }
    QCOMPARE(library.benchRuns().front()->header.state, RunState::Cancelled);
    QTest::qWait(100);
}

void TestJobs::progressAndLog()
{
    RunLibrary library{QString()};
    const auto job = benchJob(library, {QStringLiteral("measure=slow"), QStringLiteral("log=6000")});
    QVERIFY(std::isnan(job->secondsLeft()));
    job->start();
    QTRY_VERIFY(job->done() > 0);
    QVERIFY(job->secondsLeft() > 0);
    QVERIFY(!job->stage().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 20000);
    QVERIFY(std::isnan(job->secondsLeft()));
    QVERIFY(job->log().size() <= Job::kMaximumLog);
    QVERIFY(job->log().join(u'\n').contains(QStringLiteral("line 5999")));
}

void TestJobs::queueRunsInOrder()
{
    RunLibrary library{QString()};
    JobQueue queue;
    std::vector<Job *> finished;
    QSignalSpy idle(&queue, &JobQueue::idle);
    int most = 0;
    connect(&queue, &JobQueue::changed, this, [&] {
        int running = 0;
        for (const auto &job : queue.jobs())
            running += job->state() == JobState::Running;
        most = std::max(most, running);
    });
    connect(&queue, &JobQueue::finished, this, [&](Job *job) { finished.push_back(job); });
    std::vector<Job *> added;
    for (int i = 0; i < 3; ++i)
        added.push_back(queue.add(benchJob(library)));
    QVERIFY2(queue.running() == nullptr, "the caller gets to connect before anything runs");
    QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, 20000);
    QCOMPARE(finished, added);
    QCOMPARE(most, 1);
    QCOMPARE(library.benchRuns().size(), size_t(3));
}

void TestJobs::queueGoesOnAfterAFailure()
{
    RunLibrary library{QString()};
    JobQueue queue;
    QSignalSpy idle(&queue, &JobQueue::idle);
    Job *first = queue.add(benchJob(library, {QStringLiteral("measure=kill")}));
    Job *second = queue.add(benchJob(library));
    QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, 20000);
    QCOMPARE(first->state(), JobState::Failed);
    QCOMPARE(second->state(), JobState::Finished);
}

void TestJobs::queueCancelsAll()
{
    RunLibrary library{QString()};
    JobQueue queue;
    QSignalSpy idle(&queue, &JobQueue::idle);
    for (int i = 0; i < 3; ++i)
        queue.add(benchJob(library, {QStringLiteral("measure=slow"), QStringLiteral("samples=1000")}));
    QTRY_VERIFY(queue.running() != nullptr);
    QCOMPARE(queue.waiting(), 2);
    queue.cancelAll();
    QCOMPARE(queue.waiting(), 0);
    QTRY_COMPARE(idle.size(), 1);
    for (const auto &job : queue.jobs())
        QCOMPARE(job->state(), JobState::Cancelled);
}

void TestJobs::queueClears()
{
    RunLibrary library{QString()};
    JobQueue queue;
    QSignalSpy idle(&queue, &JobQueue::idle);
    QSignalSpy cleared(&queue, &JobQueue::cleared);
    queue.clearFinished();
    QCOMPARE(cleared.size(), 0);
    queue.add(benchJob(library));
    QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, 20000);
    Job *waiting = queue.add(benchJob(library));
    queue.clearFinished();
    QCOMPARE(cleared.size(), 1);
    QCOMPARE(queue.jobs().size(), size_t(1));
    QCOMPARE(queue.jobs().front().get(), waiting);
    QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 2, 20000);
}

void TestJobs::killedWorkerFromOutside()
{
    RunLibrary library{QString()};
    JobQueue queue;
    QSignalSpy idle(&queue, &JobQueue::idle);
    std::vector<WorkerBackend *> backends;
    const auto factory = [&] {
        auto made = std::make_unique<WorkerBackend>(
            fakeWorker({QStringLiteral("measure=slow"),
                        QStringLiteral("samples=%1").arg(backends.empty() ? 1000 : 2)}),
            "/models/fake");
        backends.push_back(made.get());
        return made;
    };
    Job *first = queue.add(std::make_unique<BenchJob>(kSubject, smallPlan(), factory, &library));
    Job *second = queue.add(std::make_unique<BenchJob>(kSubject, smallPlan(), factory, &library));
    QTRY_VERIFY(!library.benchRuns().empty() && !library.benchRuns().front()->samples.empty());
    QVERIFY(::kill(pid_t(backends[0]->workerProcessId()), SIGKILL) == 0);
    QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, 20000);
    QCOMPARE(first->state(), JobState::Failed);
    QCOMPARE(first->error()->code, ErrorCode::WorkerDied);
    QCOMPARE(second->state(), JobState::Finished);
    QVERIFY(!library.benchRuns().back()->samples.empty());
}

void TestJobs::eventLoopNeverStalls()
{
    RunLibrary library{QString()};
    BenchPlan plan;
    plan.promptTokens = {8, 16, 24, 32};
    plan.outputTokens = {64};
    plan.loads = 1;
    const auto job = benchJob(library, {QStringLiteral("samples=2000")}, plan);
    // The clock may stop whenever other programs run; what this thread computes between two ticks is ours
    // alone.
    double longestGap = 0, longestWork = 0, lastWork = threadSeconds();
    QElapsedTimer sinceTick;
    sinceTick.start();
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    connect(&tick, &QTimer::timeout, this, [&] {
        longestGap = std::max(longestGap, double(sinceTick.restart()));
        const double work = threadSeconds();
        longestWork = std::max(longestWork, work - lastWork);
        lastWork = work;
    });
    tick.start(5);
    job->start();
    QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 60000);
    QCOMPARE(library.benchRuns().front()->samples.size(), size_t(8000));
    qInfo("8000 samples of 63 gaps: longest gap between ticks %.0f ms, longest computation %.1f ms",
          longestGap, longestWork * 1e3);
    QVERIFY(longestWork < 0.050);
}

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
