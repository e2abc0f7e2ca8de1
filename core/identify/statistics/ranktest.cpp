// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/ranktest.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay {
namespace {

constexpr uint64_t kTieStream = std::numeric_limits<uint64_t>::max(); // apart from the streams of the draws

double uniform(RandomBits &random)
{
    return double(random.next() >> 11) * 0x1p-53;
}

double distanceOfSorted(std::span<const double> ranks)
{
    const double n = double(ranks.size());
    double sum = 1 / (12 * n);
    for (size_t i = 0; i < ranks.size(); ++i) {
        const double off = (2 * double(i) + 1) / (2 * n) - ranks[i];
        sum += off * off;
    }
    return sum;
}

} // namespace

double logRankScore(std::span<const uint32_t> ranks)
{
    double sum = 0;
    for (const uint32_t rank : ranks)
        sum += std::log(double(std::max<uint32_t>(rank, 1)));
    return ranks.empty() ? std::numeric_limits<double>::quiet_NaN() : sum / double(ranks.size());
}

double randomizedRank(double score, std::span<const double> reference, double u)
{
    double below = 0, equal = 0;
    for (const double other : reference) {
        below += other < score;
        equal += other == score;
    }
    return (below + u * (1 + equal)) / (double(reference.size()) + 1);
}

double cramerVonMises(std::vector<double> ranks)
{
    std::sort(ranks.begin(), ranks.end());
    return ranks.empty() ? 0 : distanceOfSorted(ranks);
}

PermutationTest rankUniformity(std::span<const ScoredPrompt> prompts, const Resampling &how)
{
    RandomBits ties(how.seed, kTieStream);
    std::vector<double> ranks;
    for (const ScoredPrompt &prompt : prompts) {
        if (!prompt.reference.empty() && !std::isnan(prompt.score))
            ranks.push_back(randomizedRank(prompt.score, prompt.reference, uniform(ties)));
    }
    if (ranks.empty())
        return {};
    const size_t n = ranks.size();
    return testByPermutations(cramerVonMises(std::move(ranks)), n, how, [n] {
        return [drawn = std::vector<double>(n)](RandomBits &random) mutable {
            std::generate(drawn.begin(), drawn.end(), [&] { return uniform(random); });
            std::sort(drawn.begin(), drawn.end());
            return distanceOfSorted(drawn);
        };
    });
}

} // namespace assay
