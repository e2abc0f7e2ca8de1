// SPDX-License-Identifier: GPL-3.0-or-later
// The statistics of core/identify against tests/data/identity/golden.json, which tests/data/generators/make_identity.py makes by
// enumerating every permutation, in fractions and with numpy, and against the figures of identity.md.
#include "core/evaluate/statistics/intervals.h"
#include "core/identify/statistics/borderinputs.h"
#include "core/identify/statistics/capability.h"
#include "core/identify/statistics/cleanrun.h"
#include "core/identify/statistics/conformal.h"
#include "core/identify/statistics/evalues.h"
#include "core/identify/statistics/greedymismatch.h"
#include "core/identify/statistics/logprobdistance.h"
#include "core/identify/statistics/numericalrank.h"
#include "core/identify/statistics/power.h"
#include "core/identify/statistics/ranktest.h"
#include "core/identify/statistics/similarity.h"
#include "core/identify/statistics/theilsen.h"
#include "tests/sanitized.h"

#include <QtTest>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr Resampling kMany{testing::unlessSanitized(49999, 4999)};

const json &golden()
{
    static const json object = [] {
        std::ifstream file(ASSAY_TEST_DATA "/identity/golden.json");
        return json::parse(file);
    }();
    return object;
}

bool near(double value, double expected, double tolerance = 1e-10)
{
    if (std::fabs(value - expected) <= tolerance)
        return true;
    qWarning("%.12g is not %.12g", value, expected);
    return false;
}

/// A p-value by drawing lies within five standard errors of the exact one.
bool nearP(const PermutationTest &test, double exact)
{
    return near(test.p, exact, 5 * std::sqrt(exact * (1 - exact) / double(test.draws)) + 2.0 / double(test.draws));
}

std::vector<double> numbers(const json &list)
{
    return list.get<std::vector<double>>();
}

NumberTable table(const json &rows)
{
    NumberTable out{rows.size(), rows.at(0).size()};
    for (const json &row : rows) {
        for (const json &value : row)
            out.values.push_back(value.get<double>());
    }
    return out;
}

std::vector<PromptAnswers> answers(const json &prompts)
{
    std::vector<PromptAnswers> out;
    for (const json &prompt : prompts)
        out.push_back({prompt[0].get<std::vector<Symbols>>(), prompt[1].get<std::vector<Symbols>>()});
    return out;
}

/// Answers of `places` symbols below `symbols`.
std::vector<Symbols> drawnAnswers(RandomBits &random, size_t count, size_t places, uint32_t symbols, int32_t from = 0)
{
    std::vector<Symbols> out(count, Symbols(places));
    for (Symbols &answer : out)
        std::generate(answer.begin(), answer.end(), [&] { return from + int32_t(random.below(symbols)); });
    return out;
}

} // namespace

class TestIdentityStatistics : public QObject
{
    Q_OBJECT
private slots:
    void mmdIsThatOfEveryPermutation();
    void mmdLeavesOutWhatCannotBeTested();
    void drawsDependOnTheSeedAlone();
    void signFlipsAreThoseOfEverySign();
    void manySignsAreDrawn();
    void greedyMismatch();
    void greedyMismatchWithoutHonestMisses();
    void logprobDistances();
    void borderInputs();
    void ranksAreUniform();
    void slopes();
    void similarity();
    void hiddenSizeByRank();
    void mcnemar();
    void powers();
    void publishedSampleSizes();
    void detectableEffects();
    void mmdPowerGrowsWithTheShare();
    void capability();
    void cleanRuns();
    void eValues();
    void conformal();
    void scoreIntervals();
};

void TestIdentityStatistics::mmdIsThatOfEveryPermutation()
{
    for (const json &one : golden().at("mmd")) {
        MmdOptions options{one.at("prefix").get<bool>() ? AnswerKernel::Prefix : AnswerKernel::Hamming, one.at("length").get<size_t>(), kMany};
        const PermutationTest test = mmdTest(answers(one.at("prompts")), options);
        QVERIFY(near(test.statistic, one.at("statistic")));
        QVERIFY(nearP(test, one.at("p")));
        QCOMPARE(test.prompts, size_t(2));
        QCOMPARE(test.draws, kMany.draws);
    }
}

