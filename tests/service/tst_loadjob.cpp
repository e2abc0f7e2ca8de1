// SPDX-License-Identifier: GPL-3.0-or-later
// Loads on the mock endpoint, over real sockets.
#include "core/bench/budget.h"
#include "core/bench/metrics.h"
#include "core/endpoint/dialect.h"
#include "core/mock/mockendpoint.h"
#include "core/service/loadjob.h"

#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

using namespace assay;

namespace {

constexpr int kPatience = 30'000; // ms

EndpointTarget targetAt(const MockEndpoint &mock, const std::string &dialect = "vllm")
{
    EndpointTarget target;
    target.url = mock.url();
    target.dialect = dialect;
    target.model = "mock-model";
    return target;
}

MockScript quickScript()
{
    MockScript script;
    script.ttft = 0.002;
    script.gap = 0.0005;
    return script;
}

BenchPlan loadPlan(std::vector<int64_t> concurrencies = {1})
{
    BenchPlan plan;
    plan.promptTokens = {100};
    plan.outputTokens = {8};
    plan.runs = 6;
    plan.warmup = 1;
    plan.load.emplace().concurrencies = std::move(concurrencies);
    return plan;
}

/// A job with its library.
struct Bench
{
    RunLibrary library{QString()};
    std::unique_ptr<LoadJob> job;

    Bench(const EndpointTarget &target, const BenchPlan &plan)
        : job(std::make_unique<LoadJob>(SubjectRef{target.url, "mock", "endpoint"}, target, plan, &library))
    {
    }
    bool waitOver() const
    {
        return QTest::qWaitFor([this] { return job->isOver(); }, kPatience);
    }
    bool finish()
    {
        job->start();
        return waitOver() && job->state() == JobState::Finished;
    }
    std::shared_ptr<const BenchRun> run() const { return library.benchRun(job->runId().toStdString()); }
};

std::vector<RequestRecord> recordsOf(const BenchRun &run, bool warmup = false, int32_t point = -1)
{
    std::vector<RequestRecord> out;
    for (size_t i = 0; i < run.requests.size(); ++i) {
        RequestRecord record = run.requests.at(i);
        if ((warmup || !record.warmup) && (point < 0 || record.point == point))
            out.push_back(std::move(record));
    }
    return out;
}

/// What a request to OpenAI's chat asked.
std::string promptOf(const MockRequest &request)
{
    const nlohmann::json body = nlohmann::json::parse(request.body, nullptr, false);
    return body.at("messages").back().at("content").get<std::string>();
}

} // namespace

class TestLoadJob : public QObject
{
    Q_OBJECT
private slots:
    void everyDialect_data();
    void everyDialect();
    void levelsKeepTheirConcurrency();
    void openLoopKeepsItsSchedule();
    void levelsEndByTime();
    void pilotCorrectsPromptLengths();
    void coldPromptsDifferAndWarmOnesRepeat();
    void moneyIsNeverPassed();
    void limitOfTimeEndsARunInAStall();
    void pauseAndResume();
    void cancelKeepsWhatCame();
    void brokenOffRunGoesOn();
    void unusableEndpoints_data();
    void unusableEndpoints();
    void failuresAreCountedNotAveraged();
    void turnsAreTaken();
    void sweepEndsWhereTheEndpointIsSaturated();
};

void TestLoadJob::everyDialect_data()
{
    QTest::addColumn<QString>("dialect");
    for (const Dialect &dialect : dialects())
        QTest::newRow(dialect.id) << QString::fromLatin1(dialect.id);
}

void TestLoadJob::everyDialect()
{
    QFETCH(QString, dialect);
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    Bench bench(targetAt(mock, dialect.toStdString()), loadPlan());
    QVERIFY2(bench.finish(), bench.job->error() ? bench.job->error()->sentence().c_str() : "");
    const auto run = bench.run();
    QCOMPARE(run->header.state, RunState::Finished);
    const std::vector<RequestRecord> records = recordsOf(*run);
    QCOMPARE(records.size(), size_t(6));
    for (const RequestRecord &record : records) {
        QCOMPARE(int(record.failure), int(Failure::None));
        QCOMPARE(record.chunks.size(), size_t(8));
    }
    QVERIFY(findValue(summarize(*run, pointsOf(run->plan).front()), "ttft"));
}

