// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of an evaluation in which something fails: limits and runs that go on, answers that are asked for again, endpoints that
// are gone, workers that die, templates and prompts that do not fit.
#include "core/evaluate/scorer.h"
#include "core/evaluate/statistics/significance.h"
#include "tests/service/evaluationtesting.h"

#include <QFile>
#include <QTemporaryDir>
#include <algorithm>

using namespace assay;

namespace {

OutcomeCounts outcomesOf(const RunLibrary &library)
{
    return countOutcomes(library.evaluationRuns().front()->items);
}

/// A model's folder of which only the chat template is read.
void writeTemplate(const QTemporaryDir &folder, const QByteArray &text)
{
    QFile config(folder.filePath(QStringLiteral("tokenizer_config.json")));
    QVERIFY(config.open(QIODevice::WriteOnly) && config.write("{\"chat_template\": \"" + text + "\"}") > 0);
    config.close();
    for (const char *name : {"config.json", "tokenizer.json"})
        QVERIFY(QFile::copy(QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/distilled/") + QLatin1String(name), folder.filePath(QLatin1String(name))));
}

} // namespace

class TestResuming : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { QTest::qWait(10); }
    void workerLimitAndResume();
    void rateLimitsAreRetriedOrErrors_data();
    void rateLimitsAreRetriedOrErrors();
    void failedRowsAreAskedAgain();
    void whatMayComeAgain_data();
    void whatMayComeAgain();
    void faultsAreErrorsOfTheirKind_data();
    void faultsAreErrorsOfTheirKind();
    void endpointGoesAwayAndComesBack();
    void noEndpointAtAll();
    void deadlyItemsAreErrors_data();
    void deadlyItemsAreErrors();
    void workerThatAlwaysDies();
    void templatesThatDoNotFit();
    void judgedByTheCardsScorer();
};

void TestResuming::workerLimitAndResume()
{
    RunLibrary library{QString()};
    const std::vector<SuiteItem> items{sum(1, 2), sum(2, 2), sum(3, 3), sum(4, 4), sum(5, 5)};
    EvaluationPlan plan;
    plan.limits.tokens = 6; // an answer of the fake worker has three
    const auto first = evaluateJob(library, items, {}, plan);
    finish(*first);
    QCOMPARE(first->limit(), PlanLimit::Tokens);
    QCOMPARE(rowsOf(library).size(), size_t(2));
    const auto second = evaluateJob(library, items);
    second->resume(*library.evaluationRuns().front());
    finish(*second);
    QCOMPARE(second->runId(), first->runId());
    QCOMPARE(library.evaluationRuns().size(), size_t(1));
    QCOMPARE(library.evaluationRuns().front()->header.state, RunState::Finished);
    QCOMPARE(library.evaluationRuns().front()->items.size(), size_t(5)); // none twice
    QCOMPARE(rowsOf(library).size(), size_t(5));
}

void TestResuming::rateLimitsAreRetriedOrErrors_data()
{
    QTest::addColumn<int>("retries");
    QTest::newRow("retried") << 3;
    QTest::newRow("not retried") << 0;
}

/// evaluation.md 10: "429 as wrong".
void TestResuming::rateLimitsAreRetriedOrErrors()
{
    QFETCH(int, retries);
    MockScript script = yesScript();
    script.fault = MockFault::Status;
    script.status = 429;
    script.faultShare = 0.25;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RunLibrary library{QString()};
    EvaluationPlan plan;
    plan.retries = retries;
    finish(*endpointJob(library, targetAt(mock.url()), wordSuite(20), plan));
    const auto rows = rowsOf(library);
    QCOMPARE(rows.size(), size_t(20));
    int64_t errors = 0, tries = 0;
    for (const auto &[key, row] : rows) {
        QVERIFY(row.judged.outcome == Outcome::Right || row.judged.outcome == Outcome::Error);
        if (row.judged.outcome == Outcome::Error) {
            QCOMPARE(row.given.failure, Failure::RateLimited);
            ++errors;
        }
        tries += row.given.tries;
    }
    QCOMPARE(tries, mock.answered()); // none is hidden
    if (retries == 0)
        QCOMPARE(errors, int64_t(5));
    else
        QVERIFY(errors == 0 && tries > 20);
}

void TestResuming::endpointGoesAwayAndComesBack()
{
    auto mock = std::make_unique<MockEndpoint>(yesScript());
    QVERIFY(mock->start());
    const uint16_t port = mock->port();
    const EndpointTarget target = targetAt(mock->url());
    RunLibrary library{QString()};
    EvaluationPlan plan;
    plan.inFlight = 2;
    plan.retries = 0;
    const auto suite = wordSuite(60);
    const auto job = endpointJob(library, target, suite, plan);
    job->start();
    QVERIFY(QTest::qWaitFor([&] { return library.evaluationRuns().front()->items.size() >= 10; }, kPatience));
    mock->stop();
    QVERIFY(waitOver(*job));
    QCOMPARE(job->state(), JobState::Failed);
    QCOMPARE(job->error()->code, ErrorCode::ServerUnreachable);
    const size_t there = library.evaluationRuns().front()->items.size();
    QVERIFY(there < 60);
    int64_t lost = 0; // their connection went with it
    for (const ItemResult &row : library.evaluationRuns().front()->items) {
        QVERIFY(row.judged.outcome != Outcome::Wrong);
        lost += row.given.failure != Failure::None;
    }
    mock = std::make_unique<MockEndpoint>(yesScript());
    QVERIFY(mock->start(port));
    const auto again = endpointJob(library, target, suite, plan);
    again->resume(*library.evaluationRuns().front());
    finish(*again);
    QCOMPARE(again->state(), JobState::Finished);
    QCOMPARE(mock->answered(), int64_t(60 - there) + lost); // only what was missing
    QCOMPARE(outcomesOf(library)[Outcome::Right], int64_t(60));
    QCOMPARE(library.evaluationRuns().front()->items.size(), size_t(60));
    QCOMPARE(rowsOf(library).size(), size_t(60));
}

void TestResuming::noEndpointAtAll()
{
    RunLibrary library{QString()};
    const auto job = endpointJob(library, targetAt("http://127.0.0.1:9"), wordSuite(30));
    finish(*job);
    QCOMPARE(job->state(), JobState::Failed);
    QCOMPARE(job->error()->code, ErrorCode::ServerUnreachable);
    QVERIFY(library.evaluationRuns().front()->items.empty()); // they were not asked
}

/// The failure stays in the raw record, its tries count, and the columns that were packed of it do not hide the answer.
void TestResuming::failedRowsAreAskedAgain()
{
    MockScript script = yesScript();
    script.fault = MockFault::Status;
    script.status = 429;
    script.faultShare = 0.25;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("runs.sqlite"));
    EvaluationPlan plan;
    plan.retries = 0;
    const auto suite = wordSuite(20);
    {
        RunLibrary library{file};
        finish(*endpointJob(library, targetAt(mock.url()), suite, plan));
        QCOMPARE(outcomesOf(library)[Outcome::Error], int64_t(5));
        QVERIFY(mayMissRows(*library.evaluationRuns().front()));
    }
    const auto stored = [&file] {
        auto library = std::make_unique<RunLibrary>(file);
        library->load();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(library->isLoaded(), kPatience); }();
        return library;
    };
    mock.setScript(yesScript());
    {
        const auto library = stored();
        const auto job = endpointJob(*library, targetAt(mock.url()), suite, plan);
        job->resume(*library->evaluationRuns().front());
        finish(*job);
        QCOMPARE(mock.answered(), int64_t(25)); // the five alone
        QCOMPARE(outcomesOf(*library)[Outcome::Right], int64_t(20));
    }
    const auto library = stored();
    QCOMPARE(outcomesOf(*library)[Outcome::Right], int64_t(20));
    QVERIFY(!mayMissRows(*library->evaluationRuns().front()));
    const auto rows = rowsOf(*library);
    QCOMPARE(rows.size(), size_t(20));
    int64_t tries = 0, again = 0;
    for (const auto &[key, row] : rows) {
        tries += row.given.tries;
        QCOMPARE(row.given.failure, Failure::None);
        if (row.given.earlier.empty())
            continue;
        ++again;
        QCOMPARE(row.given.tries, int64_t(2));
        QCOMPARE(row.given.earlier.size(), size_t(1));
        QCOMPARE(row.given.earlier.front().failure, Failure::RateLimited);
        QCOMPARE(row.given.earlier.front().tries, int64_t(1));
        QVERIFY(!row.given.earlier.front().error.empty());
    }
    QCOMPARE(again, int64_t(5));
    QCOMPARE(tries, mock.answered()); // none is hidden
}

