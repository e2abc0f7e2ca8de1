// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a router is told from chance.
#include "core/evaluate/statistics/randombits.h"
#include "core/evaluate/statistics/routing.h"

#include <QTest>
#include <cmath>

using namespace assay;

namespace {

double uniform(RandomBits &random)
{
    return double(random.below(1u << 30)) / double(1u << 30);
}

/// A weak one that is right on 30 % and a strong one on 70 % of the items; the router is worth something with this weight, else chance.
std::vector<RoutingItem> itemsWith(double weight, size_t count, uint64_t seed)
{
    RandomBits random(seed, 0);
    std::vector<RoutingItem> items;
    for (size_t i = 0; i < count; ++i) {
        const double weak = uniform(random) < 0.3, strong = uniform(random) < 0.7;
        items.push_back({weak, strong, 0, 1, weight * (strong - weak) + uniform(random)});
    }
    return items;
}

RoutingCurve curveOf(const std::vector<RoutingItem> &items, size_t draws = 500)
{
    RoutingCurve curve = routingCurve(items);
    addRoutingBand(curve, items, draws);
    return curve;
}

} // namespace

class TestRouting : public QObject
{
    Q_OBJECT
private slots:
    void saysWhatItIsWorth();
    void intervalsCoverChance();
    void saysNothingOfFewItems();
    void withoutAGap();
};

void TestRouting::saysWhatItIsWorth()
{
    for (const auto &[weight, worth] : {std::pair{1.0, RoutingWorth::Better}, {0.0, RoutingWorth::NotTold}, {-1.0, RoutingWorth::Worse}}) {
        const RoutingCurve curve = curveOf(itemsWith(weight, 800, 3));
        QCOMPARE(routingWorth(curve), worth);
        QCOMPARE(curve.recovered.value, *averageGapRecovered(curve));
        QVERIFY(curve.recovered.low < curve.recovered.value && curve.recovered.value < curve.recovered.high);
        QCOMPARE(curve.recovered.n, size_t(800));
    }
}

/// Of routers that know nothing 95 % should not be told from chance: 300 of them within five standard errors of that.
void TestRouting::intervalsCoverChance()
{
    constexpr int kRouters = 300;
    int covered = 0;
    for (int i = 0; i < kRouters; ++i)
        covered += routingWorth(curveOf(itemsWith(0, 150, uint64_t(100 + i)), 300)) == RoutingWorth::NotTold;
    const double share = double(covered) / kRouters;
    QVERIFY2(std::fabs(share - 0.95) < 5 * std::sqrt(0.95 * 0.05 / kRouters), qPrintable(QString::number(share)));
}

void TestRouting::saysNothingOfFewItems()
{
    const RoutingCurve curve = curveOf({{1, 1, 1, 10, 0.1}, {0, 1, 1, 10, 0.9}, {0, 1, 1, 10, 0.8}, {1, 0, 1, 10, 0.2}});
    QCOMPARE(curve.recovered.value, 1.125);
    QVERIFY(!curve.recovered.hasInterval);
    QCOMPARE(routingWorth(curve), RoutingWorth::NotTold);
}

void TestRouting::withoutAGap()
{
    const RoutingCurve curve = curveOf({{1, 0, 1, 2, 1}, {0, 1, 1, 2, 2}, {1, 0, 1, 2, 3}, {0, 1, 1, 2, 4}, {0, 0, 1, 2, 5}, {1, 1, 1, 2, 6}, {1, 0, 1, 2, 7}});
    QVERIFY(!averageGapRecovered(curve) && curve.recovered.n == 0);
    QCOMPARE(routingWorth(curve), RoutingWorth::NotTold);
    QCOMPARE(routingWorth(routingCurve(itemsWith(1, 100, 1))), RoutingWorth::NotTold); // no interval was asked for
}

QTEST_APPLESS_MAIN(TestRouting)
#include "tst_routing.moc"
