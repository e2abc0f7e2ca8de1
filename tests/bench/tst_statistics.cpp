// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/statistics.h"

#include <QtTest>
#include <cmath>

using namespace assay;

namespace {

/// 1, 2, ..., n in a mixed-up order: a value tells its rank.
std::vector<double> ranks(size_t n)
{
    std::vector<double> out;
    for (size_t i = 0; i < n; ++i)
        out.push_back(double((i * 7919) % n + 1)); // 7919 is prime, and no n used here is a multiple of it
    return out;
}

} // namespace

class TestStatistics : public QObject
{
    Q_OBJECT

private slots:
    void quantilesInterpolate()
    {
        // R: quantile(c(1, 2, 4, 8), c(0.25, 0.5, 0.9), type = 7) by hand: positions 0.75, 1.5, 2.7
        const std::vector<double> samples{8, 1, 4, 2};
        QCOMPARE(quantile(samples, 0.25), 1.75);
        QCOMPARE(quantile(samples, 0.5), 3.0);
        QVERIFY(std::abs(quantile(samples, 0.9) - 6.8) < 1e-12);
        QCOMPARE(quantile(samples, 0), 1.0);
        QCOMPARE(quantile(samples, 1), 8.0);
        QVERIFY(std::isnan(quantile({}, 0.5)));
    }

    void meanAndDeviation()
    {
        // 2, 4, 4, 4, 5, 5, 7, 9: the textbook sample with mean 5 and population deviation 2
        const std::vector<double> samples{2, 4, 4, 4, 5, 5, 7, 9};
        QCOMPARE(mean(samples), 5.0);
        QVERIFY(std::abs(standardDeviation(samples) - 2 * std::sqrt(8.0 / 7.0)) < 1e-12);
        QVERIFY(std::isnan(standardDeviation({1})));
        QVERIFY(std::isnan(mean({})));
    }

    void medianIntervalHasTheTabulatedRanks_data()
    {
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("low");
        QTest::addColumn<int>("high");
        // "Confidence intervals for the population median", the narrowest symmetric ones of at least 95 %,
        // as in the tables of textbooks (n = 9: [x2, x8] 96.1 %, n = 17: [x5, x13] 95.1 %, n = 20: [x6, x15] 95.9 %);
        // 50 and more from sums of binomial coefficients in exact arithmetic.
        const int rows[][3] = {{6, 1, 6},   {7, 1, 7},   {8, 1, 8},    {9, 2, 8},    {10, 2, 9},
                               {15, 4, 12}, {17, 5, 13}, {20, 6, 15},  {50, 18, 33}, {100, 40, 61},
                               {1000, 469, 532}, {10000, 4902, 5099}};
        for (const auto &row : rows)
            QTest::addRow("n=%d", row[0]) << row[0] << row[1] << row[2];
    }
    void medianIntervalHasTheTabulatedRanks()
    {
        QFETCH(int, n);
        QFETCH(int, low);
        QFETCH(int, high);
        const Estimate estimate = medianEstimate(ranks(size_t(n)));
        QVERIFY(estimate.hasInterval);
        QCOMPARE(estimate.n, size_t(n));
        QCOMPARE(estimate.value, (n + 1) / 2.0);
        QCOMPARE(estimate.low, double(low));
        QCOMPARE(estimate.high, double(high));
    }

    void fewSamplesGiveNoInterval()
    {
        const Estimate five = medianEstimate({5, 1, 4, 2, 3});
        QVERIFY(!five.hasInterval);
        QCOMPARE(five.value, 3.0);
        QCOMPARE(five.low, 1.0);
        QCOMPARE(five.high, 5.0);
        const Estimate none = medianEstimate({});
        QCOMPARE(none.n, size_t(0));
        QVERIFY(std::isnan(none.value));
    }