void TestIdentityStatistics::mmdLeavesOutWhatCannotBeTested()
{
    const PromptAnswers good{{{1, 2}, {1, 3}}, {{2, 2}, {1}}}, lone{{{1, 2}}, {{2, 2}, {1}}}, none{};
    const PermutationTest all = mmdTest(std::vector{good, lone, none}), alone = mmdTest(std::vector{good});
    QCOMPARE(all.prompts, size_t(1));
    QCOMPARE(all.statistic, alone.statistic);
    QCOMPARE(all.p, alone.p);
    const PermutationTest nothing = mmdTest(std::vector{lone, none});
    QCOMPARE(nothing.prompts, size_t(0));
    QCOMPARE(nothing.p, 1.0);
    // The longest answer counts where no length is told; empty answers are alike.
    QCOMPARE(mmdTest(std::vector{good}, {AnswerKernel::Hamming, 0}).statistic, mmdTest(std::vector{good}, {AnswerKernel::Hamming, 2}).statistic);
    const PromptAnswers empty{{{}, {}}, {{}, {}}};
    QCOMPARE(mmdTest(std::vector{empty}).statistic, 0.0);
    QCOMPARE(mmdTest(std::vector{empty}).p, 1.0);
}

void TestIdentityStatistics::drawsDependOnTheSeedAlone()
{
    RandomBits random(5, 0);
    std::vector<PromptAnswers> prompts(6);
    for (PromptAnswers &prompt : prompts)
        prompt = {drawnAnswers(random, 5, 8, 3), drawnAnswers(random, 7, 8, 3)};
    const double first = mmdTest(prompts, {AnswerKernel::Hamming, 8, {999, 1}}).p;
    QCOMPARE(mmdTest(prompts, {AnswerKernel::Hamming, 8, {999, 1}}).p, first);
    QVERIFY(std::fabs(mmdTest(prompts, {AnswerKernel::Hamming, 8, {999, 2}}).p - first) < 0.1);
    // Each subset of a deal is as likely: of 4 over 2 there are 6.
    std::array<size_t, 16> seen{};
    std::vector<uint32_t> order;
    const size_t each = testing::unlessSanitized(10000, 1000), spread = size_t(5 * std::sqrt(6 * double(each) * 5 / 36)); // five standard errors
    for (uint64_t draw = 0; draw < 6 * each; ++draw) {
        RandomBits bits(9, draw);
        dealFront(order, 4, 2, bits);
        ++seen[(1u << order[0]) | (1u << order[1])];
    }
    for (size_t subset = 0; subset < seen.size(); ++subset) {
        const size_t expected = std::popcount(subset) == 2 ? each : 0;
        QVERIFY(seen[subset] + spread >= expected && seen[subset] <= expected + (expected > 0 ? spread : 0));
    }
}

void TestIdentityStatistics::signFlipsAreThoseOfEverySign()
{
    for (const json &one : golden().at("sign_flips")) {
        const PermutationTest test = signFlipsAbove(numbers(one.at("values")));
        QVERIFY(test.exact);
        QVERIFY(near(test.statistic, one.at("mean")));
        QVERIFY(near(test.p, one.at("p")));
    }
    QCOMPARE(signFlipsAbove(std::vector<double>{}).p, 1.0);
    QCOMPARE(signFlipsAbove(std::vector{kNaN, 1.0}).prompts, size_t(1));
}

void TestIdentityStatistics::manySignsAreDrawn()
{
    // Of 70 ones the sum of signs is a binomial: P(at least as many plus as were given).
    for (const int plus : {35, 42, 47}) {
        std::vector<double> values(70, 1.0);
        std::fill_n(values.begin(), 70 - plus, -1.0);
        QVERIFY(nearP(signFlipsAbove(values, kMany), 1 - binomialCdf(plus - 1, 70, 0.5)));
    }
}

