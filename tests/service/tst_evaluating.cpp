// SPDX-License-Identifier: GPL-3.0-or-later
// How a suite is asked: samples, limits, pauses, windows of texts; endpoints over real sockets. What becomes of failures: tst_resuming.
#include "core/evaluate/lettersuite.h"
#include "core/service/endpointanswer.h"
#include "core/service/evaluationestimate.h"
#include "tests/service/evaluationtesting.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

using namespace assay;

namespace {

/// How many requests the mock worked on at once, at most.
int64_t mostInFlight(const std::vector<MockRequest> &requests)
{
    std::vector<std::pair<int64_t, int>> moments;
    for (const MockRequest &request : requests) {
        moments.emplace_back(request.received, 1);
        moments.emplace_back(request.ended, -1);
    }
    std::sort(moments.begin(), moments.end());
    int64_t now = 0, most = 0;
    for (const auto &[moment, change] : moments)
        most = std::max(most, now += change);
    return most;
}

} // namespace

class TestEvaluating : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { QTest::qWait(10); }
    void seedsTellSamplesApart();
    void orderOfAsking();
    void planIsOnTheCard();
    void llamaWindows();
    void stridedWindows();
    void cutNames();
    void textIsScoredInWindows();
    void samplesAreRows();
    void pauseAndGoOn();
    void pilotTellsOfTheRest();
    void sixteenInFlight();
    void reasoningStandsApart();
    void hugeAnswersWithControlCharacters();
    void moneyEndsTheRun();
    void choicesAtAChatEndpoint();
    void finishesInOurWords_data();
    void finishesInOurWords();
};

void TestEvaluating::seedsTellSamplesApart()
{
    std::set<uint64_t> seeds;
    for (const char *id : {"a", "b", "ab", ""}) {
        for (int64_t sample = 0; sample < 50; ++sample) {
            for (const uint64_t seed : {0, 1, 2}) {
                const uint64_t made = sampleSeed(seed, id, sample);
                QVERIFY(made < (uint64_t(1) << 31)); // what every server takes
                QCOMPARE(made, sampleSeed(seed, id, sample));
                seeds.insert(made);
            }
        }
    }
    QCOMPARE(seeds.size(), size_t(4 * 50 * 3)); // 600 of 2^31: two alike have a chance of 1 in 12,000
}

void TestEvaluating::orderOfAsking()
{
    Suite suite;
    suite.items = {sum(1, 2), choice("small", 0, "?"), choice("large", 0, "A long question?"), sum(3, 4)};
    EvaluationPlan plan;
    plan.samples = 2;
    const std::vector<AskedRow> all = rowsToAsk(suite, plan);
    // The largest of those with choices first, each once; then the others as they stand, each twice.
    QCOMPARE(all, (std::vector<AskedRow>{{2, 0}, {1, 0}, {0, 0}, {0, 1}, {3, 0}, {3, 1}}));
    QCOMPARE(rowCount(suite, plan), int64_t(6));
    const std::vector<AskedRow> missing = rowsToAsk(suite, plan, {{"large", 0}, {"1+2", 1}, {"3+4", 0}});
    QCOMPARE(missing, (std::vector<AskedRow>{{1, 0}, {0, 0}, {3, 1}}));
    plan.items = 1;
    QCOMPARE(rowsToAsk(suite, plan), (std::vector<AskedRow>{{0, 0}, {0, 1}}));
}

void TestEvaluating::planIsOnTheCard()
{
    EvaluationPlan plan;
    plan.dtype = "bf16";
    plan.batch = 4;
    plan.samples = 3;
    plan.temperature = 0.6;
    plan.topP = 0.95;
    plan.seed = 11;
    plan.items = 5;
    plan.thinking = "low";
    plan.maxTokens = 48;
    plan.templateName = "tool_use";
    plan.text = {1024, 256};
    Suite suite = *wordSuite(8);
    suite.items[0].asking = Asking::Text;
    const EvaluationProtocol card = protocolOf(suite, plan);
    QCOMPARE(card.suiteItems, uint64_t(5));
    QCOMPARE(card.textCut, std::string("stride 256 of 1024"));
    const EvaluationPlan again = planOf(card);
    QCOMPARE(again.dtype, plan.dtype);
    QCOMPARE(again.batch, plan.batch);
    QCOMPARE(again.samples, plan.samples);
    QCOMPARE(again.temperature, plan.temperature);
    QCOMPARE(again.topP, plan.topP);
    QCOMPARE(again.seed, plan.seed);
    QCOMPARE(again.items, plan.items);
    QCOMPARE(again.thinking, plan.thinking);
    QVERIFY(again.text == plan.text);
    QVERIFY(!again.chat);
    QCOMPARE(again.maxTokens, plan.maxTokens);
    QCOMPARE(again.templateName, plan.templateName);
    // A card as earlier versions wrote it: the hash alone says that there was a template.
    plan.chat = true;
    auto old = toJson(protocolOf(suite, plan));
    QVERIFY(planOf(*evaluationProtocolFromJson(old)).chat);
    old.erase("chat");
    QVERIFY(!evaluationProtocolFromJson(old)->chat);
    old["chat_template"] = "0a1b";
    QVERIFY(evaluationProtocolFromJson(old)->chat);
}