void TestResuming::whatMayComeAgain_data()
{
    QTest::addColumn<Failure>("failure");
    QTest::addColumn<bool>("again");
    for (const auto &[failure, again] : {std::pair{Failure::RateLimited, true}, {Failure::Overloaded, true}, {Failure::ServerError, true}, {Failure::Reset, true},
                                         {Failure::HeaderTimeout, true}, {Failure::StallTimeout, true}, {Failure::TotalTimeout, true}, {Failure::Unreachable, true},
                                         {Failure::CutShort, true}, {Failure::None, false}, {Failure::TooLarge, false}, {Failure::Rejected, false}, {Failure::NoText, false}})
        QTest::newRow(definitionOf(failure).id) << failure << again;
}

void TestResuming::whatMayComeAgain()
{
    QFETCH(Failure, failure);
    QFETCH(bool, again);
    QCOMPARE(mayComeAgain(failure), again);
}

void TestResuming::faultsAreErrorsOfTheirKind_data()
{
    QTest::addColumn<MockFault>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<Failure>("failure");
    QTest::newRow("400") << MockFault::Status << 400 << Failure::Rejected;
    QTest::newRow("413") << MockFault::Status << 413 << Failure::TooLarge;
    QTest::newRow("500") << MockFault::Status << 500 << Failure::ServerError;
    QTest::newRow("503") << MockFault::Status << 503 << Failure::Overloaded;
    QTest::newRow("reset") << MockFault::Reset << 0 << Failure::Reset;
    QTest::newRow("closed early") << MockFault::CloseEarly << 0 << Failure::CutShort;
    QTest::newRow("web page") << MockFault::Html << 0 << Failure::NotTheProtocol;
    QTest::newRow("no JSON") << MockFault::BadJson << 0 << Failure::Malformed;
    QTest::newRow("error in stream") << MockFault::ErrorInStream << 0 << Failure::ErrorInStream;
}

