// SPDX-License-Identifier: GPL-3.0-or-later
// Loads on the mock endpoint, over real sockets. Bounds in time are lower ones alone: a busy machine breaks none.
#include "loadtesting.h"

#include "core/mock/mockendpoint.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <map>
#include <set>

using namespace assay;

namespace {

constexpr int64_t kMs = 1'000'000;

MockScript quick(int64_t pieces = 4)
{
    MockScript script;
    script.ttft = 0.005;
    script.gap = 0.002;
    script.pieces = pieces;
    return script;
}

const RequestRecord *recordOf(const LevelOutcome &outcome, int64_t index, int attempt = 0)
{
    for (const RequestRecord &record : outcome.records)
        if (record.index == index && record.attempt == attempt)
            return &record;
    return nullptr;
}

bool momentsRise(const RequestRecord &record)
{
    int64_t last = record.scheduled;
    for (const int64_t moment : {record.sent, record.headers, record.firstByte}) {
        if (moment < last)
            return false;
        last = moment;
    }
    for (const ChunkRecord &chunk : record.chunks) {
        if (chunk.at < last)
            return false;
        last = chunk.at;
    }
    return record.ended >= last;
}

} // namespace

class tst_LoadRunner : public QObject
{
    Q_OBJECT
private slots:
    void closedLoop();
    void momentsAreNotBeforeTheServers();
    void connectionsAreKept();
    void readsShareTheirMoment();
    void everyDialect_data();
    void everyDialect();
    void channels();
    void openLoopKeepsItsSchedule();
    void waitingAtTheCapCounts();
    void nothingDueIsLeftOut();
    void retries();
    void retriesEnd();
    void noRetryOfOtherFailures();
    void usageThatIsRefused();
    void stop();
    void secondsEndTheSending();
    void makeMayEndTheLevel();
    void severalThreads();
    void status();
    void textsNeedNotBeKept();
    void wrongTargets();
};

void tst_LoadRunner::closedLoop()
{
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    LoadLevel level = closedLevel(10, 3);
    level.warmup = 2;
    level.firstIndex = 100;
    level.point = 7;
    const LevelOutcome outcome = runLevel(targetAt(mock.url()), level);
    QVERIFY(outcome.result);
    QCOMPARE(outcome.records.size(), size_t(12));
    std::set<int64_t> indices;
    for (const RequestRecord &record : outcome.records) {
        indices.insert(record.index);
        QCOMPARE(record.failure, Failure::None);
        QCOMPARE(record.warmup, record.index < 102);
        QCOMPARE(record.point, 7);
        QCOMPARE(record.attempt, 0);
        QCOMPARE(record.status, 200);
        QCOMPARE(record.httpVersion, 11);
        QCOMPARE(record.outputTokens, 16);
        QCOMPARE(record.text, std::string("word0 word1 word2 word3"));
        QCOMPARE(record.chunks.size(), size_t(4));
        QCOMPARE(record.usage.completion.value_or(-1), 4);
        QCOMPARE(record.finish, std::string("stop"));
        QVERIFY(momentsRise(record));
    }
    QCOMPARE(indices.size(), size_t(12));
    QCOMPARE(*indices.begin(), 100);
    QCOMPARE(mostInFlight(outcome.records), 3);
    QTRY_COMPARE(mock.answered(), 12);
}

void tst_LoadRunner::momentsAreNotBeforeTheServers()
{
    MockEndpoint mock(quick(20));
    QVERIFY(mock.start());
    const LevelOutcome outcome = runLevel(targetAt(mock.url()), closedLevel(8, 4));
    std::map<std::string, MockRequest> asked; // by its prompt
    for (const MockRequest &request : mock.requests()) {
        const QJsonObject body = QJsonDocument::fromJson(QByteArray::fromStdString(request.body)).object();
        asked[body["messages"].toArray().last().toObject()["content"].toString().toStdString()] = request;
    }
    QCOMPARE(outcome.records.size(), size_t(8));
    for (const RequestRecord &record : outcome.records) {
        const MockRequest &request = asked["Say number " + std::to_string(record.index)];
        QVERIFY(record.sent <= request.received);
        QCOMPARE(record.chunks.size(), request.chunks.size());
        for (size_t i = 0; i < record.chunks.size(); ++i) // one clock for both: that of the machine
            QVERIFY(record.chunks[i].at >= request.chunks[i]);
    }
}