void TestIdentityStatistics::greedyMismatch()
{
    const json &one = golden().at("greedy");
    std::vector<ForcedPrompt> prompts;
    for (const json &prompt : one.at("prompts"))
        prompts.push_back({numbers(prompt.at("subject")), numbers(prompt.at("honest"))});
    const GreedyMismatch found = assay::greedyMismatch(prompts);
    QVERIFY(near(found.level, one.at("level")));
    const auto expected = numbers(one.at("differences"));
    QCOMPARE(found.differences.size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i)
        QVERIFY(near(found.differences[i], expected[i]));
    QVERIFY(found.test.exact);
    QVERIFY(near(found.test.p, one.at("p")));
    QVERIFY(near(found.subjectRate.value, one.at("subject_rate")));
    QVERIFY(near(found.honestRate.value, one.at("honest_rate")));
    QVERIFY(!found.counted);
    prompts.push_back({{}, {0.5}});
    QCOMPARE(assay::greedyMismatch(prompts).differences.size(), expected.size());
    QCOMPARE(assay::greedyMismatch({}).test.prompts, size_t(0));
}

void TestIdentityStatistics::greedyMismatchWithoutHonestMisses()
{
    // On the reference's own machine nothing is ever missed: then mismatches themselves are counted.
    const std::vector<ForcedPrompt> prompts(8, {{0, 0.1, 0, 7, kNaN}, {0, 0, 0, 0, 0}});
    const GreedyMismatch found = assay::greedyMismatch(prompts);
    QVERIFY(found.counted);
    QVERIFY(near(found.differences.front(), 0.4));
    QVERIFY(near(found.test.p, 1.0 / 256));
    QVERIFY(near(meanMargin(std::vector{0.0, 3.0, 0.5}, 1), 0.5));
    QVERIFY(std::isnan(meanMargin({}, 1)));
}

void TestIdentityStatistics::logprobDistances()
{
    for (const json &one : golden().at("logprob")) {
        std::vector<LogprobPrompt> prompts;
        for (const json &prompt : one.at("prompts"))
            prompts.push_back({prompt[0].get<std::vector<TopTokens>>(), prompt[1].get<std::vector<TopTokens>>()});
        const PermutationTest test = logprobTest(prompts, kMany);
        QVERIFY(near(test.statistic, one.at("statistic")));
        QVERIFY(nearP(test, one.at("p")));
        QVERIFY(near(logprobDistance(prompts[0]) / 2 + logprobDistance(prompts[1]) / 2, one.at("statistic")));
        prompts.push_back({{{}}, {{{"a", -1.0}}}}); // an answer without log-probabilities
        QCOMPARE(logprobTest(prompts, {99}).prompts, size_t(2));
        QVERIFY(std::isnan(logprobDistance(prompts.back())));
    }
}

void TestIdentityStatistics::borderInputs()
{
    for (const json &one : golden().at("border")) {
        std::vector<BorderInput> inputs;
        for (const json &input : one.at("inputs"))
            inputs.push_back({input[0].get<std::vector<std::string>>(), input[1].get<std::vector<std::string>>()});
        for (size_t i = 0; i < inputs.size(); ++i)
            QVERIFY(near(totalVariation(inputs[i]), one.at("each")[i]));
        const PermutationTest test = borderTest(inputs, kMany);
        QVERIFY(near(test.statistic, one.at("statistic")));
        QVERIFY(nearP(test, one.at("p")));
    }
    QVERIFY(std::isnan(totalVariation({{"a"}, {}})));
    QCOMPARE(borderTest(std::vector<BorderInput>{{{"a"}, {}}}).prompts, size_t(0));
}

