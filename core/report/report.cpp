// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/report/sections.h"

namespace assay {

std::string ReportWords::operator()(const char *source, const std::vector<std::string> &arguments) const
{
    return fillIn(translate("Report", source), arguments);
}

bool isOf(const ComparisonRow &row, const char *family)
{
    // What servers tell of their memory stands beside what was measured of others'.
    return row.id.starts_with("facts.memory.") ? std::string_view(family) == "metric." : row.id.starts_with(family);
}

ReportTable subjectTable(const ReportSource &source, const std::string &title, const std::string &firstColumn)
{
    ReportTable table;
    table.title = title;
    table.header = {firstColumn};
    table.numeric = {false};
    for (size_t i = 0; i < source.comparison.subjects.size(); ++i) {
        table.header.push_back(source.name(i));
        table.numeric.push_back(true);
    }
    return table;
}

ReportTable chartTable(const ChartSpec &chart, const ReportWords &words)
{
    ReportTable twin = tableTwin(chart, words.translate);
    twin.title = words(ASSAY_TEXT("Report", "Values of the chart"));
    return twin;
}

namespace {

std::vector<ReportNote> allNotes(const Comparison &comparison, const FindNotes &findNotes)
{
    std::vector<ReportNote> notes;
    for (size_t i = 0; i < comparison.subjects.size(); ++i) {
        const auto &bench = comparison.subjects[i].bench;
        if (!bench || bench->requests.empty())
            continue;
        for (const BenchPoint &point : pointsOf(bench->plan)) {
            for (LoadNote &note : findNotes(*bench, point))
                notes.push_back({i, point, std::move(note)});
        }
    }
    return notes;
}

} // namespace

Report buildReport(const Comparison &asked, const std::string &language, const Translate &translate, const FindNotes &findNotes)
{
    Comparison comparison = asked;
    comparison.everySuite = true; // nobody can choose one on paper
    const ReportSource source{comparison, ReportWords{translate}, comparisonTable(comparison, translate),
                              pairedComparisons(comparison, translate), allNotes(comparison, findNotes)};
    Report report;
    report.title = source.words(ASSAY_TEXT("Report", "Comparison of models"));
    report.language = language;
    report.createdAt = utcNow();
    report.assayVersion = ASSAY_VERSION;
    report.verdict = headline(comparison, translate);
    report.notes = source.notes;
    report.comparison = comparison;
    for (size_t i = 0; i < comparison.subjects.size(); ++i)
        report.subjectNames.push_back(source.words(ASSAY_TEXT("Report", "%1 (%2)"), {source.name(i), source.role(i)}));
    report.sections = {summarySection(source, report.verdict),
                       subjectsSection(source),
                       resultsSection(source),
                       chartsSection(source),
                       pairsSection(source),
                       outcomesSection(source),
                       fidelitySection(source)};
    std::ranges::move(identitySections(source), std::back_inserter(report.sections));
    for (auto *make : {protocolSection, environmentSection, limitsSection, appendixSection})
        report.sections.push_back(make(source));
    for (const ReportSection &section : report.sections) {
        for (const ReportBlock &block : section.blocks) {
            if (const auto *chart = std::get_if<ChartSpec>(&block))
                report.chartTables[chart->id] = chartTable(*chart, source.words);
        }
    }
    std::erase_if(report.sections, [](const ReportSection &section) { return section.blocks.empty(); });
    return report;
}

} // namespace assay
