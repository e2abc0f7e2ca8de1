// SPDX-License-Identifier: GPL-3.0-or-later
// The pitfalls of benchmarking.md 4 that lie in a client, by their numbers; the list of all of them is docs/PITFALLS.md.
#include "core/bench/metrics.h"
#include "core/bench/requestmetrics.h"
#include "core/mock/mockendpoint.h"
#include "loadtesting.h"

#include <QTest>
#include <algorithm>
#include <set>

using namespace assay;

namespace {

std::string answer(const std::string &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string text(const std::string &words)
{
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + words + "\"}}]}\n\n";
}

/// The most requests that the mock had read and not answered at one moment.
int64_t mostAtTheServer(const std::vector<MockRequest> &requests)
{
    std::vector<std::pair<int64_t, int>> changes;
    for (const MockRequest &request : requests) {
        changes.emplace_back(request.received, 1);
        changes.emplace_back(request.chunks.empty() ? request.received : request.chunks.front(), -1);
    }
    std::sort(changes.begin(), changes.end());
    int64_t open = 0, most = 0;
    for (const auto &[at, change] : changes)
        most = std::max(most, open += change);
    return most;
}

} // namespace

class TestClientPitfalls : public QObject
{
    Q_OBJECT
private slots:
    void p05_usageIsAskedFor();
    void p05_serversThatTellNoUsage();
    void p05_eventOfUsageAlone();
    void p05_serversThatRejectTheQuestion();
    void p07_largePiecesAtFullSpeed();
    void p07_moreThanAHundredInFlight();
    void p07_burstsGoOutTogether();
    void p12_shortClosedLoops();
};

/// Whoever does not ask is told nothing by OpenAI's dialect. Guard: Dialect's fixed fields.
void TestClientPitfalls::p05_usageIsAskedFor()
{
    MockEndpoint mock;
    QVERIFY(mock.start());
    const RequestRecord record = oneRecord(targetAt(mock.url(), "openai-chat"));
    QCOMPARE(mock.requests().size(), size_t(1));
    QVERIFY(mock.requests().front().body.find("\"include_usage\":true") != std::string::npos);
    QCOMPARE(record.usage.completion.value_or(-1), 16);
    QCOMPARE(metricsOf(record).source, TokenSource::Usage);
}

/// Some ignore the question. Guard: the count says where it is from, and nothing asked for stands in for it.
void TestClientPitfalls::p05_serversThatTellNoUsage()
{
    MockScript script;
    script.ttft = script.gap = 0.001;
    script.pieces = 5;
    script.usage = MockScript::Usage::Never;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const RequestRecord record = oneRecord(targetAt(mock.url(), "openai-chat")); // asks for 16
    QCOMPARE(record.failure, Failure::None);
    QVERIFY(!record.usage.completion && !record.usage.prompt);
    QCOMPARE(metricsOf(record).tokens, 5);
    QCOMPARE(metricsOf(record).source, TokenSource::Chunks);
}

/// It has no choices: taking the first of them ends a client. And it comes late, here with a second read: t_n stays.
void TestClientPitfalls::p05_eventOfUsageAlone()
{
    const std::string usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":4}}\n\n";
    const std::string comments(200'000, ':'); // a read or more of its own
    RawServer server([&](const std::string &) { return answer(text("a") + text("b") + comments + "\n" + usage + "data: [DONE]\n\n"); });
    const RequestRecord record = oneRecord(targetAt(server.url(), "openai-chat"));
    QCOMPARE(record.failure, Failure::None);
    QCOMPARE(record.text, std::string("ab"));
    QCOMPARE(record.chunks.size(), size_t(2));
    QCOMPARE(record.usage.completion.value_or(-1), 4);
    QCOMPARE(record.usage.prompt.value_or(-1), 7);
    const RequestMetrics metrics = metricsOf(record);
    QCOMPARE(metrics.tokens, 4);
    QCOMPARE(record.chunks.back().at, record.firstByte); // all text is in the first read
    QVERIFY(metrics.e2e && std::abs(*metrics.e2e - double(record.firstByte - record.sent) * 1e-9) < 1e-12);
}

/// Guard: they are asked again without it, the refused try stays a record, and no answer is lost.
void TestClientPitfalls::p05_serversThatRejectTheQuestion()
{
    RawServer old([](const std::string &asked) {
        if (asked.find("stream_options") == std::string::npos)
            return answer(text("a") + "data: [DONE]\n\n");
        const std::string refusal = "{\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\"}}";
        return "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: " + std::to_string(refusal.size()) + "\r\n\r\n" + refusal;
    });
    const LevelOutcome outcome = runLevel(targetAt(old.url(), "openai-chat"), closedLevel(3));
    int answered = 0;
    for (const RequestRecord &record : outcome.records)
        answered += record.failure == Failure::None && record.text == "a";
    QCOMPARE(answered, 3);
    QCOMPARE(outcome.records.size(), size_t(4));
}

/// vllm#39963: a tenth of the speed, attributed to a read buffer of 64 KB. Here eight streams of pieces of 50,000 characters come
/// as fast as the server can write them: all whole, in order, and each stream in so few reads as a small buffer cannot do.
/// Guard: kBufferBytes of core/endpoint/curlhandle.cpp; libcurl's own 16 KB need 126 reads of each stream at least.
void TestClientPitfalls::p07_largePiecesAtFullSpeed()
{
    constexpr int64_t kPieces = 41;
    constexpr size_t kLength = 50'000, kSmallBuffer = 16 << 10;
    MockScript script;
    script.ttft = script.gap = 0;
    script.pieces = kPieces;
    for (const char letter : {'a', 'b', 'c'})
        script.words.push_back(std::string(kLength, letter));
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const LevelOutcome outcome = runLevel(targetAt(mock.url(), "openai-chat"), closedLevel(8, 8), asking(kPieces));
    QCOMPARE(outcome.records.size(), size_t(8));
    uint32_t fewest = UINT32_MAX;
    for (const RequestRecord &record : outcome.records) {
        QCOMPARE(record.failure, Failure::None);
        QCOMPARE(record.chunks.size(), size_t(kPieces));
        for (size_t at = 0, piece = 0; piece < size_t(kPieces); ++piece) {
            const std::string &word = script.words[piece % 3];
            at = record.text.find(word, at);
            QVERIFY(at != std::string::npos);
            at += word.size();
        }
        fewest = std::min(fewest, record.chunks.back().read + 1);
    }
    QVERIFY2(fewest < size_t(kPieces) * kLength / kSmallBuffer, std::to_string(fewest).c_str());
}

/// guidellm#487: exactly 100 in flight, the usual limit of an HTTP client's pool. Guard: the client sets none, and kMostConnections
/// of core/endpoint/eventloop.cpp keeps as many open.
void TestClientPitfalls::p07_moreThanAHundredInFlight()
{
    constexpr int64_t kStreams = 300;
    MockScript script;
    script.ttft = 3; // whoever counts them on a busy machine has time
    script.pieces = 1;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const LevelOutcome outcome = runLevel(targetAt(mock.url(), "openai-chat"), closedLevel(kStreams, kStreams), asking(1));
    QCOMPARE(outcome.records.size(), size_t(kStreams));
    QCOMPARE(mostAtTheServer(mock.requests()), kStreams);
    QCOMPARE(mostInFlight(outcome.records), kStreams);
}

/// guidellm#1041: those due at one moment left one after the other. Guard: an open loop sends all that is due before it reads.
void TestClientPitfalls::p07_burstsGoOutTogether()
{
    constexpr int64_t kBurst = 200;
    MockScript script;
    script.ttft = 0; // answers come at once, and could be waited for
    script.pieces = 1;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    const LevelOutcome outcome = runLevel(targetAt(mock.url(), "openai-chat"), openLevel(kBurst, 0), asking(1));
    QCOMPARE(outcome.records.size(), size_t(kBurst));
    std::set<int64_t> connections;
    for (const MockRequest &request : mock.requests())
        connections.insert(request.connection);
    QCOMPARE(connections.size(), size_t(kBurst)); // none waited for another's end and took its connection
    for (const RequestRecord &record : outcome.records)
        QVERIFY(record.scheduled == outcome.records.front().scheduled);
}

/// Three waves of eight in flight after one of warm-up. By Little's law as many as are in flight are answered in the time of one:
/// c / E a second, whatever this machine makes of E. Counted from the first sending to the last one it is 7 / 16 more, and always.
/// Guard: takeWholeWaves of core/bench/steadystate.cpp.
void TestClientPitfalls::p12_shortClosedLoops()
{
    constexpr int64_t kInFlight = 8;
    MockScript script;
    script.ttft = 0.1;
    script.gap = 0.01;
    script.jitter = 0.2;
    script.pieces = 10;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    BenchRun run;
    run.plan.load.emplace().concurrencies = {kInFlight};
    std::string shares;
    const auto isRight = [&] {
        LoadLevel level = closedLevel(3 * kInFlight, kInFlight);
        level.warmup = kInFlight;
        run.requests = {};
        for (RequestRecord &record : runLevel(targetAt(mock.url(), "openai-chat"), level, asking(10)).records)
            run.requests.append(record);
        const auto values = summarize(run, pointsOf(run.plan).front());
        const MetricValue *rate = findValue(values, "request_rate"), *tokens = findValue(values, "throughput"), *e2e = findValue(values, "e2e");
        if (!rate || !tokens || !e2e)
            return false;
        const double known = double(kInFlight) / mean(e2e->samples), answers = rate->estimate.value / known, all = tokens->estimate.value / (10 * known);
        shares += std::to_string(answers) + " " + std::to_string(all) + "\n";
        return std::abs(answers - 1) < 0.15 && std::abs(all - 1) < 0.15;
    };
    // Somebody else's work may fall into one wave and not into the others; a leaning figure leans every time.
    QVERIFY2(isRight() || isRight() || isRight(), shares.c_str());
}

QTEST_GUILESS_MAIN(TestClientPitfalls)
#include "tst_clientpitfalls.moc"