void TestIdentityStatistics::ranksAreUniform()
{
    for (const json &one : golden().at("randomized_ranks"))
        QVERIFY(near(randomizedRank(one.at("score"), numbers(one.at("reference")), one.at("u")), one.at("rank")));
    for (const json &one : golden().at("uniformity")) {
        QVERIFY(near(cramerVonMises(numbers(one.at("ranks"))), one.at("statistic")));
        // A reference of thousands of scores gives the ranks back, so that the whole test can be held against the figures.
        std::vector<double> reference(20000);
        for (size_t i = 0; i < reference.size(); ++i)
            reference[i] = (double(i) + 0.5) / double(reference.size());
        std::vector<ScoredPrompt> prompts;
        for (const double rank : numbers(one.at("ranks")))
            prompts.push_back({rank, reference});
        const PermutationTest test = rankUniformity(prompts, kMany);
        QVERIFY(near(test.statistic, one.at("statistic"), 2e-3));
        QVERIFY(near(test.p, one.at("p"), testing::unlessSanitized(0.01, 0.03)));
    }
    QVERIFY(near(logRankScore(std::vector<uint32_t>{1, 1, 10}), std::log(10.0) / 3));
    QCOMPARE(rankUniformity(std::vector<ScoredPrompt>{{1, {}}, {kNaN, {1}}}).prompts, size_t(0));
}

void TestIdentityStatistics::slopes()
{
    for (const json &one : golden().at("theil_sen")) {
        const auto line = theilSen(numbers(one.at("x")), numbers(one.at("y")));
        QVERIFY(line && line->slope.hasInterval);
        QVERIFY(near(line->slope.value, one.at("slope")));
        QVERIFY(near(line->slope.low, one.at("low")));
        QVERIFY(near(line->slope.high, one.at("high")));
        QVERIFY(near(line->intercept, one.at("intercept")));
    }
    const std::vector<double> same{1, 1, 1}, y{1, 2, 3};
    QVERIFY(!theilSen(same, y));
    QVERIFY(!theilSen(y, std::vector{1.0, kNaN, 2.0}));
    QVERIFY(!theilSen(y, std::vector{1.0, 2.0}));
    QVERIFY(!theilSen(std::vector<double>(2001, 1), std::vector<double>(2001, 1)));
    const auto few = theilSen(y, y);
    QVERIFY(few && !few->slope.hasInterval && few->slope.value == 1);
}

void TestIdentityStatistics::similarity()
{
    for (const json &one : golden().at("cka")) {
        const auto cka = linearCka(table(one.at("x")), table(one.at("y")));
        QVERIFY(cka && near(*cka, one.at("cka")));
    }
    const NumberTable good{2, 2, {1, 2, 3, 4}};
    QVERIFY(!linearCka(good, {3, 1, {1, 2, 3}}));
    QVERIFY(!linearCka(good, {2, 2, {1, 2, 3}}));
    QVERIFY(!linearCka(good, {2, 1, {1, 1}}));
    QVERIFY(!linearCka(good, {2, 1, {1, kNaN}}));
    QVERIFY(!linearCka({5000, 1, std::vector<double>(5000, 1)}, {5000, 1, std::vector<double>(5000, 1)}));
    QVERIFY(!linearCka({}, {}));
}

void TestIdentityStatistics::hiddenSizeByRank()
{
    for (const json &one : golden().at("rank")) {
        const auto found = numericalRank(table(one.at("logprobs")));
        const auto expected = numbers(one.at("singular"));
        QVERIFY(found);
        for (size_t i = 0; i < expected.size(); ++i)
            QVERIFY(near(found->singular[i], expected[i], 1e-10 * expected[0]));
        const double gap = one.at("gap");
        QCOMPARE(found->clear, gap > 1);
        if (gap > 1) { // a clear gap is the model's width
            QCOMPARE(found->rank, one.at("rank").get<size_t>());
            QCOMPARE(found->rank, one.at("width").get<size_t>());
        }
        QVERIFY(gap > 20 ? found->gap > 20 : near(found->gap, gap, 1e-6)); // beyond, rounding of doubles is all there is
    }
    QVERIFY(!numericalRank({2, 2, {1, 2, 3, 4}}));
    QVERIFY(!numericalRank({3, 3, std::vector<double>(9, 1)}));
    QVERIFY(!numericalRank({3, 3, {1, 2, 3, 4, kNaN, 6, 7, 8, 9}}));
    QVERIFY(!numericalRank({20000, 3, std::vector<double>(60000, 1)}));
    QVERIFY(!numericalRank({size_t(1) << 33, size_t(1) << 31, {}}));
}

