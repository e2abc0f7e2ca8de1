// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/settling.h"

#include "core/bench/statistics.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr size_t kWindow = 5, kLeastRequests = 12;
constexpr double kNear = 0.1;
/// Scatters of a median of five: 1.2533 / sqrt(5) standard deviations each, 1.4826 of which the median of the deviations is.
constexpr double kScatters = 3 * 1.4826 * 1.2533 / 2.2360679774997896;

std::vector<double> finiteOnes(std::vector<double> values)
{
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    return values;
}

} // namespace

size_t unsettledRequests(const std::vector<double> &tpots)
{
    const size_t half = tpots.size() / 2;
    if (tpots.size() < kLeastRequests)
        return 0;
    std::vector<double> later = finiteOnes({tpots.begin() + std::ptrdiff_t(half), tpots.end()});
    if (later.size() < kWindow)
        return 0;
    const double level = quantile(later, 0.5);
    for (double &value : later)
        value = std::abs(value - level);
    const double near = std::max(kNear * level, kScatters * quantile(later, 0.5));
    for (size_t begin = 0; begin < half; ++begin) {
        const std::vector<double> window =
            finiteOnes({tpots.begin() + std::ptrdiff_t(begin), tpots.begin() + std::ptrdiff_t(std::min(begin + kWindow, tpots.size()))});
        if (!window.empty() && std::abs(quantile(window, 0.5) - level) <= near) {
            // The median hides up to two odd ones at the window's own beginning: they are the last of the warming up.
            size_t first = begin;
            while (begin > 0 && first < begin + kWindow / 2 && !(std::abs(tpots[first] - level) <= near))
                ++first;
            return first;
        }
    }
    return half;
}

} // namespace assay
