// SPDX-License-Identifier: GPL-3.0-or-later
// Log-likelihoods of endpoints that echo their prompts, over real sockets.
#include "core/endpoint/echo.h"
#include "core/evaluate/statistics/significance.h"
#include "tests/service/echoserver.h"
#include "tests/service/evaluationtesting.h"

#include <QTest>

using namespace assay;

namespace {

SuiteItem choiceItem(const std::string &id, const std::string &prompt, const std::vector<std::string> &choices, int64_t right)
{
    SuiteItem item;
    item.id = id;
    item.asking = Asking::Choice;
    item.prompt = prompt;
    item.choices = choices;
    item.answerIndex = int(right);
    return item;
}

std::shared_ptr<Suite> choiceSuite(int items)
{
    auto suite = std::make_shared<Suite>();
    suite->name = "choices";
    suite->scorer.name = "acc";
    for (int i = 0; i < items; ++i)
        suite->items.push_back(choiceItem("c" + std::to_string(i), "Question " + std::to_string(i) + " of many: the answer is", {" one thing", " another thing", " neither"}, i % 3));
    settle(*suite);
    return suite;
}

double worthOf(const SuiteItem &item, size_t choice)
{
    return EchoServer::sum(QString::fromStdString(item.prompt), QString::fromStdString(item.choices[choice]));
}

} // namespace

class TestEchoScoring : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { QTest::qWait(10); }
    void vllmsAnswer();
    void choicesAreScored_data();
    void choicesAreScored();
    void textsAreScoredInPieces();
    void saidWhereItIsNotGiven_data();
    void saidWhereItIsNotGiven();
    void busyServersAreAskedAgain();
    void limitsAreKeptAndRunsGoOn();
    void withoutContext();
    void splitsAtBlanks();
};

/// What vLLM 0.16.0 answered to this prompt (llama.cpp's pull request 15189, comment of 1 March 2026), its lists of likeliest tokens cut to two.
void TestEchoScoring::vllmsAnswer()
{
    const char *const body = R"({"id":"cmpl-8c16f81d43846721","object":"text_completion","created":1772367069,"model":"Intel/Qwen3-Coder-Next-int4-AutoRound","choices":[{"index":0,
"text":"The step of boiling water is: 1","logprobs":{"text_offset":[0,3,8,11,19,25,28,29,30],
"token_logprobs":[null,-8.818763732910156,-1.552642822265625,-13.55989933013916,-2.0115487575531006,-2.2331151962280273,-8.53701114654541,-1.2870503664016724,-0.41059786081314087],
"tokens":["The"," step"," of"," boiling"," water"," is",":"," ","1"],
"top_logprobs":[null,{" step":-8.818763732910156," is":-0.7875133752822876},{" of":-1.552642822265625," in":-1.740142822265625},null,null,null,null,null,null]}}]})";
    const EchoReading reading = readEcho(body);
    QVERIFY(reading.prompt && !reading.why);
    QCOMPARE(reading.prompt->logProbabilities.size(), size_t(8)); // without the token that was written
    QVERIFY(std::isnan(reading.prompt->logProbabilities[0]));
    QCOMPARE(reading.prompt->first, std::string("The"));
    QVERIFY(!reading.prompt->likeliest[1] && reading.prompt->likeliest[2]);
    // "The step of" is three tokens: what follows it up to the blank are five.
    const EchoScoring scoring = scoreBehind(*reading.prompt, 3);
    QVERIFY(scoring.score && scoring.score->tokens == 5);
    QCOMPARE(scoring.score->logLikelihood, -13.55989933013916 - 2.0115487575531006 - 2.2331151962280273 - 8.53701114654541 - 1.2870503664016724);
    QVERIFY(!scoreBehind(*reading.prompt, 0).score && !scoreBehind(*reading.prompt, 8).score);
}

void TestEchoScoring::choicesAreScored_data()
{
    QTest::addColumn<bool>("beginToken");
    QTest::newRow("without a begin token") << false;
    QTest::newRow("with one") << true;
}

void TestEchoScoring::choicesAreScored()
{
    QFETCH(bool, beginToken);
    EchoServer server(EchoServer::Way::Whole, beginToken);
    RunLibrary library{QString()};
    const auto suite = choiceSuite(30);
    const auto job = endpointJob(library, targetAt(server.url(), "openai-chat"), suite);
    finish(*job);
    QVERIFY2(job->state() == JobState::Finished, job->error() ? job->error()->sentence().c_str() : "");
    const auto rows = rowsOf(library);
    QCOMPARE(rows.size(), size_t(30));
    int64_t tries = 0;
    for (const SuiteItem &item : suite->items) {
        const ItemResult &row = rows.at({item.id, 0});
        QCOMPARE(row.given.choices.size(), size_t(3));
        size_t best = 0;
        for (size_t i = 0; i < 3; ++i) {
            QVERIFY(std::abs(row.given.choices[i].logLikelihood - worthOf(item, i)) < 1e-9);
            QCOMPARE(row.given.choices[i].tokens, int64_t(i < 2 ? 2 : 1));
            best = worthOf(item, i) > worthOf(item, best) ? i : best;
        }
        QCOMPARE(row.given.promptTokens, int64_t(7 + beginToken));
        QCOMPARE(row.judged.outcome, int(best) == item.answerIndex ? Outcome::Right : Outcome::Wrong);
        tries += row.given.tries;
    }
    QCOMPARE(tries, int64_t(30 * 4)); // each choice, and each prompt once
    QCOMPARE(server.requests.load(), 30 * 4 + 1); // and whether it is given at all
    QCOMPARE(library.evaluationRuns().front()->protocol.chatTemplate, std::string()); // completions take it as it stands
}