void TestLoadJob::levelsKeepTheirConcurrency()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    BenchPlan plan = loadPlan({1, 4});
    Bench bench(targetAt(mock), plan);
    QVERIFY(bench.finish());
    const auto run = bench.run();
    QCOMPARE(recordsOf(*run, false, 0).size(), size_t(6));
    QCOMPARE(recordsOf(*run, false, 1).size(), size_t(24));
    QCOMPARE(recordsOf(*run, true, 0).size(), size_t(6 + 1 + kPilotRequests));
    QCOMPARE(recordsOf(*run, true, 1).size(), size_t(24 + 4));
    std::set<int64_t> indices;
    for (const RequestRecord &record : recordsOf(*run, true)) {
        indices.insert(record.index);
        QCOMPARE(record.index / kIndexStride, int64_t(record.point));
    }
    QCOMPARE(indices.size(), run->requests.size());
    const std::vector<BenchPoint> points = pointsOf(plan);
    QCOMPARE(findValue(summarize(*run, points[0]), "concurrency.peak")->estimate.value, 1.0);
    QCOMPARE(findValue(summarize(*run, points[1]), "concurrency.peak")->estimate.value, 4.0);
}

void TestLoadJob::openLoopKeepsItsSchedule()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    BenchPlan plan = loadPlan();
    plan.load->rates = {50};
    plan.load->arrivals = Arrivals::Constant;
    plan.load->requests = 20;
    plan.warmup = 0;
    Bench bench(targetAt(mock), plan);
    QVERIFY(bench.finish());
    std::vector<RequestRecord> records = recordsOf(*bench.run());
    QCOMPARE(records.size(), size_t(20));
    std::ranges::sort(records, {}, &RequestRecord::index);
    for (size_t i = 1; i < records.size(); ++i)
        QCOMPARE(records[i].scheduled - records[i - 1].scheduled, int64_t(20'000'000));
}

void TestLoadJob::levelsEndByTime()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    BenchPlan plan = loadPlan({2});
    plan.load->seconds = 0.3;
    Bench bench(targetAt(mock), plan);
    QVERIFY(bench.finish());
    const std::vector<RequestRecord> records = recordsOf(*bench.run());
    QVERIFY(records.size() > 2);
    const auto [first, last] = std::ranges::minmax_element(records, {}, &RequestRecord::sent);
    QVERIFY(last->sent - first->sent < 300'000'000 + 5'000'000);
}

// Pitfall 11: after the pilot prompts have the length that was asked for, by the server's own count.
void TestLoadJob::pilotCorrectsPromptLengths()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    BenchPlan plan = loadPlan();
    plan.promptTokens = {600};
    Bench bench(targetAt(mock), plan);
    QVERIFY(bench.finish());
    QVERIFY(bench.job->progress().scale.measured);
    for (const RequestRecord &record : recordsOf(*bench.run())) {
        QCOMPARE(record.promptTokens, int64_t(600));
        QVERIFY(record.usage.prompt);
        QVERIFY2(std::abs(*record.usage.prompt - 600) <= 6, std::to_string(*record.usage.prompt).c_str());
    }
    QVERIFY(bench.job->progress().estimate);
}

void TestLoadJob::coldPromptsDifferAndWarmOnesRepeat()
{
    for (const CachePolicy cache : {CachePolicy::Cold, CachePolicy::Warm}) {
        MockEndpoint mock(quickScript());
        QVERIFY(mock.start());
        BenchPlan plan = loadPlan();
        plan.load->cache = cache;
        Bench bench(targetAt(mock), plan);
        QVERIFY(bench.finish());
        std::set<std::string> beginnings, prompts;
        const std::vector<MockRequest> requests = mock.requests();
        for (size_t i = size_t(kPilotRequests); i < requests.size(); ++i) {
            prompts.insert(promptOf(requests[i]));
            beginnings.insert(promptOf(requests[i]).substr(0, 13));
        }
        QCOMPARE(prompts.size(), cache == CachePolicy::Cold ? size_t(7) : size_t(1));
        QCOMPARE(beginnings.size(), prompts.size());
    }
}

void TestLoadJob::moneyIsNeverPassed()
{
    MockScript script = quickScript();
    script.pieces = 8;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    BenchPlan plan = loadPlan({8});
    plan.runs = 1000;
    plan.load->prices = Prices{0, 1e6, 0, "USD"}; // one a token of an answer: 8 a request
    plan.load->limits.money = 200;
    Bench bench(targetAt(mock), plan);
    QVERIFY(bench.finish());
    // 200 a run, 8 a request with a pilot that asks for as much: the run itself keeps why it has so few.
    const std::optional<EndedEarly> ended = bench.run()->header.endedEarly;
    QVERIFY(ended);
    QCOMPARE(int(ended->limit), int(PlanLimit::Money));
    QCOMPARE(bench.run()->header.state, RunState::Finished);
    QCOMPARE(ended->amount, 200.0);
    QCOMPARE(ended->done, int64_t(recordsOf(*bench.run(), true).size()));
    QCOMPARE(ended->planned, levelSize(plan, 0).all());
    Spend spend;
    for (const RequestRecord &record : recordsOf(*bench.run(), true))
        spend += spendOf(record);
    QVERIFY(spend.completionTokens <= 200);
    QVERIFY2(spend.completionTokens > 200 - 8, "it could have gone on");
}

