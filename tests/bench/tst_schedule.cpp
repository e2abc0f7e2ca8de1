// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/schedule.h"
#include "tests/bench/requestmaker.h"

#include <QtTest>
#include <cmath>
#include <numeric>

using namespace assay;
using namespace assay::made;

class TestSchedule : public QObject
{
    Q_OBJECT

private slots:
    void constantHasNoDrift()
    {
        const auto arrivals = constantArrivals(3, 300'001);
        QCOMPARE(arrivals.front(), int64_t(0));
        QCOMPARE(arrivals[1], int64_t(333'333'333));
        QCOMPARE(arrivals[3], ms(1000));
        QCOMPARE(arrivals.back(), ms(100'000'000)); // a sum of rounded gaps would be 0.1 s short here
    }

    void poissonIsTheSameEverywhere()
    {
        // SplitMix64 with seed 1 and exponential gaps, worked out with Python's integers and math.log.
        const auto arrivals = poissonArrivals(10, 5, 1);
        QCOMPARE(arrivals.size(), size_t(5));
        const std::vector<int64_t> expected{56'816'951, 86'149'178, 89'091'776, 170'203'975, 251'337'447};
        QCOMPARE(arrivals, expected);
        QVERIFY(poissonArrivals(10, 5, 2) != arrivals);
        const auto longer = poissonArrivals(10, 500, 1);
        QVERIFY(std::equal(arrivals.begin(), arrivals.end(), longer.begin()));
    }

    void poissonGapsAreExponential()
    {
        const auto arrivals = poissonArrivals(50, 20'000, 7);
        QVERIFY(std::is_sorted(arrivals.begin(), arrivals.end()));
        std::vector<double> gaps{double(arrivals.front()) * 1e-9};
        for (size_t i = 1; i < arrivals.size(); ++i)
            gaps.push_back(double(arrivals[i] - arrivals[i - 1]) * 1e-9);
        const double mean = std::accumulate(gaps.begin(), gaps.end(), 0.0) / double(gaps.size());
        QVERIFY(std::abs(mean - 0.02) < 4 * 0.02 / std::sqrt(20'000.0)); // its standard error four times
        // Kolmogorov and Smirnov: 1.95 / sqrt(n) is passed once in a thousand.
        std::sort(gaps.begin(), gaps.end());
        double farthest = 0;
        for (size_t i = 0; i < gaps.size(); ++i)
            farthest = std::max(farthest, std::abs(1 - std::exp(-gaps[i] / 0.02) - (double(i) + 0.5) / double(gaps.size())));
        QVERIFY(farthest < 1.95 / std::sqrt(20'000.0));
    }

    void tracesRepeatAndScale()
    {
        const std::vector<double> trace{10, 10.5, 12};
        QCOMPARE(traceArrivals(trace, 1, 3), (std::vector<int64_t>{0, ms(500), ms(2000)}));
        QCOMPARE(traceArrivals(trace, 2, 3), (std::vector<int64_t>{0, ms(250), ms(1000)}));
        // It begins again a mean gap, one second, after its end.
        QCOMPARE(traceArrivals(trace, 1, 5), (std::vector<int64_t>{0, ms(500), ms(2000), ms(3000), ms(3500)}));
        QVERIFY(traceArrivals({}, 1, 5).empty());
    }

    void nonsenseGivesNothing()
    {
        for (const double rate : {0.0, -1.0, std::nan(""), HUGE_VAL}) {
            QVERIFY(constantArrivals(rate, 5).empty());
            QVERIFY(poissonArrivals(rate, 5, 1).empty());
            QVERIFY(traceArrivals({1, 2}, rate, 5).empty());
        }
        QVERIFY(constantArrivals(1, -5).empty());
        QVERIFY(constantArrivals(1e-300, 3).back() > 0); // so far away that it only just fits
    }

    void pointsSayWhichSchedule()
    {
        BenchPoint point;
        EndpointLoad load;
        QVERIFY(arrivalsOf(point, load, 1, 5).empty());
        point.rate = 4;
        point.arrivals = Arrivals::Constant;
        QCOMPARE(arrivalsOf(point, load, 1, 2).back(), ms(250));
        point.arrivals = Arrivals::Poisson;
        QCOMPARE(arrivalsOf(point, load, 9, 5), poissonArrivals(4, 5, 9));
        point.arrivals = Arrivals::Trace;
        load.trace = {0, 8};
        QCOMPARE(arrivalsOf(point, load, 1, 2).back(), ms(2000));
    }

    void readsTraces_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<double>>("seconds");
        QTest::newRow("numbers") << QByteArray("0\n1.5\n3e0\n") << QList<double>{0, 1.5, 3};
        QTest::newRow("not in order, with comments") << QByteArray("# a trace\n2\n\n1\r\n") << QList<double>{1, 2};
        QTest::newRow("csv without names") << QByteArray("0.5,100,20\n0.75,90,10") << QList<double>{0.5, 0.75};
        QTest::newRow("csv with names") << QByteArray("prompt,Timestamp,output\n100,5.25,20\n90,6,1\n") << QList<double>{5.25, 6};
        QTest::newRow("csv of other names") << QByteArray("when;tokens\n1;2\n3;4\n") << QList<double>{1, 3};
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf" "1\n2\n") << QList<double>{1, 2};
        QTest::newRow("json lines") << QByteArray("{\"timestamp\": 3, \"input_length\": 5}\n{\"timestamp\": \"4.5\"}\n") << QList<double>{3, 4.5};
    }

    void readsTraces()
    {
        QFETCH(QByteArray, text);
        QFETCH(QList<double>, seconds);
        const auto trace = parseTrace(std::string_view(text.constData(), size_t(text.size())));
        QVERIFY2(trace, trace ? "" : trace.error().sentence().c_str());
        QCOMPARE(*trace, std::vector<double>(seconds.begin(), seconds.end()));
    }

    void refusesOthers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("line");
        QTest::newRow("empty") << QByteArray() << "0";
        QTest::newRow("only comments") << QByteArray("# x\n") << "1";
        QTest::newRow("names alone") << QByteArray("time\n") << "1";
        QTest::newRow("words") << QByteArray("1\n2\nthree\n") << "3";
        QTest::newRow("not a number") << QByteArray("1\nnan\n") << "2";
        QTest::newRow("infinite") << QByteArray("1\ninf\n") << "2";
        QTest::newRow("beyond all time") << QByteArray("1\n1e300\n") << "2";
        QTest::newRow("object without time") << QByteArray("{\"a\": 1}\n") << "1";
        QTest::newRow("broken object") << QByteArray("{\"at\": 1}\n{\"at\": \n") << "2";
        QTest::newRow("deep object") << QByteArray("{\"a\":" + QByteArray(100'000, '[')) << "1";
        QTest::newRow("endless line") << QByteArray("1\n" + QByteArray(2 << 20, '1')) << "2";
    }

    void refusesOthers()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, line);
        const auto trace = parseTrace(std::string_view(text.constData(), size_t(text.size())));
        QVERIFY(!trace);
        QCOMPARE(trace.error().code, ErrorCode::BadUsage);
        QCOMPARE(QString::fromStdString(trace.error().where), line);
    }

    void ramps()
    {
        QCOMPARE(doublingRamp(1, 10), (std::vector<int64_t>{1, 2, 4, 8, 10}));
        QCOMPARE(doublingRamp(1, 8), (std::vector<int64_t>{1, 2, 4, 8}));
        QCOMPARE(doublingRamp(5, 5), (std::vector<int64_t>{5}));
        QCOMPARE(doublingRamp(-3, 0), (std::vector<int64_t>{1}));
        QCOMPARE(doublingRamp(1, std::numeric_limits<int64_t>::max()).size(), size_t(64));
        QCOMPARE(evenRamp(10, 50, 4), (std::vector<int64_t>{10, 20, 30, 40, 50}));
        QCOMPARE(evenRamp(1, 3, 10), (std::vector<int64_t>{1, 2, 3}));
    }
};

QTEST_APPLESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
