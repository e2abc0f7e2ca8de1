// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/mixturepower.h"

#include "core/evaluate/statistics/distributions.h"
#include "core/evaluate/statistics/intervals.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr int kShareSteps = 20;
constexpr size_t kMostPrompts = 2000, kMany = 30;

double uniform(RandomBits &random)
{
    return double(random.next() >> 11) * 0x1p-53;
}

double oneOf(const std::vector<double> &values, RandomBits &random)
{
    return values[random.below(uint32_t(values.size()))];
}

/// Differences of one simulated service; prompts at which nothing differs change no sum and are left out.
void draw(const MixtureOfPrompts &mixture, RandomBits &random, std::vector<double> &out)
{
    out.clear();
    for (size_t i = 0; i < mixture.prompts; ++i) {
        double value = 0;
        if (uniform(random) < mixture.share)
            value = oneOf(mixture.alternative, random);
        else if (!mixture.honest.empty())
            value = random.below(2) == 0 ? oneOf(mixture.honest, random) : -oneOf(mixture.honest, random);
        if (value != 0)
            out.push_back(value);
    }
}

/// Whether as many draws as would make p larger than alpha reach the sum. Of many differences their flipped sum is normal.
bool rejects(const std::vector<double> &values, const PowerSimulation &how, RandomBits &random)
{
    if (std::exp2(-double(values.size())) > how.alpha)
        return false;
    double sum = 0, squares = 0;
    for (const double value : values) {
        sum += value;
        squares += value * value;
    }
    if (std::none_of(values.begin(), values.end(), [](double value) { return value < 0; }))
        return true; // only the signs as they are reach their sum
    if (values.size() >= kMany)
        return sum > normalQuantile(1 - how.alpha) * std::sqrt(squares);
    size_t found = 0;
    for (size_t i = 0; i < how.draws; ++i) {
        double flipped = sum;
        uint64_t bits = 0;
        for (size_t k = 0; k < values.size(); ++k) {
            bits = k % 64 == 0 ? random.next() : bits >> 1;
            flipped -= bits & 1 ? 2 * values[k] : 0;
        }
        found += isAsFar(flipped, sum);
        if (permutationP(found, how.draws) > how.alpha)
            return false;
    }
    return true;
}

} // namespace

std::optional<Estimate> mixturePower(const MixtureOfPrompts &mixture, const PowerSimulation &how)
{
    if (mixture.prompts == 0 || mixture.alternative.empty() || how.runs == 0 || !(mixture.share >= 0 && mixture.share <= 1))
        return std::nullopt;
    size_t rejected = 0;
    std::vector<double> values;
    for (size_t run = 0; run < how.runs; ++run) {
        RandomBits random(how.seed, run);
        draw(mixture, random, values);
        rejected += rejects(values, how, random);
    }
    return wilson(rejected, how.runs);
}

std::optional<double> mixtureShareFound(MixtureOfPrompts mixture, double power, const PowerSimulation &how)
{
    for (int step = 1; step <= kShareSteps; ++step) {
        mixture.share = double(step) / kShareSteps;
        const auto found = mixturePower(mixture, how);
        if (found && found->value >= power)
            return mixture.share;
    }
    return std::nullopt;
}

std::optional<size_t> mixturePromptsNeeded(MixtureOfPrompts mixture, double power, const PowerSimulation &how)
{
    const auto reached = [&](size_t prompts) {
        mixture.prompts = prompts;
        const auto found = mixturePower(mixture, how);
        return found && found->value >= power;
    };
    size_t low = 0, high = 8;
    while (!reached(high)) {
        if (high >= kMostPrompts)
            return std::nullopt;
        low = high;
        high = std::min(2 * high, kMostPrompts);
    }
    while (high - low > std::max<size_t>(1, high / 20)) {
        const size_t middle = (low + high) / 2;
        (reached(middle) ? high : low) = middle;
    }
    return high;
}

} // namespace assay
