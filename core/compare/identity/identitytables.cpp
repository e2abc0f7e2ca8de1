// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of a verification as texts: window, command line and reports read these.
#include "core/base/units.h"
#include "core/compare/identity/identitytext.h"
#include "core/compare/joined.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

std::string joined(const std::vector<Told> &sentences, const Translate &translate)
{
    std::string out;
    for (const Told &one : sentences)
        out += (out.empty() ? "" : "; ") + one.sentence(translate);
    return out;
}

/// Each place once, however many of its numbers there are.
std::string provenance(const ClaimRow &row, const Translate &translate)
{
    std::vector<std::string> places;
    for (const Found &found : row.found) {
        const std::string by = translate("Identity", foundByName(found.by));
        std::string place = found.source.empty() ? by : by + ": " + found.source;
        if (std::ranges::find(places, place) == places.end())
            places.push_back(std::move(place));
    }
    std::string out;
    for (const std::string &place : places)
        out += (out.empty() ? "" : "; ") + place;
    return out;
}

std::string nameOf(const ClaimRow &row, const Translate &translate)
{
    std::string name = row.field ? translate("Claim", row.field->label) : row.claim.field;
    if (!row.claim.version.empty())
        name += " (" + row.claim.version + ")";
    return row.claim.hardware.empty() ? name : name + ", " + row.claim.hardware;
}

std::string listed(const std::vector<std::string> &names)
{
    std::string out;
    for (const std::string &name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out.empty() ? "-" : out;
}

/// Empty texts would look like something forgotten.
std::string orDash(std::string text)
{
    return text.empty() ? "-" : text;
}

} // namespace

const std::vector<ClaimColumn> &claimColumns()
{
    static const std::vector<ClaimColumn> columns{
        {"claim", ASSAY_TEXT("Compare", "Claim"), ASSAY_TEXT("Compare", "What is claimed, and of which version"), nameOf},
        {"claimed", ASSAY_TEXT("Compare", "Claimed"), ASSAY_TEXT("Compare", "The value as the sheet has it"),
         [](const ClaimRow &row, const Translate &translate) { return orDash(row.claimedText(translate)); }},
        {"found", ASSAY_TEXT("Compare", "Found"), ASSAY_TEXT("Compare", "What was found of the subject, or of the models that the sheet names"),
         [](const ClaimRow &row, const Translate &translate) { return orDash(row.foundText(translate)); }},
        {"provenance", ASSAY_TEXT("Compare", "Provenance"), ASSAY_TEXT("Compare", "Where what was found comes from, the strongest first"),
         [](const ClaimRow &row, const Translate &translate) { return orDash(provenance(row, translate)); }},
        {"verdict", ASSAY_TEXT("Compare", "Verdict"), ASSAY_TEXT("Compare", "What became of this claim"),
         [](const ClaimRow &row, const Translate &translate) { return claimVerdictSymbol(row.verdict) + std::string(" ") + translate("Identity", claimVerdictName(row.verdict)); }},
        {"reason", ASSAY_TEXT("Compare", "Reason"), ASSAY_TEXT("Compare", "Why, in a sentence"),
         [](const ClaimRow &row, const Translate &translate) { return orDash(row.reason.sentence(translate)); }},
    };
    return columns;
}

IdentityTable claimsTable(const Verification &verification, const Translate &translate)
{
    const Words words{translate};
    IdentityTable table{"claims", words(ASSAY_TEXT("Compare", "Claims")), {}, {}, {}};
    // A page has room for five columns: why and from where stand in one.
    const std::string_view together[] = {"provenance", "reason"};
    const auto isTogether = [&](const ClaimColumn &column) { return std::ranges::find(together, std::string_view(column.id)) != std::end(together); };
    for (const ClaimColumn &column : claimColumns()) {
        if (!isTogether(column))
            table.header.push_back(words(column.title));
    }
    table.header.push_back(words(ASSAY_TEXT("Compare", "Reason, provenance")));
    table.numeric.assign(table.header.size(), false);
    for (const ClaimRow &row : verification.claims) {
        table.rows.emplace_back();
        for (const ClaimColumn &column : claimColumns()) {
            if (!isTogether(column))
                table.rows.back().push_back(column.text(row, translate));
        }
        const std::string reason = row.reason.sentence(translate), from = provenance(row, translate);
        table.rows.back().push_back(orDash(from.empty() ? reason : reason.empty() ? from : reason + " [" + from + "]"));
    }
    return table;
}

IdentityTable evidenceTable(const Verification &verification, Tier tier, const Translate &translate)
{
    const Words words{translate};
    const TierDefinition &definition = tierDefinition(tier);
    IdentityTable table{std::string("evidence.") + definition.id, definition.id + std::string(" ") + translate("Identity", definition.label),
                        {words(ASSAY_TEXT("Compare", "Kind")), words(ASSAY_TEXT("Compare", "What was found")), words(ASSAY_TEXT("Compare", "Strength")),
                         words(ASSAY_TEXT("Compare", "Harmless explanations"))},
                        {false, false, false, false},
                        {}};
    for (const Evidence &one : verification.evidence) {
        if (one.tier != tier)
            continue;
        std::string kind = evidenceKindText(one.kind, translate);
        if (one.registered)
            kind = words(ASSAY_TEXT("Compare", "%1 (registered)"), {kind});
        table.rows.push_back({kind, one.what.sentence(translate), orDash(strengthText(one, translate)), orDash(joined(one.benign, translate))});
    }
    return table;
}

