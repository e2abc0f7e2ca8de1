// SPDX-License-Identifier: GPL-3.0-or-later
// Each fault of the mock is what its name says, byte for byte; and the mock itself bears everything that clients send.
#include "core/mock/mockendpoint.h"
#include "rawclient.h"

#include <QJsonDocument>
#include <QTest>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace assay;

namespace {

MockScript faulty(MockFault fault)
{
    MockScript script;
    script.ttft = 0.002;
    script.gap = 0.001;
    script.pieces = 6;
    script.fault = fault;
    script.faultAfter = 3;
    return script;
}

RawAnswer streamed(const MockScript &script, int quietMs = 30'000)
{
    MockEndpoint mock(script);
    if (!mock.start())
        return {};
    RawClient client(mock.port());
    return client.ask(chat(), quietMs);
}

RawAnswer whole(const MockScript &script, int quietMs = 30'000)
{
    MockEndpoint mock(script);
    if (!mock.start())
        return {};
    RawClient client(mock.port());
    return client.ask(chat({}), quietMs);
}

int wordsIn(const QByteArray &body)
{
    return int(body.count("word"));
}

} // namespace

class TestMockFaults : public QObject
{
    Q_OBJECT
private slots:
    void refuses();
    void sendsHtml();
    void failsWithinAStream();
    void failsWithin200();
    void resets();
    void closesEarly();
    void forgetsTheEndMark();
    void stopsWithinALine();
    void sendsNoUtf8();
    void sendsNoJson();
    void liesAboutItsLength();
    void liesAboutCompression();
    void staysSilent();
    void stallsInAStream();
    void drips();
    void neverEnds();
    void redirects();
    void saysNothing();
    void hitsItsShare();
    void wantsTheKey();
    void bearsHostileRequests_data();
    void bearsHostileRequests();
    void bearsManyRequestsAtOnce();
    void bearsSlowRequests();
    void bearsClientsThatLeave();
};

void TestMockFaults::refuses()
{
    MockScript script = faulty(MockFault::Status);
    script.status = 429;
    script.retryAfter = 7;
    const RawAnswer limited = streamed(script);
    QCOMPARE(limited.status, 429);
    QCOMPARE(limited.header("retry-after"), QByteArray("7"));
    QVERIFY(limited.body.contains("rate_limit_error"));
    script.status = 503;
    script.retryAfter = 0;
    const RawAnswer busy = streamed(script);
    QCOMPARE(busy.status, 503);
    QVERIFY(busy.header("retry-after").isEmpty());
    QVERIFY(QJsonDocument::fromJson(busy.body).isObject());
}

void TestMockFaults::sendsHtml()
{
    const RawAnswer answer = streamed(faulty(MockFault::Html));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("content-type").startsWith("text/html"));
    QVERIFY(answer.body.startsWith("<!DOCTYPE html>"));
}

void TestMockFaults::failsWithinAStream()
{
    const RawAnswer answer = streamed(faulty(MockFault::ErrorInStream));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.ended);
    QCOMPARE(wordsIn(answer.body), 3);
    QVERIFY(answer.events().back().contains(QStringLiteral("error")));
    QVERIFY(!answer.body.contains("[DONE]"));
}

void TestMockFaults::failsWithin200()
{
    const RawAnswer answer = whole(faulty(MockFault::ErrorAtOnce));
    QCOMPARE(answer.status, 200);
    QVERIFY(QJsonDocument::fromJson(answer.body).object().contains(QStringLiteral("error")));
}

