// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/agreement.h"

#include "core/evaluate/statistics/intervals.h"

#include <algorithm>
#include <unordered_map>

namespace assay {

Estimate answerAgreement(std::span<const int64_t> first, std::span<const int64_t> second)
{
    if (first.size() != second.size())
        return {};
    size_t alike = 0;
    for (size_t i = 0; i < first.size(); ++i)
        alike += first[i] == second[i] && first[i] >= 0;
    return wilson(alike, first.size());
}

std::optional<double> cohenKappa(std::span<const int64_t> first, std::span<const int64_t> second)
{
    if (first.empty() || first.size() != second.size())
        return std::nullopt;
    std::unordered_map<int64_t, std::pair<double, double>> given; // answer -> times by each
    double alike = 0;
    for (size_t i = 0; i < first.size(); ++i) {
        const int64_t one = std::max<int64_t>(first[i], -1), two = std::max<int64_t>(second[i], -1);
        given[one].first += 1;
        given[two].second += 1;
        alike += one == two;
    }
    const double n = double(first.size());
    double chance = 0; // n^2 times the expected agreement: whole numbers, so that the order of the sum changes nothing
    for (const auto &[answer, times] : given)
        chance += times.first * times.second;
    if (chance >= n * n)
        return std::nullopt;
    return (alike / n - chance / (n * n)) / (1 - chance / (n * n));
}

Estimate sameWrong(std::span<const int64_t> first, std::span<const int64_t> second, std::span<const uint8_t> firstRight,
                   std::span<const uint8_t> secondRight)
{
    const size_t n = first.size();
    if (second.size() != n || firstRight.size() != n || secondRight.size() != n)
        return {};
    size_t wrong = 0, same = 0;
    for (size_t i = 0; i < n; ++i) {
        if (firstRight[i] || secondRight[i])
            continue;
        ++wrong;
        same += first[i] == second[i] && first[i] >= 0;
    }
    return wilson(same, wrong);
}

Estimate flipRate(size_t onlyFirst, size_t onlySecond, size_t n)
{
    return wilson(onlyFirst + onlySecond, n);
}

} // namespace assay
