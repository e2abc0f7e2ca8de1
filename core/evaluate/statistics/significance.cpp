// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/significance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>

namespace assay {
namespace {

constexpr size_t kMostSingleValues = 12;
constexpr size_t kBins = 8;

/// Correlation of the paired proportions as Newcombe's method 10 corrects it: a positive numerator is moved
/// towards zero by n / 2.
double correctedPhi(double a, double b, double c, double d)
{
    const double product = (a + b) * (c + d) * (a + c) * (b + d);
    if (product <= 0)
        return 0;
    double numerator = a * d - b * c;
    if (numerator > 0)
        numerator = std::max(numerator - (a + b + c + d) / 2, 0.0);
    return numerator / std::sqrt(product);
}

/// sqrt(x^2 - 2 phi x y + y^2); rounding may push it below zero.
double joined(double x, double y, double phi)
{
    return std::sqrt(std::max(x * x - 2 * phi * x * y + y * y, 0.0));
}

Estimate pairedDifference(const PairedResult &table)
{
    Estimate out;
    out.n = table.n;
    if (table.n == 0)
        return out;
    const Estimate first = wilson(table.bothRight + table.onlyFirst, table.n);
    const Estimate second = wilson(table.bothRight + table.onlySecond, table.n);
    const double phi = correctedPhi(double(table.bothRight), double(table.onlyFirst), double(table.onlySecond),
                                    double(table.bothWrong));
    out.value = (double(table.onlyFirst) - double(table.onlySecond)) / double(table.n);
    out.low = out.value - joined(first.value - first.low, second.high - second.value, phi);
    out.high = out.value + joined(first.high - first.value, second.value - second.low, phi);
    out.hasInterval = true;
    return out;
}

/// First value of each bin; a value never falls into two bins.
std::vector<double> binStarts(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    std::vector<double> distinct = values;
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.size() <= kMostSingleValues)
        return distinct;
    std::vector<double> starts;
    for (size_t i = 0; i < kBins; ++i) {
        const double start = values[values.size() * i / kBins];
        if (starts.empty() || start > starts.back())
            starts.push_back(start);
    }
    return starts;
}

} // namespace

OutcomeCounts countOutcomes(const std::vector<ItemResult> &items, const std::string &task)
{
    OutcomeCounts counts;
    for (const ItemResult &item : items) {
        if (task.empty() || item.task == task)
            ++counts.of[size_t(item.judged.outcome)];
    }
    return counts;
}

PairedResult comparePaired(const std::vector<ItemResult> &first, const std::vector<ItemResult> &second)
{
    std::unordered_map<std::string, bool> rightFirst;
    for (const ItemResult &item : first)
        rightFirst.emplace(item.itemId, item.judged.outcome == Outcome::Right);
    PairedResult out;
    std::set<std::string> seen;
    for (const ItemResult &item : second) {
        const auto other = rightFirst.find(item.itemId);
        if (other == rightFirst.end() || !seen.insert(item.itemId).second)
            continue;
        const bool right = item.judged.outcome == Outcome::Right;
        ++out.n;
        if (other->second)
            ++(right ? out.bothRight : out.onlyFirst);
        else
            ++(right ? out.onlySecond : out.bothWrong);
    }
    out.difference = pairedDifference(out);
    out.mcnemarP = mcnemarExact(out.onlyFirst, out.onlySecond);
    return out;
}

Estimate accuracyRatio(const PairedResult &table)
{
    Estimate out;
    const size_t first = table.bothRight + table.onlyFirst;
    const size_t second = table.bothRight + table.onlySecond;
    if (second == 0)
        return out;
    out.n = table.n;
    out.value = double(first) / double(second);
    const size_t either = first + table.onlySecond; // items that at least one has right
    const double x = double(first) + 1;
    const double y = double(second) + 1;
    const double total = double(either) + 2;
    const double discordant = double(table.onlyFirst + table.onlySecond) + 2;
    const double z = kNormal975 * std::sqrt(discordant / (x * y)) / (std::sqrt((1 - x / total) / x) + std::sqrt((1 - y / total) / y));
    const Estimate above = scoreInterval(double(first) / double(either), double(either), z);
    const Estimate below = scoreInterval(double(second) / double(either), double(either), z);
    out.low = above.low / below.high;
    out.high = below.low > 0 ? above.high / below.low : std::numeric_limits<double>::infinity();
    out.hasInterval = below.low > 0;
    return out;
}

double mcnemarExact(size_t b, size_t c)
{
    if (b == c)
        return 1;
    return std::min(2 * binomialCdf(int(std::min(b, c)), int(b + c), 0.5), 1.0);
}

std::vector<CurvePoint> accuracyCurve(const std::vector<ItemResult> &items, const std::string &axis)
{
    std::vector<double> values;
    for (const ItemResult &item : items) {
        if (const auto it = item.axes.find(axis); it != item.axes.end() && std::isfinite(it->second))
            values.push_back(it->second);
    }
    const std::vector<double> starts = binStarts(values);
    std::vector<CurvePoint> curve(starts.size());
    std::vector<std::pair<size_t, size_t>> counts(starts.size()); // right, n
    for (const ItemResult &item : items) {
        const auto it = item.axes.find(axis);
        if (it == item.axes.end() || !std::isfinite(it->second))
            continue;
        const size_t bin = size_t(std::upper_bound(starts.begin(), starts.end(), it->second) - starts.begin()) - 1;
        CurvePoint &point = curve[bin];
        point.from = counts[bin].second == 0 ? it->second : std::min(point.from, it->second);
        point.to = counts[bin].second == 0 ? it->second : std::max(point.to, it->second);
        counts[bin].first += item.judged.outcome == Outcome::Right;
        ++counts[bin].second;
    }
    for (size_t i = 0; i < curve.size(); ++i)
        curve[i].accuracy = wilson(counts[i].first, counts[i].second);
    return curve;
}

std::vector<std::string> axesOf(const std::vector<ItemResult> &items)
{
    std::set<std::string> axes;
    for (const ItemResult &item : items) {
        for (const auto &[axis, value] : item.axes)
            axes.insert(axis);
    }
    return {axes.begin(), axes.end()};
}

} // namespace assay
