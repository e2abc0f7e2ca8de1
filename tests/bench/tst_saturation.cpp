// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/difference.h"
#include "core/bench/loadnotes.h"
#include "core/bench/saturation.h"
#include "tests/bench/requestmaker.h"

#include <QtTest>
#include <random>

using namespace assay;
using namespace assay::made;

namespace {

SweepLevel level(int64_t concurrency, double throughput, double noise, std::optional<double> share = {})
{
    SweepLevel out;
    out.point.concurrency = concurrency;
    out.throughput = {throughput, throughput - noise, throughput + noise, 10, noise > 0};
    if (share)
        out.goodShare = Estimate{*share, *share, *share, 100, true};
    return out;
}

/// A server that works on four requests at once, 100 ms each for ten tokens: a fifth waits.
BenchRun sweptRun()
{
    BenchRun run;
    run.plan.promptTokens = {100};
    run.plan.outputTokens = {10};
    run.plan.load.emplace().concurrencies = {8, 1, 2, 4};
    const auto points = pointsOf(run.plan);
    for (size_t p = 0; p < points.size(); ++p) {
        const int64_t users = points[p].concurrency, workers = std::min<int64_t>(users, 4);
        std::vector<double> freeAt(size_t(workers), 0), userAt(size_t(users), 0);
        for (int i = 0; i < 40 * int(users); ++i) {
            auto slot = std::min_element(freeAt.begin(), freeAt.end());
            auto user = std::min_element(userAt.begin(), userAt.end());
            const double sent = *user, begin = std::max(sent, *slot);
            std::vector<Piece> pieces;
            for (int k = 1; k <= 10; ++k)
                pieces.push_back({begin + 10.0 * k});
            RequestRecord record = request(sent, pieces, i);
            record.point = int32_t(p);
            record.ended = record.chunks.back().at;
            *slot = *user = begin + 100;
            run.requests.append(record);
        }
    }
    return run;
}

MetricValue valueWith(const char *id, double centre, double spread, int n, uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> uniform(centre - spread, centre + spread);
    MetricValue value;
    value.metric = findMetric(id);
    for (int i = 0; i < n; ++i)
        value.samples.push_back(uniform(random));
    value.estimate = medianEstimate(value.samples);
    return value;
}

} // namespace

class TestSaturation : public QObject
{
    Q_OBJECT

private slots:
    void kneeByThroughput()
    {
        const Saturation found = saturationOf({level(1, 100, 3), level(2, 195, 4), level(4, 360, 5), level(8, 364, 6), level(16, 500, 5)});
        QVERIFY(found.reached);
        QCOMPARE(found.knee, std::optional<size_t>(2));
        QCOMPARE(found.text(), std::string("From 4 to 8 the throughput does not grow by more than noise (360 tokens/s, 364 tokens/s)."));
    }

    void noiseDecidesWhatGrows()
    {
        QVERIFY(!saturationOf({level(1, 100, 1), level(2, 105, 1)}).reached);
        QVERIFY(saturationOf({level(1, 100, 5), level(2, 105, 5)}).reached); // 5 within sqrt(50)
        QVERIFY(!saturationOf({level(1, 100, 0), level(2, 106, 0)}).reached);
        // Twice as much, but each known to no better than itself: no knee, and it is said why.
        const Saturation noisy = saturationOf({level(1, 50, 40), level(2, 100, 90)});
        QVERIFY(!noisy.reached);
        QVERIFY2(noisy.text().find("less than its noise") != std::string::npos, noisy.text().c_str());
        QVERIFY(saturationOf({level(1, 100, 0), level(2, 104, 0)}).reached);
    }

    void kneeByGoodAnswers()
    {
        const Saturation found = saturationOf({level(1, 100, 1, 1.0), level(2, 200, 1, 0.96), level(4, 390, 1, 0.9)});
        QCOMPARE(found.knee, std::optional<size_t>(1));
        QCOMPARE(found.text(), std::string("2 is the highest level with good answers: at 4 only 90.0 % are."));
        const Saturation none = saturationOf({level(1, 100, 1, 0.5), level(2, 200, 1, 1.0)});
        QVERIFY(!none.knee && none.reached);
    }

    void notReached()
    {
        const Saturation found = saturationOf({level(1, 100, 1), level(2, 200, 1)});
        QCOMPARE(found.knee, std::optional<size_t>(1));
        QVERIFY(!found.reached);
        QVERIFY(!saturationOf({}).knee);
    }

    void ofARun()
    {
        const BenchRun run = sweptRun();
        const BenchPoint like = pointsOf(run.plan).front();
        const std::vector<SweepLevel> levels = sweepOf(run, like);
        QCOMPARE(levels.size(), size_t(4));
        for (size_t i = 0; i < 4; ++i)
            QCOMPARE(levels[i].point.concurrency, int64_t(1) << i);
        // Ten tokens in 100 ms each, four at once at most.
        QVERIFY(std::abs(levels[0].throughput.value - 100) < 3);
        QVERIFY(std::abs(levels[2].throughput.value - 400) < 12);
        const Saturation found = saturationOf(levels);
        QCOMPARE(levels[*found.knee].point.concurrency, int64_t(4));
        QVERIFY(found.reached);
        // With eight users the first token takes 110 ms, and more than half are not good enough.
        Slo slo;
        slo.name = "fast";
        slo.ttft = 0.05;
        const std::vector<SweepLevel> judged = sweepOf(run, like, &slo);
        QVERIFY(judged[2].goodShare->value > 0.99 && judged[3].goodShare->value < 0.5);
        QCOMPARE(judged[*saturationOf(judged).knee].point.concurrency, int64_t(4));
    }

