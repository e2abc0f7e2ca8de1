// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/significance.h"

#include <QtTest>
#include <cmath>

using namespace assay;

namespace {

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

/// Item results from a table of pairs: both right, only first, only second, both wrong.
std::pair<std::vector<ItemResult>, std::vector<ItemResult>> pairs(int a, int b, int c, int d)
{
    std::pair<std::vector<ItemResult>, std::vector<ItemResult>> out;
    for (int i = 0; i < a + b + c + d; ++i) {
        ItemResult item;
        item.itemId = "i" + std::to_string(i);
        item.judged.outcome = i < a + b ? Outcome::Right : Outcome::Wrong;
        out.first.push_back(item);
        item.judged.outcome = i < a || (i >= a + b && i < a + b + c) ? Outcome::Right : Outcome::Wrong;
        out.second.push_back(item);
    }
    return out;
}

ItemResult atAxis(double value, Outcome outcome)
{
    ItemResult item;
    item.axes["x"] = value;
    item.judged.outcome = outcome;
    return item;
}

} // namespace

class TestSignificance : public QObject
{
    Q_OBJECT

private slots:
    void wilsonVectors_data()
    {
        QTest::addColumn<int>("right");
        QTest::addColumn<int>("n");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("17/30") << 17 << 30 << 0.3919730700 << 0.7262251442; // evaluation.md 4: [0.392, 0.726]
        QTest::newRow("81/263") << 81 << 263 << 0.2553 << 0.3662; // Newcombe 1998, two-sided intervals for one proportion
        QTest::newRow("15/148") << 15 << 148 << 0.0624 << 0.1605; // the same
        QTest::newRow("0/20") << 0 << 20 << 0.0 << 0.1611;        // the same
        QTest::newRow("1/29") << 1 << 29 << 0.0061 << 0.1718;     // the same
        QTest::newRow("10/10") << 10 << 10 << 0.7224672 << 1.0;
    }
    void wilsonVectors()
    {
        QFETCH(int, right);
        QFETCH(int, n);
        QFETCH(double, low);
        QFETCH(double, high);
        const Estimate estimate = wilson(size_t(right), size_t(n));
        QVERIFY(estimate.hasInterval);
        QCOMPARE(estimate.n, size_t(n));
        QCOMPARE(estimate.value, double(right) / n);
        QVERIFY(near(estimate.low, low, 6e-5));
        QVERIFY(near(estimate.high, high, 6e-5));
    }

    void nothingHasNoInterval()
    {
        QVERIFY(!wilson(0, 0).hasInterval);
        QCOMPARE(wilson(0, 0).n, size_t(0));
        QVERIFY(!comparePaired({}, {}).difference.hasInterval);
        QCOMPARE(comparePaired({}, {}).mcnemarP, 1.0);
    }

    void mcnemarVectors()
    {
        // evaluation.md 4, and the same to more digits from exact fractions
        QVERIFY(near(mcnemarExact(9, 2), 0.0654296875, 1e-12));
        QVERIFY(near(mcnemarExact(30, 12), 0.007915897334896727, 1e-12));
        QVERIFY(near(mcnemarExact(12, 30), mcnemarExact(30, 12), 0));
        QVERIFY(near(mcnemarExact(15, 5), 0.04138946533203125, 1e-12));
        QVERIFY(near(mcnemarExact(0, 5), 0.0625, 1e-12));
        QVERIFY(near(mcnemarExact(100, 150), 0.001883300935076157, 1e-12));
        QVERIFY(near(mcnemarExact(49500, 50500), 0.0015823598788515956, 1e-9));
        QVERIFY(near(mcnemarExact(6, 16), 0.052479, 5e-7)); // Cavo et al. 2012 in the R package contingencytables
        QCOMPARE(mcnemarExact(5, 5), 1.0);
        QCOMPARE(mcnemarExact(0, 1), 1.0);
        QCOMPARE(mcnemarExact(0, 0), 1.0);
    }