/// Faults in the middle of a run: each is an error of its own kind, and what came beside it is judged.
void TestResuming::faultsAreErrorsOfTheirKind()
{
    QFETCH(MockFault, fault);
    QFETCH(int, status);
    QFETCH(Failure, failure);
    MockScript script = yesScript();
    script.fault = fault;
    script.status = status;
    script.faultShare = 0.25;
    script.faultAfter = 0;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RunLibrary library{QString()};
    EvaluationPlan plan;
    plan.retries = 0;
    const auto job = endpointJob(library, targetAt(mock.url()), wordSuite(20), plan);
    finish(*job);
    QCOMPARE(job->state(), JobState::Finished);
    QCOMPARE(outcomesOf(library)[Outcome::Right], int64_t(15));
    QCOMPARE(outcomesOf(library)[Outcome::Error], int64_t(5));
    for (const auto &[key, row] : rowsOf(library)) {
        const bool failed = row.judged.outcome == Outcome::Error;
        QVERIFY2(row.given.failure == (failed ? failure : Failure::None), definitionOf(row.given.failure).id);
        QCOMPARE(row.given.error.empty(), !failed);
    }
}

void TestResuming::deadlyItemsAreErrors_data()
{
    QTest::addColumn<int>("batch");
    QTest::addColumn<bool>("choices");
    QTest::newRow("one by one") << 1 << false;
    QTest::newRow("together") << 3 << false; // asked again one by one, so that only the deadly one has an error
    QTest::newRow("choices") << 1 << true;
}