void TestIdentityStatistics::mcnemar()
{
    for (const json &one : golden().at("mcnemar"))
        QVERIFY(near(mcnemarOneSided(one.at("b"), one.at("c")), one.at("p"), 1e-12));
}

void TestIdentityStatistics::powers()
{
    for (const json &one : golden().at("mcnemar_power"))
        QVERIFY(near(mcnemarPower(one.at("items"), one.at("reference"), one.at("subject"), one.at("alpha")), one.at("power"), 1e-9));
    const auto needed = mcnemarItemsNeeded(0.25, 0.05);
    QVERIFY(needed && mcnemarPower(*needed, 0.25, 0.05) >= 0.8);
    QVERIFY(mcnemarPower(size_t(double(*needed) * 0.9), 0.25, 0.05) < 0.8);
    QVERIFY(!mcnemarItemsNeeded(0.1, 0.1));
    QVERIFY(!mcnemarItemsNeeded(0.9, 0.2));
    QVERIFY(!mcnemarItemsNeeded(0.0501, 0.05));
    QVERIFY(near(detectableGap(0.2, 100), (2.3263478740408408 + 0.8416212335729143) * std::sqrt(0.002)));
}

void TestIdentityStatistics::publishedSampleSizes()
{
    // identity.md, section 10, from the rates of section 2.3.
    struct Row { double claimed, alternative; size_t items; };
    for (const Row &row : {Row{0.715, 0.491, 70}, {0.715, 0.621, 387}, {0.715, 0.652, 847}, {0.659, 0.376, 45}, {0.659, 0.575, 520},
                           {0.798, 0.555, 52}, {0.798, 0.726, 536}, {0.973, 0.928, 318}}) {
        const auto items = itemsToTell(row.claimed, row.alternative);
        QVERIFY(items);
        QVERIFY2(*items + 1 >= row.items && *items <= row.items + 1, qPrintable(QString::number(*items)));
    }
    QVERIFY(!itemsToTell(0.5, 0.5));
    QVERIFY(!itemsToTell(1, 0.5));
}

void TestIdentityStatistics::detectableEffects()
{
    RandomBits random(3, 0);
    std::vector<double> differences(40);
    std::generate(differences.begin(), differences.end(), [&] { return double(random.below(1001)) / 1000 - 0.5; });
    const PowerSimulation quick{0.05, 200, 199};
    const auto none = signFlipPower(differences, 0, 30, quick), much = signFlipPower(differences, 0.5, 30, quick);
    QVERIFY(none && none->low <= 0.05 && none->high >= 0.03); // the level
    QVERIFY(much && much->value > 0.99);
    const auto few = detectableEffect(differences, 20, 0.8, quick), many = detectableEffect(differences, 80, 0.8, quick);
    QVERIFY(few && many);
    // z test: (1.645 + 0.842) sd / sqrt(n), sd of a uniform number 1 / sqrt(12).
    QVERIFY(near(*few, 2.486 / std::sqrt(12.0 * 20), 0.04));
    QVERIFY(near(*many, 2.486 / std::sqrt(12.0 * 80), 0.02));
    QVERIFY(!signFlipPower(std::vector{1.0}, 1, 10));
    QVERIFY(!detectableEffect(std::vector{1.0, 1.0}, 10));
    // Of four signs the least p is 1/16: at 1 % nothing is ever found.
    QVERIFY(!detectableEffect(differences, 4, 0.8, {0.01, 50, 199}));
}

void TestIdentityStatistics::mmdPowerGrowsWithTheShare()
{
    RandomBits random(4, 0);
    std::vector<PromptAnswers> pools(5);
    for (PromptAnswers &pool : pools)
        pool = {drawnAnswers(random, 24, 10, 3), drawnAnswers(random, 12, 10, 3, 2)};
    const PowerSimulation quick{0.05, 60, 99};
    MmdPlan plan{8, 8, 0};
    const auto none = mmdPower(pools, plan, quick);
    plan.share = 1;
    const auto all = mmdPower(pools, plan, quick);
    QVERIFY(none && all);
    QVERIFY(none->low <= 0.05 && none->value < 0.2);
    QVERIFY(all->value > 0.95);
    const auto share = detectableShare(pools, plan, 0.8, quick);
    QVERIFY(share && *share > 0.1 && *share < 1);
    plan.second = 20; // more than the pools hold
    QVERIFY(!mmdPower(pools, plan, quick));
    QVERIFY(!detectableShare(pools, plan, 0.8, quick));
}