    void newcombeVectors_data()
    {
        QTest::addColumn<QVector<int>>("table");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        // Newcombe 1998 (Statistics in Medicine 17:2635), method 10, by an independent calculation of its formula;
        // the first is an example of the paper (0.0569, 0.3404), the second of Altman et al. 2000, table 6.2.
        QTest::newRow("36 12 2 0") << QVector<int>{36, 12, 2, 0} << 0.05692958400 << 0.34042760297;
        QTest::newRow("14 5 0 22") << QVector<int>{14, 5, 0, 22} << 0.01148324138 << 0.22649268435;
        QTest::newRow("59 6 16 80") << QVector<int>{59, 6, 16, 80} << -0.11862119564 << -0.00462511393; // contingencytables: -0.1186, -0.0046
        QTest::newRow("20 7 3 10") << QVector<int>{20, 7, 3, 10} << -0.05795711782 << 0.25009179408;
        QTest::newRow("all right") << QVector<int>{54, 0, 0, 0} << -0.06641358809 << 0.06641358809;
        QTest::newRow("all wrong") << QVector<int>{0, 0, 0, 10} << -0.27753279986 << 0.27753279986;
    }
    void newcombeVectors()
    {
        QFETCH(QVector<int>, table);
        QFETCH(double, low);
        QFETCH(double, high);
        const auto [first, second] = pairs(table[0], table[1], table[2], table[3]);
        const PairedResult result = comparePaired(first, second);
        QCOMPARE(result.bothRight, size_t(table[0]));
        QCOMPARE(result.onlyFirst, size_t(table[1]));
        QCOMPARE(result.onlySecond, size_t(table[2]));
        QCOMPARE(result.bothWrong, size_t(table[3]));
        QVERIFY(near(result.difference.low, low, 1e-9));
        QVERIFY(near(result.difference.high, high, 1e-9));
        // the other way round is the mirror image
        const PairedResult mirrored = comparePaired(second, first);
        QVERIFY(near(mirrored.difference.low, -high, 1e-9));
        QVERIFY(near(mirrored.difference.high, -low, 1e-9));
    }

    void ratioVectors_data()
    {
        QTest::addColumn<QVector<int>>("table");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        // The first is Cavo et al. 2012 in Fagerland, Lydersen and Laake's R package contingencytables, chapter 8:
        // 0.8667 (0.7579 to 0.9910); the others by an independent calculation of Bonett and Price's formula.
        QTest::newRow("59 6 16 80") << QVector<int>{59, 6, 16, 80} << 0.75790284726 << 0.99103877737;
        QTest::newRow("1 1 7 12") << QVector<int>{1, 1, 7, 12} << 0.06773400144 << 0.92272711893;
        QTest::newRow("344 6 46 4") << QVector<int>{344, 6, 46, 4} << 0.86352576545 << 0.93267765970;
        QTest::newRow("equal") << QVector<int>{10, 0, 0, 5} << 0.82676460758 << 1.20953411749;
        QTest::newRow("never both") << QVector<int>{0, 3, 5, 1} << 0.15853951214 << 2.27072731049;
    }
    void ratioVectors()
    {
        QFETCH(QVector<int>, table);
        QFETCH(double, low);
        QFETCH(double, high);
        const auto [first, second] = pairs(table[0], table[1], table[2], table[3]);
        const Estimate ratio = accuracyRatio(comparePaired(first, second));
        QVERIFY(ratio.hasInterval);
        QVERIFY(near(ratio.value, double(table[0] + table[1]) / (table[0] + table[2]), 1e-12));
        QVERIFY(near(ratio.low, low, 1e-9));
        QVERIFY(near(ratio.high, high, 1e-9));
    }

    void ratioWithoutGrounds()
    {
        const auto [first, second] = pairs(0, 4, 0, 3);
        QCOMPARE(accuracyRatio(comparePaired(first, second)).n, size_t(0));
        const Estimate none = accuracyRatio(comparePaired(second, first));
        QCOMPARE(none.value, 0.0);
        QVERIFY(none.hasInterval && none.low == 0 && none.high > 0 && none.high < 1);
    }

