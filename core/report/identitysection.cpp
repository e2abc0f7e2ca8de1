// SPDX-License-Identifier: GPL-3.0-or-later
// Whether subjects are what they are said to be: a part of its own for each verification.
#include "core/compare/identity/identitycharts.h"
#include "core/compare/identity/identitytext.h"
#include "core/report/sections.h"

namespace assay {
namespace {

ReportTable asTable(IdentityTable table)
{
    return {std::move(table.title), std::move(table.header), std::move(table.rows), std::move(table.numeric)};
}

std::string sentences(const std::vector<Told> &all, const Translate &translate)
{
    std::string out;
    for (const Told &one : all)
        out += (out.empty() ? "" : " ") + one.sentence(translate);
    return out;
}

void addText(ReportSection &section, const ReportWords &words, const char *pattern, const std::vector<Told> &told)
{
    if (!told.empty())
        section.blocks.push_back(ReportParagraph{words(pattern, {sentences(told, words.translate)}), false});
}

void addTable(ReportSection &section, IdentityTable table)
{
    if (!table.rows.empty())
        section.blocks.push_back(asTable(std::move(table)));
}

void addEvidence(ReportSection &section, const ReportWords &words, const Verification &verification)
{
    for (const TierDefinition &tier : tierDefinitions()) {
        IdentityTable table = evidenceTable(verification, tier.tier, words.translate);
        if (table.rows.empty())
            continue;
        section.blocks.push_back(asTable(std::move(table)));
        section.blocks.push_back(ReportParagraph{words(ASSAY_TEXT("Report", "%1 cannot see: %2"), {tier.id, words.translate("Identity", tier.blind)}), false});
    }
}

/// Each reason for itself: together they would be one gray block.
void addReasons(ReportSection &section, const ReportWords &words, const Verdict &verdict)
{
    for (const Told &reason : verdict.reasons)
        section.blocks.push_back(ReportParagraph{words(ASSAY_TEXT("Report", "Why: %1"), {reason.sentence(words.translate)}), false});
}

void addVerification(ReportSection &section, const ReportWords &words, const Verification &verification, size_t number)
{
    const Translate &translate = words.translate;
    const Verdict &verdict = verification.verdict;
    section.blocks.push_back(ReportParagraph{verdictText(words, verification), true});
    section.blocks.push_back(ReportParagraph{errorRateText(verification, translate), false});
    if (verification.interrupted)
        section.blocks.push_back(ReportParagraph{words(ASSAY_TEXT("Report", "Broken off before its end: what stands here is what was found until then.")), false});
    addReasons(section, words, verdict);
    addText(section, words, ASSAY_TEXT("Report", "Not determined: %1"), verdict.open);
    addText(section, words, ASSAY_TEXT("Report", "What would decide: %1"), verdict.next);
    addTable(section, claimsTable(verification, translate));
    addEvidence(section, words, verification);
    for (ChartSpec &chart : identityCharts(verification, translate)) {
        if (number > 0) { // a chart's id is its own in a document
            chart.id += "_" + std::to_string(number + 1);
            chart.subtitle = verification.subject + ": " + chart.subtitle;
        }
        section.blocks.push_back(std::move(chart));
    }
    addTable(section, nearestTable(verification, translate));
    addTable(section, testsTable(verification, translate));
    addTable(section, oddsTable(verification, translate));
    addTable(section, protocolTable(verification, translate));
    addText(section, words, ASSAY_TEXT("Report", "Notes: %1"), verification.notes);
}

} // namespace

std::string verdictText(const ReportWords &words, const Verification &verification)
{
    const Verdict &verdict = verification.verdict;
    return words(ASSAY_TEXT("Report", "%1, claimed as %2: %3. %4"),
                 {verification.subject, claimTitle(verification), words.translate("Identity", verdictName(verdict.kind)), verdict.sentence.sentence(words.translate)});
}

std::vector<ReportSection> identitySections(const ReportSource &source)
{
    std::vector<ReportSection> sections;
    for (const auto &verification : source.comparison.verifications) {
        const size_t number = sections.size();
        ReportSection section{number > 0 ? "identity_" + std::to_string(number + 1) : "identity",
                              source.words(ASSAY_TEXT("Report", "Identity of %1"), {verification->subject}), {}};
        addVerification(section, source.words, *verification, number);
        sections.push_back(std::move(section));
    }
    return sections;
}

} // namespace assay
