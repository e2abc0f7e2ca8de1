// SPDX-License-Identifier: GPL-3.0-or-later
// The pitfalls of benchmarking.md 4 that lie between a client and its window, by their numbers; the list of all of them is
// docs/PITFALLS.md.
#include "core/mock/mockendpoint.h"
#include "core/service/loadjob.h"

#include <QTest>
#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>

using namespace assay;

namespace {

constexpr int kPatience = 60'000; // ms
constexpr double kBlocked = 1.5; // s

/// How late the client took each piece to have come, in seconds and as compared with the one that was least late, by the moment
/// when the mock wrote it.
struct Lag
{
    int64_t written;
    double late;
};

std::vector<Lag> lagsOf(const BenchRun &run, const std::vector<MockRequest> &truth)
{
    std::vector<RequestRecord> records;
    for (size_t i = 0; i < run.requests.size(); ++i)
        records.push_back(run.requests.at(i));
    std::vector<MockRequest> asked;
    std::copy_if(truth.begin(), truth.end(), std::back_inserter(asked), [](const MockRequest &request) { return request.method == "POST"; });
    std::sort(records.begin(), records.end(), [](const auto &a, const auto &b) { return a.sent < b.sent; });
    std::sort(asked.begin(), asked.end(), [](const auto &a, const auto &b) { return a.received < b.received; });
    std::vector<Lag> lags;
    for (size_t i = 0; i < std::min(records.size(), asked.size()); ++i) {
        for (size_t c = 0; c < std::min(records[i].chunks.size(), asked[i].chunks.size()); ++c)
            lags.push_back({asked[i].chunks[c], double(records[i].chunks[c].at - asked[i].chunks[c]) * 1e-9});
    }
    double least = std::numeric_limits<double>::max(); // the run's origin is in all of them
    for (const Lag &lag : lags)
        least = std::min(least, lag.late);
    for (Lag &lag : lags)
        lag.late -= least;
    return lags;
}

int64_t now()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

class TestServicePitfalls : public QObject
{
    Q_OBJECT
private slots:
    void p08_aBusyWindowMovesNoMoment();
};

/// jan#6199: tokens counted where they are drawn come at the speed of drawing. Here the thread of the window stands still for a
/// second and a half in the middle of a stream. Guard: moments are taken on the client's own threads, where bytes are read; the window only
/// looks at what is there.
void TestServicePitfalls::p08_aBusyWindowMovesNoMoment()
{
    MockScript script;
    script.ttft = 0.01;
    script.gap = 0.02;
    script.pieces = 160; // over three seconds
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    EndpointTarget target;
    target.url = mock.url();
    target.dialect = "openai-chat";
    target.model = script.model;
    BenchPlan plan;
    plan.promptTokens = {16};
    plan.outputTokens = {160};
    plan.runs = 1;
    plan.warmup = 0;
    plan.load.emplace();
    RunLibrary library{QString()};
    LoadJob job(SubjectRef{target.url, "mock", "endpoint"}, target, plan, &library);
    job.start();
    const auto streams = [&] {
        const auto requests = mock.requests();
        return std::any_of(requests.begin(), requests.end(), [](const MockRequest &request) { return request.chunks.size() > 50; });
    };
    QVERIFY(QTest::qWaitFor(streams, kPatience));
    const int64_t from = now();
    std::this_thread::sleep_for(std::chrono::duration<double>(kBlocked)); // the thread of Qt's events
    const int64_t to = now();
    QVERIFY(QTest::qWaitFor([&] { return job.isOver(); }, kPatience));
    QCOMPARE(job.state(), JobState::Finished);
    std::vector<double> meanwhile;
    for (const Lag &lag : lagsOf(*library.benchRun(job.runId().toStdString()), mock.requests())) {
        if (lag.written > from && lag.written < to)
            meanwhile.push_back(lag.late);
    }
    QVERIFY2(meanwhile.size() >= 20, std::to_string(meanwhile.size()).c_str());
    // Taken by the window's thread they would be 0.75 s late on average; the middle one is told, since others use this machine, too.
    std::nth_element(meanwhile.begin(), meanwhile.begin() + std::ptrdiff_t(meanwhile.size() / 2), meanwhile.end());
    const double median = meanwhile[meanwhile.size() / 2];
    QVERIFY2(median < kBlocked / 8, std::to_string(median).c_str());
}

QTEST_GUILESS_MAIN(TestServicePitfalls)
#include "tst_servicepitfalls.moc"
