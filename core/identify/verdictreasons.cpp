// SPDX-License-Identifier: GPL-3.0-or-later
// Why a verdict is what it is, and what it leaves open.
#include "core/identify/judgement.h"

#include "core/base/units.h"

#include <algorithm>

namespace assay {
namespace {

void addOnce(std::vector<Told> &out, const Told &told)
{
    if (!told.empty() && std::find(out.begin(), out.end(), told) == out.end())
        out.push_back(told);
}

void addContradictions(std::vector<Told> &out, const Findings &findings)
{
    for (const Evidence *one : findings.contradictions)
        addOnce(out, one->what);
    if (!findings.contradictions.empty() && !findings.agreeing.empty())
        out.push_back({ASSAY_TEXT("Identity", "Channels disagree: %1 found what is claimed, %2 did not."),
                       {listed({findings.agreeing.begin(), findings.agreeing.end()}), listed({findings.channels.begin(), findings.channels.end()})}});
    if (!findings.contradictions.empty() && !findings.decisive())
        out.push_back({ASSAY_TEXT("Identity", "One channel on one day can be wrong for a harmless reason; two of either are needed.")});
    for (const Evidence *one : findings.weak)
        addOnce(out, one->what);
    if (!findings.weak.empty())
        out.push_back({ASSAY_TEXT("Identity", "Response fields and timing weigh by their likelihood ratio only and never decide.")});
}

void addTests(std::vector<Told> &out, const Findings &findings, const VerdictRules &rules)
{
    for (const HolmRow &row : findings.tests) {
        const std::vector<std::string> arguments{row.test, threeDigits(row.p), threeDigits(row.adjusted), formatPercent(rules.alpha)};
        if (!row.made)
            out.push_back({ASSAY_TEXT("Identity", "%1 was planned and not made."), {row.test}});
        else if (row.rejected)
            out.push_back({ASSAY_TEXT("Identity", "%1 rejects the claim: p %2, %3 after Holm's correction, at most %4 is asked."), arguments});
        else
            out.push_back({ASSAY_TEXT("Identity", "%1 does not reject the claim: p %2, %3 after Holm's correction, at most %4 would."), arguments});
    }
}

void addPower(std::vector<Told> &out, const Findings &findings, const VerdictRules &rules)
{
    for (const AlternativePower &one : findings.power) {
        if (!one.asked)
            out.push_back({ASSAY_TEXT("Identity", "Nothing here could have told the claim from %1."), {one.alternative}});
        else
            out.push_back({ASSAY_TEXT("Identity", "%1 would have been found with a probability of %2; %3 is asked."),
                           {one.alternative, formatPercent(one.value), formatPercent(rules.power)}});
    }
    if (findings.power.empty() && !findings.weightsAsClaimed)
        out.push_back({ASSAY_TEXT("Identity", "No alternative was named that power could be asked against.")});
}

} // namespace

std::vector<Told> reasonsOf(VerdictKind kind, const Findings &findings, const VerdictRules &rules)
{
    std::vector<Told> out;
    if (findings.match)
        addOnce(out, findings.match->what);
    addContradictions(out, findings);
    addTests(out, findings, rules);
    if (kind == VerdictKind::Consistent || kind == VerdictKind::Inconclusive)
        addPower(out, findings, rules);
    return out;
}

std::vector<Told> openAfter(VerdictKind kind, const Findings &findings, const VerdictRules &rules)
{
    std::vector<Told> out;
    if (kind == VerdictKind::NotTested)
        return out;
    for (const Evidence *one : findings.contradictions) {
        for (const Told &benign : one->benign)
            addOnce(out, benign);
    }
    if (kind == VerdictKind::Contradicted)
        out.push_back({ASSAY_TEXT("Identity", "Why it is so: the data do not tell a mistake from an intention.")});
    if (kind == VerdictKind::Verified)
        out.push_back({ASSAY_TEXT("Identity", "How the model is served elsewhere: the match is of these files.")});
    if (kind != VerdictKind::Consistent && kind != VerdictKind::Inconclusive)
        return out;
    for (const AlternativePower &one : findings.missedMixtures(rules.power))
        out.push_back({ASSAY_TEXT("Identity", "Whether some requests go elsewhere: %1 would have been found with a probability of %2."), {one.alternative, formatPercent(one.value)}});
    if (!rules.leftOpen.empty())
        out.push_back({ASSAY_TEXT("Identity", "Nothing here tells it from %1."), {listed(rules.leftOpen)}});
    if (!rules.weightsHere && !findings.looked.contains(Tier::Distribution))
        out.push_back({ASSAY_TEXT("Identity", "Version, precision and fine-tuning: no distribution was compared with a reference.")});
    if (rules.weightsHere && !findings.match)
        out.push_back({ASSAY_TEXT("Identity", "Whether the values are the publisher's: nothing was held against a manifest.")});
    if (!rules.weightsHere)
        out.push_back({ASSAY_TEXT("Identity", "Other times and other requests: what answers them may differ from what answered these.")});
    return out;
}

} // namespace assay
