// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/accuracy/pairedcharts.h"

#include "core/base/units.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kMostPairs = 12; ///< that are drawn where every suite is: a report is to be read

const SuiteLedger *headlineLedger(const Joined &joined, const std::vector<SuiteLedger> &suites)
{
    const std::string name = headlineSuite(joined);
    const auto found = std::find_if(suites.begin(), suites.end(), [&](const SuiteLedger &one) { return one.suite.name == name; });
    return found == suites.end() ? nullptr : &*found;
}

/// One a suite, the headline's first.
std::vector<SuiteLedger> ledgersOf(const Joined &joined)
{
    std::vector<SuiteLedger> suites;
    for (const SuiteView &suite : suitesOf(joined.comparison))
        suites.push_back(ledgerOf(joined, suite));
    if (const SuiteLedger *headline = headlineLedger(joined, suites)) {
        const auto place = suites.begin() + (headline - suites.data());
        std::rotate(suites.begin(), place, place + 1);
        for (size_t i = 1; i < suites.size(); ++i)
            suites[i].idEnd = "_" + suites[i].suite.name;
    }
    return suites;
}

/// A subject that is set against the reference on a suite.
struct Pair
{
    const SuiteLedger *suite;
    size_t subject;
};
struct ShownPairs
{
    std::vector<Pair> pairs;
    size_t leftOut = 0;
};

ShownPairs shownPairs(const Joined &joined, const std::vector<SuiteLedger> &suites)
{
    ShownPairs out;
    const bool all = joined.comparison.everySuite;
    for (const SuiteLedger &suite : suites) {
        for (size_t subject = 0; subject < joined.size() && suite.has(joined.reference); ++subject) {
            if (subject == joined.reference || !suite.has(subject))
                continue;
            if (all && out.pairs.size() >= kMostPairs)
                ++out.leftOut;
            else
                out.pairs.push_back({&suite, subject});
        }
        if (!all)
            break;
    }
    return out;
}

void add(std::vector<ChartSpec> &charts, std::optional<ChartSpec> chart)
{
    if (chart)
        charts.push_back(std::move(*chart));
}

std::vector<ChartSpec> answerCharts(const ChartMaker &maker, const std::vector<SuiteLedger> &suites, const ShownPairs &shown)
{
    std::vector<ChartSpec> charts;
    if (auto forest = differenceForest(maker, suites)) {
        if (shown.leftOut > 0)
            forest->note = maker.words(ASSAY_TEXT("Compare", "%1 What became of the same questions is drawn for the first %2 pairs of subjects and suites; %3 more "
                                                             "are in the table of pairs."),
                                       {forest->note, std::to_string(shown.pairs.size()), std::to_string(shown.leftOut)});
        charts.push_back(std::move(*forest));
    }
    for (const Pair &pair : shown.pairs) {
        add(charts, flipMatrix(maker, *pair.suite, pair.subject));
        add(charts, gapWaterfall(maker, *pair.suite, pair.subject));
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
    const std::vector<SuiteLedger> suites = ledgersOf(joined);
    return answerCharts(ChartMaker{joined, Words{translate}}, suites, shownPairs(joined, suites));
}

std::vector<ChartSpec> pairedCharts(const ChartMaker &maker)
{
    const Joined &joined = maker.joined;
    const std::vector<SuiteLedger> suites = ledgersOf(joined);
    const ShownPairs shown = shownPairs(joined, suites);
    std::vector<ChartSpec> charts = answerCharts(maker, suites, shown);
    for (const Pair &pair : shown.pairs)
        add(charts, routingChart(maker, *pair.suite, pair.subject));
    for (const SuiteLedger &suite : suites) {
        const bool curves = joined.comparison.everySuite || suite.idEnd.empty();
        for (const std::string &axis : curves ? suite.ledger.axes() : std::vector<std::string>{})
            add(charts, differenceCurve(maker, suite, axis));
        for (ChartSpec &surface : accuracySurfaces(maker, suite))
            charts.push_back(std::move(surface));
    }
    return charts;
}

} // namespace assay