void tst_LoadRunner::connectionsAreKept()
{
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    LoadRunner runner(targetAt(mock.url()), 0);
    int64_t opened = 0;
    for (int i = 0; i < 2; ++i) // from level to level, too
        QVERIFY(runner.run(closedLevel(9, 3), asking(),
                           [&](RequestRecord &&record) { opened += record.connected != kNever ? 1 : 0; }));
    std::set<int64_t> connections;
    for (const MockRequest &request : mock.requests())
        connections.insert(request.connection);
    QCOMPARE(connections.size(), size_t(3));
    QCOMPARE(opened, 3);
}

void tst_LoadRunner::readsShareTheirMoment()
{
    MockScript script = quick(16);
    script.piecesPerWrite = 4;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const RequestRecord record = oneRecord(targetAt(mock.url()));
    QCOMPARE(record.chunks.size(), size_t(16));
    std::set<uint32_t> reads;
    for (size_t i = 0; i < record.chunks.size(); ++i) {
        reads.insert(record.chunks[i].read);
        if (i > 0)
            QCOMPARE(record.chunks[i].at == record.chunks[i - 1].at, record.chunks[i].read == record.chunks[i - 1].read);
    }
    QVERIFY(reads.size() <= 4);
}

void tst_LoadRunner::everyDialect_data()
{
    QTest::addColumn<QByteArray>("dialect");
    for (const char *dialect : {"openai-chat", "openai-completions", "openai", "vllm", "sglang", "llamacpp",
                                "llamacpp-completion", "tgi", "ollama", "lmstudio", "deepseek", "azure", "anthropic"})
        QTest::newRow(dialect) << QByteArray(dialect);
}

void tst_LoadRunner::everyDialect()
{
    QFETCH(QByteArray, dialect);
    MockScript script = quick(5);
    script.key = "sk-mock-0123456789";
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    EndpointTarget target = targetAt(mock.url(), dialect.toStdString());
    QCOMPARE(oneRecord(target).failure, Failure::Unauthorized);
    target.key = Secret(script.key);
    const RequestRecord record = oneRecord(target);
    QCOMPARE(record.failure, Failure::None);
    QCOMPARE(record.text, std::string("word0 word1 word2 word3 word4"));
    QCOMPARE(record.chunks.size(), size_t(5));
    QCOMPARE(record.usage.completion.value_or(-1), 5);
    QVERIFY(record.usage.prompt.value_or(-1) > 0);
    QVERIFY(!record.finish.empty());
}

void tst_LoadRunner::channels()
{
    for (const char *field : {"reasoning_content", "reasoning", ""}) {
        MockScript script = quick(3);
        script.reasoningPieces = 2;
        script.reasoningField = field;
        MockEndpoint mock(script);
        QVERIFY(mock.start());
        const RequestRecord record = oneRecord(targetAt(mock.url()));
        QCOMPARE(record.failure, Failure::None);
        std::map<Channel, int> pieces;
        for (const ChunkRecord &chunk : record.chunks)
            ++pieces[chunk.channel];
        QVERIFY(pieces[Channel::Reasoning] >= 2); // the tags may be pieces of their own
        QCOMPARE(pieces[Channel::Answer], 3);
    }
}

void tst_LoadRunner::openLoopKeepsItsSchedule()
{
    MockScript script = quick();
    script.ttft = 0.2;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const LoadLevel level = openLevel(20, 5);
    const LevelOutcome outcome = runLevel(targetAt(mock.url()), level);
    QCOMPARE(outcome.records.size(), size_t(20));
    const RequestRecord *first = recordOf(outcome, 0);
    QVERIFY(first != nullptr);
    for (const RequestRecord &record : outcome.records) {
        QCOMPARE(record.failure, Failure::None);
        // To the nanosecond, whatever happened on the way: nothing drifts.
        QCOMPARE(record.scheduled - first->scheduled, level.arrivals[size_t(record.index)]);
        QVERIFY(record.sent >= record.scheduled);
    }
    // All arrive within 100 ms, and the first answer needs 200: nobody waited for another's end.
    QVERIFY(mostInFlight(outcome.records) > 1);
}

void tst_LoadRunner::waitingAtTheCapCounts()
{
    MockScript script = quick(1);
    script.ttft = 0.05;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    LoadLevel level = openLevel(6, 5);
    level.mostInFlight = 1;
    const LevelOutcome outcome = runLevel(targetAt(mock.url()), level);
    QCOMPARE(outcome.records.size(), size_t(6));
    QCOMPARE(mostInFlight(outcome.records), 1);
    for (const RequestRecord &record : outcome.records)
        QVERIFY(record.sent - record.scheduled >= record.index * (50 - 5) * kMs - kMs); // each before it took 50 ms at least
}

