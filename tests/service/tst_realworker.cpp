// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/jobqueue.h"
#include "core/service/jobs.h"
#include "core/service/resources.h"
#include "tests/service/fakeworker.h"
#include "tests/service/smallmodel.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <algorithm>
#include <csignal>

using namespace assay;

namespace {

BenchPlan plan(int64_t output, int64_t runs)
{
    BenchPlan plan;
    plan.promptTokens = {8};
    plan.outputTokens = {output};
    plan.runs = runs;
    plan.loads = 2;
    return plan;
}

} // namespace

class TestRealWorker : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void measures();
    void measuresWhileTheClockIsSet();
    void saysWhatIsWrongWithTheModel();
    void cancelsWhileMeasuring();
    void killedWorkerLeavesTheRest();
    void evaluatesASample();

private:
    QTemporaryDir m_model, m_data;
    std::vector<WorkerBackend *> m_backends;
    BackendFactory factory(const QString &path)
    {
        return [this, path] {
            auto made = std::make_unique<WorkerBackend>(realWorker(), path.toStdString());
            m_backends.push_back(made.get());
            return made;
        };
    }
    std::unique_ptr<BenchJob> bench(RunLibrary &library, const BenchPlan &wanted)
    {
        return std::make_unique<BenchJob>(SubjectRef{m_model.path().toStdString(), "small", "print"}, wanted,
                                          factory(m_model.path()), &library);
    }
};

void TestRealWorker::initTestCase()
{
    makeModel(m_model.path());
}

void TestRealWorker::measures()
{
    RunLibrary library{QString()};
    const auto job = bench(library, plan(8, 3));
    job->start();
    QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 60000);
    QVERIFY2(job->state() == JobState::Finished, job->log().join(u'\n').toUtf8().constData());
    const BenchRun &run = *library.benchRuns().front();
    QCOMPARE(run.loads.size(), size_t(2));
    QVERIFY(run.loads[0].seconds > 0 && run.loads[0].weightBytes > 0);
    QCOMPARE(run.samples.size(), size_t(4));
    for (const MeasureSample &sample : run.samples) {
        QCOMPARE(sample.gaps.size(), size_t(7));
        QVERIFY(sample.firstToken > 0 && sample.total >= sample.firstToken);
        QVERIFY(sample.memory.processPeak.has_value());
    }
    QVERIFY(!run.header.environment.libtorch.empty());
    QVERIFY(!run.header.environment.processor.empty());
    QCOMPARE(run.header.environment.dtype, std::string("f32"));
    QVERIFY(!run.header.environment.deviceName.empty());
}

/// Each look at the time of day gives the worker another hour; seconds of samples must not follow it.
void TestRealWorker::measuresWhileTheClockIsSet()
{
    const QString jumped = m_data.filePath(QStringLiteral("jumped"));
    const WorkerCommand plain = realWorker();
    const WorkerCommand command{QStringLiteral("env"),
                                QStringList{QStringLiteral("LD_PRELOAD=" ASSAY_BINARY_DIR "/tests/clock/libjumpingclock.so"),
                                            QStringLiteral("JUMPING_CLOCK_FILE=") + jumped,
                                            QStringLiteral("ASAN_OPTIONS=verify_asan_link_order=0:allocator_may_return_null=1"), plain.program}
                                    + plain.arguments};
    RunLibrary library{QString()};
    BenchPlan wanted = plan(8, 3);
    wanted.coldLoads = 1;
    BenchJob job({m_model.path().toStdString(), "small", "print"}, wanted,
                 [&] { return std::make_unique<WorkerBackend>(command, m_model.path().toStdString()); }, &library);
    job.start();
    QTRY_VERIFY_WITH_TIMEOUT(job.isOver(), 120000);
    QVERIFY2(job.state() == JobState::Finished, job.log().join(u'\n').toUtf8().constData());
    QVERIFY(QFile::exists(jumped)); // else this would prove nothing
    constexpr double kLeast = 0, kMost = 600; // the smallest jump is an hour
    const auto isDuration = [&](double seconds) { return seconds > kLeast && seconds < kMost; };
    const BenchRun &run = *library.benchRuns().front();
    for (const LoadSample &load : run.loads)
        QVERIFY(isDuration(load.seconds));
    for (const MeasureSample &sample : run.samples) {
        QVERIFY(isDuration(sample.firstToken) && isDuration(sample.total) && sample.total >= sample.firstToken);
        QVERIFY(std::all_of(sample.gaps.begin(), sample.gaps.end(), isDuration));
    }
    QVERIFY(run.header.environment.limits && isDuration(1e6 / run.header.environment.limits->readBandwidth));
}

