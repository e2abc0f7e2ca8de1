// SPDX-License-Identifier: GPL-3.0-or-later
// Asking an endpoint what it is, over real sockets.
#include "loadtesting.h"

#include "core/endpoint/probe.h"
#include "core/endpoint/proberules.h"
#include "core/mock/mockendpoint.h"

#include <QTest>
#include <algorithm>

using namespace assay;

Q_DECLARE_METATYPE(assay::MockServer)

class TestProbe : public QObject
{
    Q_OBJECT
private slots:
    void serversAreKnown_data();
    void serversAreKnown();
    void onlyQuestionsThatChangeNothing();
    void keysAreAskedFor();
    void nothingThere();
    void aStopIsHeard();
    void answersThatAreNone_data();
    void answersThatAreNone();
    void redirectsElsewhereAreNotFollowed();

private:
    static Result<EndpointFacts> probe(const MockEndpoint &mock, const std::string &key = {}, const std::string &base = {})
    {
        EndpointTarget target;
        target.url = mock.url() + base;
        target.key = Secret(key);
        return probeEndpoint(target);
    }
};

void TestProbe::serversAreKnown_data()
{
    QTest::addColumn<MockServer>("server");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<QString>("base");
    QTest::newRow("vllm") << MockServer::Vllm << "vllm" << "vllm" << "";
    QTest::newRow("vllm, by its API's base") << MockServer::Vllm << "vllm" << "vllm" << "/v1";
    QTest::newRow("sglang") << MockServer::SgLang << "sglang" << "sglang" << "";
    QTest::newRow("llama.cpp") << MockServer::LlamaCpp << "llamacpp" << "llamacpp" << "/v1";
    QTest::newRow("tgi") << MockServer::Tgi << "tgi" << "tgi" << "";
    QTest::newRow("ollama") << MockServer::Ollama << "ollama" << "ollama" << "";
    QTest::newRow("ollama, by OpenAI's base") << MockServer::Ollama << "ollama" << "ollama" << "/v1";
    QTest::newRow("lm studio") << MockServer::LmStudio << "lmstudio" << "lmstudio" << "/v1";
    QTest::newRow("deepseek") << MockServer::DeepSeek << "deepseek" << "deepseek" << "";
    QTest::newRow("azure") << MockServer::Azure << "azure" << "azure" << "";
    QTest::newRow("azure, by a deployment") << MockServer::Azure << "azure" << "azure" << "/openai/deployments/mock-model?api-version=2024-06-01";
    QTest::newRow("anthropic") << MockServer::Anthropic << "anthropic" << "anthropic" << "";
}

void TestProbe::serversAreKnown()
{
    QFETCH(MockServer, server);
    QFETCH(QString, name);
    QFETCH(QString, dialect);
    QFETCH(QString, base);
    MockScript script;
    script.server = server;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const auto facts = probe(mock, {}, base.toStdString());
    QVERIFY2(facts, facts ? "" : facts.error().sentence().c_str());
    QCOMPARE(QString::fromStdString(facts->server), name);
    QCOMPARE(QString::fromStdString(facts->dialect), dialect);
    QCOMPARE(facts->models, std::vector<std::string>{script.model});
    QCOMPARE(QString::fromStdString(facts->model), QString::fromStdString(script.model));
    QVERIFY(!modelIsUnlisted(*facts));
    EndpointFacts other = *facts;
    other.model = "another";
    QCOMPARE(modelIsUnlisted(other), server != MockServer::Azure);
    QVERIFY(facts->roundTrip && *facts->roundTrip > 0);
    QVERIFY(!facts->keySent);
}

void TestProbe::onlyQuestionsThatChangeNothing()
{
    MockEndpoint mock;
    QVERIFY(mock.start());
    QVERIFY(probe(mock));
    QVERIFY(!mock.requests().empty());
    for (const MockRequest &request : mock.requests()) {
        const auto &questions = probeQuestions();
        QVERIFY2(std::any_of(questions.begin(), questions.end(),
                             [&](const ProbeQuestion &question) { return request.method == question.method && request.path == question.path; }),
                 (request.method + " " + request.path).c_str());
    }
}