/// evaluation.md 3.2: context 512, the first token of each window replaced by the begin token, 255 scored of each 512.
void TestEvaluating::llamaWindows()
{
    std::vector<int64_t> tokens(1100);
    std::iota(tokens.begin(), tokens.end(), 1000);
    const auto windows = textWindows(tokens, 1, {512, 0});
    QCOMPARE(windows.size(), size_t(2)); // 1,101 tokens with the begin token: two whole windows
    for (size_t i = 0; i < 2; ++i) {
        QCOMPARE(windows[i].context.size(), size_t(257));
        QCOMPARE(windows[i].scored.size(), size_t(255));
        QCOMPARE(windows[i].context.front(), int64_t(1));
        // Behind the begin token everything stands one place later.
        QCOMPARE(windows[i].scored.front(), int64_t(1000 + 512 * i + 256));
        QCOMPARE(windows[i].scored.back(), int64_t(1000 + 512 * i + 510));
    }
    QCOMPARE(windows[1].context[1], int64_t(1000 + 512));
    QVERIFY(textWindows(std::span(tokens).first(1022), 1, {512, 0}).empty()); // 1,023: fewer than two contexts
    QCOMPARE(textWindows(std::span(tokens).first(1023), 1, {512, 0}).size(), size_t(2));
    const auto without = textWindows(tokens, std::nullopt, {512, 0});
    QCOMPARE(without.front().context.front(), int64_t(1000));
    QCOMPARE(without.front().scored.front(), int64_t(1257));
}

void TestEvaluating::stridedWindows()
{
    std::vector<int64_t> tokens(100);
    std::iota(tokens.begin(), tokens.end(), 0);
    for (const int64_t stride : {1, 7, 15, 400}) {
        std::vector<int64_t> scored;
        for (const TextWindow &window : textWindows(tokens, 77, {16, stride})) {
            QVERIFY(window.context.size() + window.scored.size() <= 16);
            QCOMPARE(window.context.front(), int64_t(77));
            // What is scored follows what stands before it.
            if (window.context.size() > 1)
                QCOMPARE(window.context.back() + 1, window.scored.front());
            scored.insert(scored.end(), window.scored.begin(), window.scored.end());
        }
        QCOMPARE(scored, tokens); // each once
    }
    QVERIFY(textWindows({}, 77, {16, 4}).empty());
    QVERIFY(textWindows(tokens, std::nullopt, {16, 4}).front().context.empty());
}

void TestEvaluating::cutNames()
{
    for (const TextCut &cut : {TextCut{512, 0}, TextCut{2048, 1}, TextCut{64, 63}})
        QVERIFY(cutFromName(cutName(cut)) == cut);
    for (const char *bad : {"", "llama.cpp", "llama.cpp x", "llama.cpp 0", "stride 4", "stride of 3", "stride 4 of ", "stride -1 of 8", "stride 99999999999999999999 of 8"})
        QVERIFY2(!cutFromName(bad), bad);
}

void TestEvaluating::textIsScoredInWindows()
{
    RunLibrary library{QString()};
    SuiteItem text = sum(1, 2);
    text.id = "text";
    text.asking = Asking::Text;
    text.prompt = "two words";
    EvaluationPlan plan;
    const auto refused = evaluateJob(library, {text}, {}, plan);
    finish(*refused);
    // The fake worker makes two tokens of everything, fewer than two contexts: told, not cut to what is there.
    QCOMPARE(rowsOf(library).at({"text", 0}).judged.outcome, Outcome::Error);
    QVERIFY(rowsOf(library).at({"text", 0}).given.error.find("--stride") != std::string::npos);
    plan.text = {2, 1};
    finish(*evaluateJob(library, {text}, {}, plan));
    const ItemResult row = rowsOf(library).at({"text", 0});
    QVERIFY2(row.given.error.empty(), row.given.error.c_str());
    QCOMPARE(row.given.text.bytes, int64_t(9));
    QCOMPARE(row.given.text.words, int64_t(2));
    QCOMPARE(library.evaluationRuns().front()->protocol.textCut, std::string("stride 1 of 2"));
}

