// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/repeatedsampling.h"

#include "core/evaluate/statistics/standarderrors.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace assay {
namespace {

/// C(part, k) / C(whole, k) for part <= whole.
double shareOfSubsets(size_t part, size_t whole, size_t k)
{
    if (part < k)
        return 0;
    double share = 1;
    for (size_t i = 0; i < k; ++i)
        share *= double(part - i) / double(whole - i);
    return share;
}

std::optional<double> figureOf(const SampleCounts &item, OfSamples figure, size_t k)
{
    switch (figure) {
    case OfSamples::Average:
        return item.n > 0 && item.right <= item.n ? std::optional(double(item.right) / double(item.n)) : std::nullopt;
    case OfSamples::AtLeastOne:
        return passAtK(item.n, item.right, k);
    case OfSamples::All:
        return passHatK(item.n, item.right, k);
    }
    return std::nullopt;
}

} // namespace

std::optional<double> passAtK(size_t n, size_t c, size_t k)
{
    if (k == 0 || n < k || c > n)
        return std::nullopt;
    return 1 - shareOfSubsets(n - c, n, k);
}

std::optional<double> passHatK(size_t n, size_t c, size_t k)
{
    if (k == 0 || n < k || c > n)
        return std::nullopt;
    return shareOfSubsets(c, n, k);
}

Estimate overSamples(std::span<const SampleCounts> items, OfSamples figure, size_t k)
{
    std::vector<double> figures;
    for (const SampleCounts &item : items) {
        if (const std::optional<double> value = figureOf(item, figure, k))
            figures.push_back(*value);
    }
    return meanScore(figures);
}

size_t tooFewSamples(std::span<const SampleCounts> items, size_t k)
{
    return size_t(std::count_if(items.begin(), items.end(), [k](const SampleCounts &item) { return item.n < k; }));
}

std::optional<size_t> consensus(std::span<const int64_t> groups)
{
    std::unordered_map<int64_t, size_t> votes;
    for (int64_t group : groups)
        votes[group] += group >= 0;
    std::optional<size_t> best;
    for (size_t i = 0; i < groups.size(); ++i) {
        if (groups[i] >= 0 && (!best || votes[groups[i]] > votes[groups[*best]]))
            best = i;
    }
    return best;
}

} // namespace assay
