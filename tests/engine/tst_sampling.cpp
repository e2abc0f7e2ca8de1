// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/distribution.h"
#include "core/engine/randomnumbers.h"
#include "core/engine/sampling.h"

#include <QtTest>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

using namespace assay;
using namespace assay::engine;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// Candidates whose probabilities are these: logarithms, less the largest.
std::vector<Candidate> withProbabilities(const std::vector<double> &probabilities)
{
    const double largest = *std::ranges::max_element(probabilities);
    std::vector<Candidate> out;
    for (const double p : probabilities)
        out.push_back({int64_t(out.size()), std::log(p / largest)});
    return out;
}

std::vector<int64_t> idsOf(const std::vector<Candidate> &candidates)
{
    std::vector<int64_t> out;
    for (const Candidate &candidate : candidates)
        out.push_back(candidate.id);
    return out;
}

using Ids = std::vector<int64_t>;

/// Softmax of logits / temperature, in double.
std::vector<double> softmax(const std::vector<float> &logits, double temperature)
{
    std::vector<double> out;
    for (const float logit : logits)
        out.push_back(std::exp(double(logit) / temperature));
    const double sum = std::accumulate(out.begin(), out.end(), 0.0);
    for (double &p : out)
        p /= sum;
    return out;
}

/// What the published formulas leave of a distribution, in the stated order: each works on the renormalised rest of the
/// one before. A second, slow way, by sorted probabilities instead of scores.
std::vector<double> expectedDistribution(std::vector<float> logits, const Ids &seen, const Sampling &options)
{
    for (const int64_t id : std::set<int64_t>(seen.begin(), seen.end())) {
        const double x = logits[size_t(id)];
        logits[size_t(id)] = float(x < 0 ? x * options.repetitionPenalty : x / options.repetitionPenalty);
    }
    std::vector<double> p = softmax(logits, options.temperature);
    std::vector<size_t> order(p.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::ranges::stable_sort(order, [&p](size_t a, size_t b) { return p[a] > p[b]; });
    const auto renormalise = [&p] {
        const double sum = std::accumulate(p.begin(), p.end(), 0.0);
        for (double &x : p)
            x /= sum;
    };
    if (options.topK > 0) {
        const double least = p[order[std::min(order.size(), size_t(options.topK)) - 1]];
        for (double &x : p)
            x = x < least ? 0 : x;
        renormalise();
    }
    double above = 0;
    for (const size_t i : order) {
        // transformers: goes when what is before it reaches top-p already.
        const double own = p[i];
        p[i] = above < options.topP ? own : 0;
        above += own;
    }
    renormalise();
    const double largest = *std::ranges::max_element(p);
    for (double &x : p)
        x = x < options.minP * largest ? 0 : x;
    renormalise();
    return p;
}

/// The largest chi-square that is still to be expected once in a million (Wilson and Hilferty, 1931).
double chiSquareLimit(double degrees)
{
    constexpr double kNormal = 4.7534; // the normal distribution's quantile of 1 - 1e-6
    const double part = 2 / (9 * degrees);
    return degrees * std::pow(1 - part + kNormal * std::sqrt(part), 3);
}

std::vector<float> someLogits()
{
    std::vector<float> out;
    for (int i = 0; i < 40; ++i)
        out.push_back(float(3 * std::sin(1.7 * i) - 0.05 * i));
    return out;
}

} // namespace

