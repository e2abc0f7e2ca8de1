// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/bench/statistics.h"
#include "core/evaluate/statistics/distributions.h"
#include "core/identify/distribution/distribution.h"
#include "core/identify/statistics/conformal.h"
#include "core/identify/statistics/mixturepower.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr double kNormal80 = 0.8416212335729143, kWanted = 0.8;
constexpr size_t kPowerRuns = 200, kPowerDraws = 999, kQuantiles = 64;

std::vector<ForcedPrompt> forcedOf(std::span<const GreedyPrompt> prompts)
{
    std::vector<ForcedPrompt> out;
    for (const GreedyPrompt &prompt : prompts) {
        if (!prompt.subject.empty() && !prompt.reference.empty())
            out.push_back({prompt.subject, prompt.reference});
    }
    return out;
}

double meanOf(const std::vector<double> &values)
{
    return values.empty() ? 0 : mean(values);
}

/// Of an alternative whose prompts were not kept only mean and spread are known: quantiles of a normal distribution stand for them.
std::vector<double> differencesOf(const KnownEffect &known)
{
    if (!known.byPrompt.empty())
        return known.byPrompt;
    std::vector<double> out;
    for (size_t i = 0; i < kQuantiles; ++i)
        out.push_back(known.effect + known.spread * normalQuantile((double(i) + 0.5) / double(kQuantiles)));
    return out;
}

MixtureOfPrompts mixtureOf(const GreedyMismatch &found, const KnownEffect &known, double share)
{
    return {found.differences, differencesOf(known), found.differences.size(), share};
}

PowerSimulation simulationOf(const TestPlan &plan)
{
    return {.alpha = plan.alpha, .runs = kPowerRuns, .draws = kPowerDraws, .seed = plan.seed};
}

/// Against an alternative that answers everything, and against one that answers one request in ten.
void addPower(Evidence &out, const GreedyMismatch &found, const KnownEffect &known, const TestPlan &plan)
{
    for (const double share : {1.0, kMixtureShare}) {
        if (const auto power = mixturePower(mixtureOf(found, known, share), simulationOf(plan)))
            out.power.push_back({share < 1 ? mixtureName(known.name) : known.name, power->value});
    }
    if (const auto share = mixtureShareFound(mixtureOf(found, known, 1), kWanted, simulationOf(plan)))
        out.numbers["share_found"][known.name] = *share;
}

/// Null N1: the sign of each prompt's difference is a matter of chance.
void testSame(Evidence &out, const GreedyMismatch &found, std::span<const KnownEffect> alternatives, const TestPlan &plan)
{
    const double n = double(found.differences.size()), limit = normalQuantile(1 - plan.alpha);
    const double spread = found.differences.size() > 1 ? standardDeviation(found.differences) : 0;
    out.kind = Evidence::Kind::Test;
    out.registered = plan.registered;
    out.p = found.test.p;
    // Where nothing differs there is no spread to tell what would have been seen: the alternatives' own then is all that is known.
    if (spread > 0)
        out.detectable = (limit + kNormal80) * spread / std::sqrt(n);
    for (const KnownEffect &known : alternatives) {
        if (!known.byPrompt.empty() || known.spread > 0)
            addPower(out, found, known, plan);
    }
    out.numbers["null"] = "N1";
    if (*out.p <= plan.alpha)
        out.benign = {{ASSAY_TEXT("Identity", "another engine, device or batch than the reference's, where it was supposed to be the same"), {}},
                      {ASSAY_TEXT("Identity", "a chat template or a system prompt that the reference did not have"), {}}};
}

/// Null N2: the score among those of honest stacks.
void compareStacks(Evidence &out, double score, std::span<const double> honest)
{
    const double p = conformalP(score, honest).p;
    out.numbers["null"] = "N2";
    out.numbers["conformal"] = p;
    if (honest.size() < kLeastStacks)
        return;
    out.kind = Evidence::Kind::Test; // never a registered one: the plan's null is N1
    out.p = p;
}

} // namespace

std::string mixtureName(const std::string &alternative)
{
    return "10 % " + alternative;
}

std::vector<Told> mixtureNotes(std::span<const GreedyPrompt> prompts, std::span<const KnownEffect> alternatives, const TestPlan &plan)
{
    std::vector<Told> out;
    const GreedyMismatch found = greedyMismatch(forcedOf(prompts), {kPreviewDraws, plan.seed});
    for (const KnownEffect &known : found.differences.empty() ? std::span<const KnownEffect>() : alternatives) {
        const auto share = mixtureShareFound(mixtureOf(found, known, 1), kWanted, simulationOf(plan));
        const auto needed = mixturePromptsNeeded(mixtureOf(found, known, kMixtureShare), kWanted, simulationOf(plan));
        if (share)
            out.push_back({ASSAY_TEXT("Identity", "Of a service that sends some requests to %1 tokens at temperature 0 find a share of %2 or more in 8 of 10 cases"), {known.name, formatPercent(*share)}});
        if (needed && (!share || *share > kMixtureShare))
            out.push_back({ASSAY_TEXT("Identity", "To find one request in ten that %1 answers takes about %2 prompts at temperature 0"), {known.name, std::to_string(*needed)}});
    }
    return out;
}

