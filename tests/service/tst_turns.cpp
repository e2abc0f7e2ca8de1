// SPDX-License-Identifier: GPL-3.0-or-later
// Several subjects measured in turn, and endpoints behind the interface of all models.
#include "core/mock/mockendpoint.h"
#include "core/service/endpointbackend.h"
#include "core/service/jobqueue.h"
#include "core/service/jobs.h"
#include "core/service/loadjob.h"
#include "core/service/turnplan.h"

#include <QTest>
#include <QTimer>
#include <algorithm>
#include <set>

using namespace assay;

namespace {

constexpr int kPatience = 30'000; // ms

/// Tells what it is asked, in the order in which all of its kind are.
class RecordingBackend : public Backend
{
public:
    RecordingBackend(char name, std::string &order, std::vector<uint64_t> &seeds, bool fails)
        : m_name(name), m_order(order), m_seeds(seeds), m_fails(fails)
    {
    }
    void open(const std::string &, const std::string &, ProgressFn, Done<LoadSample> done) override
    {
        m_order += char(m_name - 'a' + 'A');
        QTimer::singleShot(1, this, [done = std::move(done)] { done(LoadSample{0.5, 1, true, {}, {}}); });
    }
    void close(Done<bool> done) override
    {
        QTimer::singleShot(0, this, [done = std::move(done)] { done(true); });
    }
    Capabilities capabilities() const override { return {.measure = true}; }
    Environment environment() const override { return {}; }
    void measure(protocol::MeasureRequest request, SampleFn sample, Done<bool> done) override
    {
        m_order += m_name;
        m_seeds.push_back(request.seed);
        QTimer::singleShot(2, this, [=, this] {
            if (m_fails)
                return done(failure(ErrorCode::WorkerDied, {"the reason"}));
            for (int64_t i = 0; i < request.warmup + request.runs; ++i) {
                MeasureSample measured;
                measured.index = i;
                measured.warmup = i < request.warmup;
                measured.promptTokens = request.promptTokens;
                measured.outputTokens = request.outputTokens;
                measured.total = 1;
                sample(measured);
            }
            done(true);
        });
    }
    void tokenize(const std::string &, bool, Done<Tokens>) override {}
    void generate(protocol::GenerateRequest, ChunkFn, Done<protocol::GenerateResult>) override {}
    void generateBatch(std::vector<protocol::GenerateItem>, ChunkFn, Done<protocol::GenerateBatchResult>) override {}
    void score(std::vector<protocol::ScoreItem>, Done<protocol::ScoreResult>) override {}
    void scoreTokens(std::vector<protocol::ScoreItem>, int64_t, TokensFn, Done<protocol::ScoreResult>) override {}
    void logits(const std::vector<int64_t> &, bool, RowsFn, Done<bool>) override {}
    void cancel() override {}

private:
    char m_name;
    std::string &m_order;
    std::vector<uint64_t> &m_seeds;
    bool m_fails;
};

BenchPlan smallPlan()
{
    BenchPlan plan;
    plan.promptTokens = {8};
    plan.outputTokens = {4};
    plan.runs = 3;
    plan.warmup = 2;
    plan.loads = 1;
    return plan;
}

bool allOver(const JobQueue &queue)
{
    return QTest::qWaitFor([&] { return std::ranges::all_of(queue.jobs(), [](const auto &job) { return job->isOver(); }); }, kPatience);
}

std::set<JobState> statesOf(const JobQueue &queue)
{
    std::set<JobState> states;
    for (const auto &job : queue.jobs())
        states.insert(job->state());
    return states;
}

EndpointTarget targetAt(const MockEndpoint &mock)
{
    EndpointTarget target;
    target.url = mock.url();
    target.dialect = "vllm";
    target.model = "mock-model";
    return target;
}

} // namespace

