// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of core/evaluate/statistics against evaluation.md 4 and 5 and against tests/data/statistics/statistics.json, which
// tests/data/generators/make_statistics.py makes by enumeration, in fractions and by numerical integration.
#include "core/evaluate/statistics/agreement.h"
#include "core/evaluate/statistics/classification.h"
#include "core/evaluate/statistics/intervals.h"
#include "core/evaluate/statistics/paireddifference.h"
#include "core/evaluate/statistics/power.h"
#include "core/evaluate/statistics/repeatedsampling.h"
#include "core/evaluate/statistics/resampling.h"
#include "core/evaluate/statistics/routing.h"
#include "core/evaluate/statistics/standarderrors.h"
#include "core/evaluate/statistics/standing.h"
#include "core/evaluate/statistics/units.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>
#include <cmath>
#include <limits>
#include <numeric>

using namespace assay;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool near(double value, double expected, double tolerance)
{
    if (std::fabs(value - expected) <= tolerance)
        return true;
    qWarning("%.12g is not %.12g", value, expected);
    return false;
}

template <typename T>
std::vector<T> listOf(const QJsonValue &json)
{
    std::vector<T> out;
    for (const QJsonValue &value : json.toArray())
        out.push_back(T(value.toDouble()));
    return out;
}

const QJsonObject &reference()
{
    static const QJsonObject object = [] {
        QFile file(QStringLiteral(ASSAY_TEST_DATA "/statistics/statistics.json"));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }();
    return object;
}

/// Rights and wrongs of two subjects: a both, b the first alone, c the second alone, d neither.
std::pair<std::vector<double>, std::vector<double>> table(size_t a, size_t b, size_t c, size_t d)
{
    std::pair<std::vector<double>, std::vector<double>> out;
    for (size_t i = 0; i < a + b + c + d; ++i) {
        out.first.push_back(i < a + b ? 1 : 0);
        out.second.push_back(i < a || (i >= a + b && i < a + b + c) ? 1 : 0);
    }
    return out;
}

std::vector<double> randomScores(size_t n, uint64_t seed)
{
    RandomBits random(seed, 0);
    std::vector<double> out(n);
    for (double &value : out)
        value = double(random.next() >> 11) * 0x1p-53;
    return out;
}

} // namespace