class TestSampling : public QObject
{
    Q_OBJECT

private slots:
    // The known answers of Random123's own kat_vectors, for philox4x32 with 10 rounds.
    void philoxKnownAnswers()
    {
        using Four = std::array<uint32_t, 4>;
        constexpr uint32_t kAll = 0xffffffff;
        QCOMPARE(philox({0, 0, 0, 0}, {0, 0}), (Four{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
        QCOMPARE(philox({kAll, kAll, kAll, kAll}, {kAll, kAll}), (Four{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
        QCOMPARE(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
                 (Four{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
    }

    void uniformNumbersAreUniform()
    {
        constexpr int kBins = 64, kDraws = 64'000;
        std::vector<int> counts(kBins);
        for (int i = 0; i < kDraws; ++i) {
            const double x = uniformNumber(7, uint64_t(i));
            QVERIFY(x >= 0 && x < 1);
            ++counts[size_t(x * kBins)];
        }
        double chiSquare = 0;
        for (const int count : counts)
            chiSquare += std::pow(count - kDraws / kBins, 2) / double(kDraws / kBins);
        QVERIFY2(chiSquare < chiSquareLimit(kBins - 1), qPrintable(QString::number(chiSquare)));
        QCOMPARE(uniformNumber(7, 3), uniformNumber(7, 3));
        QVERIFY(uniformNumber(7, 3) != uniformNumber(8, 3));
        QVERIFY(uniformNumber(7, 3) != uniformNumber(7, uint64_t(3) << 32));
        QVERIFY(uniformNumber(7, 3) != uniformNumber(uint64_t(7) << 32, 3));
    }

    void thePenaltyDividesOrMultiplies()
    {
        std::vector<float> logits = {2, -2, 1, -1, 0};
        penalise(logits, Ids{0, 1, 4}, 2.0);
        QCOMPARE(logits, (std::vector<float>{1, -4, 1, -1, 0}));
        penalise(logits, Ids{2, 3}, 0.5);
        QCOMPARE(logits, (std::vector<float>{1, -4, 2, -0.5, 0}));
    }

    void thePenaltyCountsATokenOnce()
    {
        // 3 stands in the prompt twice: 8 / 2 is still above 3, 8 / 4 would not be.
        const std::vector<float> logits = {0, 3, 0, 8};
        Sampler twice({.repetitionPenalty = 2}, Ids{3, 3}, 4);
        QCOMPARE(twice.choose(logits).value(), int64_t(3));
        // The tokens chosen count as well, but only once: 4 stays above 3.
        QCOMPARE(twice.choose(logits).value(), int64_t(3));
        Sampler strong({.repetitionPenalty = 4}, Ids{}, 4);
        QCOMPARE(strong.choose(logits).value(), int64_t(3));
        QCOMPARE(strong.choose(logits).value(), int64_t(1));
        QCOMPARE(strong.choose(logits).value(), int64_t(3));
    }

    void topK()
    {
        std::vector<Candidate> candidates = withProbabilities({0.1, 0.4, 0.2, 0.3});
        keepTopK(candidates, 0);
        QCOMPARE(idsOf(candidates), (Ids{0, 1, 2, 3}));
        keepTopK(candidates, 9);
        QCOMPARE(idsOf(candidates), (Ids{0, 1, 2, 3}));
        keepTopK(candidates, 3);
        QCOMPARE(idsOf(candidates), (Ids{1, 2, 3}));
        keepTopK(candidates, 1);
        QCOMPARE(idsOf(candidates), (Ids{1}));
        // transformers removes what is below the k-th: its equals stay.
        candidates = withProbabilities({0.2, 0.4, 0.2, 0.2});
        keepTopK(candidates, 2);
        QCOMPARE(idsOf(candidates), (Ids{0, 1, 2, 3}));
    }

    void topP()
    {
        const auto kept = [](std::vector<double> probabilities, double p) {
            std::vector<Candidate> candidates = withProbabilities(probabilities);
            keepTopP(candidates, p);
            return idsOf(candidates);
        };
        // Sorted 0.4, 0.3, 0.2, 0.1: together 0.4, 0.7, 0.9, 1.
        const std::vector<double> four = {0.1, 0.4, 0.2, 0.3};
        QCOMPARE(kept(four, 1), (Ids{0, 1, 2, 3}));
        QCOMPARE(kept(four, 0.95), (Ids{0, 1, 2, 3}));
        QCOMPARE(kept(four, 0.8), (Ids{1, 2, 3}));
        QCOMPARE(kept(four, 0.6), (Ids{1, 3}));
        QCOMPARE(kept(four, 0.3), (Ids{1}));
        QCOMPARE(kept(four, 1e-9), (Ids{1}));
        // Of equals the smaller ids.
        QCOMPARE(kept({0.25, 0.25, 0.25, 0.25}, 0.4), (Ids{0, 1}));
        // More than are sorted at a time: 1000 of 4000 equals reach a quarter.
        QCOMPARE(kept(std::vector<double>(4000, 1.0), 0.24999).size(), size_t(1000));
    }

    void topPWorksOnWhatTopKLeft()
    {
        // Of 0.4 and 0.3 the first has 4/7: that is above 0.5, while 0.4 of the whole would not be.
        std::vector<Candidate> candidates = withProbabilities({0.1, 0.4, 0.2, 0.3});
        keepTopK(candidates, 2);
        keepTopP(candidates, 0.5);
        QCOMPARE(idsOf(candidates), (Ids{1}));
    }

    void minP()
    {
        const auto kept = [](double p) {
            std::vector<Candidate> candidates = withProbabilities({0.1, 0.4, 0.2, 0.3});
            keepMinP(candidates, p);
            return idsOf(candidates);
        };
        QCOMPARE(kept(0), (Ids{0, 1, 2, 3}));
        QCOMPARE(kept(0.2), (Ids{0, 1, 2, 3})); // 0.08
        QCOMPARE(kept(0.3), (Ids{1, 2, 3}));    // 0.12
        QCOMPARE(kept(0.6), (Ids{1, 3}));       // 0.24
        QCOMPARE(kept(0.9), (Ids{1}));
        QCOMPARE(kept(1), (Ids{1}));
    }

    void drawsFollowTheFormulas_data()
    {
        QTest::addColumn<double>("temperature");
        QTest::addColumn<int>("topK");
        QTest::addColumn<double>("topP");
        QTest::addColumn<double>("minP");
        QTest::addColumn<double>("penalty");
        QTest::newRow("plain") << 1.0 << 0 << 1.0 << 0.0 << 1.0;
        QTest::newRow("hot") << 2.5 << 0 << 1.0 << 0.0 << 1.0;
        QTest::newRow("cold") << 0.4 << 0 << 1.0 << 0.0 << 1.0;
        QTest::newRow("top-k") << 1.0 << 7 << 1.0 << 0.0 << 1.0;
        QTest::newRow("top-p") << 1.0 << 0 << 0.8 << 0.0 << 1.0;
        QTest::newRow("min-p") << 1.0 << 0 << 1.0 << 0.1 << 1.0;
        QTest::newRow("penalty") << 1.0 << 0 << 1.0 << 0.0 << 1.6;
        QTest::newRow("all") << 1.3 << 20 << 0.9 << 0.05 << 1.3;
    }

    // Pearson's test against probabilities computed here, on one fixed seed.
    void drawsFollowTheFormulas()
    {
        QFETCH(double, temperature);
        QFETCH(int, topK);
        QFETCH(double, topP);
        QFETCH(double, minP);
        QFETCH(double, penalty);
        const Sampling options{temperature, topK, topP, minP, penalty, 20'260'101};
        const std::vector<float> logits = someLogits();
        const Ids prompt = {1, 1, 5, 39};
        const std::vector<double> expected = expectedDistribution(logits, prompt, options);
        constexpr int kDraws = 40'000;
        std::vector<int> counts(logits.size());
        for (int i = 0; i < kDraws; ++i) {
            // A new one each time, for what was drawn would be penalised from then on.
            Sampling one = options;
            one.seed += uint64_t(i);
            ++counts[size_t(Sampler(one, prompt, int64_t(logits.size())).choose(logits).value())];
        }
        double chiSquare = 0, rareExpected = 0, rareSeen = 0;
        int bins = 0;
        for (size_t i = 0; i < expected.size(); ++i) {
            const double wanted = expected[i] * kDraws;
            if (expected[i] == 0) {
                QCOMPARE(counts[i], 0);
            } else if (wanted < 5) { // too few for the test each, but not together
                rareExpected += wanted;
                rareSeen += counts[i];
            } else {
                chiSquare += std::pow(counts[i] - wanted, 2) / wanted;
                ++bins;
            }
        }
        if (rareExpected > 5) {
            chiSquare += std::pow(rareSeen - rareExpected, 2) / rareExpected;
            ++bins;
        }
        QVERIFY(bins > 2);
        QVERIFY2(chiSquare < chiSquareLimit(bins - 1), qPrintable(QStringLiteral("%1 over %2").arg(chiSquare).arg(bins)));
    }

    void oneSequenceFollowsTheFormulas()
    {
        const std::vector<float> logits = someLogits();
        const std::vector<double> expected = softmax(logits, 1);
        Sampler sampler({.temperature = 1, .seed = 5}, {}, int64_t(logits.size()));
        constexpr int kDraws = 100'000;
        std::vector<int> counts(logits.size());
        for (int i = 0; i < kDraws; ++i)
            ++counts[size_t(sampler.choose(logits).value())];
        double chiSquare = 0;
        for (size_t i = 0; i < expected.size(); ++i)
            chiSquare += std::pow(counts[i] - expected[i] * kDraws, 2) / (expected[i] * kDraws);
        QVERIFY2(chiSquare < chiSquareLimit(double(expected.size() - 1)), qPrintable(QString::number(chiSquare)));
    }

    void theSameSeedGivesTheSame()
    {
        const std::vector<float> logits = someLogits();
        const auto drawn = [&logits](uint64_t seed) {
            Sampler sampler({.temperature = 1.5, .topK = 30, .topP = 0.95, .seed = seed}, Ids{1, 2}, int64_t(logits.size()));
            Ids out;
            for (int i = 0; i < 50; ++i)
                out.push_back(sampler.choose(logits).value());
            return out;
        };
        QCOMPARE(drawn(1), drawn(1));
        QVERIFY(drawn(1) != drawn(2));
    }

    void temperature0TakesTheFirstLargest()
    {
        Sampler greedy({}, Ids{0}, 4);
        QVERIFY(greedy.takesLargest());
        QCOMPARE(greedy.choose(std::vector<float>{1, 3, 3, 2}).value(), int64_t(1));
        QCOMPARE(greedy.choose(std::vector<float>{-kInfinity, -5, -kInfinity, -6}).value(), int64_t(1));
        QVERIFY(!Sampler({.repetitionPenalty = 1.1}, Ids{0}, 4).takesLargest());
        QVERIFY(!Sampler({.temperature = 1}, Ids{0}, 4).takesLargest());
    }

    void whatCannotBeIsNeverDrawn()
    {
        // At the smallest temperatures nothing but the largest is left, without an overflow on the way.
        for (const double temperature : {1e-300, 1e-9, 1.0}) {
            Sampler sampler({.temperature = temperature, .seed = 3}, {}, 4);
            for (int i = 0; i < 100; ++i) {
                const int64_t id = sampler.choose(std::vector<float>{-kInfinity, 80, -kInfinity, -60}).value();
                QCOMPARE(id, int64_t(1));
            }
        }
    }

    void logitsThatAreNoNumbersAreAnError()
    {
        for (const std::vector<float> &logits :
             {std::vector<float>{1, kNaN}, std::vector<float>{kNaN, 1}, std::vector<float>{-kInfinity, -kInfinity},
              std::vector<float>{1, kInfinity}, std::vector<float>{}}) {
            for (const double temperature : {0.0, 1.0}) {
                const auto chosen = Sampler({.temperature = temperature}, {}, 2).choose(logits);
                QVERIFY(!chosen);
                QCOMPARE(chosen.error().code, ErrorCode::EngineFailed);
            }
            const auto score = scoreToken(logits, 0, 1);
            QVERIFY(!score);
            QCOMPARE(score.error().code, ErrorCode::EngineFailed);
        }
    }

    void impossibleValuesAreRefused()
    {
        constexpr double kNo = std::numeric_limits<double>::quiet_NaN(), kMuch = std::numeric_limits<double>::infinity();
        const std::vector<std::pair<const char *, Sampling>> wrong = {
            {"temperature", {.temperature = -0.1}},         {"temperature", {.temperature = kNo}},
            {"temperature", {.temperature = kMuch}},        {"topK", {.topK = -1}},
            {"topP", {.topP = 0}},                          {"topP", {.topP = -0.5}},
            {"topP", {.topP = 1.01}},                       {"topP", {.topP = kNo}},
            {"minP", {.minP = -0.1}},                       {"minP", {.minP = 1.1}},
            {"minP", {.minP = kNo}},                        {"repetitionPenalty", {.repetitionPenalty = 0}},
            {"repetitionPenalty", {.repetitionPenalty = -1}}, {"repetitionPenalty", {.repetitionPenalty = kNo}},
            {"repetitionPenalty", {.repetitionPenalty = kMuch}},
        };
        for (const auto &[name, options] : wrong) {
            const auto checked = checkSampling(options);
            QVERIFY2(!checked, name);
            QCOMPARE(checked.error().code, ErrorCode::BadParameters);
            QCOMPARE(checked.error().arguments[0], std::string(name));
        }
        QVERIFY(checkSampling({}));
        QVERIFY(checkSampling({2, 50, 0.001, 1, 0.5, 9}));
    }

    void aTokenByHand()
    {
        // Weights 1, 4, 2, 1 of 8.
        const std::vector<float> logits = {0, float(std::log(4)), float(std::log(2)), 0};
        const TokenScore score = scoreToken(logits, 3, 2).value();
        QCOMPARE(score.id, int64_t(3));
        QVERIFY(std::abs(score.logProbability - std::log(1.0 / 8)) < 1e-7);
        QCOMPARE(score.rank, int64_t(4)); // as likely as 0, which is before it
        QCOMPARE(scoreToken(logits, 0, 2).value().rank, int64_t(3));
        QCOMPARE(score.top.size(), size_t(2));
        QCOMPARE(score.top[0].id, int64_t(1));
        QCOMPARE(score.top[1].id, int64_t(2));
        QVERIFY(std::abs(score.top[0].logProbability - std::log(0.5)) < 1e-7);
        QVERIFY(std::abs(score.tail - 0.25) < 1e-7);
        QCOMPARE(scoreToken(logits, 1, 0).value().tail, 1.0);
        QCOMPARE(scoreToken(logits, 1, 0).value().rank, int64_t(1));
        const TokenScore all = scoreToken(logits, 1, 99).value();
        QCOMPARE(all.top.size(), size_t(4));
        QCOMPARE(all.tail, 0.0);
    }

    void topAndTailMakeOne_data()
    {
        QTest::addColumn<double>("spread");
        for (const double spread : {0.0, 0.01, 1.0, 5.0, 30.0})
            QTest::newRow(qPrintable(QString::number(spread))) << spread;
    }

    void topAndTailMakeOne()
    {
        QFETCH(double, spread);
        std::vector<float> logits(151'936);
        for (size_t i = 0; i < logits.size(); ++i)
            logits[i] = float(spread * (uniformNumber(1, i) - 0.5) * 4 + 17);
        // The same in long double, from the smallest on.
        std::vector<float> sorted = logits;
        std::ranges::sort(sorted);
        long double total = 0;
        for (const float logit : sorted)
            total += std::exp((long double)logit);
        for (const size_t top : {size_t(1), size_t(20), size_t(1000)}) {
            const TokenScore score = scoreToken(logits, 77, int64_t(top)).value();
            QCOMPARE(score.top.size(), top);
            long double together = score.tail, tail = 0;
            for (const TokenProbability &one : score.top)
                together += std::exp((long double)one.logProbability);
            QVERIFY2(std::abs(double(together - 1)) <= 1e-12, qPrintable(QString::number(double(together - 1))));
            for (size_t i = 0; i < sorted.size() - top; ++i)
                tail += std::exp((long double)sorted[i]);
            QVERIFY(std::abs(score.tail - double(tail / total)) <= 1e-12);
            QVERIFY(std::abs(score.logProbability - double(logits[77] - std::log(total))) <= 1e-12 * 100);
        }
    }
};

QTEST_APPLESS_MAIN(TestSampling)
#include "tst_sampling.moc"
