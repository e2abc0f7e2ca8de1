// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/bench/metrics.h"

#include <QtTest>
#include <cmath>
#include <set>

using namespace assay;

namespace {

constexpr uint64_t kMiB = 1u << 20;

/// A run with round figures: TTFT 0.5 s, then a token every 0.1 s.
MeasureSample roundSample(int64_t index, int64_t batch = 2)
{
    MeasureSample sample;
    sample.index = index;
    sample.promptTokens = 100;
    sample.outputTokens = 11;
    sample.batch = batch;
    sample.firstToken = 0.5;
    sample.gaps.assign(10, 0.1);
    sample.total = 1.5;
    sample.memory.tensorPeak = 64 * kMiB;
    return sample;
}

BenchRun roundRun(int runs)
{
    BenchRun run;
    for (int i = 0; i < runs; ++i)
        run.samples.push_back(roundSample(i));
    run.loads = {{.seconds = 9, .weightBytes = 8 * kMiB, .pagesCached = false, .memory = {}},
                 {.seconds = 2, .weightBytes = 8 * kMiB, .pagesCached = true, .memory = {}},
                 {.seconds = 4, .weightBytes = 8 * kMiB, .pagesCached = true, .memory = {}}};
    return run;
}

const BenchPoint kPoint{100, 11, 2};

double valueOf(const BenchRun &run, const char *id)
{
    const auto values = summarize(run, kPoint);
    const MetricValue *value = findValue(values, id);
    return value ? value->estimate.value : std::nan("");
}

bool near(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(b), 1.0);
}

} // namespace

class TestMetrics : public QObject
{
    Q_OBJECT

private slots:
    void definitionsAreComplete()
    {
        std::set<std::string> ids;
        for (const MetricDefinition &metric : metricDefinitions()) {
            QVERIFY2(ids.insert(metric.id).second, metric.id);
            QVERIFY(std::string(metric.label).size() > 3 && std::string(metric.definition).size() > 20);
            QCOMPARE(findMetric(metric.id), &metric);
        }
        QVERIFY(!findMetric("no such metric"));
    }

    void followTheirDefinitions()
    {
        const BenchRun run = roundRun(7);
        QVERIFY(near(valueOf(run, "ttft"), 0.5));
        QVERIFY(near(valueOf(run, "tpot"), 0.1));
        QVERIFY(near(valueOf(run, "icl.p50"), 0.1));
        QVERIFY(near(valueOf(run, "e2e"), 1.5));
        QVERIFY(near(valueOf(run, "prefill_speed"), 400));  // 2 x 100 / 0.5
        QVERIFY(near(valueOf(run, "decode_speed"), 10));    // one user
        QVERIFY(near(valueOf(run, "throughput"), 22 / 1.5)); // 2 x 11 / 1.5
        QVERIFY(near(valueOf(run, "memory.tensor_peak"), 64.0 * kMiB));
        QVERIFY(near(valueOf(run, "memory.weights"), 8.0 * kMiB));
    }

    void percentilesWaitForEnoughGaps()
    {
        QVERIFY(std::isnan(valueOf(roundRun(5), "icl.p95"))); // 50 gaps
        QVERIFY(near(valueOf(roundRun(6), "icl.p95"), 0.1));  // 60 gaps
        QVERIFY(std::isnan(valueOf(roundRun(29), "icl.p99")));
        QVERIFY(near(valueOf(roundRun(30), "icl.p99"), 0.1));
    }

    void coldLoadsStandApart()
    {
        BenchRun run = roundRun(1);
        QVERIFY(near(valueOf(run, "load_time"), 3)); // of 2 and 4; the cold 9 is left out
        run.loads.resize(1);
        QVERIFY(near(valueOf(run, "load_time"), 9));
    }

