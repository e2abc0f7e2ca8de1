// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/units.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>
#include <tuple>

namespace assay {
namespace {

constexpr size_t kMostKinds = 512;
constexpr size_t kMostThreads = 16;

std::vector<UnitKind> unitsOf(std::span<const double> values, std::span<const uint32_t> clusters)
{
    std::vector<UnitKind> units;
    if (clusters.empty()) {
        units.reserve(values.size());
        for (double value : values)
            units.push_back({value, 1, 1});
        return units;
    }
    std::vector<uint32_t> order(values.size());
    for (uint32_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return clusters[a] < clusters[b]; });
    for (size_t i = 0; i < order.size(); ++i) {
        if (i == 0 || clusters[order[i]] != clusters[order[i - 1]])
            units.push_back({0, 0, 1});
        units.back().sum += values[order[i]];
        units.back().weight += 1;
    }
    return units;
}

/// Equal neighbours as one; the list is sorted.
void mergeAlike(std::vector<UnitKind> &units)
{
    std::sort(units.begin(), units.end(),
              [](const UnitKind &a, const UnitKind &b) { return std::tie(a.sum, a.weight) < std::tie(b.sum, b.weight); });
    size_t kept = 0;
    for (const UnitKind &unit : units) {
        if (kept > 0 && units[kept - 1].sum == unit.sum && units[kept - 1].weight == unit.weight)
            units[kept - 1].count += unit.count;
        else
            units[kept++] = unit;
    }
    units.resize(kept);
}

} // namespace

Units::Units(std::span<const double> values, std::span<const uint32_t> clusters)
{
    const bool finite = std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
    if (values.empty() || !finite || (!clusters.empty() && clusters.size() != values.size()))
        return;
    m_kinds = unitsOf(values, clusters);
    m_count = m_kinds.size();
    mergeAlike(m_kinds);
    for (const UnitKind &kind : m_kinds)
        m_sum += kind.sum * double(kind.count);
    m_mean = m_sum / double(values.size());
    if (m_kinds.size() > kMostKinds)
        join();
}

void Units::join()
{
    const auto deviation = [this](const UnitKind &kind) { return kind.sum - m_mean * kind.weight; };
    const auto [least, most] = std::minmax_element(m_kinds.begin(), m_kinds.end(), [&](const UnitKind &a, const UnitKind &b) {
        return deviation(a) < deviation(b);
    });
    const double low = deviation(*least), width = (deviation(*most) - low) / double(kMostKinds);
    std::vector<UnitKind> joined(kMostKinds, UnitKind{0, 0, 0});
    double squares = 0, joinedSquares = 0;
    for (const UnitKind &kind : m_kinds) {
        const double place = width > 0 ? (deviation(kind) - low) / width : 0;
        UnitKind &group = joined[std::min(size_t(place), kMostKinds - 1)];
        group.sum += kind.sum * double(kind.count);
        group.weight += kind.weight * double(kind.count);
        group.count += kind.count;
        squares += deviation(kind) * deviation(kind) * double(kind.count);
    }
    std::erase_if(joined, [](const UnitKind &group) { return group.count == 0; });
    for (UnitKind &group : joined) {
        group.sum /= double(group.count);
        group.weight /= double(group.count);
        joinedSquares += deviation(group) * deviation(group) * double(group.count);
    }
    m_kinds = std::move(joined);
    m_spread = joinedSquares > 0 ? std::sqrt(squares / joinedSquares) : 1;
}

double Units::meanOf(std::span<const uint64_t> times) const
{
    double total = 0, weight = 0;
    for (size_t i = 0; i < m_kinds.size(); ++i) {
        total += double(times[i]) * m_kinds[i].sum;
        weight += double(times[i]) * m_kinds[i].weight;
    }
    return weight > 0 ? m_mean + (total / weight - m_mean) * m_spread : std::numeric_limits<double>::quiet_NaN();
}

ResampleTree::ResampleTree(const std::vector<UnitKind> &kinds) : m_kinds(kinds.size())
{
    std::vector<uint64_t> before(kinds.size() + 1, 0); // units in front of each kind
    for (size_t i = 0; i < kinds.size(); ++i)
        before[i + 1] = before[i] + kinds[i].count;
    m_units = before.back();
    if (m_kinds > 1)
        split(0, uint32_t(m_kinds), before);
}

void ResampleTree::split(uint32_t from, uint32_t to, const std::vector<uint64_t> &before)
{
    const uint64_t half = before[from] + (before[to] - before[from]) / 2;
    const auto above = std::lower_bound(before.begin() + from + 1, before.begin() + to - 1, half);
    auto middle = uint32_t(above - before.begin());
    if (middle > from + 1 && half - before[middle - 1] < before[middle] - std::min(half, before[middle]))
        --middle;
    m_splits.push_back({from, middle, to, before[middle] - before[from], before[to] - before[from]});
    if (middle - from > 1)
        split(from, middle, before);
    if (to - middle > 1)
        split(middle, to, before);
}

void ResampleTree::draw(RandomBits &random, std::vector<uint64_t> &times) const
{
    times.assign(m_kinds, 0);
    if (m_kinds == 0)
        return;
    // While parts are still to be split, the first kind of each holds the draws of the whole part.
    times[0] = m_units;
    for (const Split &one : m_splits) {
        const uint64_t all = times[one.from];
        times[one.from] = random.binomial(all, one.left, one.all);
        times[one.middle] = all - times[one.from];
    }
}

void overCores(size_t n, const std::function<void(size_t, size_t)> &work)
{
    const size_t threads = std::clamp<size_t>(std::min<size_t>(std::thread::hardware_concurrency(), n), 1, kMostThreads);
    std::vector<std::jthread> others;
    for (size_t i = 1; i < threads; ++i)
        others.emplace_back([&, i] { work(n * i / threads, n * (i + 1) / threads); });
    work(0, n / threads);
}

} // namespace assay
