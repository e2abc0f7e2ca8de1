// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"
#include "core/evaluate/statistics/randombits.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace assay {

/// What sending an item to a weak or to a strong subject means, by item (evaluation.md 5).
struct RoutingItem
{
    double weak = 0, strong = 0;         ///< scores
    double weakCost = 0, strongCost = 0; ///< in any one unit
    double router = 0;                   ///< the higher, the rather it should go to the strong one; not finite: it goes there
};

enum class RoutingKind : uint8_t {
    Router,  ///< each item goes to one of the two
    Cascade, ///< the weak one is asked first; where that does not suffice the strong one is paid for as well (FrugalGPT)
};

/// One threshold: items whose router's value reaches it go to the strong subject.
struct RoutingPoint
{
    double threshold = 0; ///< infinite: everything goes to the weak one
    double strongShare = 0, quality = 0, cost = 0;
};

struct RoutingCurve
{
    size_t items = 0;
    double weak = 0, strong = 0; ///< mean scores by themselves
    double weakCost = 0, strongCost = 0;
    std::vector<RoutingPoint> points; ///< from all weak to all strong, by rising share
    std::vector<Estimate> band;       ///< of each point's quality, 95 %, by a bootstrap of the items with the thresholds as they are
    /// averageGapRecovered() with its 95 % interval of the same draws: what the curve gains over the straight line of chance varies,
    /// the gap that it is divided by is the observed one, so 0.5 lies outside exactly where that gain is told from 0. No interval
    /// below 6 items; n is 0 without a gap, or before addRoutingBand().
    Estimate recovered;
};

/// Curve over the distinct values of the router; with more than `most`, over so many quantiles of it. No points without items, or
/// where a score or cost is not finite.
RoutingCurve routingCurve(std::span<const RoutingItem> items, RoutingKind kind = RoutingKind::Router, size_t most = 200);
/// Fills `band` and `recovered`. The same seed gives the same.
void addRoutingBand(RoutingCurve &curve, std::span<const RoutingItem> items, size_t draws = 1000, uint64_t seed = kStatisticsSeed);

/// Quality of sending a share of the items to the strong one by chance: the straight line.
double randomRouting(const RoutingCurve &curve, double strongShare);
/// The best that any router could do with each of these shares: the items that gain most go to the strong one, none that lose.
std::vector<double> oracleRouting(std::span<const RoutingItem> items, std::span<const double> strongShares);

/// Performance gap recovered: (quality - weak) / (strong - weak). Nothing where the strong one is not better.
std::optional<double> gapRecovered(const RoutingCurve &curve, double quality);
/// Its mean over the shares (RouteLLM's APGR, by trapezoids); may exceed 1 where each is better on some items.
std::optional<double> averageGapRecovered(const RoutingCurve &curve);
/// Whether a router is better than chance, by the interval of what it recovers (chance: 0.5).
enum class RoutingWorth : uint8_t { Better, NotTold, Worse };
RoutingWorth routingWorth(const RoutingCurve &curve);
/// RouteLLM's CPT: the smallest share of strong calls that recovers this part (0 to 1) of the gap, interpolated linearly between
/// points. Nothing where it is never recovered or there is no gap.
std::optional<double> callsToRecover(const RoutingCurve &curve, double part);

/// A threshold that was chosen on one half of the items and tried on the other.
struct HeldOutThreshold
{
    double threshold = 0;
    RoutingPoint chosen;  ///< what it did on the half that it was chosen on
    RoutingPoint heldOut; ///< what it does on the other: the figure to report
    Estimate quality;     ///< of that, with its interval
    size_t chosenOn = 0, triedOn = 0;
};
/// The threshold with the smallest cost that recovers this part of the gap on the first half. The halves are drawn by seed. Nothing
/// where that half has no gap to recover or never recovers so much of it, or below 4 items.
std::optional<HeldOutThreshold> chooseThreshold(std::span<const RoutingItem> items, double part, RoutingKind kind = RoutingKind::Router,
                                                uint64_t seed = kStatisticsSeed);

} // namespace assay