    void percentilesNeedTheirSample_data()
    {
        QTest::addColumn<int>("n");
        QTest::addColumn<double>("p");
        QTest::addColumn<bool>("supported");
        // 0.95^58 = 0.0510, 0.95^59 = 0.0485; 0.99^298 = 0.0500, 0.99^299 = 0.0495
        QTest::newRow("p95 of 58") << 58 << 0.95 << false;
        QTest::newRow("p95 of 59") << 59 << 0.95 << true;
        QTest::newRow("p99 of 298") << 298 << 0.99 << false;
        QTest::newRow("p99 of 299") << 299 << 0.99 << true;
        QTest::newRow("p5 of 58") << 58 << 0.05 << false;
        QTest::newRow("p5 of 59") << 59 << 0.05 << true;
        QTest::newRow("p50 of 4") << 4 << 0.5 << false;
        QTest::newRow("p50 of 5") << 5 << 0.5 << true;
        QTest::newRow("nothing") << 0 << 0.5 << false;
        QTest::newRow("p100") << 1000 << 1.0 << false;
    }
    void percentilesNeedTheirSample()
    {
        QFETCH(int, n);
        QFETCH(double, p);
        QFETCH(bool, supported);
        QCOMPARE(quantileEstimate(ranks(size_t(n)), p).has_value(), supported);
    }

    void percentileIntervalsAreExact()
    {
        // Ranks from exact rational sums of the binomial distribution (Python, fractions).
        const auto p95 = quantileEstimate(ranks(1000), 0.95);
        QVERIFY(p95 && p95->hasInterval);
        QCOMPARE(p95->low, 936.0);
        QCOMPARE(p95->high, 964.0);
        const auto p99 = quantileEstimate(ranks(1000), 0.99);
        QVERIFY(p99 && p99->hasInterval);
        QCOMPARE(p99->low, 983.0);
        QCOMPARE(p99->high, 997.0);
        // Supported, but nothing bounds it from above.
        const auto open = quantileEstimate(ranks(299), 0.99);
        QVERIFY(open && !open->hasInterval);
        QCOMPARE(open->high, 299.0);
    }

    void binomialIsExactAndStable()
    {
        QVERIFY(std::abs(binomialCdf(3, 10, 0.3) - 0.6496107184) < 1e-10);
        QVERIFY(std::abs(binomialCdf(49, 100, 0.5) - 0.46020538130641064) < 1e-10);
        QVERIFY(std::abs(binomialCdf(5, 1000, 0.01) - 0.06613951160725197) < 1e-10);
        // 2 P(X <= 49500) of 100000 from exact big integers
        QVERIFY(std::abs(2 * binomialCdf(49500, 100000, 0.5) - 0.0015823598788515956) < 1e-9);
        QCOMPARE(binomialCdf(-1, 10, 0.5), 0.0);
        QCOMPARE(binomialCdf(10, 10, 0.5), 1.0);
        QCOMPARE(binomialCdf(3, 10, 0.0), 1.0);
        QCOMPARE(binomialCdf(3, 10, 1.0), 0.0);
    }

    void ratioOfEqualSamplesIsOne()
    {
        const Estimate ratio = ratioOfMedians(ranks(50), ranks(50));
        QCOMPARE(ratio.value, 1.0);
        QVERIFY(ratio.hasInterval);
        QVERIFY(ratio.low < 1 && ratio.high > 1);
    }

    void ratioOfConstantsIsSharp()
    {
        const Estimate ratio = ratioOfMedians(std::vector<double>(7, 3.0), std::vector<double>(9, 2.0));
        QCOMPARE(ratio.value, 1.5);
        QCOMPARE(ratio.low, 1.5);
        QCOMPARE(ratio.high, 1.5);
        QCOMPARE(ratio.n, size_t(7));
    }

    void ratioIsRepeatable()
    {
        const Estimate once = ratioOfMedians(ranks(20), ranks(31));
        const Estimate again = ratioOfMedians(ranks(20), ranks(31));
        QCOMPARE(once.low, again.low);
        QCOMPARE(once.high, again.high);
    }

    void ratioWithoutGroundsSaysSo()
    {
        QVERIFY(!ratioOfMedians({1, 2, 3}, {1, 2, 3}).hasInterval);
        QVERIFY(std::isnan(ratioOfMedians({}, {1}).value));
        QVERIFY(std::isnan(ratioOfMedians({1}, {0}).value));
    }
};

QTEST_APPLESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