void TestRealWorker::saysWhatIsWrongWithTheModel()
{
    QTemporaryDir broken;
    makeModel(broken.path());
    QVERIFY(QFile::remove(broken.filePath(QStringLiteral("model.safetensors"))));
    RunLibrary library{QString()};
    for (const QString &path : {broken.path(), QStringLiteral("/no/such/model")}) {
        BenchJob job({path.toStdString(), "broken", ""}, plan(8, 3), factory(path), &library);
        job.start();
        QTRY_VERIFY_WITH_TIMEOUT(job.isOver(), 60000);
        QCOMPARE(job.state(), JobState::Failed);
        QVERIFY2(job.error()->code == ErrorCode::NoWeights || job.error()->code == ErrorCode::FileMissing,
                 job.error()->sentence().c_str());
    }
}

void TestRealWorker::cancelsWhileMeasuring()
{
    RunLibrary library{QString()};
    const auto job = bench(library, plan(4000, 1000));
    job->start();
    // In the middle of the first run, which takes seconds.
    QTRY_VERIFY_WITH_TIMEOUT(library.benchRuns().front()->loads.size() == 2, 60000);
    QTest::qWait(300);
    QElapsedTimer clock;
    clock.start();
    job->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 10000);
    qInfo("cancelled within %lld ms", clock.elapsed());
    QCOMPARE(job->state(), JobState::Cancelled);
    QCOMPARE(library.benchRuns().front()->header.state, RunState::Cancelled);
}

void TestRealWorker::killedWorkerLeavesTheRest()
{
    const QString file = m_data.filePath(QStringLiteral("runs.sqlite"));
    {
        RunLibrary library(file);
        JobQueue queue;
        QSignalSpy idle(&queue, &JobQueue::idle);
        m_backends.clear();
        Job *first = queue.add(bench(library, plan(8, 3)));
        Job *killed = queue.add(bench(library, plan(200, 10000)));
        Job *last = queue.add(bench(library, plan(8, 3)));
        QTRY_VERIFY_WITH_TIMEOUT(
            library.benchRuns().size() == 2 && library.benchRuns().front()->samples.size() > 1, 60000);
        const qint64 pid = m_backends.back()->workerProcessId();
        QVERIFY(::kill(pid_t(pid), SIGKILL) == 0);
        QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, 60000);
        QCOMPARE(first->state(), JobState::Finished);
        QCOMPARE(killed->state(), JobState::Failed);
        QCOMPARE(killed->error()->code, ErrorCode::WorkerDied);
        QCOMPARE(last->state(), JobState::Finished);
        QVERIFY(!library.benchRuns()[1]->samples.empty());
    }
    RunLibrary library(file);
    library.load();
    QTRY_VERIFY(library.isLoaded());
    QCOMPARE(library.benchRuns().size(), size_t(3));
    size_t finished = 0;
    for (const auto &run : library.benchRuns())
        finished += run->header.state == RunState::Finished && run->samples.size() == 4;
    QCOMPARE(finished, size_t(2));
}

void TestRealWorker::evaluatesASample()
{
    const QStringList models = sampleModels();
    const QStringList suites = suiteNames();
    if (models.isEmpty() || suites.isEmpty() ||
        !QFile::exists(models.last() + QStringLiteral("/model.safetensors")))
        QSKIP("the sample models are not there");
    auto suite = readSuite(findSuite(suites.first()).toStdString());
    QVERIFY(suite);
    suite->items.resize(std::min<size_t>(suite->items.size(), 20));
    RunLibrary library{QString()};
    EvaluateJob job({models.last().toStdString(), "sample", ""}, std::make_shared<const Suite>(*suite), "cpu",
                    "auto", factory(models.last()), &library);
    job.start();
    QTRY_VERIFY_WITH_TIMEOUT(job.isOver(), 120000);
    QVERIFY2(job.state() == JobState::Finished, job.log().join(u'\n').toUtf8().constData());
    const EvaluationRun &run = *library.evaluationRuns().front();
    QCOMPARE(run.items.size(), suite->items.size());
    for (const ItemResult &item : run.items)
        QVERIFY2(item.judged.outcome != Outcome::Error, item.given.error.c_str());
}

QTEST_GUILESS_MAIN(TestRealWorker)
#include "tst_realworker.moc"
