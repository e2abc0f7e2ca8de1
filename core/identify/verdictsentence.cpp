// SPDX-License-Identifier: GPL-3.0-or-later
// The one sentence of a verdict: "full or distilled?" first, of the data and never of people.
#include "core/identify/judgement.h"

#include "core/base/units.h"

namespace assay {
namespace {

std::string joined(const std::set<std::string> &words)
{
    return listed({words.begin(), words.end()});
}

Told contradicted(const Findings &findings, const VerdictRules &rules)
{
    if (findings.counted)
        return {ASSAY_TEXT("Identity", "Full or distilled? Not as claimed: the tensors in these files are incompatible with the claim.")};
    if (findings.declared)
        return {ASSAY_TEXT("Identity", "Full or distilled? Not as claimed: what these files declare of themselves is incompatible with the claim.")};
    if (findings.channels.size() >= 2)
        return {ASSAY_TEXT("Identity", "Full or distilled? Not as claimed: the data are incompatible with the claim on %1 independent channels (%2)."),
                {std::to_string(findings.channels.size()), joined(findings.channels)}};
    if (findings.days.size() >= 2)
        return {ASSAY_TEXT("Identity", "Full or distilled? Not as claimed: the data are incompatible with the claim on %1 days (%2)."),
                {std::to_string(findings.days.size()), joined(findings.days)}};
    std::vector<std::string> tests;
    for (const HolmRow &row : findings.tests) {
        if (row.rejected)
            tests.push_back(row.test);
    }
    return {ASSAY_TEXT("Identity", "Full or distilled? Not as claimed: the data are incompatible with the claim (%1), at an error rate of %2 for the whole report."),
            {listed(tests), formatPercent(rules.alpha)}};
}

Told consistent(const Findings &findings, const VerdictRules &rules)
{
    if (findings.power.empty())
        return {ASSAY_TEXT("Identity", "Full or distilled? As claimed, as far as it can be counted: the tensors in these files fit the claim.")};
    const std::vector<std::string> arguments{std::to_string(findings.power.size()), formatPercent(rules.power)};
    const bool versionOpen = !rules.leftOpen.empty() || (!rules.weightsHere && !findings.looked.contains(Tier::Distribution));
    if (versionOpen)
        return {ASSAY_TEXT("Identity", "Full or distilled? As claimed, as far as these tests see: nothing contradicts it, and each of %1 {1:alternative|alternatives} would have been found with a probability of at least %2. Version or precision is not determined."),
                arguments};
    if (!findings.missedMixtures(rules.power).empty())
        return {ASSAY_TEXT("Identity", "Full or distilled? As claimed, as far as these tests see: nothing contradicts it, and each of %1 {1:alternative|alternatives} that answers all requests would have been found with a probability of at least %2. That some requests go elsewhere is not excluded."),
                arguments};
    return {ASSAY_TEXT("Identity", "Full or distilled? As claimed, as far as these tests see: nothing contradicts it, and each of %1 {1:alternative|alternatives} would have been found with a probability of at least %2."),
            arguments};
}

Told inconclusive(const Findings &findings, const VerdictRules &rules)
{
    if (findings.match)
        return {ASSAY_TEXT("Identity", "Full or distilled? Not decided: the weights match the manifest, and yet the claim is contradicted; one of the two is about another model.")};
    if (!findings.contradictions.empty())
        return {ASSAY_TEXT("Identity", "Full or distilled? Not decided: the claim was contradicted on one channel and one day only.")};
    const std::vector<std::string> missed = findings.missed(rules.power);
    if (!missed.empty())
        return {ASSAY_TEXT("Identity", "Full or distilled? Not decided: nothing contradicts the claim, but these tests could have missed %1."), {listed(missed)}};
    return {ASSAY_TEXT("Identity", "Full or distilled? Not decided: nothing contradicts the claim, but no test here could have found another model.")};
}

} // namespace

std::string listed(const std::vector<std::string> &words)
{
    std::string out;
    for (const std::string &word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out;
}

Told sentenceOf(VerdictKind kind, const Findings &findings, const VerdictRules &rules)
{
    switch (kind) {
    case VerdictKind::Verified:
        return {ASSAY_TEXT("Identity", "Full or distilled? As claimed: all weights match the manifest.")};
    case VerdictKind::Contradicted:
        return contradicted(findings, rules);
    case VerdictKind::Consistent:
        return consistent(findings, rules);
    case VerdictKind::Inconclusive:
        return inconclusive(findings, rules);
    case VerdictKind::NotTested:
        break;
    }
    return {ASSAY_TEXT("Identity", "Full or distilled? Not tested: nothing was looked at that could tell.")};
}

} // namespace assay