void TestLoadJob::limitOfTimeEndsARunInAStall()
{
    MockScript script = quickScript();
    script.stallAt = 0.3;
    script.stallFor = 600;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    BenchPlan plan = loadPlan();
    plan.runs = 100'000;
    plan.load->limits.seconds = 0.6;
    Bench bench(targetAt(mock), plan);
    QVERIFY(bench.finish());
    const std::optional<EndedEarly> ended = bench.run()->header.endedEarly;
    QVERIFY(ended);
    QCOMPARE(int(ended->limit), int(PlanLimit::Time));
    QCOMPARE(ended->amount, 0.6);
    QVERIFY(ended->done < ended->planned);
    QCOMPARE(int(recordsOf(*bench.run()).back().failure), int(Failure::Cancelled));
}

void TestLoadJob::pauseAndResume()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    BenchPlan plan = loadPlan({2});
    plan.runs = 60;
    Bench bench(targetAt(mock), plan);
    bench.job->start();
    QVERIFY(QTest::qWaitFor([&] { return bench.run() && bench.run()->requests.size() > 20; }, kPatience));
    bench.job->setPaused(true);
    QVERIFY(QTest::qWaitFor([&] { return bench.job->progress().stage == LoadProgress::Stage::Paused; }, kPatience));
    QTest::qWait(100); // the mock counts an answer after its last byte
    const int64_t answered = mock.answered();
    QTest::qWait(150);
    QCOMPARE(mock.answered(), answered);
    QVERIFY(!bench.job->isOver());
    bench.job->setPaused(false);
    QVERIFY(bench.waitOver());
    const std::vector<RequestRecord> records = recordsOf(*bench.run());
    QCOMPARE(records.size(), size_t(120)); // none twice, none lost
    std::set<int32_t> rounds; // their times are apart: the pause is no time of the server's
    for (const RequestRecord &record : records)
        rounds.insert(record.round);
    QCOMPARE(rounds.size(), size_t(2));
    QVERIFY(std::ranges::none_of(records, [](const RequestRecord &record) { return record.failure != Failure::None; }));
}

void TestLoadJob::cancelKeepsWhatCame()
{
    MockScript script = quickScript();
    script.gap = 0.05;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    BenchPlan plan = loadPlan({4});
    plan.runs = 1000;
    Bench bench(targetAt(mock), plan);
    bench.job->start();
    QVERIFY(QTest::qWaitFor([&] { return bench.run() && recordsOf(*bench.run()).size() >= 4; }, kPatience));
    bench.job->cancel();
    QVERIFY(bench.waitOver());
    QCOMPARE(bench.job->state(), JobState::Cancelled);
    QCOMPARE(bench.run()->header.state, RunState::Cancelled);
    const std::vector<RequestRecord> records = recordsOf(*bench.run());
    QVERIFY(records.size() >= 4);
    QVERIFY(std::ranges::any_of(records, [](const RequestRecord &record) { return record.failure == Failure::Cancelled; }));
}

void TestLoadJob::brokenOffRunGoesOn()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    const BenchPlan plan = loadPlan({1, 2});
    Bench bench(targetAt(mock), plan);
    QVERIFY(bench.finish());
    // As if the program had been killed: the last point is not there, and of the first one some are missing.
    BenchRun part = *bench.run();
    part.header.id = "part";
    part.header.state = RunState::Interrupted;
    part.requests = {};
    std::set<int64_t> kept;
    for (const RequestRecord &record : recordsOf(*bench.run(), true, 0)) {
        if (record.index % 3 != 1) {
            part.requests.append(record);
            kept.insert(record.index);
        }
    }
    QTest::qWait(100); // the mock counts an answer after its last byte
    const int64_t before = mock.answered();
    bench.library.begin(part);
    LoadJob again(part, targetAt(mock), &bench.library);
    again.start();
    QVERIFY(QTest::qWaitFor([&] { return again.isOver(); }, kPatience));
    QCOMPARE(again.runId(), QStringLiteral("part"));
    const auto run = bench.library.benchRun("part");
    QCOMPARE(run->header.state, RunState::Finished);
    std::set<int64_t> indices;
    int64_t last = 0;
    for (size_t i = 0; i < run->requests.size(); ++i) {
        const RequestRecord record = run->requests.at(i);
        QVERIFY(indices.insert(record.index).second);
        if (i < kept.size())
            last = std::max(last, record.ended);
        else
            QVERIFY(record.sent >= last); // its clock goes on
    }
    QCOMPARE(indices.size(), bench.run()->requests.size());
    QTRY_COMPARE(mock.answered() - before, int64_t(indices.size() - kept.size()));
}

