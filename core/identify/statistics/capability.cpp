// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/capability.h"

#include "core/evaluate/statistics/distributions.h"

#include <algorithm>
#include <cmath>

namespace assay {

double capabilityLogRatio(std::span<const RatedItem> items)
{
    constexpr double kLeast = 0.02, kMost = 0.98;
    double sum = 0;
    for (const RatedItem &item : items) {
        if (std::isnan(item.claimed) || std::isnan(item.alternative))
            continue;
        const double a = std::clamp(item.claimed, kLeast, kMost), b = std::clamp(item.alternative, kLeast, kMost);
        sum += item.right ? std::log(a / b) : std::log((1 - a) / (1 - b));
    }
    return sum;
}

// P(X >= b) for X ~ Binomial(b + c, 1/2) is the regularised incomplete beta function at 1/2, whose time does not grow with n.
double mcnemarOneSided(size_t referenceOnly, size_t subjectOnly)
{
    return referenceOnly == 0 ? 1 : betaCdf(0.5, double(referenceOnly), double(subjectOnly) + 1);
}

} // namespace assay
