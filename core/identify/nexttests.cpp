// SPDX-License-Identifier: GPL-3.0-or-later
// Which test would decide, and what it costs (identity.md, section 10).
#include "core/identify/judgement.h"

#include "core/base/units.h"
#include "core/identify/statistics/cleanrun.h"

namespace assay {
namespace {

constexpr double kShare = 0.05; // of substituted answers, that a clean run is to exclude

void afterContradiction(std::vector<Told> &out, bool weightsHere)
{
    if (!weightsHere)
        out.push_back({ASSAY_TEXT("Identity", "A second channel: returned token ids, the strings of log-probabilities, pieces of a stream, or where max_tokens cuts off. About 12 short requests.")});
    if (!weightsHere)
        out.push_back({ASSAY_TEXT("Identity", "The same checks on another day. They cost as much again.")});
}

void forWeights(std::vector<Told> &out)
{
    out.push_back({ASSAY_TEXT("Identity", "The publisher's manifest of SHA-256 sums. No requests; every byte is read once.")});
    out.push_back({ASSAY_TEXT("Identity", "The weights beside a trusted copy. No requests; both are read once.")});
}

void forEndpoints(std::vector<Told> &out, const std::set<Tier> &looked)
{
    const size_t before = out.size();
    if (!looked.contains(Tier::Tokenizer))
        out.push_back({ASSAY_TEXT("Identity", "Tokenizer probes over two channels (the quick size). About 30 requests, less than 3,000 tokens.")});
    if (!looked.contains(Tier::Distribution)) {
        out.push_back({ASSAY_TEXT("Identity", "Greedy tokens beside reference weights or a reference bundle: 50 prompts of 100 tokens. 50 requests, 5,000 output tokens.")});
        out.push_back({ASSAY_TEXT("Identity", "Without reference weights, texts beside those of a trusted endpoint: 25 prompts, 10 answers, 50 tokens. 250 requests and 12,500 output tokens on each side.")});
    }
    if (!looked.contains(Tier::Capability))
        out.push_back({ASSAY_TEXT("Identity", "Paired items, 40 of rare knowledge and 60 of reasoning. 100 requests; a reasoning model writes about 12,000 tokens for each of the latter.")});
    if (out.size() == before)
        out.push_back({ASSAY_TEXT("Identity", "The deep size: 200 prompts of 200 tokens, 200 knowledge items, long contexts, six times within 48 hours. About 5,000 requests and several million tokens.")});
}

} // namespace

std::vector<Told> nextTests(VerdictKind kind, const Findings &findings, const VerdictRules &rules)
{
    std::vector<Told> out;
    if (kind == VerdictKind::Verified || findings.counted || findings.declared)
        return out;
    if (kind == VerdictKind::Contradicted) {
        afterContradiction(out, rules.weightsHere || findings.channels.size() >= 2);
        return out;
    }
    if (!findings.contradictions.empty())
        afterContradiction(out, rules.weightsHere);
    if (rules.weightsHere && !findings.match)
        forWeights(out);
    if (!rules.weightsHere && (kind != VerdictKind::Consistent || !findings.looked.contains(Tier::Distribution)))
        forEndpoints(out, findings.looked);
    if (!rules.weightsHere && kind == VerdictKind::Consistent)
        out.push_back({ASSAY_TEXT("Identity", "Checks of single requests over time: %1 without a finding exclude, at 95 %, that a share of %2 or more is answered by another model."),
                       {std::to_string(cleanRunsNeeded(kShare)), formatPercent(kShare)}});
    return out;
}

} // namespace assay