void TestProbe::keysAreAskedFor()
{
    MockScript script;
    script.server = MockServer::OpenAi;
    script.key = "sk-the-only-right-one";
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const auto without = probe(mock);
    QVERIFY(!without && without.error().code == ErrorCode::EndpointWantsKey);
    const auto wrong = probe(mock, "sk-some-wrong-one");
    QVERIFY(!wrong && wrong.error().code == ErrorCode::EndpointWantsKey);
    QVERIFY(wrong.error().sentence() != without.error().sentence()); // whether one was sent is said
    QVERIFY(wrong.error().sentence().find("sk-some") == std::string::npos);
    const auto right = probe(mock, script.key);
    QVERIFY(right && right->keySent);
    for (const ProbeAnswer &answer : right->answers)
        QVERIFY(answer.body.find(script.key) == std::string::npos && answer.detail.find(script.key) == std::string::npos);
}

void TestProbe::nothingThere()
{
    MockEndpoint mock;
    QVERIFY(mock.start());
    const auto elsewhere = probe(mock, {}, "/somewhere/else");
    QVERIFY(!elsewhere && elsewhere.error().code == ErrorCode::NoEndpointThere);
    EndpointTarget target;
    target.url = "http://127.0.0.1:1";
    const auto closed = probeEndpoint(target);
    QVERIFY(!closed && closed.error().code == ErrorCode::ServerUnreachable);
    target.url = "ftp://host";
    const auto wrong = probeEndpoint(target);
    QVERIFY(!wrong);
}

void TestProbe::aStopIsHeard()
{
    MockScript script;
    script.fault = MockFault::Silent;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    EndpointTarget target;
    target.url = mock.url();
    std::stop_source stop;
    const auto facts = probeEndpoint(target, stop.get_token(), [&](const std::string &) { stop.request_stop(); });
    QVERIFY(!facts && facts.error().code == ErrorCode::Cancelled);
}

void TestProbe::answersThatAreNone_data()
{
    QTest::addColumn<std::string>("bytes");
    const std::string head = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    QTest::newRow("a web page") << head + "Content-Type: text/html\r\n\r\n<html><body>Please log in</body></html>";
    QTest::newRow("half JSON") << head + "\r\n{\"object\":\"list\",\"data\":[{\"id\":";
    QTest::newRow("broken UTF-8") << head + "\r\n{\"object\":\"list\",\"data\":[{\"id\":\"\xff\xfe\"}]";
    QTest::newRow("another JSON") << head + "\r\n[1, {\"a\": null}]";
    QTest::newRow("no gzip") << head + "Content-Encoding: gzip\r\n\r\n{}";
    QTest::newRow("a length that is a lie") << head + "Content-Length: 100000\r\n\r\n{\"object\":\"list\"";
    QTest::newRow("deep JSON") << head + "\r\n" + std::string(50'000, '[');
    QTest::newRow("more than anybody reads") << head + "\r\n{\"object\":\"list\",\"data\":\"" + std::string(1'500'000, 'x');
    QTest::newRow("nothing") << std::string();
    QTest::newRow("no HTTP") << std::string("SSH-2.0-OpenSSH_9.2\r\n");
}

void TestProbe::answersThatAreNone()
{
    QFETCH(std::string, bytes);
    RawServer server([&](const std::string &) { return bytes; });
    EndpointTarget target = targetAt(server.url(), {});
    target.model.clear();
    target.key = Secret("sk-secret-0123456789");
    const auto facts = probeEndpoint(target);
    QVERIFY(!facts);
    const auto code = facts.error().code;
    qInfo("%s", facts.error().sentence().c_str());
    QVERIFY(code == ErrorCode::NoEndpointThere || code == ErrorCode::ServerUnreachable);
    QVERIFY(facts.error().sentence().find("sk-secret") == std::string::npos);
}

void TestProbe::redirectsElsewhereAreNotFollowed()
{
    MockEndpoint elsewhere;
    QVERIFY(elsewhere.start());
    RawServer server([&](const std::string &) {
        return "HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\nLocation: " + elsewhere.url() + "/v1/models\r\n\r\n";
    });
    EndpointTarget target = targetAt(server.url(), {});
    target.key = Secret("sk-secret-0123456789");
    QVERIFY(!probeEndpoint(target));
    QVERIFY(elsewhere.requests().empty());
}

QTEST_GUILESS_MAIN(TestProbe)
#include "tst_probe.moc"
