// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/resampling.h"

#include "core/evaluate/statistics/units.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <vector>

namespace assay {
namespace {

constexpr size_t kLeastUnits = 6; // below, no interval of ranks reaches 95 %
constexpr size_t kTriedAll = 14;
constexpr double kTail = 0.025;

/// Between the means of m subsets lie m + 1 gaps, each as likely to hold the true one; 2.5 % of them are left out at each end.
void setInterval(Estimate &estimate, std::vector<double> &subsets)
{
    const size_t m = subsets.size();
    const auto left = size_t(std::floor(kTail * double(m + 1) + 1e-9));
    if (left == 0)
        return;
    std::nth_element(subsets.begin(), subsets.begin() + std::ptrdiff_t(left - 1), subsets.end());
    estimate.low = subsets[left - 1];
    std::nth_element(subsets.begin(), subsets.begin() + std::ptrdiff_t(m - left), subsets.end());
    estimate.high = subsets[m - left];
    estimate.hasInterval = true;
}

/// What the signs of a subset of units do when they are changed: the sum afterwards, and the subset's own mean.
class Flipped
{
public:
    explicit Flipped(const Units &units) : m_units(units)
    {
        double size = 0;
        for (const UnitKind &kind : units.kinds())
            size += std::fabs(kind.sum) * double(kind.count);
        m_least = std::fabs(units.sum()) - 1e-11 * size; // sums that are equal may differ by rounding
    }
    /// Whether the sum is no smaller than the observed one.
    bool asFar(std::span<const uint64_t> times) const
    {
        double sum = m_units.sum();
        for (size_t i = 0; i < times.size(); ++i)
            sum -= 2 * double(times[i]) * m_units.kinds()[i].sum;
        return std::fabs(sum) * m_units.spread() >= m_least;
    }

private:
    const Units &m_units;
    double m_least = 0;
};

SignFlips allFlips(const Units &units, SignFlips out)
{
    const Flipped flipped(units);
    std::vector<size_t> kindOf;
    for (size_t kind = 0; kind < units.kinds().size(); ++kind)
        kindOf.insert(kindOf.end(), units.kinds()[kind].count, kind);
    std::vector<double> subsets;
    std::vector<uint64_t> times;
    size_t found = 0;
    for (uint64_t subset = 0; subset < uint64_t(1) << kindOf.size(); ++subset) {
        times.assign(units.kinds().size(), 0);
        for (size_t i = 0; i < kindOf.size(); ++i)
            times[kindOf[i]] += subset >> i & 1;
        found += flipped.asFar(times);
        if (subset > 0)
            subsets.push_back(units.meanOf(times));
    }
    out.exact = true;
    out.p = double(found) / double(uint64_t(1) << kindOf.size());
    setInterval(out.mean, subsets);
    return out;
}

SignFlips drawnFlips(const Units &units, const Resampling &how, SignFlips out)
{
    const Flipped flipped(units);
    std::vector<double> subsets(how.draws);
    std::atomic<size_t> found = 0;
    overCores(how.draws, [&](size_t from, size_t to) {
        std::vector<uint64_t> times(units.kinds().size());
        size_t here = 0;
        for (size_t draw = from; draw < to; ++draw) {
            RandomBits random(how.seed, draw);
            for (size_t i = 0; i < times.size(); ++i)
                times[i] = random.setOf(units.kinds()[i].count);
            here += flipped.asFar(times);
            const double mean = units.meanOf(times);
            subsets[draw] = std::isfinite(mean) ? mean : units.mean(); // of 15 units one subset in 32,768 is empty
        }
        found += here;
    });
    out.p = double(1 + found) / double(1 + how.draws);
    setInterval(out.mean, subsets);
    return out;
}

} // namespace

Estimate bootstrapMean(std::span<const double> values, std::span<const uint32_t> clusters, const Resampling &how)
{
    const Units units(values, clusters);
    Estimate out{units.mean(), units.mean(), units.mean(), values.size(), false};
    if (units.size() < kLeastUnits || how.draws == 0)
        return out;
    const ResampleTree tree(units.kinds());
    std::vector<double> means(how.draws);
    overCores(how.draws, [&](size_t from, size_t to) {
        std::vector<uint64_t> times;
        for (size_t draw = from; draw < to; ++draw) {
            RandomBits random(how.seed, draw);
            tree.draw(random, times);
            means[draw] = units.meanOf(times);
        }
    });
    RankedSamples ranked(std::move(means));
    out.low = ranked.interpolated(kTail);
    out.high = ranked.interpolated(1 - kTail);
    out.hasInterval = true;
    return out;
}

SignFlips signFlips(std::span<const double> values, std::span<const uint32_t> clusters, const Resampling &how)
{
    const Units units(values, clusters);
    SignFlips out;
    out.mean = {units.mean(), units.mean(), units.mean(), values.size(), false};
    if (units.size() == 0)
        return out;
    return units.size() <= kTriedAll ? allFlips(units, out) : drawnFlips(units, how, out);
}

} // namespace assay
