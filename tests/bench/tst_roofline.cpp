// SPDX-License-Identifier: GPL-3.0-or-later
// What a step reads and computes, against numbers worked out by hand from published sizes of models and cards.
#include "core/bench/metrics.h"
#include "core/bench/roofline.h"
#include "core/bench/statejson.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;

namespace {

/// Llama-2-7B in bf16 (arXiv 2307.09288): 6,738,415,616 parameters, 131,072,000 of them the embedding's; 32 layers of 32 heads
/// of 128 keep 2 x 32 x 4096 numbers of a token.
ModelWork llama7b()
{
    ModelWork work;
    work.denseBytes = 2 * (6'738'415'616 - 131'072'000);
    work.matrixFlops = 2.0 * (6'738'415'616 - 131'072'000);
    work.headFlops = 2.0 * 32000 * 4096;
    work.cache = {{0, 2 * 2 * 32 * 4096, 2.0 * 32 * 32 * 2 * 128}};
    return work;
}

/// NVIDIA's data sheet of the A100-80GB SXM: 2,039 GB/s, 312 TFLOP/s in bf16.
MachineLimits a100()
{
    MachineLimits limits;
    limits.readBandwidth = 2.039e12;
    limits.matrixRates = {{"bf16", 312e12}, {"f32", 19.5e12}};
    return limits;
}

BenchRun runOf(double tpot, double ttft)
{
    BenchRun run;
    run.plan.promptTokens = {5};
    run.plan.outputTokens = {201};
    run.header.environment.dtype = "bf16";
    run.header.environment.work = llama7b();
    run.header.environment.limits = a100();
    for (int i = 0; i < 3; ++i) {
        MeasureSample sample;
        sample.index = i;
        sample.promptTokens = 5;
        sample.outputTokens = 201;
        sample.firstToken = ttft;
        sample.total = ttft + 200 * tpot;
        sample.gaps.assign(200, tpot);
        run.samples.push_back(sample);
    }
    return run;
}

double valueOf(const BenchRun &run, const char *id)
{
    const auto values = summarize(run, pointsOf(run.plan).front());
    const MetricValue *found = findValue(values, id);
    return found ? found->estimate.value : -1;
}

} // namespace

class TestRoofline : public QObject
{
    Q_OBJECT
private slots:
    void readsWeightsOnceAndEachSequencesCache();
    void readsTheExpertsThatAreHit();
    void seesNoMoreThanTheWindow();
    void countsPrefillLikeEveryToken();
    void boundsByTheSlowerOne();
    void givesPublishedShares();
    void tellsNothingOfMemoryWhatCachesHold();
    void tellsNothingWithoutLimits();
    void countsEnergyOverFiveSeconds();
    void survivesJson();
};

void TestRoofline::readsWeightsOnceAndEachSequencesCache()
{
    // 512 KiB a token and sequence, as is well known of this model.
    QCOMPARE(decodeBytes(llama7b(), 0, 1), 13'214'687'232.0);
    QCOMPARE(decodeBytes(llama7b(), 1000, 1), 13'214'687'232.0 + 1000 * 524'288.0);
    QCOMPARE(decodeBytes(llama7b(), 1000, 4), 13'214'687'232.0 + 4000 * 524'288.0);
    QCOMPARE(decodeFlops(llama7b(), 0, 4), 4 * 13'214'687'232.0);
}

void TestRoofline::readsTheExpertsThatAreHit()
{
    ModelWork work;
    work.denseBytes = 100;
    work.expertBytes = 800;
    work.experts = 8;
    work.activeExperts = 2;
    QCOMPARE(decodeBytes(work, 0, 1), 100.0 + 200.0);
    // Two sequences choose independently: an expert stays out with (6/8)^2.
    QCOMPARE(decodeBytes(work, 0, 2), 100.0 + 800.0 * (1 - 36.0 / 64));
    QVERIFY(decodeBytes(work, 0, 1000) <= 900.0);
    work.activeExperts = 9; // a lie must not give more than there is
    QCOMPARE(decodeBytes(work, 0, 1), 900.0);
}

void TestRoofline::seesNoMoreThanTheWindow()
{
    ModelWork work;
    work.cache = {{0, 10, 1}, {100, 10, 1}};
    QCOMPARE(decodeBytes(work, 50, 1), 2 * 50 * 10.0);
    QCOMPARE(decodeBytes(work, 300, 1), (300 + 100) * 10.0);
    QCOMPARE(decodeBytes(work, -1, 1), 0.0);
}

void TestRoofline::countsPrefillLikeEveryToken()
{
    // Token by token: matrices for each, the head once, attention over what is before (half a key at its own place).
    ModelWork work;
    work.matrixFlops = 1000;
    work.headFlops = 100;
    work.cache = {{0, 0, 7}, {20, 0, 3}};
    for (const int64_t depth : {0, 10, 50}) {
        double byToken = 30 * 900 + 100;
        for (int64_t i = 0; i < 30; ++i) {
            const double seen = double(depth + i) + 0.5;
            byToken += 7 * seen + 3 * std::min(seen, 20.0);
        }
        QVERIFY2(std::abs(prefillFlops(work, 30, depth, 1) - byToken) < 1, std::to_string(prefillFlops(work, 30, depth, 1) - byToken).c_str());
        QCOMPARE(prefillFlops(work, 30, depth, 3), 3 * prefillFlops(work, 30, depth, 1));
    }
}

void TestRoofline::boundsByTheSlowerOne()
{
    QCOMPARE(*timeFloor(2.039e12, 1, a100(), "bf16"), 1.0);
    QCOMPARE(*timeFloor(1, 312e12, a100(), "bf16"), 1.0);
    QCOMPARE(*timeFloor(1, 19.5e12, a100(), "f32"), 1.0);
    // A type that was not measured is held against the best that was.
    QCOMPARE(*timeFloor(1, 312e12, a100(), "q4"), 1.0);
    QVERIFY(!timeFloor(1, 1, MachineLimits(), "bf16"));
}

void TestRoofline::givesPublishedShares()
{
    // gpt-fast's README: 104.9 tokens/s and 1,397 GB/s for this model on this card, batch 1, 5 tokens of prompt and 200 decoded:
    // 69 % of the data sheet's bandwidth; its 1,397 leave the embedding out and the cache too.
    const double mbu = valueOf(runOf(1 / 104.9, 0.02), "mbu");
    QVERIFY2(mbu > 0.675 && mbu < 0.695, std::to_string(mbu).c_str());
    // 5 prompt tokens in 20 ms: 5 x 13.2 GFLOP less four heads / 0.02 s / 312 TFLOP/s.
    const double mfu = valueOf(runOf(1 / 104.9, 0.02), "mfu");
    QVERIFY2(std::abs(mfu - (5 * 13.2147e9 - 4 * 0.262e9) / 0.02 / 312e12) < 1e-4, std::to_string(mfu).c_str());
    const double floor = valueOf(runOf(1 / 104.9, 0.02), "tpot.floor");
    QVERIFY2(floor > 6.4e-3 && floor < 6.6e-3, std::to_string(floor).c_str());
}

void TestRoofline::tellsNothingOfMemoryWhatCachesHold()
{
    BenchRun run = runOf(0.01, 0.02);
    run.header.environment.limits->caches = {32 << 10, 1 << 20, 64 << 20};
    QVERIFY(valueOf(run, "mbu") > 0);
    run.header.environment.limits->caches.back() = uint64_t(14) << 30;
    QCOMPARE(valueOf(run, "mbu"), -1.0);
    QCOMPARE(valueOf(run, "tpot.floor"), -1.0);
    QVERIFY(valueOf(run, "mfu") > 0);
}

void TestRoofline::tellsNothingWithoutLimits()
{
    BenchRun run = runOf(0.01, 0.02);
    run.header.environment.limits.reset();
    QCOMPARE(valueOf(run, "mbu"), -1.0);
    QVERIFY(valueOf(run, "tpot") > 0);
    run = runOf(0.01, 0.02);
    run.header.environment.work.reset();
    QCOMPARE(valueOf(run, "mfu"), -1.0);
    run = runOf(0.01, 0.02);
    run.header.environment.limits->readBandwidth = 0;
    QCOMPARE(valueOf(run, "mbu"), -1.0);
    QCOMPARE(valueOf(run, "tpot.floor"), -1.0);
}

void TestRoofline::countsEnergyOverFiveSeconds()
{
    BenchRun run = runOf(0.01, 0.02); // 2.02 s each, 6.06 s together
    QCOMPARE(valueOf(run, "energy.per_token"), -1.0);
    for (MeasureSample &sample : run.samples)
        sample.state.joules = 402;
    QCOMPARE(valueOf(run, "energy.per_token"), 2.0);
    QVERIFY(std::abs(valueOf(run, "energy.power") - 3 * 402 / 6.06) < 1e-9);
    QCOMPARE(valueOf(run, "energy.per_token.above_idle"), -1.0);
    run.header.environment.limits->idleWatts = 100;
    QVERIFY(std::abs(valueOf(run, "energy.per_token.above_idle") - (3 * 402 - 606) / 603.0) < 1e-9);
    // A run whose counter was not there makes the sum worthless.
    run.samples.back().state.joules.reset();
    QCOMPARE(valueOf(run, "energy.per_token"), -1.0);
    run.samples.resize(2); // 4.04 s
    QCOMPARE(valueOf(run, "energy.per_token"), -1.0);
}

void TestRoofline::survivesJson()
{
    BenchRun run = runOf(0.01, 0.02);
    run.header.environment.machine = "gpu";
    run.header.environment.limits->measuredAt = "2026-11-22T00:00:00Z";
    run.header.environment.limits->idleWatts = 55.5;
    run.samples[0].depth = 512;
    run.samples[0].state = {12.5, 61, 1.9e9, 1.2e9, {"power cap"}};
    run.samples[0].shares = {{"head", 0.25}, {"attention", 0.5}};
    LoadSample load;
    load.dropped = true;
    run.loads = {load};
    run.plan.coldLoads = 2;
    run.plan.machineLimits = false;
    const auto back = benchRunFromJson(nlohmann::json::parse(toJson(run).dump()));
    QVERIFY2(back, back ? "" : back.error().sentence().c_str());
    QVERIFY(back->header.environment == run.header.environment);
    QVERIFY(back->samples[0].state == run.samples[0].state);
    QVERIFY(back->samples[0].shares == run.samples[0].shares);
    QCOMPARE(back->samples[0].depth, int64_t(512));
    QVERIFY(back->loads[0].dropped == true);
    QVERIFY(back->plan == run.plan);
    // Records of older programs have none of it.
    nlohmann::json old = toJson(run);
    for (const char *name : {"machine", "limits", "work"})
        old["header"]["environment"].erase(name);
    QVERIFY(benchRunFromJson(old));
    for (const auto &[name, wrong] : std::vector<std::pair<const char *, nlohmann::json>>{{"limits", 3}, {"work", "x"}, {"machine", 1}}) {
        nlohmann::json bad = toJson(run);
        bad["header"]["environment"][name] = wrong;
        const auto read = benchRunFromJson(bad);
        QVERIFY2(!read, name);
        QCOMPARE(read.error().code, ErrorCode::StoreDamaged);
    }
}

QTEST_GUILESS_MAIN(TestRoofline)
#include "tst_roofline.moc"