IdentityTable nearestTable(const Verification &verification, const Translate &translate)
{
    const Words words{translate};
    IdentityTable table{"nearest", words(ASSAY_TEXT("Compare", "Nearest known models")),
                        {words(ASSAY_TEXT("Compare", "Model")), words(ASSAY_TEXT("Compare", "Agreement (%)")), words(ASSAY_TEXT("Compare", "Agrees")),
                         words(ASSAY_TEXT("Compare", "Differs"))},
                        {false, true, false, false},
                        {}};
    for (const NearestModel &model : verification.nearest) {
        std::string agrees = joined(model.agrees, translate);
        if (model.structureEqual)
            agrees = words(ASSAY_TEXT("Compare", "every tensor's name and shape")) + (agrees.empty() ? "" : "; " + agrees);
        table.rows.push_back({model.title.empty() ? model.profile : model.title, threeDigits(model.score * 100), orDash(agrees), orDash(joined(model.differs, translate))});
    }
    return table;
}

IdentityTable testsTable(const Verification &verification, const Translate &translate)
{
    const Words words{translate};
    IdentityTable table{"tests", words(ASSAY_TEXT("Compare", "Registered tests")),
                        {words(ASSAY_TEXT("Compare", "Test")), words(ASSAY_TEXT("Compare", "p")), words(ASSAY_TEXT("Compare", "p by Holm")),
                         words(ASSAY_TEXT("Compare", "At the error rate"))},
                        {false, true, true, false},
                        {}};
    for (const HolmRow &row : verification.verdict.tests)
        table.rows.push_back({row.test, row.made ? threeDigits(row.p) : "-", row.made ? threeDigits(row.adjusted) : "-",
                              !row.made      ? words(ASSAY_TEXT("Compare", "planned, not made"))
                              : row.rejected ? words(ASSAY_TEXT("Compare", "incompatible with the claim"))
                                             : words(ASSAY_TEXT("Compare", "not rejected"))});
    return table;
}

IdentityTable oddsTable(const Verification &verification, const Translate &translate)
{
    const Words words{translate};
    IdentityTable table{"odds", words(ASSAY_TEXT("Compare", "Odds of the claim over each alternative")),
                        {words(ASSAY_TEXT("Compare", "Alternative")), words(ASSAY_TEXT("Compare", "Prior odds")), words(ASSAY_TEXT("Compare", "Likelihood ratio")),
                         words(ASSAY_TEXT("Compare", "Posterior odds"))},
                        {false, true, true, true},
                        {}};
    const std::optional<double> &prior = verification.rules.priorOdds;
    for (const AlternativeOdds &odds : verification.verdict.odds)
        table.rows.push_back({odds.alternative, prior ? oddsText(*prior) : "-", oddsText(std::exp(odds.logRatio)), odds.posterior ? oddsText(*odds.posterior) : "-"});
    return table;
}

IdentityTable protocolTable(const Verification &verification, const Translate &translate)
{
    const Words words{translate};
    IdentityTable table{"protocol", words(ASSAY_TEXT("Compare", "How it was checked")),
                        {words(ASSAY_TEXT("Compare", "Setting")), words(ASSAY_TEXT("Compare", "Value"))},
                        {false, false},
                        {}};
    const auto add = [&](const char *what, std::string value) { table.rows.push_back({words(what), orDash(std::move(value))}); };
    const VerdictRules &rules = verification.rules;
    add(ASSAY_TEXT("Compare", "Subject"), verification.path.empty() ? verification.subject : verification.path);
    add(ASSAY_TEXT("Compare", "Claim sheet"), claimTitle(verification));
    add(ASSAY_TEXT("Compare", "Reference"), verification.reference);
    add(ASSAY_TEXT("Compare", "Size"), translate("Identity", verificationSizeName(verification.size)));
    add(ASSAY_TEXT("Compare", "Seed"), std::to_string(verification.seed));
    add(ASSAY_TEXT("Compare", "Error rate of the report"), formatPercent(rules.alpha));
    add(ASSAY_TEXT("Compare", "Power asked for"), formatPercent(rules.power));
    add(ASSAY_TEXT("Compare", "Registered tests"), listed(rules.registered));
    add(ASSAY_TEXT("Compare", "Alternatives"), listed(rules.alternatives));
    add(ASSAY_TEXT("Compare", "Mixtures"), listed(rules.mixtures));
    add(ASSAY_TEXT("Compare", "Left open"), listed(rules.leftOpen));
    add(ASSAY_TEXT("Compare", "Prior odds"), rules.priorOdds ? oddsText(*rules.priorOdds) : words(ASSAY_TEXT("Compare", "none given: no posterior is printed")));
    add(ASSAY_TEXT("Compare", "Started (UTC)"), verification.startedAt);
    add(ASSAY_TEXT("Compare", "Finished (UTC)"), verification.finishedAt);
    add(ASSAY_TEXT("Compare", "Spent"), spendingText(verification.spent, translate));
    return table;
}

} // namespace assay
