// SPDX-License-Identifier: GPL-3.0-or-later
// Every way in which a request can fail, over real sockets: it is told by its kind, its record is whole, and the key is nowhere.
#include "loadtesting.h"

#include "core/bench/requestlog.h"
#include "core/bench/requestmetrics.h"
#include "core/endpoint/exchange.h"
#include "core/mock/mockendpoint.h"

#include <QFile>
#include <QTest>

using namespace assay;

namespace {

const std::string kKey = "sk-secret-0123456789abcdef";

struct Case
{
    MockScript script;
    Transport transport;
    Failure failure;
    int32_t status = 200; ///< -1: any
    int64_t chunks = 0;   ///< that must have been kept; -1: any number
};

Case faultCase(MockFault fault, Failure failure, int64_t chunks = 0)
{
    Case one;
    one.script.ttft = 0.002;
    one.script.gap = 0.001;
    one.script.fault = fault;
    one.failure = failure;
    one.chunks = chunks;
    return one;
}

Case statusCase(int status, Failure failure)
{
    Case one = faultCase(MockFault::Status, failure);
    one.script.status = one.status = status;
    return one;
}

Case limitCase(MockFault fault, Failure failure, double Transport::*limit, double seconds, int64_t chunks)
{
    Case one = faultCase(fault, failure, chunks);
    one.transport.*limit = seconds;
    return one;
}

std::vector<std::pair<const char *, Case>> mockCases()
{
    using F = MockFault;
    std::vector<std::pair<const char *, Case>> cases{
        {"400", statusCase(400, Failure::Rejected)},
        {"401", statusCase(401, Failure::Unauthorized)},
        {"402", statusCase(402, Failure::Rejected)},
        {"403", statusCase(403, Failure::Unauthorized)},
        {"404", statusCase(404, Failure::NotFound)},
        {"405", statusCase(405, Failure::NotFound)},
        {"413", statusCase(413, Failure::TooLarge)},
        {"422", statusCase(422, Failure::Rejected)},
        {"429", statusCase(429, Failure::RateLimited)},
        {"500", statusCase(500, Failure::ServerError)},
        {"501", statusCase(501, Failure::ServerError)},
        {"502", statusCase(502, Failure::ServerError)},
        {"503", statusCase(503, Failure::Overloaded)},
        {"504", statusCase(504, Failure::ServerError)},
        {"529", statusCase(529, Failure::Overloaded)},
        {"HTML", faultCase(F::Html, Failure::NotTheProtocol)},
        {"error in the stream", faultCase(F::ErrorInStream, Failure::ErrorInStream, 3)},
        {"error at once", faultCase(F::ErrorAtOnce, Failure::ErrorInStream)},
        {"reset", faultCase(F::Reset, Failure::Reset, -1)}, // a reset may overtake bytes that were not read yet
        {"closed early", faultCase(F::CloseEarly, Failure::CutShort, 3)},
        {"no end mark", faultCase(F::NoEndMark, Failure::CutShort, -1)},
        {"half line", faultCase(F::HalfLine, Failure::Malformed, -1)},
        {"broken UTF-8", faultCase(F::BadUtf8, Failure::Malformed, -1)},
        {"broken JSON", faultCase(F::BadJson, Failure::Malformed, -1)},
        {"body too short", faultCase(F::ShortLength, Failure::CutShort, 16)},
        {"body too long", faultCase(F::LongLength, Failure::Malformed, -1)},
        {"broken gzip", faultCase(F::BadGzip, Failure::Malformed)},
        {"no text", faultCase(F::NoText, Failure::NoText)},
        {"endless", faultCase(F::Endless, Failure::Endless, -1)},
        {"silent", limitCase(F::Silent, Failure::HeaderTimeout, &Transport::headerLimit, 0.2, 0)},
        {"stall", limitCase(F::StallInStream, Failure::StallTimeout, &Transport::stallLimit, 0.2, -1)},
        {"drip", limitCase(F::Drip, Failure::TotalTimeout, &Transport::totalLimit, 0.5, -1)},
    };
    Case late = limitCase(F::None, Failure::FirstTokenTimeout, &Transport::firstTokenLimit, 0.2, 0);
    late.script.ttft = 1000;
    cases.emplace_back("first token", late);
    for (auto &[name, one] : cases) {
        if (one.failure == Failure::HeaderTimeout)
            one.status = 0;
        if (one.failure == Failure::TotalTimeout)
            one.status = -1; // the head drips, too
        if (one.failure == Failure::Endless)
            one.script.gap = 0;
    }
    return cases;
}

/// No text of the record holds the key, nor does what is stored of it.
bool keepsTheKey(const RequestRecord &record)
{
    return encodeRecord(record).find(kKey) != std::string::npos || record.detail.find(kKey) != std::string::npos;
}

/// Whatever had come before it failed.
bool isInNoLatency(const RequestRecord &record)
{
    const RequestMetrics metrics = metricsOf(record);
    return metrics.failed && !metrics.ttft && !metrics.ttfa && !metrics.tpot && !metrics.e2e && !metrics.longestGap
           && !metrics.scheduledTtft && !metrics.scheduledE2e;
}

std::string recorded(const char *name)
{
    QFile file(QStringLiteral(ASSAY_TEST_DATA "/endpoint/llamacpp/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::string answer(const std::string &status, const std::string &body, const std::string &headers = {})
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

const std::string kStream = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n";

} // namespace

class tst_LoadFailures : public QObject
{
    Q_OBJECT
private slots:
    void faults_data();
    void faults();
    void connecting();
    void recordedRefusals();
    void brokenHttp_data();
    void brokenHttp();
    void wordsWithoutTheKey();
    void keysThatComeBack();
    void redirectsElsewhereAreNotFollowed();
    void redirectsWithinTheServerAre();
    void aKeptConnectionThatClosesIsNoHiddenRetry();
    void openAfterTheEndMark();
    void compressed();
    void gzipped();
    void aLineWithoutEnd();
    void nobodyReadsTheRequest();
    void failuresAreCounted();
};

void tst_LoadFailures::faults_data()
{
    QTest::addColumn<int>("number");
    const auto cases = mockCases();
    for (size_t i = 0; i < cases.size(); ++i)
        QTest::newRow(cases[i].first) << int(i);
}

void tst_LoadFailures::faults()
{
    QFETCH(int, number);
    const Case one = mockCases()[size_t(number)].second;
    MockEndpoint mock(one.script);
    QVERIFY(mock.start());
    EndpointTarget target = targetAt(mock.url());
    target.key = Secret(kKey);
    target.transport = one.transport;
    const LevelOutcome outcome = runLevel(target, closedLevel(3, 3)); // each has a connection of its own
    QVERIFY(outcome.result);
    QCOMPARE(outcome.records.size(), size_t(3));
    for (const RequestRecord &record : outcome.records) {
        QCOMPARE(record.failure, one.failure);
        if (one.status >= 0)
            QCOMPARE(record.status, one.status);
        if (one.chunks >= 0)
            QCOMPARE(int64_t(record.chunks.size()), one.chunks);
        QVERIFY(record.scheduled >= 0 && record.sent >= record.scheduled && record.ended >= record.sent);
        QCOMPARE(record.headers != kNever, record.status != 0);
        QVERIFY(!record.detail.empty() || record.failure == Failure::NoText);
        QVERIFY(record.detail.size() <= 300);
        QVERIFY(!keepsTheKey(record));
        QVERIFY(isInNoLatency(record));
        const auto again = decodeRecord(encodeRecord(record));
        QVERIFY(again && *again == record);
    }
}

void tst_LoadFailures::connecting()
{
    const auto recordAt = [](const std::string &url) {
        EndpointTarget target = targetAt(url);
        target.key = Secret(kKey);
        target.transport.connectLimit = 0.3;
        return oneRecord(target);
    };
    DeafServer deaf; // takes the connection and never shakes hands
    const std::pair<RequestRecord, Failure> cases[] = {
        {recordAt("http://127.0.0.1:" + std::to_string(closedPort())), Failure::Refused},
        {recordAt("https://127.0.0.1:" + std::to_string(deaf.port())), Failure::ConnectTimeout},
    };
    for (const auto &[record, failure] : cases) {
        QCOMPARE(record.failure, failure);
        QCOMPARE(record.status, 0);
        QCOMPARE(record.sent, kNever);
        QCOMPARE(record.connected, kNever);
        QVERIFY(record.ended > record.scheduled);
        QVERIFY(!record.detail.empty() && !keepsTheKey(record));
        QVERIFY(isInNoLatency(record));
    }
    EndpointTarget unknown = targetAt("http://no-such-host.invalid"); // RFC 6761: never resolves
    unknown.transport.connectLimit = 60;
    QCOMPARE(oneRecord(unknown).failure, Failure::Dns);
}

void tst_LoadFailures::recordedRefusals()
{
    const auto failureOf = [](const std::string &status, const char *file) {
        const std::string bytes = answer(status, recorded(file), "Content-Type: application/json\r\n");
        RawServer server([bytes](const std::string &) { return bytes; });
        return oneRecord(targetAt(server.url(), "llamacpp"));
    };
    const RequestRecord tooLong = failureOf("400 Bad Request", "error.too-long.json");
    QCOMPARE(tooLong.failure, Failure::TooLarge);
    QVERIFY(tooLong.detail.find("1209 tokens") != std::string::npos);
    QCOMPARE(failureOf("500 Internal Server Error", "error.bad-json.json").failure, Failure::ServerError);
    QCOMPARE(failureOf("404 Not Found", "error.404-post.json").failure, Failure::NotFound);
    QCOMPARE(failureOf("401 Unauthorized", "auth.wrong.json").detail, std::string("Invalid API Key"));
}

void tst_LoadFailures::brokenHttp_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<Failure>("failure");
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("nothing") << std::string() << Failure::Reset;
    QTest::newRow("no HTTP") << std::string("SSH-2.0-OpenSSH_9.2\r\n") << Failure::NotTheProtocol;
    QTest::newRow("half a head") << std::string("HTTP/1.1 200 OK\r\nContent-Ty") << Failure::CutShort;
    QTest::newRow("no chunks") << chunked + "xyz\r\n" << Failure::Malformed;
    QTest::newRow("chunks cut") << chunked + "400\r\n" + kStream << Failure::CutShort;
    QTest::newRow("gzip of nothing") << answer("200 OK", kStream, "Content-Encoding: gzip\r\n") << Failure::Malformed;
    QTest::newRow("endless headers") << "HTTP/1.1 200 OK\r\n" + [] {
        std::string many;
        for (int i = 0; i < 30'000; ++i)
            many += "X-Header-" + std::to_string(i) + ": value\r\n";
        return many;
    }() << Failure::Endless;
    QTest::newRow("empty") << answer("200 OK", "") << Failure::CutShort;
    QTest::newRow("no content") << std::string("HTTP/1.1 204 No Content\r\n\r\n") << Failure::CutShort;
    QTest::newRow("not modified") << std::string("HTTP/1.1 304 Not Modified\r\n\r\n") << Failure::Redirected;
    QTest::newRow("status of its own") << std::string("HTTP/1.1 599 Odd\r\nContent-Length: 0\r\n\r\n") << Failure::ServerError;
    QTest::newRow("refusal without end") << "HTTP/1.1 500 No\r\n\r\n" + std::string(300'000, 'x') << Failure::ServerError;
    QTest::newRow("HTTP/1.0, good") << "HTTP/1.0 200 OK\r\n\r\n" + kStream << Failure::None;
    QTest::newRow("continue first, good") << "HTTP/1.1 100 Continue\r\n\r\n" + answer("200 OK", kStream) << Failure::None;
}

void tst_LoadFailures::brokenHttp()
{
    QFETCH(std::string, bytes);
    QFETCH(Failure, failure);
    RawServer server([bytes](const std::string &) { return bytes; });
    EndpointTarget target = targetAt(server.url());
    target.key = Secret(kKey);
    const RequestRecord record = oneRecord(target);
    QCOMPARE(record.failure, failure);
    QCOMPARE(server.requests().size(), size_t(1)); // nothing is asked twice in secret
    QVERIFY(isInNoLatency(record) == (failure != Failure::None));
    QVERIFY(!keepsTheKey(record));
    QVERIFY(record.ended >= record.sent && record.sent != kNever);
}

void tst_LoadFailures::wordsWithoutTheKey()
{
    const std::string team = "team-password-77";
    const auto echo = [](const std::string &request) {
        const std::string head = request.substr(0, request.find("\r\n\r\n"));
        std::string flat;
        for (const char c : head)
            flat += c == '\r' || c == '\n' || c == '"' ? ' ' : c;
        return answer("400 Bad Request",
                      "{\"error\":{\"message\":\"" +
                          flat.substr(flat.find("Authorization") == std::string::npos ? 0 : flat.find("X-Team")) + "\"}}");
    };
    RawServer server(echo);
    EndpointTarget target = targetAt(server.url());
    target.key = Secret(kKey);
    target.headers = {{"X-Team", team}};
    const RequestRecord record = oneRecord(target);
    QVERIFY(server.requests().front().find("Authorization: Bearer " + kKey + "\r\n") != std::string::npos);
    QVERIFY(server.requests().front().find("X-Team: " + team + "\r\n") != std::string::npos);
    QCOMPARE(record.failure, Failure::Rejected);
    QVERIFY(record.detail.find("Bearer (key)") != std::string::npos);
    QVERIFY(record.detail.find(team) == std::string::npos);
    QVERIFY(!keepsTheKey(record));
}

void tst_LoadFailures::keysThatComeBack()
{
    // At every place of the words' end: what is cut off is no beginning of the key.
    for (size_t before = 260; before <= 305; before += 5) {
        RawServer server([&](const std::string &) { return answer("400 Bad Request", std::string(before, 'x') + kKey); });
        EndpointTarget target = targetAt(server.url());
        target.key = Secret(kKey);
        const RequestRecord record = oneRecord(target);
        QVERIFY(record.detail.find(kKey.substr(0, 6)) == std::string::npos);
    }
    // In an answer's text every byte stays counted.
    const std::string stream =
        "data: {\"model\":\"" + kKey + "\",\"choices\":[{\"delta\":{\"content\":\"a " + kKey + " b\"}}]}\n\ndata: [DONE]\n\n";
    RawServer server([&](const std::string &) { return answer("200 OK", stream, "X-Key: " + kKey + "\r\n"); });
    EndpointTarget target = targetAt(server.url());
    target.key = Secret(kKey);
    const RequestRecord record = oneRecord(target);
    QCOMPARE(record.failure, Failure::None);
    QCOMPARE(record.text, "a " + std::string(kKey.size(), '*') + " b");
    QCOMPARE(record.chunks.front().bytes, uint32_t(record.text.size()));
    QVERIFY(!keepsTheKey(record));
    ExchangeRequest question;
    question.path = "/v1/models";
    const ExchangeAnswer told = exchange(target, question);
    QCOMPARE(told.status, 200);
    QVERIFY(told.body.find(kKey) == std::string::npos);
    for (const auto &[name, value] : told.headers)
        QVERIFY(value.find(kKey) == std::string::npos);
}

void tst_LoadFailures::redirectsElsewhereAreNotFollowed()
{
    MockEndpoint elsewhere;
    QVERIFY(elsewhere.start());
    // The same machine by another name or another port is another origin, and so is another scheme.
    for (const std::string &place :
         {elsewhere.url() + "/v1/chat/completions?key=1", "http://localhost:" + std::to_string(elsewhere.port()) + "/x",
          "//127.0.0.1:" + std::to_string(elsewhere.port()) + "/x"}) {
        for (const char *status :
             {"301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"}) {
            RawServer server([&](const std::string &) { return answer(status, "", "Location: " + place + "\r\n"); });
            EndpointTarget target = targetAt(server.url());
            target.key = Secret(kKey);
            const RequestRecord record = oneRecord(target);
            QCOMPARE(record.failure, Failure::Redirected);
            QVERIFY(record.detail.find("key=1") == std::string::npos);
            QCOMPARE(server.requests().size(), size_t(1));
        }
    }
    QVERIFY(elsewhere.requests().empty()); // so the key did not arrive, nor did anything else
}

void tst_LoadFailures::redirectsWithinTheServerAre()
{
    const auto redirecting = [](const std::string &request) {
        const bool first = request.starts_with("POST /v1/chat/completions ");
        // Both close: a connection said to stay and closed would end the next request with Reset now and then.
        return first ? answer("307 Temporary Redirect", "", "Connection: close\r\nLocation: /other/place\r\n")
                     : answer("200 OK", kStream, "Connection: close\r\n");
    };
    RawServer server(redirecting);
    EndpointTarget target = targetAt(server.url());
    target.key = Secret(kKey);
    const LevelOutcome outcome = runLevel(target, closedLevel(2));
    for (const RequestRecord &record : outcome.records) {
        QCOMPARE(record.failure, Failure::None);
        QCOMPARE(record.status, 200);
        QCOMPARE(record.text, std::string("a"));
    }
    const auto requests = server.requests();
    QCOMPARE(requests.size(), size_t(4));
    QVERIFY(requests[1].starts_with("POST /other/place ") && requests[1].find(kKey) != std::string::npos);
    QCOMPARE(requests[1].substr(requests[1].find("\r\n\r\n")), requests[0].substr(requests[0].find("\r\n\r\n")));
    RawServer circling([](const std::string &) { return answer("307 Temporary Redirect", "", "Connection: close\r\nLocation: /again\r\n"); });
    QCOMPARE(oneRecord(targetAt(circling.url())).failure, Failure::Redirected);
    // A POST that would become a GET is no longer the request.
    RawServer changing([](const std::string &) { return answer("303 See Other", "", "Location: /result\r\n"); });
    QCOMPARE(oneRecord(targetAt(changing.url())).failure, Failure::Redirected);
    QCOMPARE(changing.requests().size(), size_t(1));
}

void tst_LoadFailures::aKeptConnectionThatClosesIsNoHiddenRetry()
{
    // Says that the connection stays, and closes it: the next request may meet that.
    RawServer server([](const std::string &) { return answer("200 OK", kStream); });
    const LevelOutcome outcome = runLevel(targetAt(server.url()), closedLevel(30));
    QCOMPARE(outcome.records.size(), size_t(30));
    size_t good = 0;
    for (const RequestRecord &record : outcome.records) {
        QVERIFY(record.failure == Failure::None || record.failure == Failure::Reset);
        good += record.failure == Failure::None ? 1 : 0;
    }
    QCOMPARE(server.requests().size(), good); // those that failed were not answered under another's name
}

void tst_LoadFailures::openAfterTheEndMark()
{
    const auto answers = [](const std::string &body) {
        return [body](const std::string &) { return "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body; };
    };
    const auto recordOf = [](const RawServer &server) {
        EndpointTarget target = targetAt(server.url());
        target.transport.stallLimit = target.transport.firstTokenLimit = 0.2;
        return oneRecord(target);
    };
    RawServer open(answers(kStream), 60'000);
    const RequestRecord answered = recordOf(open); // the end mark came, then nothing: what was asked for is there
    QCOMPARE(answered.failure, Failure::None);
    QCOMPARE(answered.text, std::string("a"));
    RawServer unfinished(answers(kStream.substr(0, kStream.find("data: [DONE]"))), 60'000);
    QCOMPARE(recordOf(unfinished).failure, Failure::StallTimeout);
    RawServer closing(answers(kStream));
    QCOMPARE(recordOf(closing).failure, Failure::CutShort); // its length was a lie
}

void tst_LoadFailures::compressed()
{
    // kStream as gzip makes it.
    const QByteArray packed = qCompress(QByteArray::fromStdString(kStream)).mid(4); // zlib's form, which HTTP calls deflate
    const std::string bytes = answer("200 OK", packed.toStdString(), "Content-Encoding: deflate\r\n");
    RawServer server([bytes](const std::string &) { return bytes; });
    const RequestRecord record = oneRecord(targetAt(server.url()));
    QCOMPARE(record.failure, Failure::None);
    QCOMPARE(record.receivedBytes, kStream.size());
    QVERIFY(server.requests().front().find("Accept-Encoding: identity\r\n") != std::string::npos);
    QVERIFY(server.requests().front().find("Expect:") == std::string::npos);
}

void tst_LoadFailures::gzipped()
{
    // gzip's form (RFC 1952) of kStream: a head, deflate's data without zlib's head and sum, CRC-32 and length.
    const QByteArray zlib = qCompress(QByteArray::fromStdString(kStream)).mid(4);
    std::string packed("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
    packed += zlib.mid(2, zlib.size() - 6).toStdString();
    uint32_t sum = 0xffffffff;
    for (const unsigned char c : kStream) {
        sum ^= c;
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum >> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    const auto put = [&](uint32_t value) {
        for (int byte = 0; byte < 4; ++byte)
            packed += char(uint8_t(value >> (8 * byte)));
    };
    put(~sum);
    put(uint32_t(kStream.size()));
    const auto recordOf = [](const std::string &body) {
        const std::string bytes = answer("200 OK", body, "Content-Encoding: gzip\r\n");
        RawServer server([bytes](const std::string &) { return bytes; });
        return oneRecord(targetAt(server.url()));
    };
    const RequestRecord whole = recordOf(packed);
    QCOMPARE(whole.failure, Failure::None);
    QCOMPARE(whole.text, std::string("a"));
    packed[packed.size() - 6] = char(packed[packed.size() - 6] ^ 1); // its sum
    const RequestRecord changed = recordOf(packed);
    QCOMPARE(changed.failure, Failure::Malformed);
    QVERIFY(isInNoLatency(changed));
}

void tst_LoadFailures::aLineWithoutEnd()
{
    // One line that never ends, in an answer without a length: it is given up at the limit, not kept.
    const std::string bytes = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\""
                              + std::string(3'000'000, 'x');
    RawServer server([&](const std::string &) { return bytes; });
    EndpointTarget target = targetAt(server.url());
    target.transport.byteLimit = 1'000'000;
    const RequestRecord record = oneRecord(target);
    QCOMPARE(record.failure, Failure::Endless);
    QVERIFY(record.text.empty() && record.chunks.empty());
    QVERIFY(isInNoLatency(record));
}

void tst_LoadFailures::nobodyReadsTheRequest()
{
    DeafServer deaf; // more than its socket takes is never taken
    EndpointTarget target = targetAt("http://127.0.0.1:" + std::to_string(deaf.port()));
    target.transport.headerLimit = 0.3;
    const auto large = [](int64_t) {
        LoadRequest request;
        request.prompt = std::string(32 << 20, 'x');
        request.outputTokens = 1;
        return std::optional(request);
    };
    const LevelOutcome outcome = runLevel(target, closedLevel(1), large);
    QCOMPARE(outcome.records.size(), size_t(1));
    QCOMPARE(outcome.records.front().failure, Failure::HeaderTimeout);
    QVERIFY(isInNoLatency(outcome.records.front()));
}

void tst_LoadFailures::failuresAreCounted()
{
    MockScript script;
    script.ttft = 0.002;
    script.gap = 0.001;
    script.fault = MockFault::ErrorInStream;
    script.faultShare = 0.25;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const LevelOutcome outcome = runLevel(targetAt(mock.url()), closedLevel(40, 4));
    size_t failed = 0;
    for (const RequestRecord &record : outcome.records) {
        QVERIFY(record.failure == Failure::None || record.failure == Failure::ErrorInStream);
        failed += record.failure == Failure::None ? 0 : 1;
    }
    QCOMPARE(failed, size_t(10));
}

QTEST_APPLESS_MAIN(tst_LoadFailures)
#include "tst_loadfailures.moc"
