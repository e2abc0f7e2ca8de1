// SPDX-License-Identifier: GPL-3.0-or-later
// The simulation of identity.md, section 9, rebuilt: 25 prompts, 250 answers of 50 tokens on each side, Markov chains as models, honest
// stacks that differ by noise of 0.05 on every logit. It ranks methods and holds their levels; it is no power on real models.
#include "core/evaluate/statistics/distributions.h"
#include "core/identify/statistics/borderinputs.h"
#include "core/identify/statistics/greedymismatch.h"
#include "core/identify/statistics/mmd.h"
#include "tests/sanitized.h"

#include <QtTest>
#include <array>
#include <cmath>
#include <numbers>

using namespace assay;

namespace {

constexpr size_t kPrompts = 25, kAnswers = 10, kTokens = 50, kWords = 30;
constexpr double kBenign = 0.05, kAlpha = 0.05;
constexpr Resampling kDraws{199};
constexpr size_t kNullRuns = testing::unlessSanitized(300, 150), kRuns = testing::unlessSanitized(60, 40);

double uniform(RandomBits &random)
{
    return (double(random.next() >> 11) + 0.5) * 0x1p-53;
}

double normal(RandomBits &random)
{
    return std::sqrt(-2 * std::log(uniform(random))) * std::cos(2 * std::numbers::pi * uniform(random));
}

/// Logits of the next word by the last one, behind one prompt.
using Chain = std::array<std::array<double, kWords>, kWords>;

Chain noisy(const Chain &chain, double noise, RandomBits &random)
{
    Chain out = chain;
    for (auto &row : out) {
        for (double &logit : row)
            logit += noise * normal(random);
    }
    return out;
}

size_t likeliest(const Chain &chain, size_t last)
{
    return size_t(std::max_element(chain[last].begin(), chain[last].end()) - chain[last].begin());
}

/// Weights of the next word and of all before it, summed: made once for all words that are drawn.
Chain summed(const Chain &chain)
{
    Chain upTo;
    for (size_t last = 0; last < kWords; ++last) {
        double sum = 0;
        for (size_t word = 0; word < kWords; ++word)
            upTo[last][word] = sum += std::exp(chain[last][word]);
    }
    return upTo;
}

size_t sampled(const Chain &upTo, size_t last, RandomBits &random)
{
    const auto &row = upTo[last];
    const size_t drawn = size_t(std::upper_bound(row.begin(), row.end(), uniform(random) * row.back()) - row.begin());
    return std::min(drawn, kWords - 1);
}

std::vector<Symbols> answersOf(const Chain &chain, RandomBits &random)
{
    const Chain upTo = summed(chain);
    std::vector<Symbols> out(kAnswers);
    for (Symbols &answer : out) {
        size_t last = 0;
        for (size_t token = 0; token < kTokens; ++token) {
            last = sampled(upTo, last, random);
            answer.push_back(int32_t(last));
        }
    }
    return out;
}

double meanLogLikelihood(const Chain &reference, const std::vector<Symbols> &answers)
{
    std::array<double, kWords> norm;
    for (size_t word = 0; word < kWords; ++word) {
        norm[word] = 0;
        for (const double logit : reference[word])
            norm[word] += std::exp(logit);
        norm[word] = std::log(norm[word]);
    }
    double sum = 0;
    for (const Symbols &answer : answers) {
        size_t last = 0;
        for (const int32_t word : answer) {
            sum += reference[last][size_t(word)] - norm[last];
            last = size_t(word);
        }
    }
    return sum / double(kAnswers * kTokens);
}

/// Greedy answers of a stack, begun at several words, as the reference reads them.
std::vector<double> marginsOf(const Chain &stack, const Chain &reference)
{
    std::vector<double> out;
    for (size_t answer = 0; answer < kAnswers; ++answer) {
        size_t last = answer;
        for (size_t token = 0; token < kTokens; ++token) {
            const size_t sent = likeliest(stack, last);
            out.push_back(reference[last][likeliest(reference, last)] - reference[last][sent]);
            last = sent;
        }
    }
    return out;
}

enum Method { Mmd, FirstToken, Likelihood, GreedyAsIid, GreedySigns, kMethods };

/// What nobody should do: tokens counted as independent, one-sided test of two shares.
double iidP(const GreedyMismatch &found)
{
    const double n = double(kPrompts * kAnswers * kTokens), pooled = (found.subjectRate.value + found.honestRate.value) / 2;
    return pooled > 0 ? normalCdf((found.honestRate.value - found.subjectRate.value) / std::sqrt(2 * pooled * (1 - pooled) / n)) : 1;
}

std::array<double, kMethods> oneRun(double extra, uint64_t run)
{
    RandomBits random(20261122, run);
    std::vector<PromptAnswers> texts(kPrompts);
    std::vector<BorderInput> first(kPrompts);
    std::vector<ForcedPrompt> forced(kPrompts);
    std::vector<double> likelihoods(kPrompts);
    for (size_t prompt = 0; prompt < kPrompts; ++prompt) {
        const Chain reference = noisy({}, 1, random), honest = noisy(reference, kBenign, random);
        const Chain subject = noisy(noisy(reference, kBenign, random), extra, random);
        texts[prompt] = {answersOf(honest, random), answersOf(subject, random)};
        for (size_t i = 0; i < kAnswers; ++i) {
            first[prompt].reference.push_back(std::to_string(texts[prompt].first[i][0]));
            first[prompt].today.push_back(std::to_string(texts[prompt].second[i][0]));
        }
        likelihoods[prompt] = meanLogLikelihood(reference, texts[prompt].first) - meanLogLikelihood(reference, texts[prompt].second);
        forced[prompt] = {marginsOf(subject, reference), marginsOf(honest, reference)};
    }
    const Resampling how{kDraws.draws, run};
    const GreedyMismatch greedy = greedyMismatch(forced, how);
    return {mmdTest(texts, {AnswerKernel::Hamming, kTokens, how}).p, borderTest(first, how).p, signFlipsAbove(likelihoods, how).p, iidP(greedy), greedy.test.p};
}

using Share = std::array<double, kMethods>;

std::vector<std::array<double, kMethods>> runsOf(double extra, size_t runs)
{
    std::vector<std::array<double, kMethods>> out;
    for (uint64_t run = 0; run < runs; ++run)
        out.push_back(oneRun(extra, run + uint64_t(extra * 1e6)));
    return out;
}

Share rejections(const std::vector<std::array<double, kMethods>> &runs, double extra)
{
    Share out{};
    for (const auto &run : runs) {
        for (size_t method = 0; method < kMethods; ++method)
            out[method] += double(run[method] <= kAlpha) / double(runs.size());
    }
    qInfo("extra noise %.2f: MMD %.2f, first token %.2f, likelihood %.2f, greedy as iid %.2f, greedy by prompts %.2f", extra, out[Mmd],
          out[FirstToken], out[Likelihood], out[GreedyAsIid], out[GreedySigns]);
    return out;
}

/// Kolmogorov and Smirnov's distance of p-values from uniform ones.
double distanceFromUniform(std::vector<double> p)
{
    std::sort(p.begin(), p.end());
    double out = 0;
    for (size_t i = 0; i < p.size(); ++i)
        out = std::max({out, double(i + 1) / double(p.size()) - p[i], p[i] - double(i) / double(p.size())});
    return out;
}

} // namespace