void TestEvaluating::samplesAreRows()
{
    RunLibrary library{QString()};
    EvaluationPlan plan;
    plan.samples = 3;
    plan.temperature = 0.7;
    plan.batch = 2;
    finish(*evaluateJob(library, {sum(1, 2), choice("c", 1), sum(3, 4)}, {}, plan));
    const auto rows = rowsOf(library);
    QCOMPARE(rows.size(), size_t(7));
    for (const char *id : {"1+2", "3+4"}) {
        for (int64_t sample = 0; sample < 3; ++sample)
            QCOMPARE(rows.at({id, sample}).judged.outcome, Outcome::Right);
    }
    QCOMPARE(library.evaluationRuns().front()->protocol.samples, int64_t(3));
    QCOMPARE(library.evaluationRuns().front()->protocol.temperature, 0.7);
    QCOMPARE(library.evaluationRuns().front()->protocol.prefix, std::string("a x 1").substr(0, 1)); // the fake worker's first token
}

void TestEvaluating::pauseAndGoOn()
{
    MockEndpoint mock(yesScript());
    QVERIFY(mock.start());
    RunLibrary library{QString()};
    EvaluationPlan plan;
    plan.inFlight = 2;
    const auto job = endpointJob(library, targetAt(mock.url()), wordSuite(40), plan);
    job->start();
    QVERIFY(QTest::qWaitFor([&] { return library.evaluationRuns().front()->items.size() >= 4; }, kPatience));
    job->setPaused(true);
    QVERIFY(QTest::qWaitFor([&] { return mock.answered() == int64_t(library.evaluationRuns().front()->items.size()); }, kPatience));
    QTest::qWait(100);
    const int64_t asked = mock.answered();
    QVERIFY(asked < 40);
    QTest::qWait(150); // many answers' time
    QCOMPARE(mock.answered(), asked);
    job->setPaused(false);
    QVERIFY(waitOver(*job));
    QCOMPARE(job->state(), JobState::Finished);
    QCOMPARE(rowsOf(library).size(), size_t(40));
    QCOMPARE(mock.answered(), int64_t(40));
}

void TestEvaluating::pilotTellsOfTheRest()
{
    EvaluationPace pace;
    Answer answer;
    answer.promptTokens = 100;
    answer.outputTokens = 10;
    for (int i = 0; i < 20; ++i)
        pace.add(answer);
    pace.seconds = 10;
    // 980 more: 49 times as much. 98,000 * 1 + 9,800 * 2 per million = 0.1176.
    const std::string text = restText(pace, 1000, Prices{1, 2, 1, "USD"});
    for (const char *part : {"20 of 1,000", "98,000 prompt tokens", "9,800 output tokens", "0.118 USD", "8 min"})
        QVERIFY2(text.find(part) != std::string::npos, text.c_str());
    RunLibrary library{QString()};
    std::vector<SuiteItem> items;
    for (int i = 0; i < 30; ++i)
        items.push_back(sum(i, 1));
    const auto job = evaluateJob(library, items);
    QSignalSpy told(job.get(), &EvaluateJob::estimated);
    finish(*job);
    QCOMPARE(told.size(), 1);
    QVERIFY(told.front().front().toString().contains(QStringLiteral("20 of 30")));
}

void TestEvaluating::sixteenInFlight()
{
    MockScript script = yesScript();
    script.ttft = 0.05;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RunLibrary library{QString()};
    const auto job = endpointJob(library, targetAt(mock.url()), wordSuite(80));
    finish(*job);
    QCOMPARE(rowsOf(library).size(), size_t(80));
    QCOMPARE(mostInFlight(mock.requests()), int64_t(16));
    QCOMPARE(library.evaluationRuns().front()->protocol.chatTemplate, std::string("endpoint"));
    for (const auto &[key, row] : rowsOf(library)) {
        QCOMPARE(row.judged.outcome, Outcome::Right);
        QCOMPARE(row.given.tries, int64_t(1));
    }
}

void TestEvaluating::reasoningStandsApart()
{
    MockScript script = yesScript();
    script.reasoningPieces = 3;
    script.words = {"yes"};
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RunLibrary library{QString()};
    auto suite = wordSuite(1);
    suite->maxTokens = 64;
    finish(*endpointJob(library, targetAt(mock.url()), suite));
    const ItemResult row = rowsOf(library).at({"w0", 0});
    QVERIFY(!row.given.reasoning.empty());
    QCOMPARE(row.given.output, std::string("yes"));
    QCOMPARE(row.judged.outcome, Outcome::Right);
}

void TestEvaluating::hugeAnswersWithControlCharacters()
{
    MockScript script = yesScript();
    script.pieces = 10;
    script.words = {std::string(1 << 20, 'x') + "\x01\x1b[31m\t"};
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("runs.sqlite"));
    auto suite = wordSuite(1);
    suite->maxTokens = 64;
    {
        RunLibrary library{file};
        finish(*endpointJob(library, targetAt(mock.url()), suite));
    }
    RunLibrary again{file};
    again.load();
    QVERIFY(QTest::qWaitFor([&] { return again.isLoaded(); }, kPatience));
    const ItemResult row = rowsOf(again).at({"w0", 0});
    QVERIFY2(row.given.error.empty(), row.given.error.c_str());
    QVERIFY(row.given.output.size() >= size_t(10) << 20);
    QVERIFY(row.given.output.find("\x01\x1b[31m") != std::string::npos);
}

