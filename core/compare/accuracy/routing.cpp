// SPDX-License-Identifier: GPL-3.0-or-later
// What if the cheaper subject answered most, and the reference only what looks hard?
#include "core/base/units.h"
#include "core/compare/accuracy/pairedcharts.h"
#include "core/evaluate/statistics/routing.h"
#include "core/evaluate/suite.h"

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

/// What asking costs. Runs of other tools often tell neither time nor tokens: then it is counted how often the reference is asked.
struct Cost
{
    const char *label, *promise; ///< translation context "Compare"; the second as noteOf fills it
    double (*of)(const RowChunk &chunk, size_t row, bool strong);
};
constexpr const char *kAtCost = ASSAY_TEXT("Compare", "%1 Threshold %2 was chosen on %3 items; on the %4 others it gives %5 at a cost of %6.");
constexpr std::array kCosts{
    Cost{ASSAY_TEXT("Compare", "cost (seconds an item)"), kAtCost, [](const RowChunk &chunk, size_t row, bool) { return chunk.seconds[row]; }},
    Cost{ASSAY_TEXT("Compare", "cost (output tokens an item)"), kAtCost,
         [](const RowChunk &chunk, size_t row, bool) { return double(chunk.outputTokens[row]); }},
};
constexpr Cost kCalls{ASSAY_TEXT("Compare", "calls to the reference (share of items)"),
                      ASSAY_TEXT("Compare", "%1 Threshold %2 was chosen on %3 items; on the %4 others it gives %5 with %6 of a call an item."),
                      [](const RowChunk &, size_t, bool strong) { return strong ? 1.0 : 0.0; }};

double questionLength(const RowPair &pair)
{
    const auto axis = pair.firstChunk->axes.find(kQuestionLength);
    const double length = axis == pair.firstChunk->axes.end() ? 0 : axis->second[pair.firstRow];
    return std::isnan(length) ? 0 : length;
}

/// What tells that an item is hard, before or after the weak one answered.
struct Signal
{
    const char *label, *threshold; ///< translation context "Compare"
    RoutingKind kind;
    double (*of)(const RowPair &pair); ///< first: the weak one
};
constexpr std::array kRouters{
    Signal{ASSAY_TEXT("Compare", "by the length of the prompt"), ASSAY_TEXT("Compare", "prompts of %1 tokens and more to %2: %3"), RoutingKind::Router,
           [](const RowPair &pair) { return double(pair.firstChunk->promptTokens[pair.firstRow]); }},
    Signal{ASSAY_TEXT("Compare", "by the length of the question"), ASSAY_TEXT("Compare", "questions of %1 characters and more to %2: %3"),
           RoutingKind::Router, questionLength},
};
constexpr Signal kAnswerLength{ASSAY_TEXT("Compare", "by the length of its answer, then both are paid"), nullptr, RoutingKind::Cascade,
                               [](const RowPair &pair) {
                                   // No answer at all always goes on: to the strong one.
                                   const bool answered = pair.first() == Outcome::Right || pair.first() == Outcome::Wrong;
                                   return answered ? double(pair.firstChunk->outputTokens[pair.firstRow]) : INFINITY;
                               }};

const Cost &toldCost(const std::vector<RowPair> &pairs)
{
    for (const Cost &cost : kCosts) {
        const bool told = std::ranges::all_of(pairs, [&](const RowPair &pair) {
            return cost.of(*pair.firstChunk, pair.firstRow, false) > 0 && cost.of(*pair.secondChunk, pair.secondRow, true) > 0;
        });
        if (told)
            return cost;
    }
    return kCalls;
}

std::vector<RoutingItem> itemsOf(const std::vector<RowPair> &pairs, const Cost &cost, const Signal &signal)
{
    std::vector<RoutingItem> items;
    for (const RowPair &pair : pairs)
        items.push_back({double(pair.first() == Outcome::Right), double(pair.second() == Outcome::Right),
                         cost.of(*pair.firstChunk, pair.firstRow, false), cost.of(*pair.secondChunk, pair.secondRow, true), signal.of(pair)});
    return items;
}

