// SPDX-License-Identifier: GPL-3.0-or-later
// What jobs measure and judge.
#include "tests/service/jobtesting.h"

using namespace assay;

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
    void evaluateNeedsATokenizer();
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
    wrong.answers = {"5"};
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
    EvaluationPlan plan;
    plan.batch = batch;
    const auto job = evaluateJob(library, items, {}, plan);
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
    // Those with choices are asked first, the largest first.
    QCOMPARE(run.items[0].itemId, std::string("c1"));
    std::map<std::string, ItemResult> rows;
    for (const ItemResult &row : run.items)
        rows[row.itemId] = row;
    for (size_t i = 0; i < items.size(); ++i)
        QVERIFY2(rows.contains(items[i].id) && rows[items[i].id].judged.outcome == expected[i], items[i].id.c_str());
    QCOMPARE(rows["1+2"].given.seconds, 0.5);
    QCOMPARE(rows["1+2"].given.outputTokens, int64_t(3));
    QCOMPARE(rows["1+2"].axes, items[0].axes);
    QVERIFY(rows[refused.id].given.error.find("128") != std::string::npos);
    QCOMPARE(rows[refused.id].axes, refused.axes);
    QCOMPARE(rows["c1"].given.choices.at(0).logLikelihood, -10.0);
    QCOMPARE(rows["c1"].given.choices.at(1).logLikelihood, -5.0);
}

void TestJobs::evaluateTogether()
{
    RunLibrary library{QString()};
    EvaluationPlan plan;
    plan.batch = 3;
    const auto job = evaluateJob(library, {sum(1, 2), sum(2, 2), choice("c1", 1), sum(3, 3), sum(4, 5), sum(6, 7)}, {}, plan);
    finish(*job);
    QCOMPARE(job->state(), JobState::Finished);
    const auto &items = library.evaluationRuns().front()->items;
    QCOMPARE(items.size(), size_t(6));
    for (const ItemResult &item : items)
        QCOMPARE(item.judged.outcome, Outcome::Right);
}

void TestJobs::evaluateNeedsATokenizer()
{
    RunLibrary library{QString()};
    const auto job = evaluateJob(library, {sum(1, 2)}, {QStringLiteral("tokenizer=no")});
    finish(*job);
    QCOMPARE(job->state(), JobState::Failed);
    QCOMPARE(job->error()->code, ErrorCode::TokenizerMissing);
}

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