    void pairsJoinByItem()
    {
        auto [first, second] = pairs(3, 2, 1, 4);
        std::reverse(second.begin(), second.end());
        second.erase(second.begin()); // i9: only the first has it
        second.push_back(second.back()); // twice the same item
        ItemResult stranger;
        stranger.itemId = "stranger";
        second.push_back(stranger);
        const PairedResult result = comparePaired(first, second);
        QCOMPARE(result.n, size_t(9));
        QCOMPARE(result.bothWrong, size_t(3));
        QCOMPARE(result.onlyFirst, size_t(2));
    }

    /// Three samples an item: n is the number of items, the difference that of the items' means, and the test flips signs of items.
    void samplesAreAveragedBeforePairing()
    {
        ItemRows first, second;
        const int rights[8][2]{{3, 0}, {3, 1}, {2, 0}, {3, 3}, {1, 0}, {3, 2}, {2, 2}, {3, 0}};
        for (int item = 0; item < 8; ++item) {
            for (int sample = 0; sample < 3; ++sample) {
                ItemResult row;
                row.itemId = "i" + std::to_string(item);
                row.sample = sample;
                row.judged.outcome = sample < rights[item][0] ? Outcome::Right : Outcome::Wrong;
                first.push_back(row);
                row.judged.outcome = sample < rights[item][1] ? Outcome::Right : Outcome::Truncated;
                second.push_back(row);
            }
        }
        const PairedResult result = comparePaired(first, second);
        QCOMPARE(result.n, size_t(8));
        QVERIFY(result.test == PairedTest::SignFlips);
        QVERIFY(near(result.difference.value, 12.0 / 24, 1e-12));
        // differences in thirds: 3 2 2 0 1 1 0 3; of the 64 ways to sign the six that are not 0, two reach 12
        QVERIFY(near(result.p, 2.0 / 64, 1e-12));
        QCOMPARE(result.bothRight, size_t(3)); // by the majority of samples
        QCOMPARE(result.onlyFirst, size_t(4));
        QCOMPARE(result.bothWrong, size_t(1));
        QVERIFY(near(result.means.error, std::sqrt(10.0 / 9 / 7 / 8), 1e-12)); // sum of squares 28 / 9 - 8 / 4
        const Estimate rate = accuracyOf(first);
        QCOMPARE(rate.n, size_t(8));
        QVERIFY(near(rate.value, 20.0 / 24, 1e-12));
        const Estimate ratio = accuracyRatio(result);
        QVERIFY(near(ratio.value, 20.0 / 8, 1e-12) && ratio.low > 1);
    }

    /// Items of one passage stand or fall together: ten of each say hardly more than one.
    void clustersWidenThePairedInterval()
    {
        ItemRows first, second, alone, alsoAlone;
        for (int item = 0; item < 200; ++item) {
            ItemResult row;
            row.itemId = "i" + std::to_string(item);
            row.judged.outcome = item / 10 % 2 == 0 ? Outcome::Right : Outcome::Wrong;
            alone.push_back(row);
            row.cluster = "passage " + std::to_string(item / 10);
            first.push_back(row);
            row.judged.outcome = item / 10 % 3 == 0 ? Outcome::Right : Outcome::Wrong;
            second.push_back(row);
            row.cluster.clear();
            alsoAlone.push_back(row);
        }
        const PairedResult clustered = comparePaired(first, second), naive = comparePaired(alone, alsoAlone);
        QVERIFY(clustered.test == PairedTest::SignFlips && naive.test == PairedTest::McNemar);
        QCOMPARE(clustered.means.units, size_t(20));
        QCOMPARE(clustered.difference.value, naive.difference.value);
        const auto width = [](const Estimate &estimate) { return estimate.high - estimate.low; };
        QVERIFY(width(clustered.difference) > 2.5 * width(naive.difference));
        QVERIFY(clustered.p > 0.3 && naive.p < 0.01); // 30 items differ, which are 3 passages more than the other way round
        QVERIFY(width(accuracyOf(first)) > 2.5 * width(accuracyOf(alone)));
    }

