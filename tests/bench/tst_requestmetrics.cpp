// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/requestmetrics.h"
#include "tests/bench/requestmaker.h"

#include <QtTest>

using namespace assay;
using namespace assay::made;

/// Each figure is worked out by hand from the definitions of benchmarking.md 1.
class TestRequestMetrics : public QObject
{
    Q_OBJECT

private slots:
    void plainStream()
    {
        // Sent at 100 ms, pieces at 300, 320, 340, 400: TTFT 200, E2E 300, gaps 20, 20, 60.
        const RequestRecord record = request(100, {{300}, {320}, {340}, {400}});
        const RequestMetrics m = metricsOf(record);
        QVERIFY(!m.failed);
        QCOMPARE(m.source, TokenSource::Chunks);
        QCOMPARE(m.tokens, int64_t(4));
        QCOMPARE(m.firstTokens, int64_t(1));
        QVERIFY(near(*m.ttft, 0.2));
        QVERIFY(near(*m.ttfa, 0.2));
        QVERIFY(near(*m.e2e, 0.3));
        QVERIFY(near(*m.tpot, 0.1 / 3));
        QVERIFY(near(*m.longestGap, 0.06));
        QVERIFY(near(m.tokensPerRead, 1));
        const auto gaps = gapsOf(record);
        QCOMPARE(gaps.size(), size_t(3));
        QVERIFY(near(gaps[0], 0.02) && near(gaps[1], 0.02) && near(gaps[2], 0.06));
    }

    void fromTheSchedule()
    {
        RequestRecord record = request(100, {{300}, {400}});
        record.scheduled = ms(40);
        const RequestMetrics m = metricsOf(record);
        QVERIFY(near(*m.scheduleDelay, 0.06));
        QVERIFY(near(*m.scheduledTtft, 0.26));
        QVERIFY(near(*m.scheduledE2e, 0.36));
        QVERIFY(near(*m.ttft, 0.2));
    }

    void tokensByTheBestSource()
    {
        RequestRecord record = request(0, {{100, Channel::Answer, 8, -1, 2}, {200, Channel::Answer, 8, -1, 2}, {300, Channel::Answer, 8, -1, 1}});
        QCOMPARE(metricsOf(record).source, TokenSource::Engine);
        QCOMPARE(metricsOf(record).tokens, int64_t(5));
        record.localTokens = 6;
        QCOMPARE(metricsOf(record).tokens, int64_t(5));
        record.usage.completion = 7;
        QCOMPARE(metricsOf(record).source, TokenSource::Usage);
        QCOMPARE(metricsOf(record).tokens, int64_t(7));
        record.usage.completion = 0; // a lie: text came
        record.chunks[1].tokens = 0; // and not every piece is told
        QCOMPARE(metricsOf(record).source, TokenSource::Tokenizer);
        QCOMPARE(metricsOf(record).tokens, int64_t(6));
        record.localTokens.reset();
        QCOMPARE(metricsOf(record).source, TokenSource::Chunks);
        QCOMPARE(metricsOf(record).tokens, int64_t(3));
    }

    void severalTokensAPiece()
    {
        // 12 tokens in 4 pieces of one length: 3 came with the first, 9 in the 300 ms after it.
        RequestRecord record = request(0, {{100}, {200}, {300}, {400}});
        record.usage.completion = 12;
        RequestMetrics m = metricsOf(record);
        QCOMPARE(m.firstTokens, int64_t(3));
        QVERIFY(near(*m.tpot, 0.3 / 9));
        QVERIFY(near(m.tokensPerRead, 3));
        // By the server's own counts, where it tells them: 6 with the first.
        record.chunks[0].tokens = 6;
        record.chunks[1].tokens = record.chunks[2].tokens = record.chunks[3].tokens = 2;
        m = metricsOf(record);
        QCOMPARE(m.firstTokens, int64_t(6));
        QVERIFY(near(*m.tpot, 0.05));
    }

    void theEndMarkIsNoPiece()
    {
        RequestRecord record = request(0, {{100, Channel::Answer, 30}, {200, Channel::Answer, 1}, {300, Channel::Answer, 1}});
        record.usage.completion = 4; // three pieces and the end
        QCOMPARE(metricsOf(record).firstTokens, int64_t(1));
        QVERIFY(near(*metricsOf(record).tpot, 0.2 / 3));
    }

    void oneReadHasNoSpeed()
    {
        RequestRecord record = request(0, {{100}, {100, Channel::Answer, 4, 0}, {100, Channel::Answer, 4, 0}});
        const RequestMetrics m = metricsOf(record);
        QCOMPARE(m.tokens, int64_t(3));
        QCOMPARE(m.firstTokens, int64_t(3));
        QVERIFY(!m.tpot && !m.longestGap);
        QVERIFY(gapsOf(record).empty());
        QVERIFY(near(m.tokensPerRead, 3));
    }

    void failedOnesHaveNoLatency()
    {
        RequestRecord record = request(0, {{100}, {200}});
        record.failure = Failure::Reset;
        RequestMetrics m = metricsOf(record);
        QVERIFY(m.failed && !m.ttft && !m.ttfa && !m.tpot && !m.e2e && !m.longestGap && !m.scheduledE2e);
        QCOMPARE(m.tokens, int64_t(2)); // paid for all the same
        m = metricsOf(RequestRecord{});
        QVERIFY(m.failed && !m.ttft && m.tokens == 0);
    }

    void impossibleMomentsGiveNothing()
    {
        RequestRecord record = request(500, {{100}, {50}, {std::ldexp(1, 40)}});
        record.scheduled = std::numeric_limits<int64_t>::min();
        record.chunks.push_back({std::numeric_limits<int64_t>::max(), 9, Channel::Answer, 4, 0});
        record.usage = {.prompt = {}, .completion = std::numeric_limits<int64_t>::max(), .reasoning = std::numeric_limits<int64_t>::max(), .cached = {}};
        const RequestMetrics m = metricsOf(record);
        QVERIFY(!m.ttft); // its first text came before it was sent
        for (const double gap : gapsOf(record))
            QVERIFY(gap >= 0 && std::isfinite(gap));
        QVERIFY(m.firstTokens <= m.tokens);
    }
};

QTEST_APPLESS_MAIN(TestRequestMetrics)
#include "tst_requestmetrics.moc"