/// Nothing can be routed by what is the same of all items, as the length of an image's prompt is.
bool tellsApart(const std::vector<RowPair> &pairs, const Signal &signal)
{
    return std::ranges::any_of(pairs, [&](const RowPair &pair) { return signal.of(pair) != signal.of(pairs.front()); });
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

std::string recovered(const Estimate &share)
{
    return share.hasInterval ? threeDigits(share.value) + " [" + threeDigits(share.low) + ", " + threeDigits(share.high) + "]" : threeDigits(share.value);
}

/// What the curve shows, in words. By the order of RoutingWorth.
constexpr std::array kWorth{
    ASSAY_TEXT("Compare", "Routing by that length does better than chance: APGR %1, where chance gives 0.5. Calls to the reference for half of the gap (CPT 50): %2. Bands and intervals are at 95 %."),
    ASSAY_TEXT("Compare", "Routing by that length cannot be told from chance: APGR %1, where chance gives 0.5. Calls to the reference for half of the gap (CPT 50): %2. Bands and intervals are at 95 %."),
    ASSAY_TEXT("Compare", "Routing by that length does worse than chance: APGR %1, where chance gives 0.5. Calls to the reference for half of the gap (CPT 50): %2. Bands and intervals are at 95 %."),
};

/// What a threshold promises is told of the half that it was not chosen on.
std::string noteOf(const ChartMaker &maker, const RoutingCurve &curve, const Cost &cost, const std::optional<HeldOutThreshold> &held)
{
    const std::string summary = maker.words(kWorth[size_t(routingWorth(curve))], {recovered(curve.recovered), recovered(callsToRecover(curve, 0.5))});
    if (!held)
        return summary;
    return maker.words(cost.promise,
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
    const auto router = std::ranges::find_if(kRouters, [&](const Signal &signal) { return tellsApart(pairs, signal); });
    if (router == kRouters.end())
        return std::nullopt;
    const Cost &cost = toldCost(pairs);
    const std::vector<RoutingItem> items = itemsOf(pairs, cost, *router);
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
    chart.xLabel = maker.words(cost.label);
    chart.yLabel = maker.words(ASSAY_TEXT("Compare", "right answers"));
    chart.percent = true;
    chart.yMaximum = 1;
    chart.series = {curveSeries(maker, curve, *router, 0)};
    if (tellsApart(pairs, kAnswerLength)) {
        const std::vector<RoutingItem> cascaded = itemsOf(pairs, cost, kAnswerLength);
        RoutingCurve cascade = routingCurve(cascaded, RoutingKind::Cascade);
        addRoutingBand(cascade, cascaded, kBandDraws);
        chart.series.push_back(curveSeries(maker, cascade, kAnswerLength, 1));
    }
    chart.series.push_back(randomSeries(maker, curve, 2));
    chart.series.push_back(oracleSeries(maker, curve, items, 3));
    chart.series.push_back(aloneSeries(maker, subject, curve.weakCost, curve.weak, curve.items, 0));
    chart.series.push_back(aloneSeries(maker, joined.reference, curve.strongCost, curve.strong, curve.items, 1));
    const auto held = chooseThreshold(items, kWantedGap);
    const double spend = joined.comparison.routingCost.value_or(held ? held->chosen.cost : (curve.weakCost + curve.strongCost) / 2);
    const RoutingPoint &point = affordable(curve, spend);
    chart.lines = {{spend,
                    maker.words(router->threshold,
                                {threeDigits(point.threshold), name(joined.reference), formatPercent(point.quality)}),
                    true, kRoutingHandle}};
    chart.note = noteOf(maker, curve, cost, held);
    return chart;
}

} // namespace assay