void TestEvaluating::moneyEndsTheRun()
{
    MockEndpoint mock(yesScript());
    QVERIFY(mock.start());
    RunLibrary library{QString()};
    EvaluationPlan plan;
    plan.prices = Prices{1000, 1000, 1000, "USD"};
    plan.limits.money = 0.5; // 500 tokens
    plan.retries = 0;
    plan.inFlight = 2;
    const auto job = endpointJob(library, targetAt(mock.url()), wordSuite(200), plan);
    finish(*job);
    QCOMPARE(job->limit(), PlanLimit::Money);
    int64_t tokens = 0;
    for (const auto &[key, row] : rowsOf(library))
        tokens += row.given.promptTokens + row.given.outputTokens;
    QVERIFY2(tokens > 0 && tokens <= 500, QByteArray::number(qint64(tokens)).constData());
    QVERIFY(rowsOf(library).size() < 200);
}

void TestEvaluating::choicesAtAChatEndpoint()
{
    MockScript script = yesScript();
    script.words = {"Answer: B"};
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    Suite suite;
    suite.name = "choices";
    suite.fingerprint = "choices-print";
    suite.items = {choice("c1", 1), choice("c2", 0)};
    RunLibrary library{QString()};
    const auto refused = endpointJob(library, targetAt(mock.url()), std::make_shared<const Suite>(suite));
    finish(*refused);
    QCOMPARE(refused->state(), JobState::Failed);
    QCOMPARE(refused->error()->code, ErrorCode::WrongTask);
    QVERIFY(refused->error()->sentence().find("--letters") != std::string::npos);
    QCOMPARE(mock.answered(), int64_t(1)); // whether its completions echo prompts with log-probabilities
    const Suite letters = lettersOf(suite);
    QVERIFY(letters.name != suite.name && letters.fingerprint != suite.fingerprint); // another metric
    finish(*endpointJob(library, targetAt(mock.url()), std::make_shared<const Suite>(letters)));
    QCOMPARE(rowsOf(library).at({"c1", 0}).judged.outcome, Outcome::Right);
    QCOMPARE(rowsOf(library).at({"c2", 0}).judged.outcome, Outcome::Wrong);
    QCOMPARE(rowsOf(library).at({"c1", 0}).expected, std::string("B"));
}

void TestEvaluating::finishesInOurWords_data()
{
    QTest::addColumn<QString>("told");
    QTest::addColumn<QString>("finish");
    QTest::newRow("OpenAI's filter") << QStringLiteral("content_filter") << QStringLiteral("refused");
    QTest::newRow("Anthropic's refusal") << QStringLiteral("refusal") << QStringLiteral("refused");
    QTest::newRow("Anthropic's limit") << QStringLiteral("max_tokens") << QStringLiteral("length");
    QTest::newRow("Anthropic's end") << QStringLiteral("end_turn") << QStringLiteral("stop");
    QTest::newRow("TGI's end") << QStringLiteral("eos_token") << QStringLiteral("stop");
    QTest::newRow("not told") << QString() << QString();
    QTest::newRow("something new") << QStringLiteral("weather") << QStringLiteral("weather");
}

void TestEvaluating::finishesInOurWords()
{
    QFETCH(QString, told);
    QFETCH(QString, finish);
    RequestRecord record;
    record.text = "thinking\n\n42\nand more";
    record.chunks = {{0, 0, Channel::Reasoning, 8, 0}, {1, 1, Channel::Answer, uint32_t(record.text.size() - 8), 0}};
    record.finish = told.toStdString();
    record.status = 200;
    const Answer answer = answerOf(record, {}, 2);
    QCOMPARE(QString::fromStdString(answer.finish), finish);
    QCOMPARE(answer.reasoning, std::string("thinking"));
    QCOMPARE(answer.tries, int64_t(2));
    // A stop text ends the answer, not the blank lines behind the reasoning.
    QCOMPARE(answerOf(record, {"\n"}, 1).output, std::string("\n\n42"));
    record.failure = Failure::Rejected;
    record.detail = "The response was filtered due to the content management policy";
    QCOMPARE(answerOf(record, {}, 1).finish, std::string("refused"));
    record.detail = "no such field";
    QVERIFY(!answerOf(record, {}, 1).error.empty());
    QCOMPARE(answerOf(record, {}, 1).failure, Failure::Rejected);
}

QTEST_GUILESS_MAIN(TestEvaluating)
#include "tst_evaluating.moc"
