// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/placement.h"

#include <QtTest>

using namespace assay::engine;

class TestPlacement : public QObject
{
    Q_OBJECT

private slots:
    void alikeDevicesGetAlikeShares()
    {
        const std::vector<size_t> expected{0, 0, 0, 0, 1, 1, 1, 1};
        QCOMPARE(spreadLayers({100, 100}, 0, std::vector<uint64_t>(8, 10)), expected);
    }
    void whatIsOutsideCountsOnTheFirst()
    {
        const std::vector<size_t> expected{0, 0, 1, 1, 1, 1};
        QCOMPARE(spreadLayers({100, 100}, 20, std::vector<uint64_t>(6, 10)), expected);
    }
    void largerDevicesGetMore()
    {
        const std::vector<size_t> expected{0, 1, 1, 1};
        QCOMPARE(spreadLayers({100, 300}, 0, std::vector<uint64_t>(4, 10)), expected);
    }
    void fullDevicesGetNothing()
    {
        const std::vector<size_t> expected{1, 1, 1};
        QCOMPARE(spreadLayers({0, 50}, 0, std::vector<uint64_t>(3, 10)), expected);
    }
    void oneDeviceGetsAll()
    {
        const std::vector<size_t> expected{0, 0};
        QCOMPARE(spreadLayers({7}, 3, std::vector<uint64_t>(2, 10)), expected);
        QCOMPARE(spreadLayers({0}, 3, std::vector<uint64_t>(2, 10)), expected);
    }
    // No device is asked for more than the others in relation to its room, but for half a layer at each border.
    void nobodyIsOverfilled()
    {
        const std::vector<uint64_t> free{24, 48, 80}, layers(32, 4);
        const std::vector<size_t> places = spreadLayers(free, 6, layers);
        double used[3] = {6, 0, 0};
        for (const size_t place : places)
            used[place] += 4;
        for (size_t i = 0; i < free.size(); ++i)
            QVERIFY(used[i] <= double(free[i]) * (6 + 32 * 4) / 152 + 4);
        QVERIFY(std::is_sorted(places.begin(), places.end()));
    }
};

QTEST_APPLESS_MAIN(TestPlacement)
#include "tst_placement.moc"
