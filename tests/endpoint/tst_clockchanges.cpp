// SPDX-License-Identifier: GPL-3.0-or-later
// The time of day jumps by hours with every look at it (jumpingclock.cpp): no moment, no duration and no limit may follow it.
#include "tests/clock/jumpingclock.h"
#include "loadtesting.h"

#include "core/bench/requestmetrics.h"
#include "core/endpoint/exchange.h"
#include "core/mock/mockendpoint.h"

#include <QTest>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>

using namespace assay;

namespace {

constexpr int64_t kMinute = 60'000'000'000; // ns; the smallest jump is an hour

MockScript quick()
{
    MockScript script;
    script.ttft = 0.01;
    script.gap = 0.005;
    script.pieces = 6;
    return script;
}

void checkMoments(const RequestRecord &record)
{
    QCOMPARE(record.failure, Failure::None);
    int64_t last = record.scheduled;
    for (const int64_t moment : {record.sent, record.headers, record.firstByte}) {
        QVERIFY(moment >= last);
        last = moment;
    }
    for (const ChunkRecord &chunk : record.chunks) {
        QVERIFY(chunk.at >= last);
        last = chunk.at;
    }
    QVERIFY(record.ended >= last);
    QVERIFY(record.ended - record.scheduled < kMinute);
    const RequestMetrics metrics = metricsOf(record);
    QVERIFY(*metrics.ttft >= 0.01 && *metrics.ttft < 60);
    QVERIFY(*metrics.e2e >= *metrics.ttft && *metrics.e2e < 60);
}

} // namespace

class tst_ClockChanges : public QObject
{
    Q_OBJECT
private slots:
    void theClockJumps();
    void closedLoop();
    void openLoop();
    void limits();
    void questions();
};

/// Else the others would prove nothing.
void tst_ClockChanges::theClockJumps()
{
    using Day = std::chrono::system_clock;
    const auto first = Day::now(), second = Day::now();
    QVERIFY(std::abs(std::chrono::duration<double>(second - first).count()) > 3000);
    const std::time_t before = std::time(nullptr);
    QVERIFY(std::abs(double(std::time(nullptr) - before)) > 3000);
    const auto steady = std::chrono::steady_clock::now();
    QVERIFY(std::chrono::steady_clock::now() - steady < std::chrono::minutes(10));
    QVERIFY(clockJumps() >= 4);
}

void tst_ClockChanges::closedLoop()
{
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    EndpointTarget target = targetAt(mock.url());
    target.transport.totalLimit = 600;
    const LevelOutcome outcome = runLevel(target, closedLevel(12, 3));
    QVERIFY(outcome.result);
    QCOMPARE(outcome.records.size(), size_t(12));
    for (const RequestRecord &record : outcome.records)
        checkMoments(record);
}

void tst_ClockChanges::openLoop()
{
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    const LevelOutcome outcome = runLevel(targetAt(mock.url()), openLevel(10, 20));
    QCOMPARE(outcome.records.size(), size_t(10));
    const auto byIndex = [](const RequestRecord &a, const RequestRecord &b) { return a.index < b.index; };
    const int64_t begin = std::min_element(outcome.records.begin(), outcome.records.end(), byIndex)->scheduled;
    for (const RequestRecord &record : outcome.records) {
        QCOMPARE(record.scheduled - begin, record.index * 20'000'000);
        QVERIFY(record.sent >= record.scheduled);
        checkMoments(record);
    }
}

void tst_ClockChanges::limits()
{
    MockScript script = quick();
    script.fault = MockFault::Silent;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    EndpointTarget target = targetAt(mock.url());
    target.transport.headerLimit = 0.3;
    const RequestRecord record = oneRecord(target);
    QCOMPARE(record.failure, Failure::HeaderTimeout);
    QVERIFY(record.ended - record.sent >= 290'000'000); // not before its time
    QVERIFY(record.ended - record.sent < kMinute);
}

void tst_ClockChanges::questions()
{
    MockEndpoint mock(quick());
    QVERIFY(mock.start());
    ExchangeRequest question;
    question.path = "/v1/models";
    QCOMPARE(exchange(targetAt(mock.url()), question).status, 200);
}

QTEST_GUILESS_MAIN(tst_ClockChanges)
#include "tst_clockchanges.moc"
