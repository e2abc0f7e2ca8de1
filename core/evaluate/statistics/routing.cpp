// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/routing.h"

#include "core/evaluate/statistics/standarderrors.h"
#include "core/evaluate/statistics/units.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <functional>
#include <limits>
#include <numeric>

namespace assay {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kTail = 0.025;
constexpr double kByChance = 0.5; ///< of the gap, by the straight line
constexpr size_t kFewest = 6;     ///< items of an interval, as of any bootstrap here

/// An item whose router fell silent goes to the strong subject: nobody can say that the weak one suffices.
double routerOf(const RoutingItem &item)
{
    return std::isnan(item.router) ? kInfinity : std::clamp(item.router, -std::numeric_limits<double>::max(), kInfinity);
}

bool usable(std::span<const RoutingItem> items)
{
    return !items.empty() && items.size() < std::numeric_limits<uint32_t>::max() && std::all_of(items.begin(), items.end(), [](const RoutingItem &item) {
        return std::isfinite(item.weak) && std::isfinite(item.strong) && std::isfinite(item.weakCost) && std::isfinite(item.strongCost);
    });
}

double strongCostOf(const RoutingItem &item, RoutingKind kind)
{
    return item.strongCost + (kind == RoutingKind::Cascade ? item.weakCost : 0);
}

RoutingPoint tried(std::span<const RoutingItem> items, double threshold, bool nothingStrong, RoutingKind kind)
{
    RoutingPoint point{threshold, 0, 0, 0};
    for (const RoutingItem &item : items) {
        const bool strong = !nothingStrong && routerOf(item) >= threshold;
        point.strongShare += strong;
        point.quality += strong ? item.strong : item.weak;
        point.cost += strong ? strongCostOf(item, kind) : item.weakCost;
    }
    const double n = double(items.size());
    return {threshold, point.strongShare / n, point.quality / n, point.cost / n};
}

/// Where one threshold ends and the next, lower one begins, in a list by falling router values.
std::vector<size_t> cutsOf(const std::vector<RoutingItem> &sorted, size_t most)
{
    std::vector<size_t> cuts;
    for (size_t i = 1; i <= sorted.size(); ++i) {
        if (i == sorted.size() || routerOf(sorted[i]) != routerOf(sorted[i - 1]))
            cuts.push_back(i);
    }
    if (cuts.size() <= most || most < 2)
        return cuts;
    std::vector<size_t> kept;
    for (size_t i = 1; i <= most; ++i) {
        const size_t wanted = sorted.size() * i / most;
        const size_t cut = *std::lower_bound(cuts.begin(), cuts.end(), wanted);
        if (kept.empty() || cut > kept.back())
            kept.push_back(cut);
    }
    return kept;
}

/// The share between two points at which the straight line between them has this quality.
double shareAt(const RoutingPoint &a, const RoutingPoint &b, double quality)
{
    return a.strongShare + (b.strongShare - a.strongShare) * (quality - a.quality) / (b.quality - a.quality);
}

/// Items that are alike to a resample: they go to the strong subject from the same point on.
struct Alike
{
    uint32_t point = 0;
    double weak = 0, gain = 0;
    auto operator<=>(const Alike &) const = default;
};

/// How often each kind of item comes in a resample. Kinds that hold many items are drawn together, others item by item.
class KindDraws
{
public:
    explicit KindDraws(std::vector<Alike> items)
    {
        std::sort(items.begin(), items.end(), [](const Alike &a, const Alike &b) { return a < b; });
        std::vector<UnitKind> units;
        for (const Alike &item : items) {
            if (m_kinds.empty() || m_kinds.back() != item) {
                m_kinds.push_back(item);
                units.push_back({});
            }
            ++units.back().count;
            m_kindOf.push_back(uint32_t(m_kinds.size() - 1));
        }
        if (m_kinds.size() * kManyAlike <= items.size())
            m_tree.emplace(units);
    }
    const std::vector<Alike> &kinds() const { return m_kinds; }
    void draw(RandomBits &random, std::vector<uint64_t> &times) const
    {
        if (m_tree)
            return m_tree->draw(random, times);
        times.assign(m_kinds.size(), 0);
        for (size_t i = 0; i < m_kindOf.size(); ++i)
            ++times[m_kindOf[random.below(uint32_t(m_kindOf.size()))]];
    }

private:
    static constexpr size_t kManyAlike = 16; ///< items a kind: below, single draws are quicker
    std::vector<Alike> m_kinds;
    std::vector<uint32_t> m_kindOf;
    std::optional<ResampleTree> m_tree;
};

/// What the area below a curve has more than the straight line between its ends; shares rise from 0 to 1.
double gainOverChance(const std::vector<double> &shares, const std::vector<double> &qualities)
{
    double area = 0;
    for (size_t i = 1; i < shares.size(); ++i)
        area += (shares[i] - shares[i - 1]) * (qualities[i - 1] + qualities[i]) / 2;
    return area - (qualities.front() + qualities.back()) / 2;
}

std::vector<RoutingItem> byRouter(std::span<const RoutingItem> items)
{
    std::vector<RoutingItem> sorted(items.begin(), items.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const RoutingItem &a, const RoutingItem &b) { return routerOf(a) > routerOf(b); });
    return sorted;
}

} // namespace