/// An item that kills the worker would end every run that goes on.
void TestResuming::deadlyItemsAreErrors()
{
    QFETCH(int, batch);
    QFETCH(bool, choices);
    const std::vector<SuiteItem> sums{sum(1, 2), sum(1, 1, "die "), sum(2, 2), sum(3, 3)};
    const std::vector<SuiteItem> chosen{choice("c1", 1), choice("die", 1, "Will you die?"), choice("c2", 1)};
    RunLibrary library{QString()};
    EvaluationPlan plan;
    plan.batch = batch;
    const auto job = evaluateJob(library, choices ? chosen : sums, {}, plan);
    finish(*job);
    QCOMPARE(job->state(), JobState::Finished);
    QCOMPARE(library.evaluationRuns().front()->header.state, RunState::Finished);
    const auto rows = rowsOf(library);
    QCOMPARE(rows.size(), choices ? chosen.size() : sums.size());
    for (const auto &[key, row] : rows) {
        const bool deadly = key.first.starts_with("die");
        QCOMPARE(row.judged.outcome, deadly ? Outcome::Error : Outcome::Right);
        QCOMPARE(row.given.error.find("9") != std::string::npos, deadly); // how the worker ended
    }
}

/// A bounded number of times; what is not answered then is asked when the run goes on.
void TestResuming::workerThatAlwaysDies()
{
    std::vector<SuiteItem> items;
    for (int i = 0; i < 12; ++i)
        items.push_back(sum(i, 1, "die "));
    items.push_back(sum(1, 2));
    RunLibrary library{QString()};
    const auto job = evaluateJob(library, items);
    finish(*job);
    QCOMPARE(job->state(), JobState::Failed);
    QCOMPARE(job->error()->code, ErrorCode::WorkerDied);
    QCOMPARE(library.evaluationRuns().front()->items.size(), size_t(8));
    const auto again = evaluateJob(library, items);
    again->resume(*library.evaluationRuns().front());
    finish(*again);
    QCOMPARE(again->state(), JobState::Finished);
    QCOMPARE(outcomesOf(library)[Outcome::Error], int64_t(12));
    QCOMPARE(outcomesOf(library)[Outcome::Right], int64_t(1));
}

/// A template that refuses a message is the item's error; one that is not there is told before anything is asked.
void TestResuming::templatesThatDoNotFit()
{
    QTemporaryDir folder;
    writeTemplate(folder, "{% if '2' in messages[0].content %}{{ raise_exception('no twos') }}{% endif %}{{ messages[0].content }}");
    auto suite = std::make_shared<Suite>();
    suite->name = "sums";
    suite->items = {sum(1, 2), sum(3, 3)};
    EvaluationPlan plan;
    plan.chat = true;
    RunLibrary library{QString()};
    const auto asked = [&] { return std::make_unique<EvaluateJob>(SubjectRef{folder.path().toStdString(), "fake", ""}, suite, plan, factoryFor(), &library); };
    finish(*asked());
    const auto rows = rowsOf(library);
    QCOMPARE(rows.at({"1+2", 0}).judged.outcome, Outcome::Error);
    QVERIFY2(rows.at({"1+2", 0}).given.error.find("no twos") != std::string::npos, rows.at({"1+2", 0}).given.error.c_str());
    QCOMPARE(rows.at({"3+3", 0}).judged.outcome, Outcome::Right);
    plan.templateName = "nosuch";
    const auto missing = asked();
    finish(*missing);
    QCOMPARE(missing->state(), JobState::Failed);
    QCOMPARE(missing->error()->code, ErrorCode::TemplateMissing);
    QVERIFY(library.evaluationRuns().front()->items.empty());
}

/// A run that was judged again by another scorer goes on with that one, so that its rows are all judged alike.
void TestResuming::judgedByTheCardsScorer()
{
    RunLibrary library{QString()};
    const std::vector<SuiteItem> items{sum(1, 2), sum(2, 2)};
    EvaluationPlan plan;
    plan.limits.tokens = 3;
    finish(*evaluateJob(library, items, {}, plan));
    EvaluationRun run = *library.evaluationRuns().front();
    QCOMPARE(run.items.size(), size_t(1));
    run.protocol.scorer = scorerId(*findScorer("gsm8k_strict"));
    const auto again = evaluateJob(library, items);
    again->resume(run);
    finish(*again);
    QCOMPARE(rowsOf(library).at({"2+2", 0}).judged.outcome, Outcome::Unparsed); // there is no "####"
}

QTEST_GUILESS_MAIN(TestResuming)
#include "tst_resuming.moc"
