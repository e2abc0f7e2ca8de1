// SPDX-License-Identifier: GPL-3.0-or-later
// What is sent: addresses, bodies and headers as the servers' documentation has them.
#include "loadtesting.h"

#include "core/endpoint/address.h"
#include "core/endpoint/exchange.h"
#include "core/endpoint/requestbody.h"
#include "core/mock/mockendpoint.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <set>

using namespace assay;

namespace {

QJsonObject bodyOf(const char *dialect, const LoadRequest &request)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(requestBody(*findDialect(dialect), "m", request))).object();
}

QJsonObject json(const char *text)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    return object.isEmpty() ? QJsonObject{{"broken", text}} : object;
}

LoadRequest request()
{
    LoadRequest one;
    one.system = "Be brief.";
    one.prompt = "2+2?";
    one.outputTokens = 7;
    one.temperature = 0.5;
    return one;
}

ExchangeRequest getting(const char *path)
{
    ExchangeRequest question;
    question.path = path;
    return question;
}

std::string headerOf(const MockRequest &asked, const std::string &name)
{
    for (const auto &[key, value] : asked.headers)
        if (QByteArray::fromStdString(key).toLower() == QByteArray::fromStdString(name))
            return value;
    return {};
}

} // namespace

class tst_Dialects : public QObject
{
    Q_OBJECT
private slots:
    void addresses_data();
    void addresses();
    void wrongAddresses();
    void origins();
    void idsAreUnique();
    void bodies_data();
    void bodies();
    void endOfSequence();
    void thinking();
    void anyBytes();
    void headers();
    void exchanges();
    void exchangeLimits();
    void exchangeRedirects();
    void exchangeStops();
};

void tst_Dialects::addresses_data()
{
    QTest::addColumn<QByteArray>("entered");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("address");
    const auto row = [](const char *entered, const char *path, const char *address) {
        QTest::addRow("%s + %s", entered, path) << QByteArray(entered) << QByteArray(path) << QByteArray(address);
    };
    row("http://host:8000", "/v1/models", "http://host:8000/v1/models");
    row("http://host:8000/", "/v1/models", "http://host:8000/v1/models");
    row("http://host:8000/v1", "/v1/models", "http://host:8000/v1/models");
    row("http://host:8000/v1/", "/v1/models", "http://host:8000/v1/models");
    row("http://host:8000/v1/chat/completions", "/v1/chat/completions", "http://host:8000/v1/chat/completions");
    row("https://api.deepseek.com", "/chat/completions", "https://api.deepseek.com:443/chat/completions");
    row("https://api.deepseek.com/v1", "/chat/completions", "https://api.deepseek.com:443/chat/completions");
    row("https://openrouter.ai/api/v1", "/v1/chat/completions", "https://openrouter.ai:443/api/v1/chat/completions");
    row("https://host/api/paas/v4", "/v1/chat/completions", "https://host:443/api/paas/v4/chat/completions");
    row("https://host/v1beta/openai", "/v1/chat/completions", "https://host:443/v1beta/openai/chat/completions");
    row("http://host:11434/v1", "/api/chat", "http://host:11434/api/chat");
    row("http://host:11434/api", "/api/chat", "http://host:11434/api/chat");
    row("http://host/gateway/team", "/v1/models", "http://host:80/gateway/team/v1/models");
    row("HTTP://Host", "/v1/models", "http://host:80/v1/models");
    row("http://[::1]:8080", "/v1/models", "http://[::1]:8080/v1/models");
    row("https://r.openai.azure.com", "/openai/deployments/{model}/chat/completions?api-version=1",
        "https://r.openai.azure.com:443/openai/deployments/my%20model/chat/completions?api-version=1");
    row("https://r.openai.azure.com/openai/deployments/gpt?api-version=2",
        "/openai/deployments/{model}/chat/completions?api-version=1",
        "https://r.openai.azure.com:443/openai/deployments/gpt/chat/completions?api-version=2");
}

void tst_Dialects::addresses()
{
    QFETCH(QByteArray, entered);
    QFETCH(QByteArray, path);
    const auto address = endpointAddress(entered.toStdString(), path.toStdString(), "my model");
    QVERIFY(address);
    QTEST(QByteArray::fromStdString(*address), "address");
}

