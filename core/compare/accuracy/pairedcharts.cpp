// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/accuracy/pairedcharts.h"

#include "core/base/units.h"

#include <algorithm>

namespace assay {
namespace {

std::vector<SuiteLedger> ledgersOf(const Joined &joined)
{
    std::vector<SuiteLedger> suites;
    for (const SuiteView &suite : suitesOf(joined.comparison))
        suites.push_back(ledgerOf(joined, suite));
    return suites;
}

const SuiteLedger *headlineLedger(const Joined &joined, const std::vector<SuiteLedger> &suites)
{
    const std::string name = headlineSuite(joined);
    const auto found = std::find_if(suites.begin(), suites.end(), [&](const SuiteLedger &one) { return one.suite.name == name; });
    return found == suites.end() ? nullptr : &*found;
}

std::vector<ChartSpec> answerCharts(const ChartMaker &maker, const std::vector<SuiteLedger> &suites)
{
    std::vector<ChartSpec> charts;
    if (auto forest = differenceForest(maker, suites))
        charts.push_back(std::move(*forest));
    const SuiteLedger *suite = headlineLedger(maker.joined, suites);
    for (size_t subject = 0; suite && subject < maker.joined.size(); ++subject) {
        if (subject == maker.joined.reference)
            continue;
        for (auto chart : {flipMatrix(maker, *suite, subject), gapWaterfall(maker, *suite, subject)}) {
            if (chart)
                charts.push_back(std::move(*chart));
        }
    }
    return charts;
}

} // namespace

std::string axisLabel(const Words &words, const SuiteView &suite, const std::string &axis)
{
    const auto named = suite.axes.find(axis);
    return named == suite.axes.end() || named->second == axis ? axis : words(ASSAY_TEXT("Compare", "%1 (%2)"), {axis, named->second});
}

std::string sharesText(const Words &words, const AnswerShares &shares)
{
    const double rows = double(std::max<size_t>(shares.rows, 1));
    return words(ASSAY_TEXT("Compare", "n = %1, k = %2, %3 answered, %4 truncated"),
                 {std::to_string(shares.items), std::to_string(shares.samples()), formatPercent(double(shares.answered) / rows),
                  formatPercent(double(shares.truncated) / rows)});
}

std::string accuracySentence(const Comparison &comparison, const Translate &translate)
{
    if (comparison.subjects.empty())
        return {};
    const Joined joined(comparison);
    const Words words{translate};
    const std::vector<SuiteLedger> suites = ledgersOf(joined);
    const SuiteLedger *suite = headlineLedger(joined, suites);
    std::string text;
    for (size_t subject = 0; suite && subject < joined.size(); ++subject) {
        const PairedItems items = subject == joined.reference ? PairedItems{} : pairedItems(*suite, subject, joined.reference, itemsOf(*suite));
        if (items.first.empty())
            continue;
        const ScoreDifference difference = differenceOf(items, comparison.margin);
        std::string sentence = words(ASSAY_TEXT("Compare", "%1 against %2: %3, %4 points on %5 items, margin %6."),
                                     {spokenName(comparison, subject, translate), spokenName(comparison, joined.reference, translate),
                                      translate("Standing", standingName(difference.standing)), formatPoints(difference.estimate),
                                      std::to_string(difference.estimate.n), threeDigits(comparison.margin * 100)});
        if (difference.moreItems)
            sentence = words(ASSAY_TEXT("Compare", "%1 About %2 more items would decide."),
                             {sentence, groupedDigits(int64_t(*difference.moreItems))});
        text = text.empty() ? sentence : words(ASSAY_TEXT("Compare", "%1 %2"), {text, sentence});
    }
    return text;
}

std::vector<ChartSpec> pairedAnswerCharts(const Comparison &comparison, const Translate &translate)
{
    if (comparison.subjects.empty())
        return {};
    const Joined joined(comparison);
    return answerCharts(ChartMaker{joined, Words{translate}}, ledgersOf(joined));
}

std::vector<ChartSpec> pairedCharts(const ChartMaker &maker)
{
    const Joined &joined = maker.joined;
    const std::vector<SuiteLedger> suites = ledgersOf(joined);
    std::vector<ChartSpec> charts = answerCharts(maker, suites);
    const SuiteLedger *headline = headlineLedger(joined, suites);
    for (size_t subject = 0; headline && subject < joined.size(); ++subject) {
        if (subject == joined.reference)
            continue;
        if (auto routing = routingChart(maker, *headline, subject))
            charts.push_back(std::move(*routing));
    }
    for (const SuiteLedger &suite : suites) {
        for (const std::string &axis : &suite == headline ? suite.ledger.axes() : std::vector<std::string>{}) {
            if (auto curve = differenceCurve(maker, suite, axis))
                charts.push_back(std::move(*curve));
        }
        for (ChartSpec &surface : accuracySurfaces(maker, suite))
            charts.push_back(std::move(surface));
    }
    return charts;
}

} // namespace assay