void TestMockFaults::resets()
{
    MockEndpoint mock(faulty(MockFault::Reset));
    QVERIFY(mock.start());
    const int plain = socket(AF_INET, SOCK_STREAM, 0); // Qt tells a reset and a close alike
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(mock.port());
    QCOMPARE(::connect(plain, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    const QByteArray request = chat();
    QCOMPARE(::send(plain, request.data(), size_t(request.size()), 0), request.size());
    char bytes[4096];
    ssize_t count = 0;
    while ((count = recv(plain, bytes, sizeof bytes, 0)) > 0) { }
    QCOMPARE(count, ssize_t(-1));
    QCOMPARE(errno, ECONNRESET);
    ::close(plain);
}

void TestMockFaults::closesEarly()
{
    const RawAnswer answer = streamed(faulty(MockFault::CloseEarly));
    QVERIFY(answer.closed && !answer.ended);
    QCOMPARE(wordsIn(answer.body), 3);
    const RawAnswer half = whole(faulty(MockFault::CloseEarly));
    QVERIFY(half.closed && !half.ended && half.body.size() > 10);
}

void TestMockFaults::forgetsTheEndMark()
{
    const RawAnswer answer = streamed(faulty(MockFault::NoEndMark));
    QVERIFY(answer.ended);
    QCOMPARE(wordsIn(answer.body), 3);
    QVERIFY(answer.body.endsWith("\n\n") && !answer.body.contains("[DONE]") && !answer.body.contains("\"stop\""));
}

void TestMockFaults::stopsWithinALine()
{
    const RawAnswer answer = streamed(faulty(MockFault::HalfLine));
    QVERIFY(answer.ended);
    QCOMPARE(wordsIn(answer.body), 3);
    QVERIFY(!answer.body.endsWith('\n'));
    QVERIFY(answer.body.mid(answer.body.lastIndexOf('\n') + 1).startsWith("data: {"));
}

void TestMockFaults::sendsNoUtf8()
{
    const RawAnswer answer = streamed(faulty(MockFault::BadUtf8));
    QVERIFY(answer.ended && answer.body.contains("word3\xff\xfe\xc3"));
    QVERIFY(answer.body.contains("[DONE]"));
    QVERIFY(whole(faulty(MockFault::BadUtf8)).body.contains("\xff\xfe\xc3"));
}

void TestMockFaults::sendsNoJson()
{
    const RawAnswer answer = streamed(faulty(MockFault::BadJson));
    QVERIFY(answer.ended && answer.body.contains("data: {\"id\": nonsense}\n\n"));
    QCOMPARE(wordsIn(answer.body), 6);
    const RawAnswer object = whole(faulty(MockFault::BadJson));
    QVERIFY(object.ended && !QJsonDocument::fromJson(object.body).isObject());
}

void TestMockFaults::liesAboutItsLength()
{
    for (const bool stream : {true, false}) {
        const RawAnswer shorter = stream ? streamed(faulty(MockFault::ShortLength)) : whole(faulty(MockFault::ShortLength));
        QVERIFY(shorter.closed && !shorter.ended);
        QCOMPARE(shorter.header("content-length").toLongLong(), qint64(shorter.body.size()) + 64);
        QCOMPARE(wordsIn(shorter.body), 6);
        MockEndpoint mock(faulty(MockFault::LongLength));
        QVERIFY(mock.start());
        RawClient client(mock.port());
        const RawAnswer less = client.ask(stream ? chat() : chat({}));
        QVERIFY(less.ended);
        QByteArray more;
        QTRY_VERIFY(!(more += client.rest()).isEmpty()); // than was announced
    }
}

void TestMockFaults::liesAboutCompression()
{
    const RawAnswer answer = streamed(faulty(MockFault::BadGzip));
    QCOMPARE(answer.header("content-encoding"), QByteArray("gzip"));
    QVERIFY(answer.body.startsWith("data: "));
}

void TestMockFaults::staysSilent()
{
    MockEndpoint mock(faulty(MockFault::Silent));
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const RawAnswer answer = client.ask(chat(), 200);
    QCOMPARE(answer.status, 0);
    QVERIFY(!answer.closed);
    QCOMPARE(mock.requests().size(), size_t(1)); // it was read
    QCOMPARE(mock.requests()[0].ended, 0);
    client.socket.abort();
    QTRY_VERIFY(mock.requests()[0].ended != 0);
    QCOMPARE(mock.answered(), 0);
}

void TestMockFaults::stallsInAStream()
{
    const RawAnswer answer = streamed(faulty(MockFault::StallInStream), 200);
    QCOMPARE(wordsIn(answer.body), 3);
    QVERIFY(!answer.closed && !answer.ended);
    const RawAnswer half = whole(faulty(MockFault::StallInStream), 200);
    QVERIFY(half.status == 200 && !half.closed && !half.ended);
}

void TestMockFaults::drips()
{
    MockScript script = faulty(MockFault::Drip);
    script.pieces = 2;
    script.dripGap = 0.0001;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const RawAnswer answer = client.ask(chat());
    QVERIFY(answer.ended && answer.body.contains("[DONE]"));
    const MockRequest request = mock.requests().at(0);
    QCOMPARE(request.chunks.size(), size_t(2));
    QVERIFY(request.chunks[1] - request.chunks[0] >= 10'000'000); // at least a hundred bytes
}

void TestMockFaults::neverEnds()
{
    MockScript script = faulty(MockFault::Endless);
    script.gap = 0;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    client.send(chat());
    QByteArray bytes;
    while (bytes.size() < 4'000'000 && client.socket.waitForReadyRead(30'000))
        bytes += client.socket.readAll();
    QVERIFY(bytes.size() >= 4'000'000);
    // A client that does not read stops the writing, not the server.
    RawClient other(mock.port());
    QCOMPARE(other.ask(get("/v1/models")).status, 200);
}

void TestMockFaults::redirects()
{
    MockScript script = faulty(MockFault::Redirect);
    script.redirectTo = "http://elsewhere.invalid/v1/chat/completions";
    const RawAnswer answer = streamed(script);
    QCOMPARE(answer.status, 307);
    QCOMPARE(answer.header("location"), QByteArray("http://elsewhere.invalid/v1/chat/completions"));
}

void TestMockFaults::saysNothing()
{
    const RawAnswer answer = streamed(faulty(MockFault::NoText));
    QVERIFY(answer.ended && answer.body.contains("[DONE]"));
    QCOMPARE(wordsIn(answer.body), 0);
}

void TestMockFaults::hitsItsShare()
{
    MockScript script = faulty(MockFault::Status);
    script.faultShare = 0.25;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    QList<int> seen;
    for (int i = 0; i < 8; ++i)
        seen << client.ask(chat()).status;
    QCOMPARE(seen, (QList<int>{200, 200, 200, 500, 200, 200, 200, 500}));
}

void TestMockFaults::wantsTheKey()
{
    MockScript script = faulty(MockFault::None);
    script.key = "sesame";
    script.server = MockServer::LlamaCpp;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const RawAnswer none = client.ask(chat());
    QCOMPARE(none.status, 401);
    QCOMPARE(none.body, QByteArray(R"({"error":{"message":"Invalid API Key","type":"authentication_error","code":401}})")); // as recorded
    QCOMPARE(client.ask(get("/v1/models")).status, 401);
    QCOMPARE(client.ask(get("/health")).status, 200);
    QCOMPARE(client.ask(chat("\"stream\":true", "Authorization: Bearer other\r\n")).status, 401);
    for (const QByteArray header : {"Authorization: Bearer sesame\r\n", "api-key: sesame\r\n", "X-API-Key: sesame\r\n"})
        QCOMPARE(client.ask(chat("\"stream\":true", header)).status, 200);
    script.server = MockServer::Vllm;
    mock.setScript(script);
    QCOMPARE(client.ask(get("/v1/models")).status, 401);
    QCOMPARE(client.ask(get("/version")).status, 200);
}

void TestMockFaults::bearsHostileRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("no HTTP") << QByteArray("hello\r\n\r\n") << 400;
    QTest::newRow("no path") << QByteArray("GET HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("proxy's form") << QByteArray("GET http://other/ HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("HTTP/2 preface") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 400;
    QTest::newRow("header without colon") << QByteArray("GET / HTTP/1.1\r\nnonsense\r\n\r\n") << 400;
    QTest::newRow("endless head") << "GET / HTTP/1.1\r\nX: " + QByteArray(100'000, 'x') << 431;
    QTest::newRow("length no number") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n") << 400;
    QTest::newRow("length negative") << QByteArray("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n") << 400;
    QTest::newRow("length overflows") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n") << 400;
    QTest::newRow("length too large") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n") << 413;
    QTest::newRow("chunked") << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") << 411;
    QTest::newRow("no JSON") << post("/v1/chat/completions", "{") << 400;
    QTest::newRow("no object") << post("/v1/chat/completions", "[1]") << 400;
    QTest::newRow("no messages") << post("/v1/chat/completions", R"({"messages":7,"stream":1,"max_tokens":"x"})") << 400;
    QTest::newRow("deep") << post("/v1/chat/completions", QByteArray(1'000'000, '[')) << 400;
    QTest::newRow("deep and whole") << post("/v1/chat/completions", "{\"messages\":[" + QByteArray(300'000, '[') + QByteArray(300'000, ']') + "]}") << 200;
    QTest::newRow("odd limits") << post("/v1/chat/completions", R"({"messages":[{}],"max_tokens":-5,"stream_options":3})") << 200;
    QTest::newRow("limit 0") << post("/v1/chat/completions", R"({"messages":[{}],"max_tokens":0})") << 200;
    QTest::newRow("huge limit") << post("/v1/chat/completions", R"({"messages":[{}],"max_tokens":18446744073709551615})") << 200;
    QTest::newRow("unknown path") << get("/secret") << 404;
    QTest::newRow("wrong method") << get("/v1/chat/completions") << 404;
}

void TestMockFaults::bearsHostileRequests()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    MockEndpoint mock(faulty(MockFault::None));
    QVERIFY(mock.start());
    RawClient client(mock.port());
    QCOMPARE(client.ask(bytes).status, status);
    RawClient next(mock.port());
    QCOMPARE(next.ask(get("/v1/models")).status, 200);
}

void TestMockFaults::bearsManyRequestsAtOnce()
{
    MockEndpoint mock(faulty(MockFault::None));
    QVERIFY(mock.start());
    RawClient client(mock.port());
    constexpr int kMany = 20'000;
    client.send(get("/v1/models").repeated(kMany));
    for (int i = 0; i < kMany; ++i)
        QCOMPARE(client.read().status, 200);
    QTRY_COMPARE(mock.answered(), kMany);
}

void TestMockFaults::bearsSlowRequests()
{
    MockEndpoint mock(faulty(MockFault::None));
    QVERIFY(mock.start());
    RawClient client(mock.port());
    const QByteArray request = chat();
    for (const char byte : request) {
        client.send(QByteArray(1, byte));
        client.socket.waitForBytesWritten(1000);
    }
    QCOMPARE(client.read().status, 200);
    // One that waits to be told before it sends its body.
    const qsizetype split = request.indexOf("\r\n\r\n");
    QCOMPARE(client.ask(request.left(split) + "\r\nExpect: 100-continue\r\n\r\n").status, 100);
    QCOMPARE(client.ask(request.mid(split + 4)).status, 200);
}

void TestMockFaults::bearsClientsThatLeave()
{
    MockScript script = faulty(MockFault::None);
    script.pieces = 1'000'000;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    for (int i = 0; i < 50; ++i) {
        RawClient client(mock.port());
        client.send(chat());
        if (i % 2 == 0)
            client.socket.waitForReadyRead(1000);
        client.socket.abort();
    }
    RawClient client(mock.port());
    QCOMPARE(client.ask(get("/v1/models")).status, 200);
    QTRY_VERIFY([&] {
        for (const MockRequest &request : mock.requests()) {
            if (request.ended == 0)
                return false;
        }
        return true;
    }());
}

QTEST_GUILESS_MAIN(TestMockFaults)
#include "tst_mockfaults.moc"