RoutingCurve routingCurve(std::span<const RoutingItem> items, RoutingKind kind, size_t most)
{
    RoutingCurve out;
    if (!usable(items))
        return out;
    const std::vector<RoutingItem> sorted = byRouter(items);
    const double n = double(items.size());
    double quality = 0, cost = 0;
    for (const RoutingItem &item : sorted) {
        quality += item.weak;
        cost += item.weakCost;
        out.strong += item.strong / n;
        out.strongCost += item.strongCost / n;
    }
    out.items = items.size();
    out.weak = quality / n;
    out.weakCost = cost / n;
    out.points.push_back({kInfinity, 0, out.weak, out.weakCost});
    size_t from = 0;
    for (size_t cut : cutsOf(sorted, most)) {
        for (; from < cut; ++from) {
            quality += sorted[from].strong - sorted[from].weak;
            cost += strongCostOf(sorted[from], kind) - sorted[from].weakCost;
        }
        out.points.push_back({routerOf(sorted[cut - 1]), double(cut) / n, quality / n, cost / n});
    }
    return out;
}

void addRoutingBand(RoutingCurve &curve, std::span<const RoutingItem> items, size_t draws, uint64_t seed)
{
    curve.band.clear();
    curve.recovered = {};
    const size_t points = curve.points.size();
    if (points < 2 || items.size() != curve.items || draws == 0)
        return;
    const std::vector<RoutingItem> sorted = byRouter(items);
    const double n = double(sorted.size());
    std::vector<Alike> alike;
    for (size_t i = 0, point = 1; i < sorted.size(); ++i) {
        while (point + 1 < points && double(i) >= std::round(curve.points[point].strongShare * n))
            ++point;
        alike.push_back({uint32_t(point), sorted[i].weak, sorted[i].strong - sorted[i].weak});
    }
    const KindDraws kinds(std::move(alike));
    std::vector<std::vector<double>> qualities(points, std::vector<double>(draws));
    std::vector<double> gained(draws);
    overCores(draws, [&](size_t from, size_t to) {
        std::vector<uint64_t> times;
        std::vector<double> gains, calls, shares(points), drawn(points);
        for (size_t draw = from; draw < to; ++draw) {
            RandomBits random(seed, draw);
            kinds.draw(random, times);
            gains.assign(points, 0);
            calls.assign(points, 0);
            for (size_t i = 0; i < times.size(); ++i) {
                gains[0] += double(times[i]) * kinds.kinds()[i].weak;
                gains[kinds.kinds()[i].point] += double(times[i]) * kinds.kinds()[i].gain;
                calls[kinds.kinds()[i].point] += double(times[i]);
            }
            double quality = 0, strong = 0;
            for (size_t point = 0; point < points; ++point) {
                quality += gains[point];
                strong += calls[point];
                drawn[point] = qualities[point][draw] = quality / n;
                shares[point] = strong / n;
            }
            gained[draw] = gainOverChance(shares, drawn);
        }
    });
    for (size_t point = 0; point < points; ++point) {
        RankedSamples ranked(std::move(qualities[point]));
        const double low = ranked.interpolated(kTail);
        curve.band.push_back({curve.points[point].quality, low, ranked.interpolated(1 - kTail), curve.items, true});
    }
    const auto recovered = averageGapRecovered(curve);
    if (!recovered)
        return;
    const double gap = curve.strong - curve.weak;
    RankedSamples ranked(std::move(gained));
    const double low = kByChance + ranked.interpolated(kTail) / gap, high = kByChance + ranked.interpolated(1 - kTail) / gap;
    curve.recovered = {*recovered, low, high, curve.items, curve.items >= kFewest};
}