void TestLoadJob::unusableEndpoints_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("code");
    QTest::newRow("nothing listens") << "closed" << int(ErrorCode::ServerUnreachable);
    QTest::newRow("another key") << "key" << int(ErrorCode::EndpointWantsKey);
    QTest::newRow("HTML") << "html" << int(ErrorCode::EndpointFailed);
    QTest::newRow("always busy") << "busy" << int(ErrorCode::ServerBusy);
}

void TestLoadJob::unusableEndpoints()
{
    QFETCH(QString, what);
    QFETCH(int, code);
    MockScript script = quickScript();
    if (what == QLatin1String("key"))
        script.key = "the right one";
    if (what == QLatin1String("html"))
        script.fault = MockFault::Html;
    if (what == QLatin1String("busy")) {
        script.fault = MockFault::Status;
        script.status = 429;
    }
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    EndpointTarget target = targetAt(mock);
    target.key = Secret("sk-wrong-0123456789");
    if (what == QLatin1String("closed"))
        mock.stop();
    Bench bench(target, loadPlan());
    bench.job->start();
    QVERIFY(bench.waitOver());
    QCOMPARE(bench.job->state(), JobState::Failed);
    QCOMPARE(int(bench.job->error()->code), code);
    QVERIFY(!bench.job->error()->sentence().empty());
    QVERIFY(bench.job->error()->sentence().find("0123456789") == std::string::npos);
    // The pilot is enough to know it.
    QVERIFY(bench.run()->requests.size() <= size_t(kPilotRequests));
}

void TestLoadJob::failuresAreCountedNotAveraged()
{
    MockScript script = quickScript();
    script.fault = MockFault::ErrorInStream;
    script.faultShare = 0.25;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    BenchPlan plan = loadPlan();
    plan.runs = 40;
    Bench bench(targetAt(mock), plan);
    QVERIFY(bench.finish());
    const auto values = summarize(*bench.run(), pointsOf(plan).front());
    const MetricValue *rate = findValue(values, "error_rate");
    QVERIFY(rate);
    QCOMPARE(rate->estimate.value, 0.25);
    QCOMPARE(findValue(values, "ttft")->estimate.n, size_t(30));
}

// Issue 5, 1: A B C A B C, so that drift hits all alike.
void TestLoadJob::turnsAreTaken()
{
    MockEndpoint first(quickScript()), second(quickScript());
    QVERIFY(first.start() && second.start());
    const auto table = std::make_shared<TurnTable>();
    Bench a(targetAt(first), loadPlan()), b(targetAt(second), loadPlan());
    a.job->takeTurns(table);
    b.job->takeTurns(table);
    a.job->start();
    b.job->start();
    QVERIFY(a.waitOver() && b.waitOver());
    std::vector<std::pair<int64_t, char>> sent;
    for (const MockRequest &request : first.requests())
        sent.emplace_back(request.received, 'a');
    for (const MockRequest &request : second.requests())
        sent.emplace_back(request.received, 'b');
    std::ranges::sort(sent);
    std::string order;
    for (const auto &[at, who] : sent)
        order += who;
    // The pilots, then the first turn with its warm-up, then one request each.
    QCOMPARE(order, std::string("aaabbbaabbababababab"));
    QCOMPARE(recordsOf(*a.run()).size(), size_t(6));
    QCOMPARE(recordsOf(*b.run()).size(), size_t(6));
}

// A server that works on two requests at once: from two in flight on nothing is gained.
void TestLoadJob::sweepEndsWhereTheEndpointIsSaturated()
{
    MockScript script;
    script.ttft = 0.01;
    script.gap = 0.001;
    script.parallel = 2;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    BenchPlan plan = loadPlan({1, 2, 4, 8, 16, 32, 64});
    plan.load->untilSaturated = true;
    plan.load->requests = 40;
    Bench bench(targetAt(mock), plan);
    QVERIFY(bench.finish());
    const auto run = bench.run();
    QVERIFY(!recordsOf(*run, false, 2).empty()); // beyond the knee, to know it
    QVERIFY(recordsOf(*run, false, 6).empty());
    QVERIFY(run->plan == plan); // what was left out is still told
}

QTEST_GUILESS_MAIN(TestLoadJob)
#include "tst_loadjob.moc"
