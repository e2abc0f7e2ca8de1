// SPDX-License-Identifier: GPL-3.0-or-later
// Coordinated omission (benchmarking.md 4, pitfall 6): a server that stands still for a second must show it in the times from
// the intended arrivals, also where a cap on the requests in flight hides it from the times since sending.
#include "core/bench/requestmetrics.h"
#include "core/bench/statistics.h"
#include "core/endpoint/loadrunner.h"
#include "core/mock/mockendpoint.h"

#include <QTest>
#include <algorithm>
#include <ctime>

using namespace assay;

namespace {

constexpr double kStallAt = 0.6, kStallFor = 1.0;
constexpr int64_t kRequests = 120;
constexpr int64_t kGap = 20'000'000; // 50 arrivals a second

struct Latencies
{
    std::vector<double> plain, scheduled;
};

int64_t monotonic()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return int64_t(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

Latencies measured(const LoadLevel &level)
{
    MockScript script;
    script.ttft = 0.002;
    script.pieces = 1;
    script.stallAt = kStallAt;
    script.stallFor = kStallFor;
    MockEndpoint mock(script);
    if (!mock.start())
        return {};
    EndpointTarget target;
    target.url = mock.url();
    target.dialect = "openai-chat";
    target.model = script.model;
    LoadRunner runner(target, monotonic());
    Latencies out;
    const auto make = [](int64_t) {
        LoadRequest request;
        request.prompt = "hello";
        request.outputTokens = 1;
        return std::optional(request);
    };
    const auto ran = runner.run(level, make, [&](RequestRecord &&record) {
        const RequestMetrics metrics = metricsOf(record);
        if (!metrics.failed) {
            out.plain.push_back(*metrics.e2e);
            out.scheduled.push_back(*metrics.scheduledE2e);
        }
    });
    return ran ? out : Latencies{};
}

LoadLevel openLoop(int64_t cap)
{
    LoadLevel level;
    level.requests = kRequests;
    level.mostInFlight = cap;
    for (int64_t i = 0; i < kRequests; ++i)
        level.arrivals.push_back(i * kGap);
    return level;
}

size_t slow(const std::vector<double> &latencies)
{
    return size_t(std::count_if(latencies.begin(), latencies.end(), [](double latency) { return latency >= kStallFor / 2; }));
}

} // namespace

class TestOmission : public QObject
{
    Q_OBJECT
private slots:
    void scheduleShowsTheStallUnderACap();
    void plainShowsItWithoutACap();
    void closedLoopHidesIt();
};

/// 25 arrivals fall into the first half of the stall: none of them can be answered within half a second of its time, however
/// fast or slow this machine is. Sent is only one of them before the stall is over.
void TestOmission::scheduleShowsTheStallUnderACap()
{
    const Latencies latencies = measured(openLoop(1));
    QCOMPARE(latencies.plain.size(), size_t(kRequests));
    QVERIFY2(slow(latencies.scheduled) >= 24, qPrintable(QString::number(slow(latencies.scheduled))));
    QVERIFY2(slow(latencies.plain) * 4 < slow(latencies.scheduled), qPrintable(QString::number(slow(latencies.plain))));
    QVERIFY(quantile(latencies.scheduled, 0.99) >= 0.9 * kStallFor);
    QVERIFY(quantile(latencies.plain, 0.95) < quantile(latencies.scheduled, 0.95) / 2);
}

void TestOmission::plainShowsItWithoutACap()
{
    const Latencies latencies = measured(openLoop(0));
    QCOMPARE(latencies.plain.size(), size_t(kRequests));
    QVERIFY(slow(latencies.scheduled) >= 24);
    for (size_t i = 0; i < latencies.plain.size(); ++i)
        QVERIFY(latencies.scheduled[i] >= latencies.plain[i]);
}

/// The one in flight waits, the others are simply not sent: that is why a closed loop's tail says nothing of arrivals.
void TestOmission::closedLoopHidesIt()
{
    LoadLevel level;
    level.concurrency = 1;
    level.seconds = kStallAt + kStallFor;
    level.requests = 2000;
    const Latencies latencies = measured(level);
    QVERIFY(latencies.plain.size() >= 20);
    QVERIFY(slow(latencies.plain) >= 1);
    QVERIFY(slow(latencies.plain) * 10 < latencies.plain.size());
}

QTEST_GUILESS_MAIN(TestOmission)
#include "tst_omission.moc"
