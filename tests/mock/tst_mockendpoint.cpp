// SPDX-License-Identifier: GPL-3.0-or-later
// What the mock sends when it tells the truth, read by a client of these tests' own and by Qt's.
#include "core/mock/mockendpoint.h"
#include "rawclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace assay;

namespace {

MockScript quick()
{
    MockScript script;
    script.ttft = 0.003;
    script.gap = 0.001;
    script.pieces = 5;
    return script;
}

struct Texts
{
    QString answer, reasoning;
    int pieces = 0;
};

/// Text of a stream in any dialect, by the documented field names.
Texts textsOf(const RawAnswer &answer)
{
    Texts out;
    const auto add = [&](QString &to, const QJsonValue &value) {
        if (!value.toString().isEmpty())
            ++out.pieces;
        to += value.toString();
    };
    for (const QJsonObject &event : answer.events()) {
        const QJsonObject choice = event[QStringLiteral("choices")].toArray().at(0).toObject(), delta = choice[QStringLiteral("delta")].toObject();
        const QJsonObject message = event[QStringLiteral("message")].toObject(), part = event[QStringLiteral("delta")].toObject();
        add(out.answer, delta[QStringLiteral("content")]);
        add(out.reasoning, delta[QStringLiteral("reasoning_content")]);
        add(out.answer, choice[QStringLiteral("text")]);
        add(out.answer, event[QStringLiteral("content")]);
        add(out.answer, event[QStringLiteral("response")]);
        add(out.reasoning, event[QStringLiteral("thinking")]);
        if (message[QStringLiteral("role")] == QStringLiteral("assistant") && message[QStringLiteral("content")].isString())
            add(out.answer, message[QStringLiteral("content")]);
        add(out.reasoning, message[QStringLiteral("thinking")]);
        add(out.answer, part[QStringLiteral("text")]);
        add(out.reasoning, part[QStringLiteral("thinking")]);
        const QJsonObject token = event[QStringLiteral("token")].toObject();
        if (!token[QStringLiteral("special")].toBool())
            add(out.answer, token[QStringLiteral("text")]);
    }
    return out;
}

} // namespace

class TestMockEndpoint : public QObject
{
    Q_OBJECT
private slots:
    void streamsInEveryDialect_data();
    void streamsInEveryDialect();
    void answersAtOnceInEveryDialect_data();
    void answersAtOnceInEveryDialect();
    void writesWhenItIsDue();
    void speaksToQtsClient();
    void keepsConnections();
    void obeysLimits();
    void countsAsTold();
    void thinksAsTold();
    void callsATool();
    void writesSeveralPiecesAtOnce();
    void beginsAsTold();
    void letsRequestsWaitTheirTurn();
    void standsStill();
    void takesANewScript();
};

void TestMockEndpoint::streamsInEveryDialect_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("last"); ///< the end of the body
    const QByteArray messages = R"({"model":"mock-model","stream":true,"max_tokens":100,"messages":[{"role":"user","content":"one two three"}]})";
    const QByteArray prompt = R"({"model":"mock-model","stream":true,"prompt":"one two three"})";
    const QByteArray sse = "text/event-stream", done = "data: [DONE]\n\n";
    QTest::newRow("chat") << QByteArray("/v1/chat/completions") << messages << sse << done;
    QTest::newRow("chat of DeepSeek") << QByteArray("/chat/completions") << messages << sse << done;
    QTest::newRow("chat of Azure") << QByteArray("/openai/deployments/some-name/chat/completions?api-version=2024-10-21") << messages << sse << done;
    QTest::newRow("chat of LM Studio") << QByteArray("/api/v0/chat/completions") << messages << sse << done;
    QTest::newRow("completions") << QByteArray("/v1/completions") << prompt << sse << done;
    QTest::newRow("llama.cpp") << QByteArray("/completion") << prompt << sse << QByteArray("}}\n\n");
    QTest::newRow("TGI") << QByteArray("/generate_stream") << QByteArray(R"({"inputs":"one two three"})") << sse << QByteArray("}}\n\n");
    QTest::newRow("Ollama chat") << QByteArray("/api/chat") << messages << QByteArray("application/x-ndjson") << QByteArray("}\n");
    QTest::newRow("Ollama generate") << QByteArray("/api/generate") << prompt << QByteArray("application/x-ndjson") << QByteArray("}\n");
    QTest::newRow("messages") << QByteArray("/v1/messages") << messages << sse << QByteArray("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
}