    /// Graded scores count as they are; an answer without a score counts 0.
    void gradedScores()
    {
        ItemRows first, second;
        for (int item = 0; item < 10; ++item) {
            ItemResult row;
            row.itemId = "i" + std::to_string(item);
            row.judged.outcome = Outcome::Wrong;
            row.judged.score = 0.5;
            first.push_back(row);
            row.judged.score = item < 5 ? 0.25 : NAN;
            second.push_back(row);
        }
        const PairedResult result = comparePaired(first, second);
        QVERIFY(near(result.difference.value, 0.375, 1e-12));
        QVERIFY(result.difference.low > 0 && result.p < 0.01);
        QCOMPARE(result.bothWrong, size_t(10));
    }

    void everyOutcomeCounts()
    {
        std::vector<ItemResult> items;
        for (Outcome outcome : {Outcome::Right, Outcome::Right, Outcome::Wrong, Outcome::Unparsed, Outcome::Truncated, Outcome::Error}) {
            ItemResult item;
            item.judged.outcome = outcome;
            item.task = outcome == Outcome::Right ? "easy" : "hard";
            items.push_back(item);
        }
        const OutcomeCounts all = countOutcomes(items);
        QCOMPARE(all[Outcome::Right], size_t(2));
        QCOMPARE(all[Outcome::Wrong], size_t(1));
        QCOMPARE(all[Outcome::Unparsed], size_t(1));
        QCOMPARE(all[Outcome::Truncated], size_t(1));
        QCOMPARE(all[Outcome::Error], size_t(1));
        QCOMPARE(all.n(), size_t(6));
        QCOMPARE(countOutcomes(items, "easy").n(), size_t(2));
        QCOMPARE(countOutcomes(items, "none").n(), size_t(0));
    }

    void curveOfFewValues()
    {
        const std::vector<ItemResult> items{atAxis(3, Outcome::Wrong), atAxis(1, Outcome::Right), atAxis(3, Outcome::Right),
                                            atAxis(3, Outcome::Truncated), ItemResult{}, atAxis(std::nan(""), Outcome::Right)};
        const std::vector<CurvePoint> curve = accuracyCurve(items, "x");
        QCOMPARE(curve.size(), size_t(2));
        QCOMPARE(curve[0].from, 1.0);
        QCOMPARE(curve[0].to, 1.0);
        QCOMPARE(curve[0].accuracy.value, 1.0);
        QCOMPARE(curve[1].accuracy.n, size_t(3));
        QCOMPARE(curve[1].accuracy.value, 1.0 / 3);
        QVERIFY(accuracyCurve(items, "y").empty());
        QCOMPARE(axesOf(items), std::vector<std::string>{"x"});
    }

    void curveOfManyValuesIsBinned()
    {
        std::vector<ItemResult> items;
        for (int i = 0; i < 800; ++i)
            items.push_back(atAxis(i, i < 400 ? Outcome::Right : Outcome::Wrong));
        const std::vector<CurvePoint> curve = accuracyCurve(items, "x");
        QCOMPARE(curve.size(), size_t(8));
        size_t n = 0;
        for (size_t i = 0; i < curve.size(); ++i) {
            n += curve[i].accuracy.n;
            QCOMPARE(curve[i].accuracy.n, size_t(100));
            QCOMPARE(curve[i].from, 100.0 * double(i));
            QCOMPARE(curve[i].to, 100.0 * double(i) + 99);
            QCOMPARE(curve[i].accuracy.value, i < 4 ? 1.0 : 0.0);
        }
        QCOMPARE(n, items.size());
    }

    void tiesStayInOneBin()
    {
        std::vector<ItemResult> items(1000, atAxis(0, Outcome::Right));
        for (int i = 1; i <= 20; ++i)
            items.push_back(atAxis(i, Outcome::Wrong));
        size_t n = 0;
        for (const CurvePoint &point : accuracyCurve(items, "x"))
            n += point.accuracy.n;
        QCOMPARE(n, size_t(1020));
    }
};

QTEST_APPLESS_MAIN(TestSignificance)
#include "tst_significance.moc"
