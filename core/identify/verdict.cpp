// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/verdict.h"

#include "core/identify/judgement.h"

#include <algorithm>

namespace assay {
namespace {

VerdictKind kindOf(const Findings &findings, const VerdictRules &rules)
{
    if (findings.looked.empty())
        return VerdictKind::NotTested;
    // Bytes that are a manifest's and yet contradict the claim: one of the two is about another model.
    if (findings.match)
        return findings.decisive() ? VerdictKind::Inconclusive : VerdictKind::Verified;
    if (findings.decisive() || findings.rejected())
        return VerdictKind::Contradicted;
    // A plan that was broken off has found less than it promised, whatever the part that was made says.
    const bool unmade = std::ranges::any_of(findings.tests, [](const HolmRow &row) { return !row.made; });
    if (!findings.contradictions.empty() || unmade || !findings.missed(rules.power).empty())
        return VerdictKind::Inconclusive;
    // Where no alternative is named nothing could have been missed, nor found, but what is counted here.
    return !findings.power.empty() || findings.weightsAsClaimed ? VerdictKind::Consistent : VerdictKind::Inconclusive;
}

} // namespace

Verdict judge(std::span<const Evidence> evidence, const VerdictRules &rules)
{
    const Findings findings = findingsOf(evidence, rules);
    Verdict out;
    out.kind = kindOf(findings, rules);
    out.alpha = rules.alpha;
    out.tests = findings.tests;
    out.odds = oddsOf(evidence, rules.priorOdds);
    out.sentence = sentenceOf(out.kind, findings, rules);
    out.reasons = reasonsOf(out.kind, findings, rules);
    out.open = openAfter(out.kind, findings, rules);
    out.next = nextTests(out.kind, findings, rules);
    return out;
}

} // namespace assay
