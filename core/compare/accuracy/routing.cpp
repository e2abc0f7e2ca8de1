// SPDX-License-Identifier: GPL-3.0-or-later
// What if the cheaper subject answered most, and the reference only what looks hard?
#include "core/evaluate/statistics/routing.h"
#include "core/base/units.h"
#include "core/compare/accuracy/pairedcharts.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace assay {
namespace {

constexpr double kWantedGap = 0.8; ///< of the gap that a threshold is to recover (RouteLLM reports 20, 50 and 80 %)
constexpr size_t kBandDraws = 300;

/// The first answers of both to an item.
struct RowPair
{
    const RowChunk *firstChunk = nullptr, *secondChunk = nullptr; ///< the weak one first
    uint32_t firstRow = 0, secondRow = 0;
    Outcome first() const { return Outcome(firstChunk->outcome[firstRow]); }
    Outcome second() const { return Outcome(secondChunk->outcome[secondRow]); }
};

using FirstRows = std::unordered_map<std::string_view, std::pair<const RowChunk *, uint32_t>>;

FirstRows firstRows(const EvaluationRun &run)
{
    FirstRows rows;
    rows.reserve(run.items.size());
    for (const auto &chunk : run.items.chunks()) {
        for (uint32_t row = 0; row < chunk->size(); ++row)
            rows.emplace(chunk->id[row], std::pair(chunk.get(), row));
    }
    return rows;
}

std::vector<RowPair> pairsOf(const SuiteLedger &suite, size_t weak, size_t strong)
{
    std::vector<RowPair> pairs;
    if (!suite.has(weak) || !suite.has(strong))
        return pairs;
    const Ledger &ledger = suite.ledger;
    const FirstRows first = firstRows(ledger.run(*suite.places[weak])), second = firstRows(ledger.run(*suite.places[strong]));
    for (size_t item = 0; item < ledger.items(); ++item) {
        const auto one = first.find(ledger.id(item)), two = second.find(ledger.id(item));
        if (one != first.end() && two != second.end())
            pairs.push_back({one->second.first, two->second.first, one->second.second, two->second.second});
    }
    return pairs;
}

/// What an item costs: the same of both subjects.
struct Cost
{
    const char *label; ///< translation context "Compare"
    double (*of)(const RowChunk &chunk, size_t row);
};
constexpr Cost kSeconds{ASSAY_TEXT("Compare", "cost (seconds an item)"), [](const RowChunk &chunk, size_t row) { return chunk.seconds[row]; }};
constexpr Cost kTokens{ASSAY_TEXT("Compare", "cost (output tokens an item)"),
                       [](const RowChunk &chunk, size_t row) { return double(chunk.outputTokens[row]); }};

/// What tells that an item is hard, before or after the weak one answered.
struct Signal
{
    const char *label; ///< translation context "Compare"
    RoutingKind kind;
    double (*of)(const RowPair &pair); ///< first: the weak one
};
constexpr std::array kSignals{
    Signal{ASSAY_TEXT("Compare", "by the length of the prompt"), RoutingKind::Router,
           [](const RowPair &pair) { return double(pair.firstChunk->promptTokens[pair.firstRow]); }},
    Signal{ASSAY_TEXT("Compare", "by the length of its answer, then both are paid"), RoutingKind::Cascade,
           [](const RowPair &pair) {
               // No answer at all always goes on: to the strong one.
               const bool answered = pair.first() == Outcome::Right || pair.first() == Outcome::Wrong;
               return answered ? double(pair.firstChunk->outputTokens[pair.firstRow]) : INFINITY;
           }},
};

bool has(const std::vector<RowPair> &pairs, const Cost &cost)
{
    return std::all_of(pairs.begin(), pairs.end(), [&](const RowPair &pair) {
        return cost.of(*pair.firstChunk, pair.firstRow) > 0 && cost.of(*pair.secondChunk, pair.secondRow) > 0;
    });
}

std::vector<RoutingItem> itemsOf(const std::vector<RowPair> &pairs, const Cost &cost, const Signal &signal)
{
    std::vector<RoutingItem> items;
    for (const RowPair &pair : pairs)
        items.push_back({double(pair.first() == Outcome::Right), double(pair.second() == Outcome::Right),
                         cost.of(*pair.firstChunk, pair.firstRow), cost.of(*pair.secondChunk, pair.secondRow), signal.of(pair)});
    return items;
}

/// Nothing can be routed by what is the same of all items, as the length of an image's prompt is.
bool tellsApart(const std::vector<RoutingItem> &items)
{
    return std::ranges::any_of(items, [&](const RoutingItem &item) { return item.router != items.front().router; });
}

ChartPoint curvePoint(const ChartMaker &maker, double cost, const Estimate &quality, double share)
{
    return chartPoint(cost, quality, 1,
                      maker.words(ASSAY_TEXT("Compare", "%1; %2 to the reference"),
                                  {formatEstimate(Unit::Rate, quality), formatPercent(share)}));
}

ChartSeries curveSeries(const ChartMaker &maker, const RoutingCurve &curve, const Signal &signal, int order)
{
    ChartSeries series{maker.words(signal.label), Role::Other, order, {}};
    series.band = true;
    for (size_t i = 0; i < curve.points.size(); ++i)
        series.points.push_back(curvePoint(maker, curve.points[i].cost, curve.band[i], curve.points[i].strongShare));
    return series;
}

/// What chance would give for the same money: the straight line between the two.
ChartSeries randomSeries(const ChartMaker &maker, const RoutingCurve &curve, int order)
{
    ChartSeries series{maker.words(ASSAY_TEXT("Compare", "at random")), Role::Other, order, {}};
    series.band = true;
    for (const double share : {0.0, 1.0})
        series.points.push_back(curvePoint(maker, curve.weakCost + share * (curve.strongCost - curve.weakCost),
                                           {randomRouting(curve, share), 0, 0, curve.items, false}, share));
    return series;
}

ChartSeries oracleSeries(const ChartMaker &maker, const RoutingCurve &curve, const std::vector<RoutingItem> &items, int order)
{
    constexpr size_t kSteps = 20;
    std::vector<double> shares;
    for (size_t step = 0; step <= kSteps; ++step)
        shares.push_back(double(step) / kSteps);
    const std::vector<double> qualities = oracleRouting(items, shares);
    ChartSeries series{maker.words(ASSAY_TEXT("Compare", "the best that any could do")), Role::Other, order, {}};
    series.band = true;
    for (size_t i = 0; i < shares.size(); ++i)
        series.points.push_back(curvePoint(maker, curve.weakCost + shares[i] * (curve.strongCost - curve.weakCost),
                                           {qualities[i], 0, 0, curve.items, false}, shares[i]));
    return series;
}

ChartSeries aloneSeries(const ChartMaker &maker, size_t subject, double cost, double quality, size_t n, double share)
{
    ChartSeries series = maker.seriesOf(subject);
    series.joined = false;
    series.points.push_back(curvePoint(maker, cost, wilson(size_t(std::lround(quality * double(n))), n), share));
    return series;
}

std::string recovered(const std::optional<double> &share)
{
    return share ? threeDigits(*share) : std::string("-");
}

/// What a threshold promises is told of the half that it was not chosen on.
std::string noteOf(const ChartMaker &maker, const RoutingCurve &curve, const std::optional<HeldOutThreshold> &held)
{
    const std::string summary = maker.words(
        ASSAY_TEXT("Compare", "By the prompt's length: APGR %1, calls to the reference for half of the gap (CPT 50) %2. Bands are at 95 %."),
        {recovered(averageGapRecovered(curve)), recovered(callsToRecover(curve, 0.5))});
    if (!held)
        return summary;
    return maker.words(ASSAY_TEXT("Compare", "%1 Threshold %2 was chosen on %3 items; on the %4 others it gives %5 at a cost of %6."),
                       {summary, threeDigits(held->threshold), std::to_string(held->chosenOn), std::to_string(held->triedOn),
                        formatEstimate(Unit::Rate, held->quality), threeDigits(held->heldOut.cost)});
}

/// The point of the curve that costs no more than what may be spent.
const RoutingPoint &affordable(const RoutingCurve &curve, double cost)
{
    const RoutingPoint *best = &curve.points.front();
    for (const RoutingPoint &point : curve.points) {
        if (point.cost <= cost)
            best = &point;
    }
    return *best;
}

} // namespace

