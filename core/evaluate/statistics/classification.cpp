// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/classification.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <vector>

namespace assay {
namespace {

/// Ranks from 1; equal values share the mean of theirs.
std::vector<double> ranksOf(const std::vector<double> &values)
{
    std::vector<size_t> order(values.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (size_t from = 0; from < order.size();) {
        size_t to = from + 1;
        while (to < order.size() && values[order[to]] == values[order[from]])
            ++to;
        for (size_t i = from; i < to; ++i)
            ranks[order[i]] = double(from + 1 + to) / 2;
        from = to;
    }
    return ranks;
}

using Pairs = std::pair<std::vector<double>, std::vector<double>>;

Pairs finitePairs(std::span<const double> first, std::span<const double> second)
{
    Pairs out;
    for (size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
        if (std::isfinite(first[i]) && std::isfinite(second[i])) {
            out.first.push_back(first[i]);
            out.second.push_back(second[i]);
        }
    }
    return out;
}

std::optional<double> correlation(const Pairs &pairs)
{
    const auto &[x, y] = pairs;
    if (x.size() < 2)
        return std::nullopt;
    const double n = double(x.size());
    const double mx = std::accumulate(x.begin(), x.end(), 0.0) / n, my = std::accumulate(y.begin(), y.end(), 0.0) / n;
    double xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
        xy += (x[i] - mx) * (y[i] - my);
    }
    const double value = xy / (std::sqrt(xx) * std::sqrt(yy));
    return std::isfinite(value) ? std::optional(std::clamp(value, -1.0, 1.0)) : std::nullopt;
}

} // namespace

std::optional<double> matthews(std::span<const int64_t> expected, std::span<const int64_t> given)
{
    if (expected.empty() || expected.size() != given.size())
        return std::nullopt;
    std::map<int64_t, std::pair<double, double>> times; // class -> expected, given
    double right = 0;
    for (size_t i = 0; i < expected.size(); ++i) {
        times[expected[i]].first += 1;
        times[given[i]].second += 1;
        right += expected[i] == given[i];
    }
    const double n = double(expected.size());
    double both = 0, expectedSquares = 0, givenSquares = 0;
    for (const auto &[number, count] : times) {
        both += count.first * count.second;
        expectedSquares += count.first * count.first;
        givenSquares += count.second * count.second;
    }
    const double product = (n * n - expectedSquares) * (n * n - givenSquares);
    return product > 0 ? (right * n - both) / std::sqrt(product) : 0;
}

std::optional<double> f1Of(std::span<const int64_t> expected, std::span<const int64_t> given, int64_t positive)
{
    if (expected.empty() || expected.size() != given.size())
        return std::nullopt;
    double both = 0, either = 0;
    for (size_t i = 0; i < expected.size(); ++i) {
        both += expected[i] == positive && given[i] == positive;
        either += double(expected[i] == positive) + double(given[i] == positive);
    }
    return either > 0 ? 2 * both / either : 0;
}

std::optional<double> pearson(std::span<const double> first, std::span<const double> second)
{
    return first.size() == second.size() ? correlation(finitePairs(first, second)) : std::nullopt;
}

std::optional<double> spearman(std::span<const double> first, std::span<const double> second)
{
    if (first.size() != second.size())
        return std::nullopt;
    const Pairs pairs = finitePairs(first, second);
    return correlation({ranksOf(pairs.first), ranksOf(pairs.second)});
}

GroupedMeans groupedMeans(std::span<const double> scores, std::span<const uint32_t> groups)
{
    GroupedMeans out;
    std::map<uint32_t, std::pair<double, size_t>> sums;
    for (size_t i = 0; i < std::min(scores.size(), groups.size()); ++i) {
        auto &[sum, count] = sums[groups[i]];
        sum += scores[i];
        ++count;
        out.micro += scores[i];
        ++out.items;
    }
    out.groups = sums.size();
    for (const auto &[group, total] : sums)
        out.macro += total.first / double(total.second);
    out.micro /= double(out.items); // NaN without items
    out.macro /= double(out.groups);
    return out;
}

} // namespace assay
