// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/evidence.h"
#include "core/identify/statistics/evalues.h"

#include <span>

namespace assay {

enum class VerdictKind : uint8_t { Verified, Contradicted, Consistent, Inconclusive, NotTested };
const char *verdictName(VerdictKind kind); ///< "VERIFIED", ...; translation context "Identity"

/// What was fixed before the first test (identity.md, section 8).
struct VerdictRules
{
    double alpha = 0.01;      ///< family error of the whole report
    double power = 0.8;       ///< that CONSISTENT asks against every listed alternative
    std::optional<double> priorOdds = {}; ///< claim over alternatives, the user's; nothing: no posterior is printed
    std::vector<std::string> registered = {};   ///< ids of the confirmatory tests
    std::vector<std::string> alternatives = {}; ///< that power is asked against
    /// Services that send some requests alone to an alternative ("10 % distilled"): the power against them is told, and what it leaves open; CONSISTENT
    /// asks none, since it is said of alternatives that answer all requests.
    std::vector<std::string> mixtures = {};
    bool weightsHere = false; ///< a local directory: what remote tests leave open is not open
    /// Alternatives that no test of the plan tells apart (other versions, precisions): told as open, no power is asked against them.
    std::vector<std::string> leftOpen = {};
};

struct HolmRow
{
    std::string test;
    double p = 1, adjusted = 1;
    bool rejected = false;
    bool made = true; ///< false: planned and not made; it counts as p = 1, so that leaving tests out does not make the others easier
};

/// Claim over one alternative: sums of capped logarithms over independent groups.
struct AlternativeOdds
{
    std::string alternative;
    double logRatio = 0;
    std::optional<double> posterior; ///< odds; only with a prior
};

struct Verdict
{
    VerdictKind kind = VerdictKind::NotTested;
    Told sentence;                ///< "full or distilled?" first
    std::vector<Told> reasons;    ///< why this kind and not another
    std::vector<Told> open;       ///< what it does not determine
    std::vector<Told> next;       ///< tests that would decide, and what they cost
    std::vector<HolmRow> tests;
    std::vector<AlternativeOdds> odds;
    double alpha = 0.01;
};

/// The judgement over all evidence (identity.md, section 8; docs/identity/statistics.md), whatever its order:
/// - contradicted: contradictions on two channels or on two days, one of tensors counted in local files or of what these declare, or a registered test that Holm rejects;
/// - verified: all weights of a local directory match a manifest, and no contradiction as above stands against that;
/// - consistent: no contradiction, no rejection, every test of the plan made, and against every alternative of the rules a test with the power asked for;
///   mixtures that would have been missed are named as open;
/// - not tested: nothing but notes; else inconclusive. Response fields and timing never decide.
Verdict judge(std::span<const Evidence> evidence, const VerdictRules &rules);

} // namespace assay
