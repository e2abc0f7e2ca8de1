// SPDX-License-Identifier: GPL-3.0-or-later
// What a verdict is made of; for this room's own files.
#pragma once

#include "core/identify/verdict.h"

#include <set>

namespace assay {

/// The highest power that a test of the plan, or a check that found things as claimed, had against an alternative.
struct AlternativePower
{
    std::string alternative;
    double value = 0;
    bool asked = false; ///< whether anything was said of it
};

/// All evidence, sorted so that the order in which it came says nothing.
struct Findings
{
    std::vector<const Evidence *> contradictions; ///< of tiers that decide
    std::vector<const Evidence *> weak;           ///< contradictions of tiers that do not
    std::set<std::string> channels, days;         ///< of contradictions
    std::set<std::string> agreeing;               ///< channels that found a contradicted tier as claimed
    std::set<Tier> looked;                        ///< tiers with more than notes
    const Evidence *counted = nullptr;            ///< a contradiction by tensors of local files
    const Evidence *declared = nullptr;           ///< a contradiction by what local files declare of themselves
    const Evidence *match = nullptr;
    bool weightsAsClaimed = false;                ///< tensors were counted and fit the claim
    std::vector<HolmRow> tests;
    std::vector<AlternativePower> power;          ///< by the alternatives of the rules
    std::vector<AlternativePower> mixtures;       ///< by their mixtures

    bool decisive() const { return counted || declared || channels.size() >= 2 || days.size() >= 2; }
    bool rejected() const;
    std::vector<std::string> missed(double power) const; ///< alternatives without the power asked for
    std::vector<AlternativePower> missedMixtures(double power) const;
};

Findings findingsOf(std::span<const Evidence> evidence, const VerdictRules &rules);
/// The registered tests with Holm's adjusted p-values; a test that came more than once counts by Bonferroni over its runs.
std::vector<HolmRow> holmFamily(std::span<const Evidence> evidence, const VerdictRules &rules);
/// The lowest first: those that the data speak for most.
std::vector<AlternativeOdds> oddsOf(std::span<const Evidence> evidence, const std::optional<double> &priorOdds);

std::vector<Told> reasonsOf(VerdictKind kind, const Findings &findings, const VerdictRules &rules);
Told sentenceOf(VerdictKind kind, const Findings &findings, const VerdictRules &rules);
std::vector<Told> openAfter(VerdictKind kind, const Findings &findings, const VerdictRules &rules);
std::vector<Told> nextTests(VerdictKind kind, const Findings &findings, const VerdictRules &rules);

/// "a, b, c"
std::string listed(const std::vector<std::string> &words);

} // namespace assay
