// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/evidence.h"

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
    bool weightsHere = false; ///< a local directory: what remote tests leave open is not open
};

struct HolmRow
{
    std::string test;
    double p = 1, adjusted = 1;
    bool rejected = false;
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

/// The judgement over all evidence: contradicted needs hard contradictions on two channels or days, or a registered test that Holm
/// rejects; consistent needs none of these and the power asked for against every alternative; verified a match of all weights.
Verdict judge(std::span<const Evidence> evidence, const VerdictRules &rules);

/// e-value of a p-value for looking early: 0.5 / sqrt(p); multiplied over fresh batches of one tier, averaged over dependent tiers.
double eValue(double p);

} // namespace assay