void TestEchoScoring::textsAreScoredInPieces()
{
    EchoServer server;
    RunLibrary library{QString()};
    auto suite = std::make_shared<Suite>();
    suite->name = "text";
    suite->scorer.name = "perplexity";
    SuiteItem item;
    item.id = "t";
    item.asking = Asking::Text;
    for (int i = 0; i < 1500; ++i)
        item.prompt += (i > 0 ? i % 97 == 0 ? "  " : " " : "") + std::string("w") + std::to_string(i % 211);
    suite->items = {item};
    settle(*suite);
    const auto job = endpointJob(library, targetAt(server.url(), "openai-completions"), suite);
    finish(*job);
    QVERIFY2(job->state() == JobState::Finished, job->error() ? job->error()->sentence().c_str() : "");
    const auto run = library.evaluationRuns().front();
    QCOMPARE(run->protocol.textCut, std::string("echo 2000 bytes behind 2000"));
    const TextLikelihood &text = run->items[0].given.text;
    const QString whole = QString::fromStdString(item.prompt);
    const QStringList tokens = EchoServer::tokensOf(whole);
    QCOMPARE(text.tokens, int64_t(tokens.size() - 1)); // each but the first, once
    QCOMPARE(text.bytes, int64_t(item.prompt.size() - 2));
    QCOMPARE(text.words, int64_t(1499));
    QVERIFY(std::abs(text.logLikelihood - EchoServer::sum(tokens.front(), whole.mid(2))) < 1e-6);
    QVERIFY(text.squares > 0);
}

void TestEchoScoring::saidWhereItIsNotGiven_data()
{
    QTest::addColumn<int>("way");
    QTest::addColumn<QString>("words");
    QTest::newRow("refuses") << int(EchoServer::Way::Refuses) << QStringLiteral("Only no echo is supported");
    // llama.cpp's issue 27174: every choice would be worth the same, and a score of chance come out.
    QTest::newRow("only its own tokens") << int(EchoServer::Way::OnlyTheAnswer) << QStringLiteral("not of the prompt's");
    QTest::newRow("no log-probabilities") << int(EchoServer::Way::NoLogProbabilities) << QStringLiteral("tells no log-probabilities");
}

void TestEchoScoring::saidWhereItIsNotGiven()
{
    QFETCH(int, way);
    QFETCH(QString, words);
    EchoServer server{EchoServer::Way(way)};
    RunLibrary library{QString()};
    const auto job = endpointJob(library, targetAt(server.url()), choiceSuite(3));
    finish(*job);
    QCOMPARE(job->state(), JobState::Failed);
    QCOMPARE(job->error()->code, ErrorCode::WrongTask);
    QVERIFY2(job->error()->sentence().find("--letters") != std::string::npos, job->error()->sentence().c_str());
    QVERIFY2(job->log().join(u'\n').contains(words), qPrintable(job->log().join(u'\n')));
    QVERIFY(library.evaluationRuns().front()->items.empty());
    QCOMPARE(server.requests.load(), 1);
}

void TestEchoScoring::busyServersAreAskedAgain()
{
    EchoServer server;
    const EndpointTarget target = targetAt(server.url());
    server.busy = 2;
    const auto answers = scoreByEcho(target, {{"a b", " c"}}, {1, 4});
    QCOMPARE(answers.size(), size_t(1));
    QVERIFY2(answers[0].error.empty(), answers[0].error.c_str());
    QCOMPARE(answers[0].tries, int64_t(4));
    server.busy = 1000;
    const auto none = scoreByEcho(target, {{"a b", " c"}}, {1, 0});
    QCOMPARE(none[0].failure, Failure::RateLimited);
    QVERIFY(!none[0].error.empty() && std::isnan(none[0].logLikelihood));
}

void TestEchoScoring::limitsAreKeptAndRunsGoOn()
{
    EchoServer server;
    RunLibrary library{QString()};
    const auto suite = choiceSuite(10);
    EvaluationPlan plan;
    plan.retries = 0;
    plan.limits.requests = 30; // of which an item takes up to seven in the worst case
    const auto first = endpointJob(library, targetAt(server.url()), suite, plan);
    finish(*first);
    QCOMPARE(first->limit(), PlanLimit::Requests);
    const size_t there = library.evaluationRuns().front()->items.size();
    QVERIFY(there > 0 && there < 10 && server.requests.load() <= 30);
    const auto second = endpointJob(library, targetAt(server.url()), suite);
    second->resume(*library.evaluationRuns().front());
    finish(*second);
    QCOMPARE(second->state(), JobState::Finished);
    QCOMPARE(rowsOf(library).size(), size_t(10));
}

/// What a text is worth by itself is told only where the server puts a begin token before it.
void TestEchoScoring::withoutContext()
{
    EchoServer bare, begun(EchoServer::Way::Whole, true);
    QVERIFY(!scoreByEcho(targetAt(bare.url()), {{{}, "alone here"}}, {})[0].error.empty());
    const EchoAnswer told = scoreByEcho(targetAt(begun.url()), {{{}, "alone here"}}, {})[0];
    QVERIFY2(told.error.empty(), told.error.c_str());
    QCOMPARE(told.tokens, int64_t(2));
    QVERIFY(std::abs(told.logLikelihood - EchoServer::sum({}, QStringLiteral("alone here"))) < 1e-9);
}

void TestEchoScoring::splitsAtBlanks()
{
    EchoServer server;
    const auto answers = scoreByEcho(targetAt(server.url()), {{"a b ", "c"}, {"a b", " c"}}, {});
    QCOMPARE(answers[0].logLikelihood, answers[1].logLikelihood);
    QCOMPARE(answers[0].tokens, int64_t(1));
}

QTEST_GUILESS_MAIN(TestEchoScoring)
#include "tst_echoscoring.moc"
