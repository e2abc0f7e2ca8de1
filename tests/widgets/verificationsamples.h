// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verification.h"

#include <cmath>

namespace assay::samples {

inline ClaimRow claimRow(const char *field, nlohmann::json claimed, nlohmann::json found, ClaimVerdict verdict, const char *reason)
{
    ClaimRow row;
    row.claim.id = field;
    row.claim.field = field;
    row.claim.claimed = std::move(claimed);
    row.field = findClaimField(field);
    row.verdict = verdict;
    if (!found.is_null())
        row.found = {{std::move(found), FoundBy::Declared, "config.json"}};
    row.reason = {reason};
    return row;
}

/// Strings of four repeats as identity.md, section 5 has them, counted by a server that counts as Qwen's tokenizer does.
inline std::vector<TokenProbe> qwenProbes()
{
    const auto probe = [](const char *id, int64_t counted, int64_t deepseek, int64_t qwen, int64_t llama, int64_t gpt) {
        return TokenProbe{id, std::string("probe ") + id, counted, {{"deepseek_v3", deepseek}, {"qwen2_5", qwen}, {"qwen3", qwen}, {"llama3_1", llama}, {"gpt4o", gpt}}};
    };
    return {probe("A", 255, 87, 255, 87, 87), probe("B", 116, 108, 116, 156, 156), probe("C", 103, 131, 103, 175, 135), probe("D", 87, 47, 87, 67, 63)};
}

/// Sold as DeepSeek-R1, counted and cut as Qwen's tokenizer does it: two channels.
inline Verification contradicted()
{
    Verification out;
    out.id = "v-contradicted";
    out.startedAt = "2026-11-22T21:38:50Z";
    out.finishedAt = "2026-11-22T21:39:41Z";
    out.subject = "vendor-full";
    out.path = "http://127.0.0.1:9/v1#r1";
    out.endpoint = true;
    out.claim = "deepseek-r1";
    out.claimTitle = "DeepSeek-R1";
    out.seed = 20261122;
    out.rules.alternatives = {"deepseek-r1-distill-qwen-7b", "deepseek-r1-distill-llama-8b"};
    out.rules.registered = {"distribution.text"};
    out.probes = qwenProbes();
    out.spent = {38, 2310, 412, 0.0123};
    Evidence usage;
    usage.tier = Tier::Tokenizer;
    usage.kind = Evidence::Kind::Contradiction;
    usage.test = "tokenizer.usage";
    usage.channel = "usage";
    usage.day = "2026-11-22";
    usage.n = 4;
    usage.what = {"The counted tokens fit %1 and not %2.", {"qwen2_5", "deepseek_v3"}};
    usage.benign = {{"A gateway may count with a tokenizer of its own."}};
    usage.raw = {"r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8"};
    usage.logRatio = -std::log(1e5);
    usage.alternative = "deepseek-r1-distill-qwen-7b";
    Evidence cut = usage;
    cut.test = "tokenizer.cutoff";
    cut.channel = "max_tokens";
    cut.logRatio.reset();
    cut.what = {"An answer of 12 tokens held 12 digits; the claimed tokenizer would hold 36."};
    Evidence text;
    text.tier = Tier::Distribution;
    text.kind = Evidence::Kind::Test;
    text.test = "distribution.text";
    text.registered = true;
    text.p = 0.0004;
    text.effect = 0.031;
    text.detectable = 0.012;
    text.effectUnit = "MMD\u00b2";
    text.n = 25;
    text.power = {{"deepseek-r1-distill-qwen-7b", 0.97}, {"deepseek-r1-distill-llama-8b", 0.62}};
    text.what = {"Texts differ from the reference's."};
    Evidence time;
    time.tier = Tier::Timing;
    time.kind = Evidence::Kind::Ratio;
    time.test = "timing.floor";
    time.logRatio = std::log(1.8);
    time.alternative = "deepseek-r1-distill-qwen-7b";
    time.n = 40;
    time.what = {"It is as slow as a large model would be."};
    out.evidence = {usage, cut, text, time};
    out.claims = {claimRow("parameters.total", "671B", nullptr, ClaimVerdict::NotTested, "An endpoint does not show its weights."),
                  claimRow("num_hidden_layers", 61, 28, ClaimVerdict::Contradicted, "28 were found, 61 are claimed."),
                  claimRow("max_position_embeddings", 163840, 163840, ClaimVerdict::Supported, "Both are the same.")};
    out.nearest = {{"deepseek-r1-distill-qwen-7b", "DeepSeek-R1-Distill-Qwen-7B", 0.94, false, {{"tokenizer: %1", {"qwen2_5"}}}, {{"context: %1", {"32768"}}}},
                   {"qwen2_5-7b", "Qwen2.5-7B", 0.71, false, {{"tokenizer: %1", {"qwen2_5"}}}, {}}};
    out.verdict = judge(out.evidence, out.rules);
    return out;
}

inline Verification verified()
{
    Verification out;
    out.id = "v-verified";
    out.startedAt = out.finishedAt = "2026-11-21T08:00:00Z";
    out.subject = "R1";
    out.path = "/models/r1";
    out.claim = "deepseek-r1";
    out.claimTitle = "DeepSeek-R1";
    out.rules.weightsHere = true;
    Evidence match;
    match.tier = Tier::Weights;
    match.kind = Evidence::Kind::Match;
    match.test = "weights.manifest";
    match.n = 163;
    match.what = {"All 163 files have the hashes of the manifest."};
    out.evidence = {match};
    out.verdict = judge(out.evidence, out.rules);
    return out;
}

inline Verification notTested()
{
    Verification out;
    out.id = "v-nothing";
    out.startedAt = out.finishedAt = "2026-11-20T08:00:00Z";
    out.subject = "vendor-full";
    out.path = "http://127.0.0.1:9/v1#r1";
    out.endpoint = true;
    out.verdict = judge(out.evidence, out.rules);
    return out;
}

/// Broken off before the registered test had enough answers.
inline Verification inconclusive()
{
    Verification out = contradicted();
    out.id = "v-inconclusive";
    out.startedAt = "2026-11-22T20:00:00Z";
    out.interrupted = true;
    Evidence few = out.evidence[2];
    few.p = 0.3;
    few.n = 4;
    few.power = {{"deepseek-r1-distill-qwen-7b", 0.2}, {"deepseek-r1-distill-llama-8b", 0.1}};
    few.what = {"Four prompts were answered before the cap was reached."};
    out.evidence = {few};
    out.probes.clear();
    out.notes = {{"The cap on requests was reached."}};
    out.verdict = judge(out.evidence, out.rules);
    return out;
}

} // namespace assay::samples
