// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/permutation.h"

#include "core/evaluate/statistics/units.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

namespace assay {
namespace {

constexpr double kTies = 1e-12;
constexpr size_t kTriedAll = 14;

/// The sum with the sign of value i changed where bit i is set.
double flippedSum(std::span<const double> values, double sum, uint64_t bits, size_t from)
{
    for (size_t i = from; i < std::min(values.size(), from + 64); ++i) {
        if (bits >> (i - from) & 1)
            sum -= 2 * values[i];
    }
    return sum;
}

PermutationTest allSigns(std::span<const double> values, double sum, double observed)
{
    const uint64_t all = uint64_t(1) << values.size();
    size_t found = 0;
    for (uint64_t bits = 0; bits < all; ++bits)
        found += isAsFar(flippedSum(values, sum, bits, 0) / double(values.size()), observed);
    return {observed, double(found) / double(all), values.size(), size_t(all), true};
}

} // namespace

double permutationP(size_t found, size_t draws)
{
    return double(1 + found) / double(1 + draws);
}

bool isAsFar(double drawn, double observed)
{
    return drawn >= observed - kTies;
}

PermutationTest testByPermutations(double observed, size_t prompts, const Resampling &how, const std::function<DealAgain()> &dealer)
{
    std::atomic<size_t> found = 0;
    overCores(how.draws, [&](size_t from, size_t to) {
        const DealAgain deal = dealer();
        size_t here = 0;
        for (size_t draw = from; draw < to; ++draw) {
            RandomBits random(how.seed, draw);
            here += isAsFar(deal(random), observed);
        }
        found += here;
    });
    return {observed, permutationP(found, how.draws), prompts, how.draws, false};
}

void dealFront(std::vector<uint32_t> &order, size_t size, size_t chosen, RandomBits &random)
{
    order.resize(size);
    std::iota(order.begin(), order.end(), 0);
    for (size_t i = 0; i < chosen; ++i)
        std::swap(order[i], order[i + random.below(uint32_t(size - i))]);
}

PermutationTest signFlipsAbove(std::span<const double> differences, const Resampling &how)
{
    std::vector<double> values;
    std::copy_if(differences.begin(), differences.end(), std::back_inserter(values), [](double value) { return std::isfinite(value); });
    if (values.empty())
        return {};
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    const double observed = sum / double(values.size());
    if (values.size() <= kTriedAll)
        return allSigns(values, sum, observed);
    return testByPermutations(observed, values.size(), how, [&] {
        return [&](RandomBits &random) {
            double flipped = sum;
            for (size_t from = 0; from < values.size(); from += 64)
                flipped = flippedSum(values, flipped, random.next(), from);
            return flipped / double(values.size());
        };
    });
}

} // namespace assay
