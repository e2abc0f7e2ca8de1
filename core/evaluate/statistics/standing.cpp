// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/standing.h"

#include "core/base/text.h"
#include "core/evaluate/statistics/distributions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace assay {

const char *standingName(Standing standing)
{
    static constexpr std::array kNames{ASSAY_TEXT("Standing", "better"), ASSAY_TEXT("Standing", "not inferior"),
                                       ASSAY_TEXT("Standing", "inferior"), ASSAY_TEXT("Standing", "undecided")};
    return kNames[size_t(standing)];
}

Standing standingOf(const Estimate &difference, double margin)
{
    if (!difference.hasInterval || !(margin >= 0))
        return Standing::Undecided;
    if (difference.low > 0)
        return Standing::Better;
    if (difference.low > -margin)
        return Standing::NotInferior;
    return difference.high < -margin ? Standing::Inferior : Standing::Undecided;
}

double nonInferiorityP(double difference, double error, double margin)
{
    if (error > 0)
        return normalCdf(-(difference + margin) / error);
    return error == 0 ? (difference + margin > 0 ? 0 : 1) : std::numeric_limits<double>::quiet_NaN();
}

std::vector<double> holmAdjusted(std::span<const double> p)
{
    std::vector<size_t> order;
    for (size_t i = 0; i < p.size(); ++i) {
        if (!std::isnan(p[i]))
            order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return p[a] < p[b]; });
    std::vector<double> out(p.begin(), p.end());
    double largest = 0;
    for (size_t rank = 0; rank < order.size(); ++rank) {
        largest = std::max(largest, std::min(double(order.size() - rank) * p[order[rank]], 1.0));
        out[order[rank]] = largest;
    }
    return out;
}

} // namespace assay