void TestMockEndpoint::streamsInEveryDialect()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, last);
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const RawAnswer answer = client.ask(post(path, body));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.ended);
    QVERIFY2(answer.header("content-type").startsWith(type), answer.header("content-type"));
    QVERIFY2(answer.body.endsWith(last), answer.body.right(80));
    const Texts texts = textsOf(answer);
    QCOMPARE(texts.answer, QStringLiteral("word0 word1 word2 word3 word4"));
    QCOMPARE(texts.pieces, 5);
    const std::vector<MockRequest> requests = mock.requests();
    QCOMPARE(requests.size(), size_t(1));
    QCOMPARE(requests[0].chunks.size(), size_t(5));
    QCOMPARE(QByteArray::fromStdString(requests[0].path), path);
    QCOMPARE(QByteArray::fromStdString(requests[0].body), body);
}

void TestMockEndpoint::answersAtOnceInEveryDialect_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("places"); ///< of the text in the body, names and indices
    const QByteArray messages = R"({"stream":false,"max_tokens":100,"messages":[{"role":"user","content":"one two three"}]})";
    const QByteArray prompt = R"({"stream":false,"prompt":"one two three"})";
    QTest::newRow("chat") << QByteArray("/v1/chat/completions") << messages << QStringList{QStringLiteral("choices"), QStringLiteral("0"), QStringLiteral("message"), QStringLiteral("content")};
    QTest::newRow("completions") << QByteArray("/v1/completions") << prompt << QStringList{QStringLiteral("choices"), QStringLiteral("0"), QStringLiteral("text")};
    QTest::newRow("llama.cpp") << QByteArray("/completion") << prompt << QStringList{QStringLiteral("content")};
    QTest::newRow("TGI") << QByteArray("/generate") << QByteArray(R"({"inputs":"one two three"})") << QStringList{QStringLiteral("generated_text")};
    QTest::newRow("Ollama chat") << QByteArray("/api/chat") << messages << QStringList{QStringLiteral("message"), QStringLiteral("content")};
    QTest::newRow("Ollama generate") << QByteArray("/api/generate") << prompt << QStringList{QStringLiteral("response")};
    QTest::newRow("messages") << QByteArray("/v1/messages") << messages << QStringList{QStringLiteral("content"), QStringLiteral("0"), QStringLiteral("text")};
}

void TestMockEndpoint::answersAtOnceInEveryDialect()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(QStringList, places);
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const RawAnswer answer = client.ask(post(path, body));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), QByteArray("application/json"));
    QJsonValue value = QJsonDocument::fromJson(answer.body).object();
    QVERIFY2(!value.toObject().isEmpty(), answer.body);
    for (const QString &place : places)
        value = value.isArray() ? value.toArray().at(place.toInt()) : value.toObject().value(place);
    QCOMPARE(value.toString(), QStringLiteral("word0 word1 word2 word3 word4"));
}

/// A write may be late on a busy machine, never early; and what is told of it is no earlier than the plan.
void TestMockEndpoint::writesWhenItIsDue()
{
    MockScript script = quick();
    script.ttft = 0.02;
    script.perPromptToken = 0.001; // three words
    script.gaps = {0.002, 0.006};
    script.pieces = 4;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    QVERIFY(client.ask(chat()).ended);
    QTRY_VERIFY(mock.requests().at(0).ended > 0); // written down after the last byte went out
    const MockRequest request = mock.requests().at(0);
    const int64_t planned[] = {23, 25, 31, 33};
    QCOMPARE(request.chunks.size(), size_t(4));
    for (size_t i = 0; i < 4; ++i)
        QVERIFY2(request.chunks[i] - request.received >= planned[i] * 1'000'000, qPrintable(QString::number(request.chunks[i] - request.received)));
    QVERIFY(request.ended >= request.chunks.back());
}