class TestEvaluationStatistics : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(!reference().isEmpty()); }

    void normalAndBeta()
    {
        for (const QJsonValue &row : reference()[QStringLiteral("normal")].toArray()) {
            const double p = row.toArray()[0].toDouble(), z = row.toArray()[1].toDouble();
            QVERIFY(near(normalQuantile(p), z, 1e-9));
            QVERIFY(near(normalCdf(z), p, 1e-12));
        }
        QCOMPARE(normalQuantile(0), -kInfinity);
        QVERIFY(std::isnan(normalQuantile(1.5)));
        for (const QJsonValue &value : reference()[QStringLiteral("beta")].toArray()) {
            const QJsonObject row = value.toObject();
            const RatePrior prior = row[QStringLiteral("prior")].toString() == u"uniform" ? RatePrior::Uniform : RatePrior::Jeffreys;
            const Estimate estimate = betaInterval(size_t(row[QStringLiteral("right")].toInt()), size_t(row[QStringLiteral("n")].toInt()), prior);
            QVERIFY(estimate.hasInterval);
            QVERIFY(near(estimate.low, row[QStringLiteral("low")].toDouble(), 1e-9));
            QVERIFY(near(estimate.high, row[QStringLiteral("high")].toDouble(), 1e-9));
        }
        QVERIFY(!betaInterval(0, 0).hasInterval);
        QVERIFY(!betaInterval(3, 2).hasInterval);
        QVERIFY(std::isnan(betaCdf(0.5, 0, 1)));
        const Estimate large = betaInterval(100'000'000, 200'000'000); // where both agree with the normal distribution
        QVERIFY(near(large.low, 0.5 - kNormal975 * 0.5 / std::sqrt(2e8), 1e-9));
    }

    /// evaluation.md 4: clusters {1,1},{0,0}: naive 0.2887, Miller 0.3536, Inspect 0.5.
    void errorsOfMeans()
    {
        const std::vector<double> values{1, 1, 0, 0};
        const std::vector<uint32_t> clusters{0, 0, 1, 1};
        QVERIFY(near(standardError(values), 0.2887, 5e-5));
        QVERIFY(near(clusteredError(values, clusters), 0.3536, 5e-5));
        QVERIFY(near(clusteredError(values, clusters) * std::sqrt(betweenClusters(2)), 0.5, 1e-12));
        const QJsonObject made = reference()[QStringLiteral("clustered")].toObject();
        const auto scores = listOf<double>(made[QStringLiteral("values")]);
        const auto groups = listOf<uint32_t>(made[QStringLiteral("clusters")]);
        QVERIFY(near(clusteredError(scores, groups), made[QStringLiteral("error")].toDouble(), 1e-12));
        QVERIFY(near(standardError(scores), made[QStringLiteral("single")].toDouble(), 1e-12));
        QVERIFY(std::isnan(standardError(std::vector<double>{1})));
        QVERIFY(std::isnan(clusteredError({}, {})));
        QVERIFY(std::isnan(clusteredError(values, std::vector<uint32_t>{1})));
        QCOMPARE(clusterCount(4, clusters), size_t(2));
        QCOMPARE(clusterCount(4, {}), size_t(4));
    }

    /// Four items, eight samples: n is 4. A sample without a score counts as 0, and the real numbers of samples are kept.
    void samplesAreAveragedFirst()
    {
        const std::vector<double> scores{1, 0, 1, 1, 0, 0, NAN, 1};
        const std::vector<uint32_t> items{0, 0, 1, 1, 2, 2, 3, 3};
        const ItemMeans out = itemMeans(scores, items, 5);
        QCOMPARE(out.means[0], 0.5);
        QCOMPARE(out.means[1], 1.0);
        QCOMPARE(out.means[2], 0.0);
        QCOMPARE(out.means[3], 0.5);
        QVERIFY(std::isnan(out.means[4]) && out.samples[4] == 0);
        QCOMPARE(out.within, (0.5 + 0 + 0 + 0.5) / 4);
        const Estimate mean = meanScore(std::span(out.means).first(4));
        QCOMPARE(mean.n, size_t(4));
        QCOMPARE(mean.value, 0.5);
        // with the variance of four means, not of eight scores
        QVERIFY(near(mean.low, scoreInterval(0.5, 0.25 / (0.5 / 16)).low, 1e-12));
        QVERIFY(std::isnan(itemMeans(std::vector<double>{1}, std::vector<uint32_t>{0}, 1).within));
        QVERIFY(itemMeans(std::vector<double>{1, 1}, std::vector<uint32_t>{7, 0}, 1).samples[0] == 1); // a number out of range
    }

    /// Of single rights and wrongs it is Wilson's interval; twice the same rows in clusters of two say no more than once.
    void meanScoreIsWilsons()
    {
        std::vector<double> scores(30, 0);
        std::fill_n(scores.begin(), 17, 1.0);
        const Estimate mean = meanScore(scores);
        QVERIFY(near(mean.low, 0.391973, 1e-6));
        QVERIFY(near(mean.high, 0.726225, 1e-6));
        std::vector<double> twice;
        std::vector<uint32_t> clusters;
        for (uint32_t i = 0; i < scores.size(); ++i) {
            twice.insert(twice.end(), 2, scores[i]);
            clusters.insert(clusters.end(), 2, i);
        }
        const Estimate clustered = meanScore(twice, clusters);
        QVERIFY(clustered.low <= mean.low && near(clustered.low, mean.low, 0.005));
        QVERIFY(meanScore(twice).low > mean.low + 0.02); // what it would be if they counted for themselves
        QVERIFY(near(meanScore(std::vector<double>(10, 1)).low, wilson(10, 10).low, 1e-12));
        QCOMPARE(meanScore(std::vector<double>(10, 0.3)).low, scoreInterval(0.3, 10).low); // no variance is no certainty
        QVERIFY(!meanScore({}).hasInterval);
    }

    void pairedDifferences_data()
    {
        QTest::addColumn<QVector<int>>("counts");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        // Newcombe 1998, method 10: the vectors of tst_significance.
        QTest::newRow("36 12 2 0") << QVector<int>{36, 12, 2, 0} << 0.05692958400 << 0.34042760297;
        QTest::newRow("59 6 16 80") << QVector<int>{59, 6, 16, 80} << -0.11862119564 << -0.00462511393;
        QTest::newRow("all right") << QVector<int>{54, 0, 0, 0} << -0.06641358809 << 0.06641358809;
    }
    void pairedDifferences()
    {
        QFETCH(QVector<int>, counts);
        QFETCH(double, low);
        QFETCH(double, high);
        const auto [first, second] = table(size_t(counts[0]), size_t(counts[1]), size_t(counts[2]), size_t(counts[3]));
        const PairedMeans pair = pairedMeans(first, second);
        QCOMPARE(pair.items, first.size());
        QVERIFY(near(pair.difference.low, low, 1e-9));
        QVERIFY(near(pair.difference.high, high, 1e-9));
    }

    /// SE(difference)^2 = SEa^2 + SEb^2 - 2 rho SEa SEb, with clusters and without; on other scales the interval is normal.
    void errorsOfDifferences()
    {
        const std::vector<double> a = randomScores(200, 1), noise = randomScores(200, 2);
        std::vector<double> b(200);
        std::vector<uint32_t> clusters(200);
        for (uint32_t i = 0; i < 200; ++i) {
            b[i] = (a[i] + noise[i]) / 2;
            clusters[i] = i / 4;
        }
        for (const std::span<const uint32_t> groups : {std::span<const uint32_t>(), std::span<const uint32_t>(clusters)}) {
            const PairedMeans pair = pairedMeans(a, b, groups);
            const double squared = pair.firstError * pair.firstError + pair.secondError * pair.secondError
                                   - 2 * pair.correlation * pair.firstError * pair.secondError;
            QVERIFY(near(pair.error, std::sqrt(squared), 1e-12));
            QVERIFY(near(pair.difference.high - pair.difference.low, 2 * kNormal975 * pair.error, 0.2 * pair.error));
            QCOMPARE(pair.units, groups.empty() ? size_t(200) : size_t(50));
        }
        std::vector<double> large(200);
        std::transform(a.begin(), a.end(), large.begin(), [](double value) { return 100 * value; });
        const PairedMeans other = pairedMeans(large, b);
        QVERIFY(near(other.difference.high, other.difference.value + kNormal975 * other.error, 1e-12));
        QCOMPARE(pairedMeans(a, std::span(b).first(3)).items, size_t(0));
        QVERIFY(!pairedMeans({}, {}).difference.hasInterval);
        const Estimate ratio = ratioOfMeans(pairedMeans(a, a));
        QVERIFY(near(ratio.low, 1, 1e-6) && near(ratio.high, 1, 1e-6));
        QCOMPARE(ratioOfMeans(pairedMeans(a, std::vector<double>(200, 0))).n, size_t(0));
    }

    void signFlipsAreExact()
    {
        int withInterval = 0;
        for (const QJsonValue &value : reference()[QStringLiteral("flips")].toArray()) {
            const QJsonObject made = value.toObject();
            const auto values = listOf<double>(made[QStringLiteral("values")]);
            const auto clusters = listOf<uint32_t>(made[QStringLiteral("clusters")]);
            const SignFlips flips = signFlips(values, clusters);
            QVERIFY(flips.exact);
            QVERIFY(near(flips.p, made[QStringLiteral("p")].toDouble(), 1e-12));
            QCOMPARE(flips.mean.hasInterval, made.contains(QStringLiteral("low")));
            if (!flips.mean.hasInterval)
                continue;
            ++withInterval;
            QVERIFY(near(flips.mean.low, made[QStringLiteral("low")].toDouble(), 1e-12));
            QVERIFY(near(flips.mean.high, made[QStringLiteral("high")].toDouble(), 1e-12));
        }
        QCOMPARE(withInterval, 4);
        QCOMPARE(signFlips({}).p, 1.0);
        QVERIFY(std::isnan(signFlips(std::vector<double>{1, NAN}).mean.value));
    }

    /// Of rights and wrongs the sign flips are McNemar's test; drawn ones come near.
    void signFlipsAgreeWithMcNemar()
    {
        std::vector<double> differences(500, 0);
        std::fill_n(differences.begin(), 30, 1.0);
        std::fill_n(differences.begin() + 30, 12, -1.0);
        const SignFlips flips = signFlips(differences);
        QVERIFY(!flips.exact);
        QVERIFY(near(flips.p, 0.00792, 0.0027)); // three standard errors of 9,999 draws
        QVERIFY(flips.mean.low > 0 && flips.mean.high < 0.07);
        QCOMPARE(signFlips(differences).p, flips.p); // the seed is fixed
        QVERIFY(signFlips(differences, {}, {9999, 1}).p != flips.p || signFlips(differences, {}, {9999, 2}).p != flips.p);
    }

    void bootstrapFollowsTheExactDistribution()
    {
        for (const QJsonValue &value : reference()[QStringLiteral("bootstrap")].toArray()) {
            const QJsonObject made = value.toObject();
            const auto values = listOf<double>(made[QStringLiteral("values")]);
            const double deviation = made[QStringLiteral("deviation")].toDouble();
            const Estimate mean = bootstrapMean(values);
            QVERIFY(mean.hasInterval);
            QVERIFY(near(mean.low, made[QStringLiteral("low")].toDouble(), 0.1 * deviation));
            QVERIFY(near(mean.high, made[QStringLiteral("high")].toDouble(), 0.1 * deviation));
            QCOMPARE(bootstrapMean(values).low, mean.low);
        }
        QVERIFY(!bootstrapMean(std::vector<double>{1, 2, 3}).hasInterval);
        QVERIFY(!bootstrapMean(std::vector<double>{1, 2, 3, 4, 5, 6, kInfinity}).hasInterval);
    }

    /// Many kinds of values are joined into groups: mean and spread stay what they are. Clusters are drawn whole.
    void bootstrapOfManyValues()
    {
        std::vector<double> values = randomScores(20'000, 3);
        values[7] = 25; // an outlier, which would leave wide groups to the others
        const double error = standardError(values);
        const Units units(values);
        QVERIFY(units.kinds().size() <= 512 && units.size() == values.size());
        const Estimate mean = bootstrapMean(values);
        QVERIFY(near(mean.low, mean.value - kNormal975 * error, 0.15 * error));
        QVERIFY(near(mean.high, mean.value + kNormal975 * error, 0.15 * error));
        std::vector<uint32_t> clusters(values.size());
        std::vector<double> alike(values.size());
        for (uint32_t i = 0; i < values.size(); ++i) {
            clusters[i] = i / 40;
            alike[i] = values[i / 40 + 100];
        }
        const double clustered = clusteredError(alike, clusters);
        QVERIFY(clustered > 5 * standardError(alike));
        const Estimate wide = bootstrapMean(alike, clusters);
        QVERIFY(near(wide.high - wide.low, 2 * kNormal975 * clustered, 0.15 * clustered));
    }

    /// Whole numbers alone, so that every machine draws the same; the first are those of the published algorithm.
    void randomBitsAreExact()
    {
        RandomBits random(1, 0), same(1, 0), other(1, 1);
        const uint64_t first = random.next();
        QCOMPARE(same.next(), first);
        QVERIFY(other.next() != first);
        uint64_t set = 0;
        for (int i = 0; i < 1000; ++i)
            set += random.setOf(1000 + uint64_t(i)); // blocks, words and rests
        QVERIFY(near(double(set), 1499.5 * 500, 4 * std::sqrt(1499.5 * 250)));
        QCOMPARE(random.binomial(1000, 0, 7), uint64_t(0));
        QCOMPARE(random.binomial(1000, 7, 7), uint64_t(1000));
        double sum = 0, squares = 0;
        for (int i = 0; i < 20'000; ++i) {
            const double drawn = double(random.binomial(50, 3, 10));
            sum += drawn;
            squares += drawn * drawn;
        }
        QVERIFY(near(sum / 20'000, 15, 4 * std::sqrt(10.5 / 20'000)));
        QVERIFY(near(squares / 20'000 - std::pow(sum / 20'000, 2), 10.5, 0.5));
        std::vector<size_t> seen(3, 0);
        for (int i = 0; i < 30'000; ++i)
            ++seen.at(random.below(3));
        for (size_t count : seen)
            QVERIFY(near(double(count), 10'000, 400));
    }

    void holmAdjusts()
    {
        const QJsonObject made = reference()[QStringLiteral("holm")].toObject();
        const auto adjusted = holmAdjusted(listOf<double>(made[QStringLiteral("p")]));
        const auto expected = listOf<double>(made[QStringLiteral("adjusted")]);
        QCOMPARE(adjusted.size(), expected.size());
        for (size_t i = 0; i < expected.size(); ++i)
            QVERIFY(near(adjusted[i], expected[i], 1e-12));
        const auto gaps = holmAdjusted(std::vector<double>{NAN, 0.02, 0.9});
        QVERIFY(std::isnan(gaps[0]));
        QCOMPARE(gaps[1], 0.04);
        QVERIFY(holmAdjusted({}).empty());
    }

    void repeatedSampling()
    {
        QVERIFY(near(*passAtK(10, 3, 5), 0.916667, 5e-7)); // evaluation.md 4
        for (const QJsonValue &value : reference()[QStringLiteral("pass")].toArray()) {
            const auto row = listOf<double>(value);
            QVERIFY(near(*passAtK(size_t(row[0]), size_t(row[1]), size_t(row[2])), row[3], 1e-12));
            QVERIFY(near(*passHatK(size_t(row[0]), size_t(row[1]), size_t(row[2])), row[4], 1e-12));
        }
        QVERIFY(!passAtK(3, 1, 4) && !passHatK(3, 1, 4) && !passAtK(3, 1, 0) && !passAtK(3, 4, 1));
        QVERIFY(near(*passAtK(1'000'000, 10, 1000), 1 - std::pow(0.999, 10), 1e-5));
        QCOMPARE(consensus(std::vector<int64_t>{4, 7, 7, 4, 9}), std::optional<size_t>(0)); // of two alike the first given
        QCOMPARE(consensus(std::vector<int64_t>{-1, -1, -1, 5}), std::optional<size_t>(3));
        QVERIFY(!consensus(std::vector<int64_t>{-1, -1}) && !consensus({}));
    }

    void powerOfPairs()
    {
        // evaluation.md 4: 3 points with w^2 = 1/9: 969 items as k grows, 3,876 with one sample of variance 1/6 each.
        const PairedVariances variances{1.0 / 9, 1.0 / 6, 1.0 / 6};
        QCOMPARE(itemsNeeded(0.03, variances, 0, 0), std::optional<uint64_t>(969));
        QCOMPARE(itemsNeeded(0.03, variances, 1, 1), std::optional<uint64_t>(3876));
        for (const QJsonValue &value : reference()[QStringLiteral("power")].toArray()) {
            const auto row = listOf<double>(value);
            QCOMPARE(itemsNeeded(row[0], {row[1], row[2], row[4]}, size_t(row[3]), size_t(row[5])), std::optional<uint64_t>(uint64_t(row[6])));
        }
        QVERIFY(!itemsNeeded(0, variances) && !itemsNeeded(NAN, variances) && !itemsNeeded(1e-12, variances));
        QCOMPARE(itemsNeeded(0.5, {}), std::optional<uint64_t>(0));
    }

    /// The noise of samples is taken from the variance between items, whatever the number of samples.
    void variancesComeApart()
    {
        RandomBits random(5, 0);
        const auto sampled = [&](uint32_t k) {
            std::vector<double> scores;
            std::vector<uint32_t> items;
            for (uint32_t item = 0; item < 4000; ++item) {
                for (uint32_t sample = 0; sample < k; ++sample) {
                    scores.push_back(double(random.binomial(1, item % 2 == 0 ? 9 : 5, 10)));
                    items.push_back(item);
                }
            }
            return itemMeans(scores, items, 4000);
        };
        const PairedVariances found = pairedVariances(sampled(4), sampled(8));
        QVERIFY(near(found.first, (0.09 + 0.25) / 2, 0.01)); // p (1 - p)
        QVERIFY(near(found.second, (0.09 + 0.25) / 2, 0.01));
        QVERIFY(found.between < 0.01); // both have the same rate at every item
        QVERIFY(near(pairedVariances(sampled(1), sampled(1)).between, 0.34, 0.03)); // cannot be told apart
        QCOMPARE(pairedVariances({}, {}).between, 0.0);
    }

    void standings_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("above nothing") << 0.001 << 0.05 << QByteArray("better");
        QTest::newRow("above the margin") << -0.009 << 0.02 << QByteArray("not inferior");
        QTest::newRow("worse, but by less than the margin") << -0.009 << -0.001 << QByteArray("not inferior");
        QTest::newRow("below the margin") << -0.05 << -0.011 << QByteArray("inferior");
        QTest::newRow("worse, by the margin or not") << -0.03 << -0.001 << QByteArray("undecided");
        QTest::newRow("anything") << -0.03 << 0.03 << QByteArray("undecided");
        QTest::newRow("at the margin") << -0.01 << 0.03 << QByteArray("undecided");
    }
    void standings()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(QByteArray, word);
        QCOMPARE(QByteArray(standingName(standingOf({(low + high) / 2, low, high, 100, true}, 0.01))), word);
        QCOMPARE(standingOf({(low + high) / 2, low, high, 100, false}, 0.01), Standing::Undecided);
    }

    /// With as many more items as are told, four of five repetitions decide: the formula against a simulation.
    void moreItemsDecide()
    {
        const double rate = 0.02, deviation = 0.4, margin = 0.01;
        const auto more = moreItemsToDecide(rate, deviation / std::sqrt(500.0), 500, margin);
        QVERIFY(more);
        const size_t n = 500 + size_t(*more);
        QCOMPARE(n, size_t(std::ceil(7.848879734 * 0.16 / 0.0009)));
        RandomBits random(9, 0);
        int decided = 0;
        for (int i = 0; i < 4000; ++i) {
            // differences of -1, 0, 1 with mean 0.02 and variance 0.16
            const uint64_t differing = random.binomial(n, 1604, 10000);
            const double mean = (2 * double(random.binomial(differing, 902, 1604)) - double(differing)) / double(n);
            decided += mean - kNormal975 * deviation / std::sqrt(double(n)) > -margin;
        }
        QVERIFY(near(decided / 4000.0, 0.8, 0.03));
        QVERIFY(!moreItemsToDecide(-0.01, 0.02, 500, margin));
        QVERIFY(!moreItemsToDecide(0.01, NAN, 500, margin));
        QCOMPARE(moreItemsToDecide(0.5, 0.001, 500, margin), std::optional<uint64_t>(0));
        QVERIFY(near(nonInferiorityP(0, 0.01, 0.01), 0.158655254, 1e-9));
        QCOMPARE(nonInferiorityP(0, 0, 0.01), 0.0);
        QVERIFY(std::isnan(nonInferiorityP(0, NAN, 0.01)));
    }

    void agreement()
    {
        const QJsonObject made = reference()[QStringLiteral("classes")].toObject();
        const auto a = listOf<int64_t>(made[QStringLiteral("expected")]), b = listOf<int64_t>(made[QStringLiteral("given")]);
        QVERIFY(near(*cohenKappa(a, b), made[QStringLiteral("kappa")].toDouble(), 1e-12));
        // Cohen's 50 applications: yes-yes 20, yes-no 5, no-yes 10, no-no 15: 0.4
        std::vector<int64_t> first, second;
        for (const auto &[one, two, times] : {std::tuple{1, 1, 20}, {1, 0, 5}, {0, 1, 10}, {0, 0, 15}}) {
            first.insert(first.end(), size_t(times), one);
            second.insert(second.end(), size_t(times), two);
        }
        QVERIFY(near(*cohenKappa(first, second), 0.4, 1e-12));
        QVERIFY(!cohenKappa(std::vector<int64_t>(5, 1), std::vector<int64_t>(5, 1)));
        QVERIFY(!cohenKappa(first, std::span(second).first(2)) && !cohenKappa({}, {}));
        QVERIFY(near(answerAgreement(first, second).value, 0.7, 1e-12));
        QCOMPARE(answerAgreement(std::vector<int64_t>{-1, 3}, std::vector<int64_t>{-1, 3}).value, 0.5); // nothing is no answer
        const std::vector<int64_t> one{1, 2, 3, 4, -1}, two{1, 2, 5, 6, -1};
        const std::vector<uint8_t> right{1, 0, 0, 0, 0}, alsoRight{1, 0, 0, 1, 0};
        const Estimate wrong = sameWrong(one, two, right, alsoRight);
        QCOMPARE(wrong.n, size_t(3));
        QCOMPARE(wrong.value, 1.0 / 3);
        QVERIFY(!sameWrong(one, two, right, {}).hasInterval);
        QCOMPARE(flipRate(9, 2, 100).value, 0.11);
    }

    void classification()
    {
        const QJsonObject made = reference()[QStringLiteral("classes")].toObject();
        const auto expected = listOf<int64_t>(made[QStringLiteral("expected")]), given = listOf<int64_t>(made[QStringLiteral("given")]);
        QVERIFY(near(*matthews(expected, given), made[QStringLiteral("matthews")].toDouble(), 1e-12));
        QVERIFY(near(*f1Of(expected, given), made[QStringLiteral("f1")].toDouble(), 1e-12));
        QCOMPARE(matthews(std::vector<int64_t>{1, 0, 1}, std::vector<int64_t>{1, 1, 1}), std::optional(0.0));
        QCOMPARE(matthews(std::vector<int64_t>{1, 0}, std::vector<int64_t>{0, 1}), std::optional(-1.0));
        QCOMPARE(f1Of(std::vector<int64_t>{0, 0}, std::vector<int64_t>{0, -1}), std::optional(0.0));
        QVERIFY(!matthews({}, {}) && !f1Of({}, {}) && !matthews(expected, {}));
        const QJsonObject numbers = reference()[QStringLiteral("correlation")].toObject();
        const auto x = listOf<double>(numbers[QStringLiteral("x")]), y = listOf<double>(numbers[QStringLiteral("y")]);
        QVERIFY(near(*pearson(x, y), numbers[QStringLiteral("pearson")].toDouble(), 1e-12));
        QVERIFY(near(*spearman(x, y), numbers[QStringLiteral("spearman")].toDouble(), 1e-12));
        QVERIFY(near(*spearman(std::vector<double>{1, 2, NAN, 3}, std::vector<double>{1, 10, 0, 1000}), 1, 1e-12));
        QVERIFY(!pearson(std::vector<double>{1, 1, 1}, std::vector<double>{1, 2, 3}) && !pearson({}, {}) && !spearman(x, {}));
        QVERIFY(std::isnan(groupedMeans({}, {}).micro));
    }

    /// evaluation.md 5: weak 1001, strong 1110, router .1 .9 .8 .2: q = .5 .75 1 .75 .75, APGR 1.125, CPT50 0.125.
    void routingVector()
    {
        const std::vector<RoutingItem> items{{1, 1, 1, 10, 0.1}, {0, 1, 1, 10, 0.9}, {0, 1, 1, 10, 0.8}, {1, 0, 1, 10, 0.2}};
        const RoutingCurve curve = routingCurve(items);
        const std::vector<double> expected{0.5, 0.75, 1, 0.75, 0.75};
        QCOMPARE(curve.points.size(), expected.size());
        for (size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(curve.points[i].quality, expected[i]);
            QCOMPARE(curve.points[i].strongShare, 0.25 * double(i));
        }
        QVERIFY(near(*averageGapRecovered(curve), 1.125, 1e-12));
        QVERIFY(near(*callsToRecover(curve, 0.5), 0.125, 1e-12));
        QCOMPARE(callsToRecover(curve, 0), std::optional(0.0));
        QVERIFY(!callsToRecover(curve, 2.5));
        QCOMPARE(gapRecovered(curve, 1), std::optional(2.0));
        QCOMPARE(randomRouting(curve, 0.5), 0.625);
        QCOMPARE(oracleRouting(items, std::vector<double>{0, 0.25, 0.5, 1}), (std::vector<double>{0.5, 0.75, 1, 1}));
        // a cascade pays for both
        QCOMPARE(curve.points.back().cost, 10.0);
        QCOMPARE(routingCurve(items, RoutingKind::Cascade).points.back().cost, 11.0);
    }

    void routingByBruteForce()
    {
        const QJsonObject made = reference()[QStringLiteral("routing")].toObject();
        std::vector<RoutingItem> items;
        for (const QJsonValue &value : made[QStringLiteral("items")].toArray()) {
            const QJsonObject item = value.toObject();
            items.push_back({item[QStringLiteral("weak")].toDouble(), item[QStringLiteral("strong")].toDouble(),
                             item[QStringLiteral("weakCost")].toDouble(), item[QStringLiteral("strongCost")].toDouble(),
                             item[QStringLiteral("router")].toDouble()});
        }
        const RoutingCurve curve = routingCurve(items);
        const QJsonArray points = made[QStringLiteral("points")].toArray();
        QCOMPARE(curve.points.size(), size_t(points.size()));
        for (size_t i = 0; i < curve.points.size(); ++i) {
            const QJsonObject point = points[int(i)].toObject();
            QVERIFY(near(curve.points[i].strongShare, point[QStringLiteral("share")].toDouble(), 1e-12));
            QVERIFY(near(curve.points[i].quality, point[QStringLiteral("quality")].toDouble(), 1e-12));
            QVERIFY(near(curve.points[i].cost, point[QStringLiteral("cost")].toDouble(), 1e-12));
        }
        const auto oracle = listOf<double>(made[QStringLiteral("oracle")]);
        for (size_t calls = 0; calls < oracle.size(); ++calls)
            QVERIFY(near(oracleRouting(items, std::vector<double>{double(calls) / 9})[0], oracle[calls], 1e-12));
    }

    /// Many thresholds are thinned out; the band holds the curve and is that of a mean at its ends.
    void routingOfManyItems()
    {
        const std::vector<double> random = randomScores(3000, 4);
        std::vector<RoutingItem> items;
        for (size_t i = 0; i < 1000; ++i)
            items.push_back({random[3 * i] < 0.4 ? 1.0 : 0, random[3 * i + 1] < 0.7 ? 1.0 : 0, 1, 5, random[3 * i + 2]});
        items[5].router = NAN; // nobody knows: the strong one
        RoutingCurve curve = routingCurve(items, RoutingKind::Router, 50);
        QVERIFY(curve.points.size() <= 51 && curve.points.size() > 45);
        QCOMPARE(curve.points.back().quality, curve.strong);
        addRoutingBand(curve, items, 500);
        QCOMPARE(curve.band.size(), curve.points.size());
        for (size_t i = 0; i < curve.band.size(); ++i)
            QVERIFY(curve.band[i].low < curve.points[i].quality && curve.points[i].quality < curve.band[i].high);
        const double error = std::sqrt(curve.weak * (1 - curve.weak) / 1000);
        QVERIFY(near(curve.band.front().high - curve.band.front().low, 2 * kNormal975 * error, 0.6 * error));
        RoutingCurve again = routingCurve(items, RoutingKind::Router, 50);
        addRoutingBand(again, items, 500);
        QCOMPARE(again.band[20].low, curve.band[20].low);
        QVERIFY(routingCurve({}).points.empty());
        items[3].weak = NAN;
        QVERIFY(routingCurve(items).points.empty() && !chooseThreshold(items, 0.5));
        const std::vector<RoutingItem> useless(10, RoutingItem{1, 0, 1, 5, 0.5}); // the strong one is worse
        QVERIFY(!averageGapRecovered(routingCurve(useless)) && !callsToRecover(routingCurve(useless), 0.5) && !chooseThreshold(useless, 0.5));
    }
};

QTEST_APPLESS_MAIN(TestEvaluationStatistics)
#include "tst_evaluationstatistics.moc"