class TestTurns : public QObject
{
    Q_OBJECT
private:
    std::string m_order;
    std::vector<uint64_t> m_seeds;
    TurnTaker bench(char name, RunLibrary &library, const BenchPlan &plan, bool fails = false, std::optional<uint64_t> memory = 1)
    {
        const auto factory = [this, name, fails] { return std::make_unique<RecordingBackend>(name, m_order, m_seeds, fails); };
        const std::string text(1, name);
        return turnTaker(std::make_unique<BenchJob>(SubjectRef{"/models/" + text, text, text}, plan, factory, &library), memory);
    }

private slots:
    void init() { m_order.clear(), m_seeds.clear(); }
    void tableKeepsTheOrder();
    void modelsTakeTurns();
    void oneThatFailsMakesWay();
    void modelAndEndpointTakeTurns();
    void cancelEndsAll();
    void oneThatIsCancelledBeforeMakesWay();
    void modelsThatDoNotFitFollow();
    void theKeyIsAskedForFirst();
    void memoryOfModels();
    void endpointGenerates();
    void endpointSaysWhatItCannot();
};

void TestTurns::tableKeepsTheOrder()
{
    TurnTable table;
    const int a = table.join("a"), b = table.join("b"), c = table.join("c");
    QCOMPARE(table.others(b), (std::vector<std::string>{"a", "c"}));
    std::string order;
    table.ask(b, [&] { order += 'b'; }); // too early
    QCOMPARE(order, std::string());
    table.ask(a, [&] { order += 'a'; });
    QCOMPARE(order, std::string("a"));
    table.ask(c, [&] { order += 'c'; });
    table.pass(b); // not its turn: nothing happens
    QCOMPARE(order, std::string("a"));
    table.pass(a);
    QCOMPARE(order, std::string("ab"));
    table.leave(b); // in the midst of its turn
    QCOMPARE(order, std::string("abc"));
    table.leave(c);
    table.ask(a, [&] { order += 'a'; });
    QCOMPARE(order, std::string("abca"));
    table.leave(a);
    table.leave(a);
}

void TestTurns::modelsTakeTurns()
{
    RunLibrary library{QString()};
    std::vector<TurnTaker> jobs;
    for (const char name : {'a', 'b', 'c'})
        jobs.push_back(bench(name, library, smallPlan()));
    JobQueue queue;
    QCOMPARE(queueInTurn(queue, std::move(jobs), 100), QString());
    QVERIFY(allOver(queue));
    QCOMPARE(statesOf(queue), std::set{JobState::Finished});
    QCOMPARE(m_order, std::string("ABCabcabcabc")); // loaded in turn, too
    for (const auto &run : library.benchRuns()) {
        QCOMPARE(run->samples.size(), size_t(5));
        QCOMPARE(run->header.inTurnWith.size(), size_t(2));
        for (size_t i = 0; i < run->samples.size(); ++i) {
            QCOMPARE(run->samples[i].index, int64_t(i));
            QCOMPARE(run->samples[i].warmup, i < 2);
        }
    }
    // The same prompts for all, others in each turn.
    QCOMPARE(m_seeds[0], m_seeds[1]);
    QVERIFY(m_seeds[0] != m_seeds[3]);
}

void TestTurns::oneThatFailsMakesWay()
{
    RunLibrary library{QString()};
    std::vector<TurnTaker> jobs;
    jobs.push_back(bench('a', library, smallPlan(), true));
    jobs.push_back(bench('b', library, smallPlan()));
    JobQueue queue;
    QCOMPARE(queueInTurn(queue, std::move(jobs), 100), QString());
    QVERIFY(allOver(queue));
    QCOMPARE(queue.jobs()[0]->state(), JobState::Failed);
    QCOMPARE(int(queue.jobs()[0]->error()->code), int(ErrorCode::WorkerDied));
    QCOMPARE(m_order, std::string("ABabbb"));
    QCOMPARE(queue.jobs()[1]->state(), JobState::Finished);
}

