// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report.h"

namespace assay {

/// Translates and fills in the texts of the context "Report".
struct ReportWords
{
    const Translate &translate;
    std::string operator()(const char *source, const std::vector<std::string> &arguments = {}) const;
};

/// What every section is written from.
struct ReportSource
{
    const Comparison &comparison;
    ReportWords words;
    std::vector<ComparisonRow> rows; ///< comparisonTable()
    std::vector<PairRow> pairs;      ///< pairedComparisons()
    std::vector<ReportNote> notes = {};

    std::string name(size_t subject) const { return subjectTitle(comparison.subjects[subject], words.translate); }
    std::string role(size_t subject) const { return words.translate("Role", roleName(comparison.subjects[subject].role)); }
};

/// Whether a row of the comparison table belongs to this family: "facts.", "metric.", "accuracy.", "outcomes.".
bool isOf(const ComparisonRow &row, const char *family);
/// A table whose first column is text and whose others are numbers, one a subject.
ReportTable subjectTable(const ReportSource &source, const std::string &title, const std::string &firstColumn);

/// The twin of a drawn chart, as it stands below it.
ReportTable chartTable(const ChartSpec &chart, const ReportWords &words);

ReportSection summarySection(const ReportSource &source, const std::string &verdict);
ReportSection subjectsSection(const ReportSource &source);
ReportSection resultsSection(const ReportSource &source);
ReportSection chartsSection(const ReportSource &source);
ReportSection pairsSection(const ReportSource &source);
ReportSection outcomesSection(const ReportSource &source);
ReportSection fidelitySection(const ReportSource &source);
/// One for each verification: "identity", "identity_2", ...
std::vector<ReportSection> identitySections(const ReportSource &source);
/// "NAME, claimed as CLAIM: VERDICT. ..."
std::string verdictText(const ReportWords &words, const Verification &verification);
ReportSection protocolSection(const ReportSource &source);
ReportSection environmentSection(const ReportSource &source);
ReportSection limitsSection(const ReportSource &source);
/// A row a subject and note, with the loads it holds for; no rows without notes.
ReportTable notesTable(const ReportSource &source);
ReportSection appendixSection(const ReportSource &source);

} // namespace assay