class TestSection9 : public QObject
{
    Q_OBJECT
private slots:
    void honestStacks();
    void powers();
};

void TestSection9::honestStacks()
{
    const auto runs = runsOf(0, kNullRuns);
    const Share level = rejections(runs, 0);
    // 99 % of the numbers of rejections at the level lie within these: 6 ... 25 of 300.
    int fewest = 0, most = 0;
    while (binomialCdf(fewest, int(kNullRuns), kAlpha) < 0.005)
        ++fewest;
    while (binomialCdf(most, int(kNullRuns), kAlpha) < 0.995)
        ++most;
    for (const Method method : {Mmd, FirstToken, Likelihood, GreedySigns}) {
        const double rejected = level[method] * double(kNullRuns);
        QVERIFY2(rejected >= double(fewest) - 1e-6 && rejected <= double(most) + 1e-6, qPrintable(QString::number(level[method])));
        std::vector<double> p;
        for (const auto &run : runs)
            p.push_back(run[method]);
        // 1.63 / sqrt(n) is exceeded by one in a hundred; p-values of 199 draws have steps of 0.005.
        const double distance = distanceFromUniform(p);
        QVERIFY2(distance < 1.63 / std::sqrt(double(kNullRuns)) + 1.0 / 200, qPrintable(QString::number(distance)));
    }
    // Tokens of one answer depend on each other: taken as independent they accuse honest stacks far more often than they say.
    QVERIFY(level[GreedyAsIid] > 0.15);
}

void TestSection9::powers()
{
    const Share slight = rejections(runsOf(0.05, kRuns), 0.05), little = rejections(runsOf(0.1, kRuns), 0.1);
    const Share some = rejections(runsOf(0.5, kRuns), 0.5), much = rejections(runsOf(1, kRuns), 1);
    // Greedy tokens beside reference weights find noise a tenth of what MMD needs, at the same budget of tokens.
    QVERIFY(little[GreedySigns] > 0.75);
    QVERIFY(little[GreedySigns] > much[Mmd]);
    for (const Method method : {Mmd, FirstToken, Likelihood}) {
        QVERIFY(slight[method] < 0.2 && little[method] < 0.2);
        QVERIFY(slight[GreedySigns] > slight[method] + 0.1);
        QVERIFY(much[method] > 0.5);
    }
    // Of texts, the first token and the likelihood under the reference find more than MMD does.
    QVERIFY(some[Likelihood] + much[Likelihood] > some[Mmd] + much[Mmd]);
    QVERIFY(some[FirstToken] + much[FirstToken] > some[Mmd] + much[Mmd]);
    QVERIFY(some[GreedySigns] > 0.95 && much[GreedySigns] > 0.95);
}

QTEST_APPLESS_MAIN(TestSection9)
#include "tst_section9.moc"