    void differencesAgainstNoise()
    {
        const MetricValue slow = valueWith("tpot", 0.020, 0.004, 60, 1), alike = valueWith("tpot", 0.0201, 0.004, 60, 2),
                          fast = valueWith("tpot", 0.015, 0.004, 60, 3);
        QCOMPARE(differenceOf(slow, alike).verdict, DifferenceVerdict::WithinNoise);
        QVERIFY(differenceOf(slow, alike).text().find("smaller than noise") != std::string::npos);
        QCOMPARE(differenceOf(fast, slow).verdict, DifferenceVerdict::Better);
        QCOMPARE(differenceOf(slow, fast).verdict, DifferenceVerdict::Worse);
        QVERIFY2(differenceOf(slow, fast).text().find("worse: longer by") == 0, differenceOf(slow, fast).text().c_str());
        QCOMPARE(differenceOf(valueWith("decode_speed", 60, 5, 60, 4), valueWith("decode_speed", 40, 5, 60, 5)).verdict, DifferenceVerdict::Better);
        QCOMPARE(differenceOf(valueWith("output_tokens", 900, 5, 60, 4), valueWith("output_tokens", 300, 5, 60, 5)).verdict, DifferenceVerdict::Differs);
        QCOMPARE(differenceOf(valueWith("tpot", 0.02, 0.001, 3, 1), valueWith("tpot", 0.03, 0.001, 3, 2)).verdict, DifferenceVerdict::Unknown);
    }

    void differencesOfLevels()
    {
        const auto throughput = [](double value, double noise) {
            return MetricValue{findMetric("throughput"), {value, value - noise, value + noise, 10, noise > 0}, {}};
        };
        // The logarithms of 1.1 and 1 / 0.9 each way: 0.1414 and 0.1490; 1.2 lies between e^-0.142 and e^0.149 of itself.
        const MetricDifference near = differenceOf(throughput(120, 12), throughput(100, 10));
        QVERIFY(std::abs(near.ratio.low - 1.2 * std::exp(-std::hypot(std::log(1 / 0.9), std::log(1.1)))) < 1e-12);
        QVERIFY(std::abs(near.ratio.high - 1.2 * std::exp(std::hypot(std::log(1.1), std::log(1 / 0.9)))) < 1e-12);
        QCOMPARE(near.verdict, DifferenceVerdict::Better);
        QCOMPARE(differenceOf(throughput(110, 12), throughput(100, 10)).verdict, DifferenceVerdict::WithinNoise);
        QCOMPARE(differenceOf(throughput(110, 0), throughput(100, 0)).verdict, DifferenceVerdict::Unknown);
        QCOMPARE(differenceOf(throughput(110, 1), throughput(0, 0)).verdict, DifferenceVerdict::Unknown);
    }

    /// A percentile is not the median of its samples, so their ratio of medians says nothing of it.
    void differencesOfPercentiles()
    {
        MetricValue first = valueWith("ttft.p95", 0.5, 0.4, 300, 1), second = valueWith("ttft.p95", 0.5, 0.1, 300, 2);
        first.estimate = *quantileEstimate(first.samples, 0.95);
        second.estimate = *quantileEstimate(second.samples, 0.95);
        const MetricDifference difference = differenceOf(first, second);
        QCOMPARE(difference.ratio.value, first.estimate.value / second.estimate.value);
        QCOMPARE(difference.verdict, DifferenceVerdict::Worse);
    }

    /// The bootstrap of many samples draws ranks instead of resamples; both must give the same interval.
    void bootstrapOfManySamples()
    {
        const MetricValue first = valueWith("tpot", 0.020, 0.004, 499, 1), second = valueWith("tpot", 0.021, 0.004, 499, 2);
        const Estimate few = ratioOfMedians(first.samples, second.samples);
        std::vector<double> more = first.samples, others = second.samples;
        more.push_back(first.estimate.value);
        others.push_back(second.estimate.value); // 500: the other way
        const Estimate many = ratioOfMedians(more, others);
        QVERIFY(std::abs(few.low - many.low) < 0.15 * (few.high - few.low));
        QVERIFY(std::abs(few.high - many.high) < 0.15 * (few.high - few.low));
    }

    void notesSayWhatIsOdd()
    {
        BenchRun run = sweptRun();
        const auto points = pointsOf(run.plan);
        for (const LoadNote &note : notesOf(run, points.front())) {
            QVERIFY(std::string_view(note.id) == "spot_check" || std::string_view(note.id) == "counted_pieces"
                    || std::string_view(note.id) == "unsettled");
            QVERIFY(note.text().find('%') == std::string::npos || note.text().find(" %") != std::string::npos);
        }
        QVERIFY(notesOf(run, BenchPoint{}).empty());
        QVERIFY(notesOf({}, points.front()).empty());
    }
};

QTEST_APPLESS_MAIN(TestSaturation)
#include "tst_saturation.moc"