void TestTurns::modelAndEndpointTakeTurns()
{
    MockScript script;
    script.ttft = script.gap = 0.001;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RunLibrary library{QString()};
    std::vector<TurnTaker> jobs;
    jobs.push_back(bench('a', library, smallPlan()));
    BenchPlan plan = smallPlan();
    plan.load.emplace();
    auto load = std::make_unique<LoadJob>(SubjectRef{mock.url(), "mock", "endpoint"}, targetAt(mock), plan, &library);
    jobs.push_back(turnTaker(std::move(load), 0));
    JobQueue queue;
    QCOMPARE(queueInTurn(queue, std::move(jobs), 100), QString());
    QVERIFY(allOver(queue));
    QCOMPARE(statesOf(queue), std::set{JobState::Finished});
    QCOMPARE(m_order, std::string("Aaaa"));
    for (const auto &run : library.benchRuns())
        QCOMPARE(run->header.inTurnWith.size(), size_t(1));
}

void TestTurns::cancelEndsAll()
{
    RunLibrary library{QString()};
    BenchPlan plan = smallPlan();
    plan.runs = 100'000;
    std::vector<TurnTaker> jobs;
    for (const char name : {'a', 'b'})
        jobs.push_back(bench(name, library, plan));
    JobQueue queue;
    QCOMPARE(queueInTurn(queue, std::move(jobs), 100), QString());
    QVERIFY(QTest::qWaitFor([&] { return m_order.size() > 10; }, kPatience));
    queue.cancelAll();
    QVERIFY(allOver(queue));
    QCOMPARE(statesOf(queue), std::set{JobState::Cancelled});
    for (const auto &run : library.benchRuns())
        QCOMPARE(run->header.state, RunState::Cancelled);
}

void TestTurns::oneThatIsCancelledBeforeMakesWay()
{
    RunLibrary library{QString()};
    std::vector<TurnTaker> jobs;
    for (const char name : {'a', 'b', 'c'})
        jobs.push_back(bench(name, library, smallPlan()));
    JobQueue queue;
    queueInTurn(queue, std::move(jobs), 100);
    queue.jobs()[0]->cancel(); // it waits still
    QVERIFY(allOver(queue));
    QCOMPARE(m_order, std::string("BCbcbcbc"));
    for (const auto &run : library.benchRuns())
        QCOMPARE(run->header.inTurnWith, std::vector<std::string>{run->header.subject.name == "b" ? "c" : "b"});
}

void TestTurns::modelsThatDoNotFitFollow()
{
    RunLibrary library{QString()};
    for (const std::optional<uint64_t> memory : {std::optional<uint64_t>(51), std::optional<uint64_t>()}) {
        m_order.clear();
        std::vector<TurnTaker> jobs;
        jobs.push_back(bench('a', library, smallPlan(), false, memory));
        jobs.push_back(bench('b', library, smallPlan(), false, memory));
        jobs.push_back(bench('c', library, smallPlan(), false, 0));
        jobs.push_back(bench('d', library, smallPlan(), false, 0));
        JobQueue queue;
        QVERIFY(queueInTurn(queue, std::move(jobs), 101).startsWith(QStringLiteral("One after the other")));
        QVERIFY(allOver(queue));
        QCOMPARE(statesOf(queue), std::set{JobState::Finished});
        QCOMPARE(m_order, std::string("CDcdcdcdAaBb")); // by itself a model is measured in one go
    }
}

