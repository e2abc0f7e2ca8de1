// SPDX-License-Identifier: GPL-3.0-or-later
// A server that fails in some of its answers, in every way: the failures are counted by their kind, and latencies are those of
// the answers that came, and of no other request.
#include "loadtesting.h"

#include "core/bench/loadanalysis.h"
#include "core/bench/metrics.h"
#include "core/bench/requestmetrics.h"
#include "core/mock/mockendpoint.h"

#include <QTest>
#include <optional>
#include <set>

using namespace assay;

namespace {

struct Fault
{
    const char *name;
    MockFault fault;
    Failure failure;
    int status = 200;
    double Transport::*limit = nullptr; ///< s, where only a limit ends it
};

const std::vector<Fault> kFaults{
    {"401", MockFault::Status, Failure::Unauthorized, 401},
    {"403", MockFault::Status, Failure::Unauthorized, 403},
    {"404", MockFault::Status, Failure::NotFound, 404},
    {"413", MockFault::Status, Failure::TooLarge, 413},
    {"429", MockFault::Status, Failure::RateLimited, 429},
    {"500", MockFault::Status, Failure::ServerError, 500},
    {"503", MockFault::Status, Failure::Overloaded, 503},
    {"HTML", MockFault::Html, Failure::NotTheProtocol},
    {"error in the stream", MockFault::ErrorInStream, Failure::ErrorInStream},
    {"reset", MockFault::Reset, Failure::Reset},
    {"closed early", MockFault::CloseEarly, Failure::CutShort},
    {"half line", MockFault::HalfLine, Failure::Malformed},
    {"broken UTF-8", MockFault::BadUtf8, Failure::Malformed},
    {"broken gzip", MockFault::BadGzip, Failure::Malformed},
    {"wrong length", MockFault::ShortLength, Failure::CutShort},
    {"no text", MockFault::NoText, Failure::NoText},
    {"silent", MockFault::Silent, Failure::HeaderTimeout, 200, &Transport::headerLimit},
    {"stall", MockFault::StallInStream, Failure::StallTimeout, 200, &Transport::stallLimit},
    {"endless", MockFault::Endless, Failure::Endless},
};

BenchRun runOf(const std::vector<RequestRecord> &records)
{
    BenchRun run;
    run.plan.load.emplace().concurrencies = {2};
    for (const RequestRecord &record : records)
        run.requests.append(record);
    return run;
}

std::vector<double> samplesOf(const BenchRun &run, const char *id)
{
    const auto values = summarize(run, pointsOf(run.plan).front());
    const MetricValue *const found = findValue(values, id);
    return found != nullptr ? found->samples : std::vector<double>();
}

} // namespace

class tst_FailuresApart : public QObject
{
    Q_OBJECT
private slots:
    void neverInLatency_data();
    void neverInLatency();
};

void tst_FailuresApart::neverInLatency_data()
{
    QTest::addColumn<int>("number");
    for (size_t i = 0; i < kFaults.size(); ++i)
        QTest::newRow(kFaults[i].name) << int(i);
}

void tst_FailuresApart::neverInLatency()
{
    QFETCH(int, number);
    const Fault &fault = kFaults[size_t(number)];
    MockScript script;
    script.ttft = 0.002;
    script.gap = 0.001;
    script.fault = fault.fault;
    script.status = fault.status;
    script.faultShare = 0.25;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    EndpointTarget target = targetAt(mock.url());
    if (fault.limit != nullptr)
        target.transport.*fault.limit = 2;
    const LevelOutcome outcome = runLevel(target, closedLevel(12, 2));
    QCOMPARE(outcome.records.size(), size_t(12));
    std::vector<RequestRecord> good;
    for (const RequestRecord &record : outcome.records) {
        if (record.failure == Failure::None)
            good.push_back(record);
        else
            QCOMPARE(record.failure, fault.failure);
    }
    QCOMPARE(good.size(), size_t(9));
    const BenchRun run = runOf(outcome.records);
    const auto analysis = analyse(run.requests);
    const FailureCounts &counts = levelOf(*analysis, 0).failures;
    QCOMPARE(counts[fault.failure], uint64_t(3));
    QCOMPARE(counts[Failure::None], uint64_t(9));
    // Of the answers before the server had settled no latency is told either: there are fewer than nine then, on a busy machine none.
    const std::pair<const char *, std::optional<double> RequestMetrics::*> latencies[] = {
        {"ttft", &RequestMetrics::ttft}, {"ttfa", &RequestMetrics::ttfa}, {"tpot", &RequestMetrics::tpot}, {"e2e", &RequestMetrics::e2e}};
    for (const auto &[id, member] : latencies) {
        std::set<double> answered;
        for (const RequestRecord &record : good) {
            if (const std::optional<double> seconds = metricsOf(record).*member)
                answered.insert(*seconds);
        }
        const std::vector<double> told = samplesOf(run, id);
        QVERIFY(told.size() <= good.size());
        for (const double seconds : told)
            QVERIFY2(answered.contains(seconds), id);
    }
}

QTEST_APPLESS_MAIN(tst_FailuresApart)
#include "tst_failuresapart.moc"
