// SPDX-License-Identifier: GPL-3.0-or-later
// How strong the evidence is: power, effects, likelihood ratios.
#include "core/base/units.h"
#include "core/compare/identity/chartparts.h"
#include "core/compare/identity/identitytext.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay {
namespace {

ChartSpec forest(const char *id, const std::string &title, const std::string &subtitle, const std::string &xLabel, const std::string &yLabel)
{
    ChartSpec chart;
    chart.id = id;
    chart.title = title;
    chart.subtitle = subtitle;
    chart.xLabel = xLabel;
    chart.yLabel = yLabel;
    chart.kind = ChartKind::Forest;
    return chart;
}

size_t placeOf(std::vector<std::string> &names, const std::string &name)
{
    const auto found = std::ranges::find(names, name);
    if (found != names.end())
        return size_t(found - names.begin());
    names.push_back(name);
    return names.size() - 1;
}

ChartSeries &seriesOf(ChartSpec &chart, const std::string &name)
{
    const auto found = std::ranges::find(chart.series, name, &ChartSeries::name);
    if (found != chart.series.end())
        return *found;
    chart.series.push_back({name, Role::Other, int(chart.series.size()), {}});
    return chart.series.back();
}

ChartPoint markAt(double x, size_t line, int64_t n, std::string label)
{
    ChartPoint point;
    point.x = x;
    point.y = double(line);
    point.n = size_t(std::max<int64_t>(n, 0));
    point.label = std::move(label);
    return point;
}

/// A line an alternative, a marker a test: what it would have seen, were that so.
std::optional<ChartSpec> powerChart(const Verification &verification, const Words &words)
{
    const double asked = verification.rules.power;
    ChartSpec chart = forest("identity_power", words(ASSAY_TEXT("Compare", "Power against each alternative")),
                             words(ASSAY_TEXT("Compare", "chance to reject the claim if the alternative were so, at an error rate of %1"), {formatPercent(verification.rules.alpha)}),
                             words(ASSAY_TEXT("Compare", "power (%)")), words(ASSAY_TEXT("Compare", "alternative")));
    chart.categories = verification.rules.alternatives; // those that nothing has power against stand there empty
    chart.lines = {{0, {}, true, {}}, {asked * 100, words(ASSAY_TEXT("Compare", "asked: %1"), {formatPercent(asked)}), true, {}}, {100, {}, true, {}}};
    for (const Evidence &one : verification.evidence) {
        for (const Power &power : one.power) {
            if (!std::isfinite(power.value))
                continue;
            const size_t line = placeOf(chart.categories, power.alternative);
            std::string label = formatPercent(power.value);
            if (one.n > 0)
                label += ", n = " + groupedDigits(one.n);
            ChartPoint point = markAt(power.value * 100, line, one.n, std::move(label));
            if (power.value < asked)
                point.mark = words(ASSAY_TEXT("Compare", "too little"));
            seriesOf(chart, one.test).points.push_back(std::move(point));
        }
    }
    if (chart.series.empty())
        return std::nullopt;
    chart.note = words(ASSAY_TEXT("Compare", "A test that lies left of the line says little when it does not reject: CONSISTENT asks for more."));
    return chart;
}

/// Effects of all tests on one scale: as multiples of what 80 % power would have seen.
std::optional<ChartSpec> effectChart(const Verification &verification, const Words &words)
{
    ChartSpec chart = forest("identity_effects", words(ASSAY_TEXT("Compare", "Effects beside what would have been seen")),
                             words(ASSAY_TEXT("Compare", "1 is the smallest effect that each test sees with the power asked for")),
                             words(ASSAY_TEXT("Compare", "effect / detectable effect")), words(ASSAY_TEXT("Compare", "test")));
    chart.lines = {{0, {}, true, {}}, {1, words(ASSAY_TEXT("Compare", "detectable")), true, {}}};
    for (const Evidence &one : verification.evidence) {
        if (!one.effect || !one.detectable || !(*one.detectable > 0) || !std::isfinite(*one.effect))
            continue;
        const std::string unit = one.effectUnit.empty() ? "" : " " + one.effectUnit;
        std::string label = words(ASSAY_TEXT("Compare", "effect %1, detectable from %2"), {threeDigits(*one.effect) + unit, threeDigits(*one.detectable) + unit});
        if (one.p)
            label += ", " + pText(*one.p);
        const size_t line = placeOf(chart.categories, one.test);
        seriesOf(chart, tierDefinition(one.tier).id).points.push_back(markAt(*one.effect / *one.detectable, line, one.n, std::move(label)));
    }
    return chart.series.empty() ? std::nullopt : std::optional(std::move(chart));
}

/// Orders of magnitude for and against the claim, capped as they are counted.
std::optional<ChartSpec> ratioChart(const Verification &verification, const Words &words)
{
    ChartSpec chart = forest("identity_ratios", words(ASSAY_TEXT("Compare", "Weight of the evidence")),
                             words(ASSAY_TEXT("Compare", "likelihood of the claim over each alternative, before it is capped")),
                             words(ASSAY_TEXT("Compare", "powers of ten")), words(ASSAY_TEXT("Compare", "evidence")));
    chart.lines = {{0, words(ASSAY_TEXT("Compare", "says nothing")), true, {}}};
    for (const Evidence &one : verification.evidence) {
        if (!one.logRatio || !std::isfinite(*one.logRatio))
            continue;
        const TierDefinition &tier = tierDefinition(one.tier);
        std::string label = ratioText(*one.logRatio, one.alternative, words.translate);
        if (tier.cap > 0 && std::abs(*one.logRatio) > std::log(tier.cap))
            label += words(ASSAY_TEXT("Compare", "; counts as %1"), {groupedDigits(std::llround(tier.cap))});
        const std::string name = one.alternative.empty() ? one.test : one.test + ": " + one.alternative;
        const size_t line = placeOf(chart.categories, name);
        seriesOf(chart, tier.id).points.push_back(markAt(*one.logRatio / std::numbers::ln10, line, one.n, std::move(label)));
    }
    if (chart.series.empty())
        return std::nullopt;
    chart.note = words(ASSAY_TEXT("Compare", "To the right speaks for the claim. Evidence of tiers that depend on each other counts once; the prior odds are not in it."));
    return chart;
}

} // namespace

std::vector<ChartSpec> identityCharts(const Verification &verification, const Translate &translate)
{
    const Words words{translate};
    std::vector<ChartSpec> out;
    for (auto *make : {probeCounts, probeFit, powerChart, effectChart, ratioChart}) {
        if (auto chart = make(verification, words))
            out.push_back(std::move(*chart));
    }
    return out;
}

} // namespace assay