void tst_LoadRunner::nothingDueIsLeftOut()
{
    MockScript script = quick(1);
    script.ttft = 0.3;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    LoadLevel level = openLevel(50, 2);
    level.mostInFlight = 2;
    level.seconds = 0.2; // all are due by then, two have gone out
    const LevelOutcome outcome = runLevel(targetAt(mock.url()), level);
    QVERIFY(outcome.result);
    QCOMPARE(outcome.records.size(), size_t(50));
    int64_t neverSent = 0;
    for (const RequestRecord &record : outcome.records) {
        const bool sent = record.sent != kNever;
        neverSent += sent ? 0 : 1;
        QCOMPARE(record.failure, sent ? Failure::None : Failure::Cancelled);
    }
    QVERIFY(neverSent >= 48);
}

void tst_LoadRunner::retries()
{
    MockScript script = quick();
    script.fault = MockFault::Status;
    script.status = 429;
    script.retryAfter = 1;
    script.faultShare = 0.5;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    LoadLevel level = closedLevel(4, 2);
    level.retries = 5;
    const LevelOutcome outcome = runLevel(targetAt(mock.url()), level);
    QVERIFY(outcome.records.size() > 4); // each try is a record of its own
    for (int64_t index = 0; index < 4; ++index) {
        const RequestRecord *attempt = recordOf(outcome, index);
        for (int number = 1; attempt != nullptr && attempt->failure != Failure::None; ++number) {
            QCOMPARE(attempt->failure, Failure::RateLimited);
            QCOMPARE(attempt->retryAfterMs, 1000);
            const RequestRecord *next = recordOf(outcome, index, number);
            QVERIFY(next != nullptr);
            QVERIFY(next->sent - attempt->ended >= 1000 * kMs);
            attempt = next;
        }
        QVERIFY(attempt != nullptr);
        QCOMPARE(attempt->text, std::string("word0 word1 word2 word3"));
    }
}

