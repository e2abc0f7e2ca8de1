// SPDX-License-Identifier: GPL-3.0-or-later
// Powers that need a simulation: of the MMD test and of sign flips.
#include "core/identify/statistics/power.h"

#include "core/evaluate/statistics/intervals.h"
#include "core/evaluate/statistics/units.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

namespace assay {
namespace {

constexpr double kShareStep = 0.05;
constexpr int kHalvings = 12;

/// Runs test after test, each on bits of its own, and counts rejections. `one` gives the p-value of one run.
Estimate rejections(const PowerSimulation &how, const std::function<double(RandomBits &)> &one)
{
    std::atomic<size_t> rejected = 0;
    overCores(how.runs, [&](size_t from, size_t to) {
        for (size_t run = from; run < to; ++run) {
            RandomBits random(how.seed, run);
            rejected += one(random) <= how.alpha;
        }
    });
    return wilson(rejected, how.runs);
}

/// The answers of one simulated run to one prompt, by their place in the pool.
struct DealtPrompt
{
    const AnswerGram *gram;
    std::vector<uint32_t> answers; ///< the first side's before the second's
    size_t first;

    double mmd() const { return gram->mmd(std::span(answers).first(first), std::span(answers).subspan(first)); }
};

DealtPrompt deal(const AnswerGram &gram, const MmdPlan &plan, RandomBits &random)
{
    const size_t other = size_t(random.binomial(plan.second, uint64_t(std::llround(plan.share * 1e6)), 1000000));
    DealtPrompt out{&gram, {}, plan.first};
    std::vector<uint32_t> order;
    dealFront(order, gram.first(), plan.first + plan.second - other, random);
    out.answers.assign(order.begin(), order.begin() + std::ptrdiff_t(plan.first + plan.second - other));
    dealFront(order, gram.size() - gram.first(), other, random);
    for (size_t i = 0; i < other; ++i)
        out.answers.push_back(uint32_t(gram.first()) + order[i]);
    return out;
}

double meanMmd(const std::vector<DealtPrompt> &prompts)
{
    double sum = 0;
    for (const DealtPrompt &prompt : prompts)
        sum += prompt.mmd();
    return sum / double(prompts.size());
}

double simulatedMmd(const std::vector<AnswerGram> &grams, const MmdPlan &plan, size_t draws, RandomBits &random)
{
    std::vector<DealtPrompt> prompts;
    for (const AnswerGram &gram : grams)
        prompts.push_back(deal(gram, plan, random));
    const double observed = meanMmd(prompts);
    size_t found = 0;
    for (size_t draw = 0; draw < draws; ++draw) {
        for (DealtPrompt &prompt : prompts) {
            for (size_t i = 0; i < prompt.first; ++i)
                std::swap(prompt.answers[i], prompt.answers[i + random.below(uint32_t(prompt.answers.size() - i))]);
        }
        found += isAsFar(meanMmd(prompts), observed);
    }
    return permutationP(found, draws);
}

std::vector<AnswerGram> gramsOf(std::span<const PromptAnswers> pools, const MmdPlan &plan)
{
    std::vector<AnswerGram> out;
    if (plan.first < 2 || plan.second < 2)
        return out;
    for (const PromptAnswers &pool : pools) {
        const size_t claimed = std::min(pool.first.size(), kMostAnswers), other = std::min(pool.second.size(), kMostAnswers);
        if (claimed >= plan.first + plan.second && other >= plan.second)
            out.emplace_back(pool, plan.length, plan.kernel);
    }
    return out;
}

std::optional<Estimate> powerOver(const std::vector<AnswerGram> &grams, const MmdPlan &plan, const PowerSimulation &how)
{
    if (grams.empty() || how.runs == 0 || !(plan.share >= 0 && plan.share <= 1))
        return std::nullopt;
    return rejections(how, [&](RandomBits &random) { return simulatedMmd(grams, plan, how.draws, random); });
}

std::vector<double> centred(std::span<const double> differences)
{
    std::vector<double> out;
    std::copy_if(differences.begin(), differences.end(), std::back_inserter(out), [](double value) { return std::isfinite(value); });
    const double middle = out.empty() ? 0 : mean(out);
    for (double &value : out)
        value -= middle;
    return out;
}

/// p of one run: differences drawn with replacement, moved by the effect, their signs flipped.
double simulatedFlips(const std::vector<double> &around, double effect, std::vector<double> &drawn, size_t draws, RandomBits &random)
{
    double sum = 0;
    for (double &value : drawn) {
        value = effect + around[random.below(uint32_t(around.size()))];
        sum += value;
    }
    size_t found = 0;
    for (size_t draw = 0; draw < draws; ++draw) {
        double flipped = sum;
        uint64_t bits = 0;
        for (size_t i = 0; i < drawn.size(); ++i) {
            bits = i % 64 == 0 ? random.next() : bits >> 1;
            flipped -= bits & 1 ? 2 * drawn[i] : 0;
        }
        found += isAsFar(flipped / double(drawn.size()), sum / double(drawn.size()));
    }
    return permutationP(found, draws);
}

} // namespace

std::optional<Estimate> mmdPower(std::span<const PromptAnswers> pools, const MmdPlan &plan, const PowerSimulation &how)
{
    return powerOver(gramsOf(pools, plan), plan, how);
}

std::optional<double> detectableShare(std::span<const PromptAnswers> pools, MmdPlan plan, double power, const PowerSimulation &how)
{
    const std::vector<AnswerGram> grams = gramsOf(pools, plan);
    for (int step = 1; step <= int(std::lround(1 / kShareStep)); ++step) {
        plan.share = std::min(step * kShareStep, 1.0);
        const auto found = powerOver(grams, plan, how);
        if (!found)
            return std::nullopt;
        if (found->value >= power)
            return plan.share;
    }
    return std::nullopt;
}

std::optional<Estimate> signFlipPower(std::span<const double> differences, double effect, size_t prompts, const PowerSimulation &how)
{
    const std::vector<double> around = centred(differences);
    if (around.size() < 2 || prompts == 0 || how.runs == 0)
        return std::nullopt;
    return rejections(how, [&](RandomBits &random) {
        std::vector<double> drawn(prompts);
        return simulatedFlips(around, effect, drawn, how.draws, random);
    });
}

std::optional<double> detectableEffect(std::span<const double> differences, size_t prompts, double power, const PowerSimulation &how)
{
    const std::vector<double> around = centred(differences);
    double spread = 0;
    for (const double value : around)
        spread = std::max(spread, std::fabs(value));
    if (!(spread > 0))
        return std::nullopt;
    // An effect beyond every spread makes all signs alike: what is not found then is found at no size.
    double low = 0, high = 2 * spread;
    const auto finds = [&](double effect) {
        const auto found = signFlipPower(around, effect, prompts, how);
        return found && found->value >= power;
    };
    if (!finds(high))
        return std::nullopt;
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (low + high) / 2;
        (finds(middle) ? high : low) = middle;
        if (high - low < 0.01 * high)
            break;
    }
    return high;
}

} // namespace assay