std::optional<ChartSpec> routingChart(const ChartMaker &maker, const SuiteLedger &suite, size_t subject)
{
    const Joined &joined = maker.joined;
    const std::vector<RowPair> pairs = pairsOf(suite, subject, joined.reference);
    const Cost *cost = pairs.empty() ? nullptr : has(pairs, kSeconds) ? &kSeconds : has(pairs, kTokens) ? &kTokens : nullptr;
    if (!cost)
        return std::nullopt;
    const std::vector<RoutingItem> items = itemsOf(pairs, *cost, kSignals.front());
    if (!tellsApart(items))
        return std::nullopt;
    RoutingCurve curve = routingCurve(items);
    if (curve.points.empty() || curve.strongCost <= curve.weakCost || curve.strong <= curve.weak)
        return std::nullopt; // the reference costs no more, or is no better: nothing to route
    addRoutingBand(curve, items, kBandDraws);
    const auto name = [&](size_t i) { return subjectTitle(joined.comparison.subjects[i], maker.words.translate); };
    ChartSpec chart = maker.make(("routing_" + std::to_string(subject) + suite.idEnd).c_str(),
                                 maker.words(ASSAY_TEXT("Compare", "What if %1 answered, and %2 only what looks hard"),
                                             {name(subject), name(joined.reference)}),
                                 ChartKind::Lines);
    chart.subtitle = maker.words(ASSAY_TEXT("Compare", "%1; %2 items that both answered"), {suite.suite.title, std::to_string(pairs.size())});
    chart.xLabel = maker.words(cost->label);
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "right answers"));
    chart.percent = true;
    chart.yMaximum = 1;
    chart.series = {curveSeries(maker, curve, kSignals.front(), 0)};
    const std::vector<RoutingItem> cascaded = itemsOf(pairs, *cost, kSignals.back());
    if (RoutingCurve cascade = routingCurve(cascaded, RoutingKind::Cascade); !cascade.points.empty()) {
        addRoutingBand(cascade, cascaded, kBandDraws);
        chart.series.push_back(curveSeries(maker, cascade, kSignals.back(), 1));
    }
    chart.series.push_back(randomSeries(maker, curve, 2));
    chart.series.push_back(oracleSeries(maker, curve, items, 3));
    chart.series.push_back(aloneSeries(maker, subject, curve.weakCost, curve.weak, curve.items, 0));
    chart.series.push_back(aloneSeries(maker, joined.reference, curve.strongCost, curve.strong, curve.items, 1));
    const auto held = chooseThreshold(items, kWantedGap);
    const double spend = joined.comparison.routingCost.value_or(held ? held->chosen.cost : (curve.weakCost + curve.strongCost) / 2);
    const RoutingPoint &point = affordable(curve, spend);
    chart.lines = {{spend,
                    maker.words(ASSAY_TEXT("Compare", "prompts of %1 tokens and more to %2: %3"),
                                {threeDigits(point.threshold), name(joined.reference), formatPercent(point.quality)}),
                    true, kRoutingHandle}};
    chart.note = noteOf(maker, curve, held);
    return chart;
}

} // namespace assay