void tst_Dialects::wrongAddresses()
{
    for (const char *entered :
         {"", "host", "ftp://host", "file:///etc/passwd", "http://", "http://user@host", "http://user:word@host",
          "http://host/v1?key=word@", "http://host/v1?a=1&Api-Key=word@", "http://host/a b", "http://host/\r\nX: 1", "http://host:99999", "gopher://host"}) {
        const auto address = endpointAddress(entered, "/v1/models");
        QVERIFY(!address);
        QCOMPARE(address.error().code, ErrorCode::UrlInvalid);
        QVERIFY(address.error().sentence().find("word@") == std::string::npos); // a password is not repeated
    }
}

void tst_Dialects::origins()
{
    QCOMPARE(endpointOrigin("https://Host/a?b"), std::string("https://host:443"));
    QCOMPARE(endpointOrigin("http://host:80/"), endpointOrigin("HTTP://HOST"));
    QVERIFY(endpointOrigin("http://host") != endpointOrigin("https://host"));
    for (const char *here :
         {"http://localhost:1", "http://127.0.0.1", "http://127.1.2.3", "http://[::1]:8080/v1", "http://a.localhost"})
        QVERIFY(leadsToThisMachine(here));
    for (const char *known : {"http://localhost:1", "http://10.0.0.1:8000", "http://[fe80::1]/v1"})
        QVERIFY(!needsLookUp(known));
    QVERIFY(needsLookUp("http://host.example:8000"));
    for (const char *there : {"http://host", "http://128.0.0.1", "http://localhost.example.org", "http://[::2]"})
        QVERIFY(!leadsToThisMachine(there));
}

void tst_Dialects::idsAreUnique()
{
    std::set<std::string> ids;
    for (const Dialect &dialect : dialects()) {
        QVERIFY(ids.insert(dialect.id).second);
        QCOMPARE(findDialect(dialect.id), &dialect);
    }
    QVERIFY(findDialect("esperanto") == nullptr);
}

void tst_Dialects::bodies_data()
{
    QTest::addColumn<QByteArray>("dialect");
    QTest::addColumn<QByteArray>("body");
    const QByteArray messages = R"("messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"2+2?"}])";
    const QByteArray streamed = R"(,"stream":true,"stream_options":{"include_usage":true}})";
    const QByteArray chat = R"({"model":"m","max_tokens":7,"temperature":0.5,)" + messages + streamed;
    const QByteArray newerChat = R"({"model":"m","max_completion_tokens":7,"temperature":0.5,)" + messages + streamed;
    for (const char *dialect : {"openai-chat", "vllm", "sglang", "llamacpp", "lmstudio", "deepseek"})
        QTest::newRow(dialect) << QByteArray(dialect) << chat;
    for (const char *dialect : {"openai", "azure"})
        QTest::newRow(dialect) << QByteArray(dialect) << newerChat;
    QTest::newRow("openai-completions") << QByteArray("openai-completions")
                                        << R"({"model":"m","prompt":"Be brief.\n\n2+2?","max_tokens":7,"temperature":0.5)" +
                                               streamed;
    QTest::newRow("llamacpp-completion")
        << QByteArray("llamacpp-completion")
        << QByteArray(R"({"prompt":"Be brief.\n\n2+2?","n_predict":7,"temperature":0.5,"stream":true,"return_tokens":true})");
    QTest::newRow("tgi")
        << QByteArray("tgi")
        << QByteArray(R"({"inputs":"Be brief.\n\n2+2?","parameters":{"max_new_tokens":7,"temperature":0.5,"details":true}})");
    QTest::newRow("ollama") << QByteArray("ollama")
                            << R"({"model":"m","stream":true,"options":{"num_predict":7,"temperature":0.5},)" + messages + "}";
    QTest::newRow("anthropic")
        << QByteArray("anthropic")
        << QByteArray(
               R"({"model":"m","system":"Be brief.","messages":[{"role":"user","content":"2+2?"}],"max_tokens":7,"temperature":0.5,"stream":true})");
}

void tst_Dialects::bodies()
{
    QFETCH(QByteArray, dialect);
    QFETCH(QByteArray, body);
    QCOMPARE(bodyOf(dialect, request()), json(body));
}