void TestMockEndpoint::speaksToQtsClient()
{
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    QNetworkAccessManager manager;
    QNetworkRequest request(QUrl(QString::fromStdString(mock.url()) + QStringLiteral("/v1/chat/completions")));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    for (int i = 0; i < 3; ++i) {
        QNetworkReply *reply = manager.post(request, QByteArray(R"({"messages":[{"role":"user","content":"hi"}],"stream":true})"));
        QSignalSpy finished(reply, &QNetworkReply::finished);
        QVERIFY(finished.wait(30'000));
        QCOMPARE(reply->error(), QNetworkReply::NoError);
        QCOMPARE(reply->readAll().count("\"content\":\"word0\""), 1);
        delete reply;
    }
    QTRY_COMPARE(mock.answered(), 3); // counted after the last byte went out
}

void TestMockEndpoint::keepsConnections()
{
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    RawClient client(mock.port()), other(mock.port());
    QVERIFY(client.ask(chat()).ended);
    QVERIFY(client.ask(get("/v1/models")).ended);
    QVERIFY(other.ask(get("/v1/models")).ended);
    const RawAnswer last = client.ask(get("/v1/models", "Connection: close\r\n"));
    QVERIFY(last.ended);
    QCOMPARE(last.header("connection"), QByteArray("close"));
    QVERIFY(client.read().closed);
    const std::vector<MockRequest> requests = mock.requests();
    QCOMPARE(requests[0].connection, requests[1].connection);
    QVERIFY(requests[2].connection != requests[0].connection);
    QCOMPARE(requests[3].connection, requests[0].connection);
    QTRY_COMPARE(mock.answered(), 4);
}

void TestMockEndpoint::obeysLimits()
{
    MockScript script = quick();
    script.tokensPerPiece = 2;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const RawAnswer cut = client.ask(chat("\"stream\":true,\"max_tokens\":5,\"stream_options\":{\"include_usage\":true}"));
    QCOMPARE(textsOf(cut).pieces, 3); // two, two and one
    QVERIFY(cut.body.contains("\"finish_reason\":\"length\""));
    QVERIFY(cut.body.contains("\"completion_tokens\":5,"));
    script.obeyLimit = false;
    mock.setScript(script);
    const RawAnswer whole = client.ask(chat("\"stream\":true,\"max_tokens\":5"));
    QCOMPARE(textsOf(whole).pieces, 5);
    QVERIFY(whole.body.contains("\"finish_reason\":\"stop\""));
}

void TestMockEndpoint::countsAsTold()
{
    MockScript script = quick();
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const QByteArray asking = "\"stream\":true,\"stream_options\":{\"include_usage\":true}";
    const QByteArray truth = "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":5,\"total_tokens\":8}";
    QVERIFY(!client.ask(chat()).body.contains("usage"));
    const RawAnswer asked = client.ask(chat(asking));
    QVERIFY(asked.body.contains(truth));
    QVERIFY(asked.body.contains("\"choices\":[],")); // the usage comes apart, without a choice
    script.usage = MockScript::Usage::Never;
    mock.setScript(script);
    QVERIFY(!client.ask(chat(asking)).body.contains("usage"));
    script.usage = MockScript::Usage::Always;
    script.cachedTokens = 2;
    mock.setScript(script);
    QVERIFY(client.ask(chat()).body.contains("\"prompt_tokens_details\":{\"cached_tokens\":2}"));
    script.usage = MockScript::Usage::Wrong;
    mock.setScript(script);
    const RawAnswer lied = client.ask(chat());
    QVERIFY(lied.body.contains("\"usage\"") && !lied.body.contains("\"completion_tokens\":5,"));
}

void TestMockEndpoint::thinksAsTold()
{
    MockScript script = quick();
    script.reasoningPieces = 2;
    script.usage = MockScript::Usage::Always;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const RawAnswer open = client.ask(chat());
    QCOMPARE(textsOf(open).reasoning, QStringLiteral("thought0 thought1"));
    QVERIFY(open.body.contains("\"reasoning_tokens\":2"));
    script.reasoningField.clear();
    mock.setScript(script);
    const RawAnswer tagged = client.ask(chat());
    QCOMPARE(textsOf(tagged).answer, QStringLiteral("<think>\nthought0 thought1\n</think>\n\nword0 word1 word2 word3 word4"));
    script.reasoningField = "reasoning";
    script.hideReasoning = true;
    mock.setScript(script);
    const RawAnswer hidden = client.ask(chat());
    QCOMPARE(textsOf(hidden).pieces, 5);
    QVERIFY(!hidden.body.contains("thought"));
    QVERIFY(hidden.body.contains("\"completion_tokens\":7,"));
    const MockRequest request = mock.requests().back();
    QVERIFY(request.chunks.at(0) - request.received >= 5'000'000); // 3 ms and two silent pieces
}

void TestMockEndpoint::callsATool()
{
    MockScript script = quick();
    script.pieces = 1;
    script.toolPieces = 3;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    QString arguments;
    for (const QJsonObject &event : client.ask(chat()).events())
        arguments += event[QStringLiteral("choices")][0][QStringLiteral("delta")][QStringLiteral("tool_calls")][0][QStringLiteral("function")][QStringLiteral("arguments")].toString();
    QCOMPARE(QJsonDocument::fromJson(arguments.toUtf8()).object()[QStringLiteral("words")].toString(), QStringLiteral("part0 part1 part2"));
    const RawAnswer typed = client.ask(post("/v1/messages", R"({"max_tokens":99,"stream":true,"messages":[{"role":"user","content":"x"}]})"));
    QCOMPARE(typed.body.count("event: content_block_start"), 2);
    QCOMPARE(typed.body.count("event: content_block_stop"), 2);
    QCOMPARE(typed.body.count("input_json_delta"), 3);
}

void TestMockEndpoint::writesSeveralPiecesAtOnce()
{
    MockScript script = quick();
    script.pieces = 7;
    script.piecesPerWrite = 3;
    script.tokensPerPiece = 2;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const RawAnswer answer = client.ask(post("/completion", R"({"stream":true,"prompt":"x"})"));
    QCOMPARE(textsOf(answer).answer, QStringLiteral("word0 word1 word2 word3 word4 word5 word6"));
    for (const QJsonObject &event : answer.events().mid(0, 7))
        QCOMPARE(event[QStringLiteral("tokens")].toArray().size(), 2);
    const std::vector<int64_t> at = mock.requests().at(0).chunks;
    QCOMPARE(at.size(), size_t(7));
    QVERIFY(at[0] == at[2] && at[3] == at[5] && at[2] != at[3] && at[5] != at[6]);
    QVERIFY(at[6] - mock.requests().at(0).received >= 9'000'000); // 3 ms and six gaps
}

void TestMockEndpoint::beginsAsTold()
{
    MockScript script = quick();
    script.keepAlives = 2;
    script.emptyChunks = 3;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const RawAnswer chatty = client.ask(chat());
    QCOMPARE(chatty.body.count(": keep-alive\n\n"), 2);
    QCOMPARE(chatty.body.count("\"content\":\"\"}"), 4); // the role's and three more
    QCOMPARE(textsOf(chatty).pieces, 5);
    script.roleOnlyFirst = false;
    script.keepAlives = script.emptyChunks = 0;
    mock.setScript(script);
    const RawAnswer bare = client.ask(chat());
    QCOMPARE(bare.body.count("\"role\""), 0);
    QCOMPARE(textsOf(bare).pieces, 5);
}

void TestMockEndpoint::letsRequestsWaitTheirTurn()
{
    MockScript script = quick();
    script.parallel = 1;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient first(mock.port()), second(mock.port()), third(mock.port());
    first.send(chat());
    second.send(chat());
    third.send(chat());
    QVERIFY(first.read().ended && second.read().ended && third.read().ended);
    std::vector<MockRequest> requests = mock.requests();
    std::sort(requests.begin(), requests.end(), [](const auto &a, const auto &b) { return a.chunks.front() < b.chunks.front(); });
    for (size_t i = 1; i < 3; ++i)
        QVERIFY(requests[i].chunks.front() >= requests[i - 1].ended + 3'000'000);
    // One that gives up while it waits is skipped.
    first.send(chat());
    second.send(chat());
    QTRY_COMPARE(mock.requests().size(), size_t(5));
    second.socket.abort();
    third.send(chat());
    QVERIFY(first.read().ended && third.read().ended);
}

void TestMockEndpoint::standsStill()
{
    MockScript script = quick();
    script.stallAt = 0.05;
    script.stallFor = 0.2;
    script.pieces = 60; // 60 ms of writing, in the middle of which it happens
    script.ttft = 0.02;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    QVERIFY(client.ask(chat()).ended);
    const MockRequest request = mock.requests().at(0);
    int64_t longest = request.chunks.front() - request.received;
    for (size_t i = 1; i < request.chunks.size(); ++i)
        longest = std::max(longest, request.chunks[i] - request.chunks[i - 1]);
    QVERIFY2(longest >= 150'000'000, qPrintable(QString::number(longest)));
}

void TestMockEndpoint::takesANewScript()
{
    MockScript script = quick();
    script.keepRequests = 2;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    for (int i = 0; i < 3; ++i)
        QVERIFY(client.ask(chat()).ended);
    QCOMPARE(mock.requests().size(), size_t(2));
    QCOMPARE(mock.requests().front().number, 1);
    script.words = {"a", " b"};
    script.keepChunkTimes = false;
    mock.setScript(script);
    QCOMPARE(textsOf(client.ask(chat())).answer, QStringLiteral("a ba ba"));
    QVERIFY(mock.requests().back().chunks.empty());
    const quint16 port = mock.port();
    mock.stop();
    MockEndpoint again(script), third;
    QVERIFY(again.start(port));
    QCOMPARE(again.port(), port);
    const auto taken = third.start(port);
    QVERIFY(!taken);
    QCOMPARE(int(taken.error().code), int(ErrorCode::ServerUnreachable));
}

QTEST_GUILESS_MAIN(TestMockEndpoint)
#include "tst_mockendpoint.moc"
