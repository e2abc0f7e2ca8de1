// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs that are cancelled, queued, destroyed, or lose their worker, and the event loop meanwhile.
#include "core/service/jobqueue.h"
#include "tests/service/jobtesting.h"

#include <QElapsedTimer>
#include <cmath>
#include <csignal>
#include <ctime>

using namespace assay;

namespace {

double threadSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

} // namespace

class TestJobControl : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { QTest::qWait(10); } // what a job leaves to the event loop goes before the next
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

void TestJobControl::cancelRunning_data()
{
    QTest::addColumn<QStringList>("options");
    const QString slow = QStringLiteral("measure=slow"), samples = QStringLiteral("samples=1000");
    QTest::newRow("while starting") << QStringList{QStringLiteral("hello=silent")};
    QTest::newRow("while loading") << QStringList{QStringLiteral("load=slow")};
    QTest::newRow("while measuring") << QStringList{slow, samples};
    QTest::newRow("deaf worker") << QStringList{slow, samples, QStringLiteral("cancel=ignore"),
                                                QStringLiteral("term=ignore")};
}

void TestJobControl::cancelRunning()
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

void TestJobControl::cancelQueued()
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

void TestJobControl::destroyedWhileRunning()
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

void TestJobControl::progressAndLog()
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

void TestJobControl::queueRunsInOrder()
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

void TestJobControl::queueGoesOnAfterAFailure()
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

void TestJobControl::queueCancelsAll()
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

void TestJobControl::queueClears()
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

void TestJobControl::killedWorkerFromOutside()
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

void TestJobControl::eventLoopNeverStalls()
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
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
    return; // unoptimised and with every access checked
#endif
#endif
    QVERIFY(longestWork < 0.050);
}

QTEST_GUILESS_MAIN(TestJobControl)
#include "tst_jobcontrol.moc"
