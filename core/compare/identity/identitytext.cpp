// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/identity/identitytext.h"

#include "core/base/units.h"
#include "core/compare/joined.h"

#include <array>
#include <cmath>

namespace assay {
namespace {

constexpr double kSmallestP = 0.0001; ///< below it only permutations in the millions would tell more
constexpr double kHugeOdds = 1e9;

std::string factor(double value)
{
    return value >= kHugeOdds ? "> " + groupedDigits(int64_t(kHugeOdds)) : value >= 1000 ? groupedDigits(std::llround(value)) : threeDigits(value);
}

std::string join(const std::vector<std::string> &parts, const char *between)
{
    std::string out;
    for (const std::string &part : parts)
        out += (out.empty() || part.empty() ? "" : between) + part;
    return out;
}

} // namespace

std::string evidenceKindText(Evidence::Kind kind, const Translate &translate)
{
    constexpr std::array kNames{ASSAY_TEXT("Compare", "match of weights"), ASSAY_TEXT("Compare", "contradiction"), ASSAY_TEXT("Compare", "test"),
                                ASSAY_TEXT("Compare", "likelihood ratio"), ASSAY_TEXT("Compare", "as claimed"), ASSAY_TEXT("Compare", "note")};
    return translate("Compare", kNames[size_t(kind)]);
}

std::string pText(double p)
{
    return p < kSmallestP ? "p < " + plainNumber(kSmallestP) : "p = " + threeDigits(p);
}

std::string oddsText(double odds)
{
    if (!(odds > 0) || !std::isfinite(odds))
        return "-";
    return odds >= 1 ? factor(odds) + " : 1" : "1 : " + factor(1 / odds);
}

std::string ratioText(double logRatio, const std::string &alternative, const Translate &translate)
{
    const Words words{translate};
    const std::string other = alternative.empty() ? words(ASSAY_TEXT("Compare", "another model")) : alternative;
    if (logRatio == 0)
        return words(ASSAY_TEXT("Compare", "as likely under the claim as under %1"), {other});
    const std::string times = factor(std::exp(std::abs(logRatio)));
    return logRatio > 0 ? words(ASSAY_TEXT("Compare", "%1 times likelier under the claim than under %2"), {times, other})
                        : words(ASSAY_TEXT("Compare", "%1 times likelier under %2 than under the claim"), {times, other});
}

std::string strengthText(const Evidence &evidence, const Translate &translate)
{
    const Words words{translate};
    std::vector<std::string> parts;
    if (evidence.p)
        parts.push_back(pText(*evidence.p));
    if (evidence.logRatio)
        parts.push_back(ratioText(*evidence.logRatio, evidence.alternative, translate));
    const std::string unit = evidence.effectUnit.empty() ? "" : " " + evidence.effectUnit;
    if (evidence.effect)
        parts.push_back(words(ASSAY_TEXT("Compare", "effect %1"), {threeDigits(*evidence.effect) + unit}));
    if (evidence.detectable)
        parts.push_back(words(ASSAY_TEXT("Compare", "detectable from %1"), {threeDigits(*evidence.detectable) + unit}));
    if (evidence.n > 0)
        parts.push_back("n = " + groupedDigits(evidence.n));
    return join(parts, "; ");
}

std::string errorRateText(const Verification &verification, const Translate &translate)
{
    const Words words{translate};
    const Verdict &verdict = verification.verdict;
    const std::string alpha = formatPercent(verdict.alpha);
    switch (verdict.kind) {
    case VerdictKind::Verified:
        return words(ASSAY_TEXT("Compare", "Every weight file has the published hash: no statistics, so no error rate."));
    case VerdictKind::NotTested:
        return words(ASSAY_TEXT("Compare", "Nothing was tested, so there is no error rate."));
    default:
        break;
    }
    if (verdict.tests.empty())
        return words(ASSAY_TEXT("Compare", "No statistical test was registered: contradictions here are arithmetic or counts, not probabilities. Error rate asked for: %1."), {alpha});
    return words(ASSAY_TEXT("Compare", "Error rate: of reports on honest subjects at most %1 would say CONTRADICTED by a test; %2 registered {2:test|tests}, by Holm."),
                 {alpha, std::to_string(verdict.tests.size())});
}

std::string spendingText(const Spending &spent, const Translate &translate)
{
    const Words words{translate};
    if (spent.requests == 0)
        return words(ASSAY_TEXT("Compare", "no requests"));
    std::string out = words(ASSAY_TEXT("Compare", "%1 {1:request|requests}, %2 tokens in, %3 out"),
                            {groupedDigits(spent.requests), groupedDigits(spent.promptTokens), groupedDigits(spent.outputTokens)});
    if (spent.money)
        out += words(ASSAY_TEXT("Compare", ", cost %1"), {threeDigits(*spent.money)});
    return out;
}

std::string claimTitle(const Verification &verification)
{
    const std::string &title = verification.claimTitle.empty() ? verification.claim : verification.claimTitle;
    return verification.version.empty() ? title : title + " (" + verification.version + ")";
}

const char *claimVerdictSymbol(ClaimVerdict verdict)
{
    constexpr std::array kSymbols{"\u2713", "\u2717", "\u2717\u2717", "\u21c4", "\u2013"};
    return kSymbols[size_t(verdict)];
}

const char *verdictSymbol(VerdictKind kind)
{
    constexpr std::array kSymbols{"\u2713", "\u2717", "\u2248", "?", "\u2013"};
    return kSymbols[size_t(kind)];
}

} // namespace assay
