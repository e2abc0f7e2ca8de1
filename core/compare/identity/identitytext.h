// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verification.h"

#include <string>
#include <vector>

namespace assay {

/// Phrases that window, command line and reports say alike of what a verification found; translation context "Compare".

/// "match", "contradiction", "test", "likelihood ratio", "as claimed", "note".
std::string evidenceKindText(Evidence::Kind kind, const Translate &translate = untranslated);
/// "p = 0.0123; n = 50; effect 0.031, detectable 0.02 logits": how strong it is, in the words that its kind allows; empty where it has no strength.
std::string strengthText(const Evidence &evidence, const Translate &translate = untranslated);
/// "20 times likelier under the claim than under X", or the other way round, from a natural logarithm.
std::string ratioText(double logRatio, const std::string &alternative, const Translate &translate = untranslated);
/// Odds as "20 : 1" or "1 : 20".
std::string oddsText(double odds);
/// "p = 0.0123", "p < 0.0001".
std::string pText(double p);
/// At what error rate the verdict was made, in one sentence; a match of weights has none.
std::string errorRateText(const Verification &verification, const Translate &translate = untranslated);
/// What was asked of an endpoint: "38 requests, 2,310 tokens in, 412 out; 0.02"; of a directory that nothing was.
std::string spendingText(const Spending &spent, const Translate &translate = untranslated);
/// "deepseek-r1 (full)": the claim sheet's title with the version it was held against.
std::string claimTitle(const Verification &verification);

/// A table of texts, the same in window, command line and reports.
struct IdentityTable
{
    std::string id, title;
    std::vector<std::string> header;
    std::vector<bool> numeric; ///< per column
    std::vector<std::vector<std::string>> rows;
};

/// A column of the claims table.
struct ClaimColumn
{
    const char *id;      ///< "claim", "claimed", "found", "provenance", "verdict", "reason"
    const char *title;   ///< translation context "Compare", like the next
    const char *meaning;
    std::string (*text)(const ClaimRow &row, const Translate &translate);
};
const std::vector<ClaimColumn> &claimColumns();
/// A symbol beside the word of a row's verdict, so that colour is never alone: "✓", "✗", ...
const char *claimVerdictSymbol(ClaimVerdict verdict);
const char *verdictSymbol(VerdictKind kind);

IdentityTable claimsTable(const Verification &verification, const Translate &translate = untranslated);
IdentityTable evidenceTable(const Verification &verification, Tier tier, const Translate &translate = untranslated);
IdentityTable nearestTable(const Verification &verification, const Translate &translate = untranslated);
/// The registered tests with what Holm makes of them.
IdentityTable testsTable(const Verification &verification, const Translate &translate = untranslated);
/// Prior odds, likelihood ratio and posterior odds apart, a row an alternative.
IdentityTable oddsTable(const Verification &verification, const Translate &translate = untranslated);
/// What was fixed before: sheet, version, reference, size, seed, error rate, tests, alternatives, time, spending.
IdentityTable protocolTable(const Verification &verification, const Translate &translate = untranslated);

} // namespace assay
