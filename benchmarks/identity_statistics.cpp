// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics of identity at the sizes of reports: 9,999 permutations of 25 prompts with 20 answers on each side, of which a permutation
// only sums the kernel again, beside the same computed anew each time; other tests; singular values. Goal: the permutations under 1 s.
#include "core/identify/statistics/greedymismatch.h"
#include "core/identify/statistics/logprobdistance.h"
#include "core/identify/statistics/mmd.h"
#include "core/identify/statistics/numericalrank.h"
#include "core/identify/statistics/power.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>

namespace {

using namespace assay;

constexpr size_t kPrompts = 25, kAnswers = 20, kLength = 50, kDraws = 9999, kNaiveDraws = 20;
constexpr double kGoal = 1, kLeastGain = 20;
constexpr int kRepetitions = 3;

/// On the clock, and of all processors together: on a machine that does other work, too, only the latter says something of the program.
struct Taken
{
    double seconds = 1e9, processors = 1e9;
};

Taken best(const std::function<void()> &work)
{
    using Clock = std::chrono::steady_clock;
    Taken least;
    for (int i = 0; i < kRepetitions; ++i) {
        const auto start = Clock::now();
        const std::clock_t used = std::clock();
        work();
        least.processors = std::min(least.processors, double(std::clock() - used) / CLOCKS_PER_SEC);
        least.seconds = std::min(least.seconds, std::chrono::duration<double>(Clock::now() - start).count());
    }
    return least;
}

void print(const char *name, const Taken &taken)
{
    std::printf("%-48s %.3f s, of the processors %.3f s\n", name, taken.seconds, taken.processors);
}

std::vector<Symbols> answers(RandomBits &random)
{
    std::vector<Symbols> out(kAnswers, Symbols(kLength));
    for (Symbols &answer : out)
        std::generate(answer.begin(), answer.end(), [&] { return int32_t(random.below(20)); });
    return out;
}

/// A permutation as one would write it first: answers dealt anew, every pair compared again.
double naive(const std::vector<PromptAnswers> &prompts, RandomBits &random)
{
    std::vector<PromptAnswers> dealt;
    std::vector<uint32_t> order;
    for (const PromptAnswers &prompt : prompts) {
        std::vector<Symbols> all = prompt.first;
        all.insert(all.end(), prompt.second.begin(), prompt.second.end());
        dealFront(order, all.size(), all.size(), random);
        PromptAnswers one;
        for (size_t i = 0; i < all.size(); ++i)
            (i < prompt.first.size() ? one.first : one.second).push_back(all[order[i]]);
        dealt.push_back(std::move(one));
    }
    return mmdTest(dealt, {AnswerKernel::Hamming, kLength, {0}}).statistic;
}

void measureOthers(RandomBits &random)
{
    std::vector<ForcedPrompt> forced(200);
    std::vector<double> differences(200);
    for (ForcedPrompt &prompt : forced) {
        for (auto *side : {&prompt.subject, &prompt.honest}) {
            side->resize(200);
            std::generate(side->begin(), side->end(), [&] { return random.below(30) ? 0.0 : double(random.below(1000)) / 500; });
        }
    }
    print("greedy mismatch, 200 prompts of 200 tokens", best([&] { differences = greedyMismatch(forced).differences; }));
    print("its detectable effect", best([&] { detectableEffect(differences, 200); }));
    std::vector<LogprobPrompt> logprobs(10);
    for (LogprobPrompt &prompt : logprobs) {
        for (auto *side : {&prompt.first, &prompt.second}) {
            side->resize(10);
            for (TopTokens &row : *side) {
                for (int i = 0; i < 20; ++i)
                    row[std::to_string(random.below(30))] = -double(random.below(1000)) / 100;
            }
        }
    }
    print("log-probability distance, 10 prompts", best([&] { logprobTest(logprobs); }));
    NumberTable table{600, 500};
    std::generate_n(std::back_inserter(table.values), table.rows * table.columns, [&] { return double(random.below(100000)) / 1000; });
    print("rank of 600 x 500 log-probabilities", best([&] { numericalRank(table); }));
}

} // namespace

int main()
{
    RandomBits random(1, 0);
    std::vector<PromptAnswers> prompts(kPrompts);
    for (PromptAnswers &prompt : prompts)
        prompt = {answers(random), answers(random)};
    PermutationTest test;
    const Taken fast = best([&] { test = mmdTest(prompts, {AnswerKernel::Hamming, kLength, {kDraws}}); });
    double sum = 0;
    const Taken slow = best([&] {
        for (size_t draw = 0; draw < kNaiveDraws; ++draw)
            sum += naive(prompts, random);
    });
    const double gain = slow.processors / double(kNaiveDraws) / (fast.processors / double(kDraws));
    print("9,999 permutations of 25 prompts x 20 x 20", fast);
    std::printf("   p %.4f; a permutation computed anew takes %.0f times as long (mean of those %.5f); %.0f times is asked\n", test.p, gain,
                sum / double(kNaiveDraws * kRepetitions), kLeastGain);
    measureOthers(random);
    const bool good = fast.seconds < kGoal && gain > kLeastGain;
    std::printf("under %.0f s: %s\n", kGoal, good ? "yes" : "no");
    return good ? 0 : 1;
}