KnownEffect greedyEffect(std::span<const GreedyPrompt> prompts, const std::string &name)
{
    const auto found = greedyMismatch(forcedOf(prompts), {kPreviewDraws});
    return {name, meanOf(found.differences), found.differences.size() > 1 ? standardDeviation(found.differences) : 0, found.differences};
}

Evidence greedyEvidence(std::span<const GreedyPrompt> prompts, StackKnown stack, std::span<const double> honest, std::span<const KnownEffect> alternatives,
                        const TestPlan &plan)
{
    Evidence out{.tier = Tier::Distribution, .kind = Evidence::Kind::Note, .test = "distribution.greedy", .what = {}};
    const auto forced = forcedOf(prompts);
    out.n = int64_t(forced.size());
    if (forced.empty()) {
        out.what = {ASSAY_TEXT("Identity", "No answer at temperature 0 could be read by the reference's weights"), {}};
        return out;
    }
    const GreedyMismatch found = greedyMismatch(forced, {plan.draws, plan.seed});
    out.effect = meanOf(found.differences);
    out.effectUnit = found.counted ? "tokens" : "nats";
    out.numbers = {{"mismatch_subject", found.subjectRate.value}, {"mismatch_reference", found.honestRate.value}, {"level", found.level}, {kHonestStacks, honest.size()}};
    for (const KnownEffect &known : alternatives)
        out.numbers["alternatives"][known.name] = known.effect;
    for (const double score : honest)
        out.numbers["honest"].push_back(score);
    if (stack == StackKnown::Same)
        testSame(out, found, alternatives, plan);
    else
        compareStacks(out, *out.effect, honest);
    const std::vector<std::string> figures{std::to_string(forced.size()), threeDigits(100 * found.subjectRate.value), threeDigits(100 * found.honestRate.value)};
    if (stack == StackKnown::Same)
        out.what = {ASSAY_TEXT("Identity", "Of the tokens written at temperature 0 after %1 prompts %2 % are not the reference's likeliest, %3 % of its own"), figures};
    else if (honest.size() >= kLeastStacks)
        out.what = {ASSAY_TEXT("Identity", "Of the tokens written at temperature 0 after %1 prompts %2 % are not the reference's likeliest, %3 % of its own; its score is held against those of honest stacks"), figures};
    else
        out.what = {ASSAY_TEXT("Identity", "Of the tokens written at temperature 0 after %1 prompts %2 % are not the reference's likeliest, %3 % of its own; too few honest stacks are known to say how many serving alone makes"), figures};
    return out;
}

Evidence rankEvidence(std::span<const ScoredPrompt> prompts, const TestPlan &plan)
{
    Evidence out{.tier = Tier::Distribution, .kind = Evidence::Kind::Note, .test = "distribution.ranks", .what = {}};
    const PermutationTest test = rankUniformity(prompts, {plan.draws, plan.seed});
    out.n = int64_t(test.prompts);
    if (test.prompts == 0) {
        out.what = {ASSAY_TEXT("Identity", "No answer could be scored by the reference's weights"), {}};
        return out;
    }
    out.p = test.p;
    out.kind = Evidence::Kind::Test;
    out.effect = test.statistic;
    out.effectUnit = "W^2";
    out.what = {ASSAY_TEXT("Identity", "Among answers of the reference those of the subject to %1 prompts have ranks that lie %2 from uniform ones (W^2). How likely each text is counts, not what it says"),
                {std::to_string(test.prompts), threeDigits(test.statistic)}};
    out.numbers = {{"null", "N1"}, {"draws", test.draws}};
    return out;
}

Evidence logprobEvidence(std::span<const LogprobPrompt> prompts, const TestPlan &plan)
{
    Evidence out{.tier = Tier::Distribution, .kind = Evidence::Kind::Note, .test = "distribution.logprobs", .what = {}};
    const PermutationTest test = logprobTest(prompts, {plan.draws, plan.seed});
    out.n = int64_t(test.prompts);
    if (test.prompts == 0) {
        out.what = {ASSAY_TEXT("Identity", "No log-probabilities came back for any prompt"), {}};
        return out;
    }
    out.effect = test.statistic;
    out.effectUnit = "nats";
    out.numbers = {{"draws", test.draws}};
    // Dealing answers anew says something only where a side has several.
    if (std::ranges::any_of(prompts, [](const LogprobPrompt &prompt) { return prompt.first.size() > 1 || prompt.second.size() > 1; }))
        out.numbers = {{"null", "N1"}, {"p", test.p}, {"draws", test.draws}};
    out.what = {ASSAY_TEXT("Identity", "At the first token of %1 prompts log-probabilities lie %2 nats from the reference's. Another honest server differs, too, and what comes after that token is not seen"),
                {std::to_string(test.prompts), threeDigits(test.statistic)}};
    return out;
}

} // namespace assay
