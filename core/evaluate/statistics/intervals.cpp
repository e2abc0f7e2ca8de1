// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/intervals.h"

#include <algorithm>
#include <cmath>

namespace assay {

Estimate scoreInterval(double rate, double n, double z)
{
    Estimate out;
    if (!(n > 0))
        return out;
    out.n = size_t(std::llround(n));
    const double z2 = z * z;
    const double centre = (rate + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z * std::sqrt(std::max(rate * (1 - rate), 0.0) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    out.value = rate;
    out.low = rate <= 0 ? 0 : std::max(centre - half, 0.0);
    out.high = rate >= 1 ? 1 : std::min(centre + half, 1.0);
    out.hasInterval = true;
    return out;
}

Estimate wilson(size_t right, size_t n)
{
    return n == 0 ? Estimate{} : scoreInterval(double(right) / double(n), double(n));
}

Estimate betaInterval(size_t right, size_t n, RatePrior prior)
{
    if (n == 0 || right > n)
        return {};
    const double before = prior == RatePrior::Jeffreys ? 0.5 : 1;
    const double a = double(right) + before, b = double(n - right) + before;
    return {double(right) / double(n), right == 0 ? 0 : betaQuantile(0.025, a, b), right == n ? 1 : betaQuantile(0.975, a, b), n, true};
}

} // namespace assay