void TestIdentityStatistics::capability()
{
    std::vector<RatedItem> items;
    for (const json &one : golden().at("capability").at("items"))
        items.push_back({one.at("right"), one.at("claimed"), one.at("alternative")});
    const double expected = golden().at("capability").at("log_ratio");
    QVERIFY(near(capabilityLogRatio(items), expected));
    items.push_back({true, kNaN, 0.5});
    QVERIFY(near(capabilityLogRatio(items), expected));
}

void TestIdentityStatistics::cleanRuns()
{
    QVERIFY(near(cleanRunBound(10), 0.26, 0.005));
    QVERIFY(near(cleanRunBound(50), 0.058, 0.0005));
    QVERIFY(near(cleanRunBound(100), 0.030, 0.0005));
    QCOMPARE(cleanRunBound(0), 1.0);
    QCOMPARE(cleanRunsNeeded(0.05), size_t(59));
    QCOMPARE(cleanRunsNeeded(0.10), size_t(29));
    QCOMPARE(cleanRunsNeeded(0.50), size_t(5));
    QCOMPARE(cleanRunsNeeded(0), size_t(0));
    QCOMPARE(cleanRunsNeeded(1), size_t(0));
}

void TestIdentityStatistics::eValues()
{
    QVERIFY(near(eValue(0.0001), 50));
    QCOMPARE(eValue(1), 0.5);
    QCOMPARE(eValue(kNaN), 0.5);
    QVERIFY(near(eProduct(std::vector{2.0, 3.0, 0.5}), 3));
    QVERIFY(near(eAverage(std::vector{2.0, 4.0}), 3));
    QCOMPARE(eAverage({}), 1.0);
    QVERIFY(eRejects(100, 0.01) && !eRejects(99.9, 0.01));
    QCOMPARE(pOfE(50), 0.02);
    QCOMPARE(pOfE(0.5), 1.0);
    // Ville: of true claims looked at after each of 50 batches hardly more than 5 % ever reach 20; the means of e stay at 1 or below.
    size_t reached = 0;
    constexpr size_t kRuns = testing::unlessSanitized(4000, 1000);
    for (uint64_t run = 0; run < kRuns; ++run) {
        RandomBits random(11, run);
        double product = 1;
        bool ever = false;
        for (int batch = 0; batch < 50; ++batch) {
            product *= eValue(double(random.below(10000) + 1) / 10000); // a permutation's p of 9,999 draws
            ever = ever || eRejects(product, 0.05);
        }
        reached += ever;
    }
    QVERIFY2(double(reached) <= 0.05 * kRuns + 5 * std::sqrt(0.05 * 0.95 * kRuns), qPrintable(QString::number(reached)));
    QVERIFY(reached > 0);
}

void TestIdentityStatistics::conformal()
{
    const std::vector<double> honest{0.1, 0.2, 0.3};
    QCOMPARE(conformalP(0.4, honest).p, 0.25);
    QCOMPARE(conformalP(0.4, honest).least, 0.25);
    QCOMPARE(conformalP(0.2, honest).p, 0.75);
    QCOMPARE(conformalP(0.0, honest).p, 1.0);
    QCOMPARE(conformalP(kNaN, honest).p, 1.0);
    QCOMPARE(conformalP(1, std::vector{0.1, kNaN}).stacks, size_t(1));
    QCOMPARE(conformalP(1, {}).p, 1.0);
}

void TestIdentityStatistics::scoreIntervals()
{
    for (const json &one : golden().at("wilson")) {
        const Estimate interval = wilson(one.at("right"), one.at("n"));
        QVERIFY(near(interval.low, one.at("low"), 1e-9));
        QVERIFY(near(interval.high, one.at("high"), 1e-9));
    }
}

QTEST_APPLESS_MAIN(TestIdentityStatistics)
#include "tst_identitystatistics.moc"
