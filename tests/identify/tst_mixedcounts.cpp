// SPDX-License-Identifier: GPL-3.0-or-later
// Requests that are counted one by one: clean runs and what they exclude, a share that another tokenizer counts, counters that vary.
#include "core/identify/tokenizer/mixedcounts.h"

#include <QTest>
#include <cmath>

using namespace assay;

namespace {

constexpr int64_t kTemplate = 11, kOtherTemplate = 30;

/// Five messages that two families count so differently, sent `times` times each.
std::vector<CountedMessage> honest(int times)
{
    std::vector<CountedMessage> out;
    for (int i = 0; i < 5; ++i) {
        CountedMessage one{{"m" + std::to_string(i), "text", {{"deepseek_v3", 1 + 7 * i}, {"qwen", 1 + 19 * i}, {"llama3", 2 + 11 * i}}}, {}};
        one.counted.assign(size_t(times), kTemplate + 1 + 7 * i);
        out.push_back(one);
    }
    return out;
}

} // namespace

class TestMixedCounts : public QObject
{
    Q_OBJECT
private slots:
    void cleanRun()
    {
        const auto found = mixedCountsEvidence(honest(12), "deepseek_v3", "2026-11-23");
        QVERIFY(found);
        QCOMPARE(found->kind, Evidence::Kind::Consistent);
        QCOMPARE(found->n, int64_t(60));
        QVERIFY(std::abs(found->numbers.at("share_excluded").get<double>() - (1 - std::pow(0.05, 1.0 / 60))) < 1e-12); // 4.87 %
    }

    void oneTokenIsNoise()
    {
        auto messages = honest(4);
        messages[2].counted[1] += 1;
        messages[3].counted[0] -= 1;
        QCOMPARE(mixedCountsEvidence(messages, "deepseek_v3", "d")->kind, Evidence::Kind::Consistent);
    }

    /// Another model has another template, too: the family is told by differences.
    void anotherTokenizerNowAndThen()
    {
        auto messages = honest(6);
        messages[1].counted[3] = kOtherTemplate + 1 + 19;
        messages[4].counted[0] = kOtherTemplate + 1 + 19 * 4;
        const auto found = mixedCountsEvidence(messages, "deepseek_v3", "d");
        QCOMPARE(found->kind, Evidence::Kind::Contradiction);
        QCOMPARE(found->channel, std::string("usage")); // one channel, which decides nothing alone
        QCOMPARE(found->numbers.at("family").get<std::string>(), std::string("qwen"));
        QCOMPARE(found->numbers.at("otherwise").get<int>(), 2);
        QVERIFY(!found->benign.empty());
    }

    void aCounterThatVaries()
    {
        auto messages = honest(6);
        messages[1].counted[3] += 40;
        messages[4].counted[0] += 3;
        QCOMPARE(mixedCountsEvidence(messages, "deepseek_v3", "d")->kind, Evidence::Kind::Note);
        messages = honest(6);
        messages[4].counted[0] = kOtherTemplate + 1 + 19 * 4; // one message could be anything
        QCOMPARE(mixedCountsEvidence(messages, "deepseek_v3", "d")->kind, Evidence::Kind::Note);
    }

    void nothingToHoldAgainst()
    {
        QVERIFY(!mixedCountsEvidence({}, "deepseek_v3", "d"));
        QVERIFY(!mixedCountsEvidence(honest(2), "unheard_of", "d"));
        auto messages = honest(2);
        messages[0].counted.clear();
        QVERIFY(!mixedCountsEvidence(messages, "deepseek_v3", "d"));
    }
};

QTEST_APPLESS_MAIN(TestMixedCounts)
#include "tst_mixedcounts.moc"
