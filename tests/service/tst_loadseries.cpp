// SPDX-License-Identifier: GPL-3.0-or-later
// A load that is measured again and again: session by session, with nothing in the queue between them.
#include "core/mock/mockendpoint.h"
#include "core/service/loadseries.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace assay;

namespace {

constexpr int kPatience = 60'000; // ms

BenchPlan smallLoad()
{
    BenchPlan plan;
    plan.promptTokens = {20};
    plan.outputTokens = {4};
    plan.runs = 2;
    plan.warmup = 0;
    plan.load.emplace().concurrencies = {1};
    return plan;
}

/// A series on one mock.
struct SeriesUnderTest
{
    QTemporaryDir folder;
    MockEndpoint mock;
    RunLibrary library{QString()};
    JobQueue jobs;
    std::unique_ptr<LoadSeries> series;

    SeriesUnderTest(int64_t sessions, double every)
    {
        MockScript script;
        script.ttft = 0.001;
        script.gap = 0.0005;
        mock.setScript(script);
        if (!mock.start())
            return;
        EndpointTarget target;
        target.url = mock.url();
        target.dialect = "vllm";
        target.model = "mock-model";
        std::vector<LoadSeries::Endpoint> endpoints{{SubjectRef{mock.url(), "mock", "endpoint"}, target, {}, smallLoad()}};
        series = std::make_unique<LoadSeries>(std::move(endpoints), sessions, every, jobs, library);
    }
    QString store() const { return folder.filePath(QStringLiteral("runs.sqlite")); }
    bool isHeld() const { return !SeriesLock::look(store(), series->id()); }
};

} // namespace

class TestLoadSeries : public QObject
{
    Q_OBJECT
private slots:
    void sessionAfterSession();
    void failedSessionsEndNothing();
    void cancelledSessionsEndIt();
    void stopsBetweenSessions();
};

void TestLoadSeries::sessionAfterSession()
{
    SeriesUnderTest test(3, 1);
    QVERIFY(test.series);
    QSignalSpy ended(test.series.get(), &LoadSeries::ended);
    bool idle = true; // between sessions
    connect(test.series.get(), &LoadSeries::waiting, this, [&] { idle = idle && !test.jobs.running() && test.jobs.waiting() == 0; });
    QVERIFY(test.series->start(test.store()));
    QVERIFY(test.isHeld());
    QVERIFY(ended.wait(kPatience));
    QVERIFY(idle && !test.isHeld());
    const auto runs = test.library.benchRuns();
    QCOMPARE(runs.size(), size_t(3));
    for (size_t i = 0; i < runs.size(); ++i) {
        const RunHeader &header = runs[runs.size() - 1 - i]->header; // the newest first
        QVERIFY(header.series && header.series->id == test.series->id());
        QCOMPARE(header.series->session, int64_t(i));
        QCOMPARE(header.series->sessions, int64_t(3));
        QCOMPARE(header.state, RunState::Finished);
    }
    const auto joined = test.library.latestBench(SubjectRef{test.mock.url(), "mock", "endpoint"});
    QVERIFY(joined && joined->sessions.size() == 3);
}

void TestLoadSeries::failedSessionsEndNothing()
{
    SeriesUnderTest test(2, 1);
    QVERIFY(test.series);
    MockScript broken;
    broken.fault = MockFault::Status;
    test.mock.setScript(broken);
    QSignalSpy ended(test.series.get(), &LoadSeries::ended);
    QVERIFY(test.series->start(test.store()));
    QVERIFY(ended.wait(kPatience));
    QCOMPARE(test.library.benchRuns().size(), size_t(2));
    QCOMPARE(test.library.benchRuns().front()->header.state, RunState::Failed);
}

void TestLoadSeries::cancelledSessionsEndIt()
{
    SeriesUnderTest test(5, 1);
    QVERIFY(test.series);
    QSignalSpy ended(test.series.get(), &LoadSeries::ended);
    QVERIFY(test.series->start(test.store()));
    test.jobs.cancelAll();
    QVERIFY(ended.wait(kPatience));
    QVERIFY(test.library.benchRuns().size() <= 1 && !test.isHeld());
}

void TestLoadSeries::stopsBetweenSessions()
{
    SeriesUnderTest test(2, 3600);
    QVERIFY(test.series);
    QSignalSpy waiting(test.series.get(), &LoadSeries::waiting), ended(test.series.get(), &LoadSeries::ended);
    QVERIFY(test.series->start(test.store()));
    QVERIFY(waiting.wait(kPatience));
    QVERIFY(test.isHeld() && test.series->due() > QDateTime::currentSecsSinceEpoch() + 3000);
    test.series->stop();
    test.series->stop();
    QCOMPARE(ended.count(), 1);
    QVERIFY(!test.isHeld());
    QCOMPARE(test.library.benchRuns().size(), size_t(1));
}

QTEST_GUILESS_MAIN(TestLoadSeries)
#include "tst_loadseries.moc"