    void warmupAndOtherPointsStayOut()
    {
        BenchRun run = roundRun(7);
        MeasureSample warmup = roundSample(7);
        warmup.warmup = true;
        warmup.firstToken = 100;
        warmup.gaps.assign(10, 50);
        MeasureSample other = roundSample(8, 1);
        other.firstToken = 77;
        run.samples.insert(run.samples.begin(), {warmup, other});
        const auto values = summarize(run, kPoint);
        QCOMPARE(findValue(values, "ttft")->samples, std::vector<double>(7, 0.5));
        QCOMPARE(findValue(values, "ttft")->estimate.n, size_t(7));
        QCOMPARE(pooledGaps(run, kPoint).size(), size_t(70));
    }

    void singleTokenHasNoTpot()
    {
        BenchRun run = roundRun(1);
        run.samples[0].outputTokens = 1;
        run.samples[0].gaps.clear();
        const auto values = summarize(run, {100, 1, 2});
        QVERIFY(findValue(values, "ttft"));
        QVERIFY(!findValue(values, "tpot"));
        QVERIFY(!findValue(values, "decode_speed"));
    }

    void nonsenseIsLeftOut()
    {
        BenchRun run = roundRun(1);
        run.samples[0].firstToken = std::nan("");
        run.samples[0].total = -1;
        run.samples[0].gaps = {INFINITY, -2, 0.1};
        const auto values = summarize(run, kPoint);
        for (const char *id : {"ttft", "tpot", "e2e", "throughput", "prefill_speed"})
            QVERIFY2(!findValue(values, id), id);
        QCOMPARE(pooledGaps(run, kPoint), std::vector<double>{0.1});
    }

    void emptyRunHasNoValues() { QVERIFY(summarize(BenchRun{}, kPoint).empty()); }

    void deviceDeltaIsUseMinusBaseline()
    {
        BenchRun run = roundRun(1);
        run.samples[0].memory.deviceUsed = 900 * kMiB;
        QVERIFY(std::isnan(valueOf(run, "memory.device_delta")));
        run.samples[0].memory.deviceBaseline = 200 * kMiB;
        QVERIFY(near(valueOf(run, "memory.device_delta"), 700.0 * kMiB));
    }

    void valuesReadWell()
    {
        QCOMPARE(formatValue(Unit::Seconds, 0.0412), std::string("41.2 ms"));
        QCOMPARE(formatValue(Unit::TokensPerSecond, 812), std::string("812 tokens/s"));
        QCOMPARE(formatValue(Unit::Rate, 0.875), std::string("87.5 %"));
        QCOMPARE(formatEstimate(Unit::Seconds, {0.0412, 0.0398, 0.0427, 7, true}), std::string("41.2 [39.8, 42.7] ms"));
        QCOMPARE(formatEstimate(Unit::Seconds, {0.0412, 0.0398, 0.0427, 3, false}), std::string("41.2 ms (n = 3)"));
        QCOMPARE(formatEstimate(Unit::Rate, {0.86, 0.82, 0.9, 400, true}), std::string("86.0 [82.0, 90.0] %"));
        // The interval keeps the unit of the value.
        QCOMPARE(formatEstimate(Unit::Seconds, {0.5, 0.4, 1.25, 9, true}), std::string("500 [400, 1250] ms"));
        QCOMPARE(formatEstimate(Unit::Rate, {0, 0, 0.27, 10, true}), std::string("0 [0, 27.0] %"));
        QCOMPARE(formatEstimate(Unit::Seconds, Estimate{}), std::string("-"));
    }

    void documentIsCurrent()
    {
        const std::string path = ASSAY_SOURCE_DIR "/docs/METRICS.md";
        if (qEnvironmentVariableIsSet("ASSAY_WRITE_DOCS"))
            QVERIFY(writeFileAtomically(path, metricsMarkdown()));
        const Result<std::string> committed = readWholeFile(path, 1 << 20);
        QVERIFY2(committed.has_value(), "run tst_metrics with ASSAY_WRITE_DOCS=1 to write docs/METRICS.md");
        QVERIFY2(*committed == metricsMarkdown(), "run tst_metrics with ASSAY_WRITE_DOCS=1 to write docs/METRICS.md");
    }
};

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