void TestTurns::theKeyIsAskedForFirst()
{
    MockScript script;
    script.ttft = script.gap = 0.001;
    script.key = "sk-of-the-test";
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RunLibrary library{QString()};
    BenchPlan plan = smallPlan();
    plan.load.emplace();
    const SubjectRef subject{mock.url(), "mock", "endpoint"};
    std::function<void(Result<Secret>)> answer;
    QPointer<QObject> asking;
    const auto asker = [&](QObject *context, std::function<void(Result<Secret>)> done) { asking = context, answer = std::move(done); };
    // A key store that takes its time: the job says so, writes nothing, and can be cancelled.
    LoadJob never(subject, targetAt(mock), plan, &library);
    never.askKey(asker);
    never.start();
    QCOMPARE(never.state(), JobState::Running);
    QCOMPARE(never.stage(), askingText());
    QVERIFY(asking && library.benchRuns().empty());
    never.cancel();
    QCOMPARE(never.state(), JobState::Cancelled);
    QVERIFY(!asking && library.benchRuns().empty());
    LoadJob load(subject, targetAt(mock), plan, &library);
    load.askKey(asker);
    load.start();
    answer(Secret("sk-of-the-test"));
    QVERIFY(QTest::qWaitFor([&] { return load.isOver(); }, kPatience));
    QCOMPARE(load.state(), JobState::Finished);
    // None: the endpoint says that it wants one; why there is none is in the log.
    LoadJob without(subject, targetAt(mock), plan, &library);
    without.askKey(asker);
    without.start();
    answer(failure(ErrorCode::KeyStoreUnusable, {"it does not answer"}));
    QVERIFY(QTest::qWaitFor([&] { return without.isOver(); }, kPatience));
    QCOMPARE(int(without.error()->code), int(ErrorCode::EndpointWantsKey));
    QVERIFY(without.log().join(u' ').contains(QStringLiteral("it does not answer")));
}

void TestTurns::memoryOfModels()
{
    QVERIFY(freeHostMemory() > 1'000'000);
    Inspection nothing;
    BenchPlan plan;
    plan.device = "cuda";
    QVERIFY(!neededMemory(nothing, plan));
}

void TestTurns::endpointGenerates()
{
    MockScript script;
    script.ttft = script.gap = 0.001;
    script.words = {"one ", "two ", "three "};
    script.reasoningPieces = 2;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    EndpointBackend backend(targetAt(mock));
    QVERIFY(backend.capabilities().generate && !backend.capabilities().score && !backend.capabilities().measure);
    protocol::GenerateRequest request;
    request.prompt = "Count!";
    request.maxTokens = 6;
    std::string pieces;
    std::optional<Result<protocol::GenerateResult>> result;
    backend.generate(request, [&](const protocol::GenerateChunk &chunk) { pieces += chunk.text; }, [&](Result<protocol::GenerateResult> answer) { result = std::move(answer); });
    QVERIFY(QTest::qWaitFor([&] { return result.has_value(); }, kPatience));
    QVERIFY(*result);
    QVERIFY2((*result)->text.starts_with("one two three"), (*result)->text.c_str()); // reasoning is no answer
    QCOMPARE(pieces, (*result)->text);
    QVERIFY((*result)->firstToken > 0 && (*result)->lastToken > (*result)->firstToken);
    request.stop = {"three"};
    result.reset();
    backend.generate(request, {}, [&](Result<protocol::GenerateResult> answer) { result = std::move(answer); });
    QVERIFY(QTest::qWaitFor([&] { return result.has_value(); }, kPatience));
    QCOMPARE((*result)->text, std::string("one two "));
    QCOMPARE((*result)->finish, std::string("stop"));
}

void TestTurns::endpointSaysWhatItCannot()
{
    EndpointTarget target;
    target.url = "http://127.0.0.1:9";
    target.dialect = "vllm";
    EndpointBackend backend(target);
    std::vector<ErrorCode> codes;
    const auto take = [&](const auto &result) { codes.push_back(result ? ErrorCode::Count_ : result.error().code); };
    backend.score({}, take);
    backend.logits({}, false, {}, take);
    backend.tokenize("", true, take);
    backend.measure({}, {}, take);
    protocol::GenerateRequest sampled;
    sampled.topK = 3;
    backend.generate(sampled, {}, take);
    backend.generate({}, {}, take); // nothing listens there
    QVERIFY(QTest::qWaitFor([&] { return codes.size() == 6; }, kPatience));
    QCOMPARE(std::count(codes.begin(), codes.end(), ErrorCode::WrongTask), 4);
    QCOMPARE(std::count(codes.begin(), codes.end(), ErrorCode::BadParameters), 1);
    QCOMPARE(std::count(codes.begin(), codes.end(), ErrorCode::ServerUnreachable), 1);
}

QTEST_GUILESS_MAIN(TestTurns)
#include "tst_turns.moc"
