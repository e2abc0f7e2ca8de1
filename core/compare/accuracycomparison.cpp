// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/accuracycomparison.h"

#include "core/bench/jsonfields.h"
#include "core/evaluate/statistics/power.h"

#include <algorithm>
#include <set>

namespace assay {
namespace {

using nlohmann::json;
using Runs = AccuracyGroup::Runs;

std::set<std::string, std::less<>> keysOf(const EvaluationRun &run)
{
    std::set<std::string, std::less<>> out;
    for (const auto &chunk : run.items.chunks()) {
        for (size_t row = 0; row < chunk->size(); ++row)
            if (!chunk->pairKey[row].empty())
                out.emplace(chunk->pairKey[row]);
    }
    return out;
}

bool asksTheSame(const EvaluationRun &first, const EvaluationRun &second)
{
    const auto keys = keysOf(first), others = keysOf(second);
    return std::ranges::any_of(others, [&](const std::string &key) { return keys.contains(key); });
}

/// Groups in the order of their first runs.
std::vector<Runs> grouped(const Runs &runs)
{
    std::vector<Runs> out;
    for (const auto &run : runs) {
        const auto same = std::ranges::find_if(out, [&](const Runs &group) { return group.front()->protocol.suite == run->protocol.suite; });
        if (same == out.end())
            out.push_back({run});
        else
            same->push_back(run);
    }
    // Other tools call the same questions otherwise: what is alone looks for company.
    for (size_t i = 0; i < out.size(); ++i) {
        for (size_t j = i + 1; j < out.size();) {
            const bool join = out[j].size() == 1 && out[i].front()->protocol.tool != out[j].front()->protocol.tool && asksTheSame(*out[i].front(), *out[j].front());
            if (!join) {
                ++j;
                continue;
            }
            out[i].push_back(out[j].front());
            out.erase(out.begin() + ptrdiff_t(j));
        }
    }
    return out;
}

/// Items have names of their own here: ids of other suites may be the same and mean another question.
std::vector<std::string> namesOf(const Ledger &ledger)
{
    std::vector<std::string> out;
    for (size_t item = 0; item < ledger.items(); ++item)
        out.push_back(std::to_string(item));
    return out;
}

/// The subject's column of the ledger, as the statistics take it; items that it did not answer are left out.
ScoredItems columnOf(const Ledger &ledger, size_t subject, const std::vector<std::string> &names)
{
    ScoredItems out;
    std::set<uint32_t> clusters;
    const auto scores = ledger.scores(subject);
    for (size_t item = 0; item < ledger.items(); ++item) {
        if (std::isnan(scores[item]))
            continue;
        const auto outcomes = ledger.outcomes(item, subject);
        const size_t right = size_t(std::ranges::count(outcomes, uint8_t(Outcome::Right)));
        out.ids.push_back(names[item]);
        out.scores.means.push_back(scores[item]);
        out.scores.samples.push_back(ledger.samples(item, subject));
        out.right.push_back(right * 2 > outcomes.size());
        out.clusters.push_back(ledger.clusters()[item]);
        out.clustered = !clusters.insert(ledger.clusters()[item]).second || out.clustered;
        out.graded = out.graded || (scores[item] != 0 && scores[item] != 1);
    }
    return out;
}

AccuracyPair pairOf(const Ledger &ledger, size_t first, size_t second, double margin, const Translate &translate)
{
    AccuracyPair out;
    out.first = first;
    out.second = second;
    const std::vector<std::string> names = namesOf(ledger);
    out.paired = compareScored(columnOf(ledger, first, names), columnOf(ledger, second, names));
    out.standing = standingOf(out.paired.difference, margin);
    // Where no two answers differ there is no spread to reckon with.
    if (out.standing == Standing::Undecided && out.paired.means.error > 0)
        out.moreItems = moreItemsToDecide(out.paired.difference.value, out.paired.means.error, out.paired.n, margin);
    out.flips = ledger.flips(second, first);
    out.waterfall = ledger.waterfall(second, first);
    out.cards = cardDifferences(ledger.run(second), ledger.run(first), ledger.joinedBy(), translate);
    return out;
}

AccuracyGroup groupOf(Runs runs, double margin, bool everyPair, const Translate &translate)
{
    AccuracyGroup group;
    group.suite = runs.front()->protocol.suite;
    group.runs = std::move(runs);
    const Ledger ledger(group.runs);
    group.by = ledger.joinedBy();
    for (size_t i = 0; i < group.runs.size(); ++i) {
        group.accuracy.push_back(accuracyOf(group.runs[i]->items));
        group.outcomes.push_back(countOutcomes(group.runs[i]->items));
        group.samples.push_back(askedAgain(group.runs[i]->items) ? sampledRun(group.runs[i]->items) : SampledRun{});
        for (size_t j = 0; j < (everyPair ? i : std::min<size_t>(i, 1)); ++j)
            group.pairs.push_back(pairOf(ledger, i, j, margin, translate));
    }
    return group;
}

json estimateJson(const Estimate &estimate)
{
    return {{"value", finiteOrNull(estimate.value)}, {"interval", {finiteOrNull(estimate.low), finiteOrNull(estimate.high)}}, {"n", estimate.n}};
}

json outcomesJson(const OutcomeCounts &counts)
{
    json out = json::object();
    for (const Outcome outcome : kOutcomes)
        out[outcomeName(outcome)] = counts[outcome];
    return out;
}

json flipsJson(const FlipMatrix &flips)
{
    json out = json::object();
    for (const Outcome from : kOutcomes) {
        for (const Outcome to : kOutcomes) {
            if (const size_t count = flips.of[size_t(from)][size_t(to)])
                out[outcomeName(from)][outcomeName(to)] = count;
        }
    }
    return {{"reference_to_subject", out}, {"right_to_else", flips.rightToElse}, {"else_to_right", flips.elseToRight}, {"rate", flips.flipRate()}};
}

json waterfallJson(const GapWaterfall &gap)
{
    return {{"gap", gap.gap},         {"truncated", gap.truncated}, {"unparsed", gap.unparsed},
            {"refused", gap.refused}, {"error", gap.error},         {"wrong", gap.wrong}};
}

json pairJson(const AccuracyGroup &group, const AccuracyPair &pair)
{
    json cards = json::array();
    for (const CardDifference &card : pair.cards)
        cards.push_back({{"field", card.id}, {"reference", card.first}, {"subject", card.second}, {"sentence", card.sentence}});
    const PairedResult &paired = pair.paired;
    return {{"subject", group.runs[pair.first]->header.id},
            {"reference", group.runs[pair.second]->header.id},
            {"n", paired.n},
            {"both_right", paired.bothRight},
            {"only_subject", paired.onlyFirst},
            {"only_reference", paired.onlySecond},
            {"neither", paired.bothWrong},
            {"difference", estimateJson(paired.difference)},
            {"test", pairedTestName(paired.test)},
            {"p", paired.p},
            {"mcnemar_p", paired.mcnemarP},
            {"p_holm", pair.adjustedP},
            {"standing", standingName(pair.standing)},
            {"more_items", pair.moreItems ? json(*pair.moreItems) : json(nullptr)},
            {"flips", flipsJson(pair.flips)},
            {"waterfall", waterfallJson(pair.waterfall)},
            {"cards_differ", cards}};
}

} // namespace

nlohmann::json samplesJson(const SampledRun &run)
{
    const size_t k = run.most();
    if (k == 0)
        return nullptr;
    return {{"k", k},
            {"avg", estimateJson(run.average())},
            {"pass", estimateJson(run.passAt(k))},
            {"all", estimateJson(run.allOf(k))},
            {"cons", run.consensus.empty() ? json(nullptr) : estimateJson(run.agreed())},
            {"items_with_fewer", tooFewSamples(run.counts, k)}};
}

AccuracyComparison compareAccuracy(const Runs &runs, double margin, bool everyPair, const Translate &translate)
{
    AccuracyComparison out;
    out.margin = margin;
    for (Runs &group : grouped(runs)) {
        if (group.size() < 2)
            out.alone.push_back(group.front());
        else
            out.groups.push_back(groupOf(std::move(group), margin, everyPair, translate));
    }
    std::vector<double> p;
    for (const AccuracyGroup &group : out.groups)
        for (const AccuracyPair &pair : group.pairs)
            p.push_back(pair.paired.p);
    const std::vector<double> adjusted = holmAdjusted(p);
    size_t next = 0;
    for (AccuracyGroup &group : out.groups)
        for (AccuracyPair &pair : group.pairs)
            pair.adjustedP = adjusted[next++];
    return out;
}

json toJson(const AccuracyComparison &comparison)
{
    json groups = json::array(), alone = json::array();
    for (const AccuracyGroup &group : comparison.groups) {
        json runs = json::array(), pairs = json::array();
        for (size_t i = 0; i < group.runs.size(); ++i) {
            const EvaluationRun &run = *group.runs[i];
            runs.push_back({{"id", run.header.id}, {"subject", validUtf8(run.header.subject.name)}, {"tool", validUtf8(run.protocol.tool)}, {"scorer", validUtf8(run.protocol.scorer)},
                            {"accuracy", estimateJson(group.accuracy[i])}, {"outcomes", outcomesJson(group.outcomes[i])}, {"samples", samplesJson(group.samples[i])}});
        }
        for (const AccuracyPair &pair : group.pairs)
            pairs.push_back(pairJson(group, pair));
        groups.push_back({{"suite", validUtf8(group.suite)}, {"paired_by", group.by == JoinBy::ItemId ? "id" : "question"}, {"runs", runs}, {"pairs", pairs}});
    }
    for (const auto &run : comparison.alone)
        alone.push_back(run->header.id);
    return {{"margin", comparison.margin}, {"groups", groups}, {"alone", alone}};
}

} // namespace assay
