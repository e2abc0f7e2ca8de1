// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace assay {
namespace {

constexpr double kTail = 0.025; // on each side of a 95 % interval
constexpr size_t kLeastForInterval = 6;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr int kResamples = 2000;
constexpr uint64_t kSeed = 20240917;

/// From here on a bootstrap draws the rank of the resample's median instead of the resample: the middle of n uniform numbers
/// is Beta(n / 2, n / 2), whose spread is normal to a fraction of a rank.
constexpr size_t kManySamples = 500;

/// Twelve uniform numbers: normal enough between the percentiles that are read, and the same on every machine.
double nearlyNormal(std::mt19937_64 &random)
{
    double normal = -6;
    for (int i = 0; i < 12; ++i)
        normal += double(random() >> 11) * 0x1p-53;
    return normal;
}

double medianOf(std::vector<double> &samples)
{
    std::sort(samples.begin(), samples.end());
    return sortedQuantile(samples, 0.5);
}

double medianAt(const std::vector<double> &sorted, double normal)
{
    return sortedQuantile(sorted, 0.5 + normal * 0.5 / std::sqrt(double(sorted.size())));
}

/// Medians of bootstrap resamples, one a call.
class MedianBootstrap
{
public:
    explicit MedianBootstrap(const std::vector<double> &samples) : m_samples(samples)
    {
        if (m_samples.size() >= kManySamples)
            std::sort(m_samples.begin(), m_samples.end());
    }
    double next(std::mt19937_64 &random)
    {
        if (m_samples.size() >= kManySamples)
            return medianAt(m_samples, nearlyNormal(random));
        m_buffer.resize(m_samples.size());
        for (double &value : m_buffer)
            value = m_samples[size_t(random() % m_samples.size())];
        return medianOf(m_buffer);
    }

private:
    std::vector<double> m_samples, m_buffer;
};

/// The medians of both halves of resampled pairs.
class PairBootstrap
{
public:
    PairBootstrap(const std::vector<double> &first, const std::vector<double> &second) : m_first(first), m_second(second)
    {
        if (first.size() < kManySamples)
            return;
        const double one = quantile(first, 0.5), two = quantile(second, 0.5);
        size_t together = 0;
        for (size_t i = 0; i < first.size(); ++i)
            together += (first[i] <= one) == (second[i] <= two);
        // Of the signs around the medians, on which alone the medians of large resamples depend.
        m_correlation = std::clamp(2 * double(together) / double(first.size()) - 1, -1.0, 1.0);
        std::sort(m_first.begin(), m_first.end());
        std::sort(m_second.begin(), m_second.end());
    }
    std::pair<double, double> next(std::mt19937_64 &random)
    {
        if (m_first.size() >= kManySamples) {
            const double one = nearlyNormal(random), other = nearlyNormal(random);
            const double two = m_correlation * one + std::sqrt(1 - m_correlation * m_correlation) * other;
            return {medianAt(m_first, one), medianAt(m_second, two)};
        }
        m_one.resize(m_first.size());
        m_two.resize(m_first.size());
        for (size_t i = 0; i < m_first.size(); ++i) {
            const size_t drawn = size_t(random() % m_first.size());
            m_one[i] = m_first[drawn];
            m_two[i] = m_second[drawn];
        }
        return {medianOf(m_one), medianOf(m_two)};
    }

private:
    std::vector<double> m_first, m_second, m_one, m_two;
    double m_correlation = 0;
};

void setInterval(Estimate &estimate, std::vector<double> &resampled)
{
    std::sort(resampled.begin(), resampled.end());
    estimate.low = sortedQuantile(resampled, kTail);
    estimate.high = sortedQuantile(resampled, 1 - kTail);
    estimate.hasInterval = !resampled.empty();
}

template <class Draw>
MedianContrast contrast(const std::vector<double> &first, const std::vector<double> &second, Draw draw)
{
    MedianContrast out;
    const size_t n = std::min(first.size(), second.size());
    out.ratio = out.difference = {kNaN, kNaN, kNaN, n, false};
    if (n == 0)
        return out;
    const double one = quantile(first, 0.5), two = quantile(second, 0.5);
    const bool divides = two != 0 && std::isfinite(two);
    out.difference.value = out.difference.low = out.difference.high = one - two;
    if (divides)
        out.ratio.value = out.ratio.low = out.ratio.high = one / two;
    else
        out.ratio.n = 0;
    if (n < kLeastForInterval)
        return out;
    std::mt19937_64 random(kSeed);
    std::vector<double> ratios, differences;
    for (int i = 0; i < kResamples; ++i) {
        const auto [above, below] = draw(random);
        differences.push_back(above - below);
        if (below != 0)
            ratios.push_back(above / below);
    }
    setInterval(out.difference, differences);
    if (divides)
        setInterval(out.ratio, ratios);
    return out;
}

} // namespace

MedianContrast contrastOfMedians(const std::vector<double> &first, const std::vector<double> &second)
{
    MedianBootstrap top(first), bottom(second);
    return contrast(first, second, [&](std::mt19937_64 &random) {
        const double above = top.next(random);
        return std::pair(above, bottom.next(random));
    });
}

MedianContrast contrastOfPairs(const std::vector<double> &first, const std::vector<double> &second)
{
    PairBootstrap pairs(first, second);
    return contrast(first, second, [&](std::mt19937_64 &random) { return pairs.next(random); });
}

Estimate ratioOfMedians(const std::vector<double> &numerator, const std::vector<double> &denominator)
{
    Estimate ratio = contrastOfMedians(numerator, denominator).ratio;
    ratio.n = std::min(numerator.size(), denominator.size());
    return ratio;
}

} // namespace assay