void tst_Dialects::endOfSequence()
{
    LoadRequest one = request();
    one.ignoreEos = true;
    for (const char *dialect : {"vllm", "sglang", "openai-completions"}) {
        QCOMPARE(bodyOf(dialect, one)["ignore_eos"].toBool(), true);
        QCOMPARE(bodyOf(dialect, one)["min_tokens"].toInt(), 7);
    }
    QCOMPARE(bodyOf("llamacpp", one)["ignore_eos"].toBool(), true);
    for (const char *dialect :
         {"openai", "openai-chat", "deepseek", "azure", "anthropic", "ollama", "tgi"}) // they refuse what they do not know
        QCOMPARE(bodyOf(dialect, one), bodyOf(dialect, request()));
}

void tst_Dialects::thinking()
{
    LoadRequest one = request();
    one.thinking = "off";
    QCOMPARE(bodyOf("vllm", one)["chat_template_kwargs"].toObject()["enable_thinking"].toBool(true), false);
    QCOMPARE(bodyOf("ollama", one)["think"].toBool(true), false);
    QCOMPARE(bodyOf("deepseek", one)["thinking"].toObject()["type"].toString(), QStringLiteral("disabled"));
    QCOMPARE(bodyOf("openai", one), bodyOf("openai", request()));
    one.thinking = "high";
    QCOMPARE(bodyOf("openai", one)["reasoning_effort"].toString(), QStringLiteral("high"));
    QCOMPARE(bodyOf("ollama", one)["think"].toString(), QStringLiteral("high"));
    one.thinking = "on";
    QCOMPARE(bodyOf("anthropic", one)["thinking"].toObject()["type"].toString(), QStringLiteral("enabled"));
}

void tst_Dialects::anyBytes()
{
    LoadRequest one;
    one.prompt = "\xFF\"\\\n\x01 ключ";
    one.prompt += '\0';
    const QJsonObject body = bodyOf("vllm", one);
    QCOMPARE(body["messages"].toArray().first().toObject()["content"].toString(),
             QString::fromUtf8("\xEF\xBF\xBD\"\\\n\x01 ключ") + QChar(0));
    QVERIFY(!body.contains("max_tokens") && !body.contains("temperature"));
}

void tst_Dialects::headers()
{
    MockEndpoint mock;
    QVERIFY(mock.start());
    const std::string key = "sk-mock-0123456789";
    const auto asked = [&](const char *dialect) {
        EndpointTarget target = targetAt(mock.url(), dialect);
        target.key = Secret(key);
        target.headers = {{"X-Team", "blue"}};
        (void)oneRecord(target);
        return mock.requests().back();
    };
    QCOMPARE(headerOf(asked("vllm"), "authorization"), "Bearer " + key);
    QCOMPARE(headerOf(asked("azure"), "api-key"), key);
    QCOMPARE(headerOf(asked("azure"), "authorization"), std::string());
    const MockRequest anthropic = asked("anthropic");
    QCOMPARE(headerOf(anthropic, "x-api-key"), key);
    QCOMPARE(headerOf(anthropic, "anthropic-version"), std::string("2023-06-01"));
    QCOMPARE(headerOf(anthropic, "content-type"), std::string("application/json"));
    QCOMPARE(headerOf(anthropic, "x-team"), std::string("blue"));
    QVERIFY(headerOf(anthropic, "user-agent").starts_with("assay/"));
    QCOMPARE(headerOf(anthropic, "expect"), std::string());
    ExchangeRequest question;
    question.path = "/v1/models";
    question.sendKey = false;
    EndpointTarget target = targetAt(mock.url());
    target.key = Secret(key);
    QVERIFY(!exchange(target, question).keySent);
    QCOMPARE(headerOf(mock.requests().back(), "authorization"), std::string());
    question.sendKey = true;
    target.dialect.clear(); // not known yet
    QVERIFY(exchange(target, question).keySent);
    QCOMPARE(headerOf(mock.requests().back(), "authorization"), "Bearer " + key);
}