RoutingWorth routingWorth(const RoutingCurve &curve)
{
    if (!curve.recovered.hasInterval)
        return RoutingWorth::NotTold;
    return curve.recovered.low > kByChance ? RoutingWorth::Better : curve.recovered.high < kByChance ? RoutingWorth::Worse : RoutingWorth::NotTold;
}

double randomRouting(const RoutingCurve &curve, double strongShare)
{
    return curve.weak + std::clamp(strongShare, 0.0, 1.0) * (curve.strong - curve.weak);
}

std::vector<double> oracleRouting(std::span<const RoutingItem> items, std::span<const double> strongShares)
{
    double weak = 0;
    std::vector<double> gains; // of the items that gain, the largest first
    for (const RoutingItem &item : items) {
        weak += item.weak;
        if (item.strong > item.weak)
            gains.push_back(item.strong - item.weak);
    }
    std::sort(gains.begin(), gains.end(), std::greater<>());
    std::vector<double> sums{0};
    for (double gain : gains)
        sums.push_back(sums.back() + gain);
    std::vector<double> out;
    for (double share : strongShares) {
        const double calls = std::min(std::clamp(share, 0.0, 1.0) * double(items.size()), double(gains.size()));
        const auto whole = size_t(calls);
        const double rest = whole < gains.size() ? (calls - double(whole)) * gains[whole] : 0;
        out.push_back((weak + sums[whole] + rest) / double(items.size())); // NaN without items
    }
    return out;
}

std::optional<double> gapRecovered(const RoutingCurve &curve, double quality)
{
    const double gap = curve.strong - curve.weak;
    return gap > 1e-12 ? std::optional((quality - curve.weak) / gap) : std::nullopt;
}

std::optional<double> averageGapRecovered(const RoutingCurve &curve)
{
    double area = 0;
    for (size_t i = 1; i < curve.points.size(); ++i) {
        const RoutingPoint &a = curve.points[i - 1], &b = curve.points[i];
        area += (b.strongShare - a.strongShare) * (a.quality + b.quality) / 2;
    }
    return gapRecovered(curve, area);
}

std::optional<double> callsToRecover(const RoutingCurve &curve, double part)
{
    const double gap = curve.strong - curve.weak;
    if (!(gap > 1e-12))
        return std::nullopt;
    const double wanted = curve.weak + part * gap;
    for (size_t i = 0; i < curve.points.size(); ++i) {
        if (curve.points[i].quality < wanted - 1e-12)
            continue;
        return i == 0 ? 0 : shareAt(curve.points[i - 1], curve.points[i], wanted);
    }
    return std::nullopt;
}

std::optional<HeldOutThreshold> chooseThreshold(std::span<const RoutingItem> items, double part, RoutingKind kind, uint64_t seed)
{
    if (items.size() < 4 || !usable(items))
        return std::nullopt;
    std::vector<RoutingItem> shuffled(items.begin(), items.end());
    RandomBits random(seed, 0);
    for (size_t i = shuffled.size() - 1; i > 0; --i)
        std::swap(shuffled[i], shuffled[random.below(uint32_t(i + 1))]);
    const auto half = std::ptrdiff_t(shuffled.size() / 2);
    const std::span<const RoutingItem> choosing(shuffled.begin(), shuffled.begin() + half), other(shuffled.begin() + half, shuffled.end());
    const RoutingCurve curve = routingCurve(choosing, kind);
    const RoutingPoint *best = nullptr;
    for (const RoutingPoint &point : curve.points) {
        const auto recovered = gapRecovered(curve, point.quality);
        if (recovered && *recovered >= part - 1e-12 && (!best || point.cost < best->cost))
            best = &point;
    }
    if (!best)
        return std::nullopt;
    HeldOutThreshold out{best->threshold, *best, {}, {}, choosing.size(), other.size()};
    const bool nothingStrong = best->strongShare == 0;
    out.heldOut = tried(other, best->threshold, nothingStrong, kind);
    std::vector<double> scores;
    for (const RoutingItem &item : other)
        scores.push_back(!nothingStrong && routerOf(item) >= best->threshold ? item.strong : item.weak);
    out.quality = meanScore(scores);
    return out;
}

} // namespace assay