void tst_LoadRunner::retriesEnd()
{
    RawServer busy([](const std::string &) {
        return "HTTP/1.1 503 Busy\r\nRetry-After-Ms: 20\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    });
    LoadLevel level = closedLevel(2);
    level.retries = 2;
    const LevelOutcome outcome = runLevel(targetAt(busy.url()), level);
    QCOMPARE(outcome.records.size(), size_t(6));
    QCOMPARE(busy.requests().size(), size_t(6));
    for (const RequestRecord &record : outcome.records) {
        QCOMPARE(record.failure, Failure::Overloaded);
        QCOMPARE(record.retryAfterMs, 20);
    }
}

void tst_LoadRunner::noRetryOfOtherFailures()
{
    MockScript script = quick();
    script.fault = MockFault::Status;
    script.status = 500;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    LoadLevel level = closedLevel(3);
    level.retries = 3;
    QCOMPARE(runLevel(targetAt(mock.url()), level).records.size(), size_t(3));
}

void tst_LoadRunner::usageThatIsRefused()
{
    RawServer old([](const std::string &asked) {
        const bool knows = asked.find("stream_options") == std::string::npos;
        const std::string body = knows ? "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n"
                                       : "{\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\"}}";
        return "HTTP/1.1 " + std::string(knows ? "200 OK" : "400 Bad Request") +
               "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    });
    const LevelOutcome outcome = runLevel(targetAt(old.url()), closedLevel(3));
    QCOMPARE(outcome.records.size(), size_t(4)); // the refused try is a record of its own
    QCOMPARE(recordOf(outcome, 0)->failure, Failure::Rejected);
    QCOMPARE(recordOf(outcome, 0, 1)->text, std::string("a"));
    for (int64_t index = 1; index < 3; ++index)
        QCOMPARE(recordOf(outcome, index)->text, std::string("a"));
}

void tst_LoadRunner::stop()
{
    MockScript script = quick(100'000);
    script.obeyLimit = false;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    LoadRunner runner(targetAt(mock.url()), 0);
    std::stop_source source;
    std::vector<RequestRecord> records;
    std::thread stopper([&] {
        while (runner.status().chunks < 20)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        source.request_stop();
    });
    LoadLevel level = openLevel(6, 0);
    level.mostInFlight = 4;
    const auto result = runner.run(
        level, asking(1'000'000), [&](RequestRecord &&record) { records.push_back(std::move(record)); }, source.get_token());
    stopper.join();
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
    QCOMPARE(records.size(), size_t(6)); // four that were open, two that waited
    size_t chunks = 0;
    for (const RequestRecord &record : records) {
        QCOMPARE(record.failure, Failure::Cancelled);
        QVERIFY(record.ended > 0);
        chunks += record.chunks.size();
    }
    QVERIFY(chunks >= 20); // what had come is kept
    std::stop_source before;
    before.request_stop();
    QVERIFY(!runner.run(
        closedLevel(3), asking(), [](RequestRecord &&) {}, before.get_token()));
}

void tst_LoadRunner::secondsEndTheSending()
{
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    LoadLevel level = closedLevel(1'000'000, 2);
    level.seconds = 0.2;
    const LevelOutcome outcome = runLevel(targetAt(mock.url()), level);
    QVERIFY(outcome.result);
    QVERIFY(!outcome.records.empty());
    QVERIFY(outcome.records.size() < 1'000'000);
    int64_t begin = outcome.records.front().scheduled;
    for (const RequestRecord &record : outcome.records)
        begin = std::min(begin, record.scheduled);
    for (const RequestRecord &record : outcome.records) {
        QCOMPARE(record.failure, Failure::None);
        QVERIFY(record.scheduled < begin + 200 * kMs);
    }
}

void tst_LoadRunner::makeMayEndTheLevel()
{
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    const MakeRequest five = [](int64_t index) { return index < 5 ? asking()(index) : std::nullopt; };
    QCOMPARE(runLevel(targetAt(mock.url()), closedLevel(100, 3), five).records.size(), size_t(5));
    QCOMPARE(runLevel(targetAt(mock.url()), openLevel(100, 1), five).records.size(), size_t(5));
}

void tst_LoadRunner::severalThreads()
{
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    LoadRunner runner(targetAt(mock.url()), 0, 3);
    for (const LoadLevel &level : {closedLevel(40, 5), openLevel(40, 1), closedLevel(40, 2)}) {
        std::set<int64_t> indices;
        std::atomic<int> inside = 0;
        bool alone = true;
        QVERIFY(runner.run(level, asking(), [&](RequestRecord &&record) {
            alone = alone && ++inside == 1;
            indices.insert(record.index);
            --inside;
        }));
        QVERIFY(alone);
        QCOMPARE(indices.size(), size_t(40));
    }
}

void tst_LoadRunner::status()
{
    MockScript script = quick();
    script.fault = MockFault::Status;
    script.faultShare = 0.5;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    LoadRunner runner(targetAt(mock.url()), 0);
    QCOMPARE(runner.status().started, 0);
    int64_t failed = 0, bytes = 0;
    QVERIFY(runner.run(closedLevel(10, 2), asking(), [&](RequestRecord &&record) {
        failed += record.failure != Failure::None ? 1 : 0;
        bytes += int64_t(record.receivedBytes);
    }));
    const LoadStatus status = runner.status();
    QCOMPARE(status.started, 10);
    QCOMPARE(status.finished, 10);
    QCOMPARE(status.failed, failed);
    QCOMPARE(status.inFlight, 0);
    QCOMPARE(status.waiting, 0);
    QCOMPARE(status.chunks, (10 - failed) * 4);
    QCOMPARE(status.bytes, bytes);
    QVERIFY(failed > 0 && failed < 10);
}

void tst_LoadRunner::textsNeedNotBeKept()
{
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    LoadLevel level = closedLevel(1);
    level.keepTexts = false;
    const LevelOutcome outcome = runLevel(targetAt(mock.url()), level);
    QVERIFY(outcome.records.front().text.empty());
    QCOMPARE(outcome.records.front().chunks.size(), size_t(4));
}

void tst_LoadRunner::wrongTargets()
{
    const auto codeOf = [](const EndpointTarget &target) {
        const LevelOutcome outcome = runLevel(target, closedLevel(1));
        return outcome.result || !outcome.records.empty() ? ErrorCode::Count_ : outcome.result.error().code;
    };
    QCOMPARE(codeOf(targetAt("http://127.0.0.1:1", "esperanto")), ErrorCode::BadUsage);
    QCOMPARE(codeOf(targetAt("ftp://127.0.0.1:1")), ErrorCode::UrlInvalid);
    QCOMPARE(codeOf(targetAt("http://user:password@127.0.0.1:1")), ErrorCode::UrlInvalid);
    EndpointTarget twoHeaders = targetAt("http://127.0.0.1:1");
    twoHeaders.key = Secret("sk-1\r\nX-Other: 1");
    QCOMPARE(codeOf(twoHeaders), ErrorCode::BadUsage);
    EndpointTarget more = targetAt("http://127.0.0.1:1");
    more.headers = {{"X-Team", "a\nb"}};
    QCOMPARE(codeOf(more), ErrorCode::BadUsage);
}

QTEST_APPLESS_MAIN(tst_LoadRunner)
#include "tst_loadrunner.moc"