void tst_Dialects::exchanges()
{
    RawServer server([](const std::string &asked) {
        const std::string body = asked.substr(asked.find("\r\n\r\n") + 4);
        return "HTTP/1.1 200 OK\r\nServer: raw\r\nX-Two:  a b \r\nx-empty:\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body;
    });
    ExchangeRequest question = getting("/tokenize");
    question.method = "POST";
    question.body = "{\"content\":\"2+2?\"}";
    const ExchangeAnswer answer = exchange(targetAt(server.url()), question);
    QCOMPARE(answer.failure, Failure::None);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, question.body);
    QCOMPARE(answer.httpVersion, 11);
    QVERIFY(answer.detail.empty() && !answer.cut && !answer.keySent);
    const std::vector<std::pair<std::string, std::string>> headers{
        {"server", "raw"}, {"x-two", "a b"}, {"x-empty", ""}, {"content-length", "18"}};
    QCOMPARE(answer.headers, headers);
    QVERIFY(server.requests().back().starts_with("POST /tokenize HTTP/1.1\r\n"));
    question.bodyLimit = 5;
    const ExchangeAnswer cut = exchange(targetAt(server.url()), question);
    QVERIFY(cut.cut);
    QCOMPARE(cut.failure, Failure::None);
    QCOMPARE(cut.body, question.body.substr(0, 5));
    RawServer busy([](const std::string &) {
        return "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 17\r\n\r\n{\"error\":\"later\"}";
    });
    const ExchangeAnswer refused = exchange(targetAt(busy.url()), getting("/v1/models"));
    QCOMPARE(refused.failure, Failure::RateLimited);
    QCOMPARE(refused.retryAfterMs, 7000);
    QCOMPARE(refused.detail, std::string("later"));
    QCOMPARE(exchange(targetAt("http://127.0.0.1:" + std::to_string(closedPort())), getting("/")).failure, Failure::Refused);
    QCOMPARE(exchange(targetAt("http://no-such-host.invalid"), getting("/")).failure, Failure::Dns);
    QCOMPARE(exchange(targetAt("http://user:word@host"), getting("/")).failure, Failure::Rejected);
}

void tst_Dialects::exchangeLimits()
{
    RawServer silent([](const std::string &) { return std::string(); }, 60'000);
    EndpointTarget target = targetAt(silent.url());
    target.transport.headerLimit = 0.2;
    QCOMPARE(exchange(target, getting("/")).failure, Failure::HeaderTimeout);
    RawServer half([](const std::string &) { return std::string("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"); }, 60'000);
    EndpointTarget stalling = targetAt(half.url());
    stalling.transport.stallLimit = 0.2;
    const ExchangeAnswer stalled = exchange(stalling, getting("/"));
    QCOMPARE(stalled.failure, Failure::StallTimeout);
    QCOMPARE(stalled.body, std::string("12345"));
    stalling.transport.stallLimit = 1000;
    stalling.transport.totalLimit = 0.2;
    QCOMPARE(exchange(stalling, getting("/")).failure, Failure::TotalTimeout);
    DeafServer deaf;
    EndpointTarget connecting = targetAt("https://127.0.0.1:" + std::to_string(deaf.port()));
    connecting.transport.connectLimit = 0.2;
    QCOMPARE(exchange(connecting, getting("/")).failure, Failure::ConnectTimeout);
}

void tst_Dialects::exchangeRedirects()
{
    MockEndpoint elsewhere;
    QVERIFY(elsewhere.start());
    RawServer away([&](const std::string &) {
        return "HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url() + "/v1/models\r\nContent-Length: 0\r\n\r\n";
    });
    EndpointTarget target = targetAt(away.url());
    target.key = Secret("sk-secret-0123456789");
    QCOMPARE(exchange(target, getting("/v1/models")).failure, Failure::Redirected);
    QVERIFY(elsewhere.requests().empty());
    RawServer within([](const std::string &asked) {
        const bool first = asked.starts_with("GET /v1/models ");
        return std::string(first ? "HTTP/1.1 301 Moved\r\nLocation: /v1/models/\r\nContent-Length: 0\r\n\r\n"
                                 : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    });
    const ExchangeAnswer answer = exchange(targetAt(within.url()), getting("/v1/models"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, std::string("{}"));
}

void tst_Dialects::exchangeStops()
{
    RawServer silent([](const std::string &) { return std::string(); }, 60'000);
    std::stop_source source;
    std::thread stopper([&] {
        while (silent.requests().empty())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        source.request_stop();
    });
    const ExchangeAnswer answer = exchange(targetAt(silent.url()), getting("/"), source.get_token());
    stopper.join();
    QCOMPARE(answer.failure, Failure::Cancelled);
}

QTEST_APPLESS_MAIN(tst_Dialects)
#include "tst_dialects.moc"
