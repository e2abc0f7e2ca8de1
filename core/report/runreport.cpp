// SPDX-License-Identifier: GPL-3.0-or-later
// The report of runs that are set against the first of them: the usual sections with a run for each subject, and what differs before them.
#include "core/report/sections.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kMostLines = 12; ///< of a forest: what the height of a figure on paper holds

Comparison comparisonOf(const std::vector<ComparedRun> &runs)
{
    Comparison comparison;
    for (const ComparedRun &run : runs) {
        ComparedSubject &subject = comparison.subjects.emplace_back();
        subject.subject = run.header().subject;
        subject.subject.name = run.name;
        subject.bench = run.bench;
        if (run.evaluation)
            subject.evaluations.push_back(run.evaluation);
    }
    return comparison;
}

std::string sentences(const std::vector<std::string> &notes)
{
    std::string out;
    for (const std::string &note : notes)
        out += (out.empty() ? "" : " ") + note;
    return out;
}

ReportTable unlikeTable(const RunComparison &runs, const ReportWords &words)
{
    ReportTable table;
    table.title = words(ASSAY_TEXT("Report", "In what the runs were not made alike"));
    table.header = {words(ASSAY_TEXT("Report", "Run")), words(ASSAY_TEXT("Report", "Setting")), words(ASSAY_TEXT("Report", "Reference")),
                    words(ASSAY_TEXT("Report", "Compared")), words(ASSAY_TEXT("Report", "What follows"))};
    table.numeric.assign(table.header.size(), false);
    for (const UnlikeSetting &setting : runs.unlike)
        table.rows.push_back({runs.names[setting.run], setting.name, setting.reference, setting.value,
                              setting.forbids ? words(ASSAY_TEXT("Report", "no number can be compared")) : std::string()});
    return table;
}

ReportTable differenceTable(const RunComparison &runs, const RunDifference &first, const ReportWords &words)
{
    ReportTable table;
    table.title = words(ASSAY_TEXT("Report", "%1 against %2: %3"), {runs.names[first.run], runs.names.front(), first.point});
    table.header = {words(ASSAY_TEXT("Report", "Metric")),     words(ASSAY_TEXT("Report", "Reference")),   words(ASSAY_TEXT("Report", "Compared")),
                    words(ASSAY_TEXT("Report", "Difference")), words(ASSAY_TEXT("Report", "In per cent")), words(ASSAY_TEXT("Report", "Interval of")),
                    words(ASSAY_TEXT("Report", "Judgement"))};
    table.numeric = {false, true, true, true, true, false, false};
    return table;
}

/// A forest of many metrics as several of a figure's height.
std::vector<ChartSpec> sheetsOf(const ChartSpec &forest)
{
    std::vector<ChartSpec> sheets;
    for (size_t begin = 0; begin < forest.categories.size(); begin += kMostLines) {
        const size_t end = std::min(begin + kMostLines, forest.categories.size());
        ChartSpec &sheet = sheets.emplace_back(forest);
        sheet.id += "." + std::to_string(sheets.size());
        sheet.categories.assign(forest.categories.begin() + ptrdiff_t(begin), forest.categories.begin() + ptrdiff_t(end));
        for (ChartSeries &series : sheet.series) {
            std::erase_if(series.points, [&](const ChartPoint &point) { return point.y < double(begin) || point.y >= double(end); });
            for (ChartPoint &point : series.points)
                point.y -= double(begin);
        }
        std::erase_if(sheet.series, [](const ChartSeries &series) { return series.points.empty(); });
    }
    return sheets;
}

ReportSection runsSection(const RunComparison &runs, const ReportWords &words)
{
    ReportSection section{"runs", words(ASSAY_TEXT("Report", "Differences of the runs")), {}};
    if (runs.unlike.empty())
        section.blocks.push_back(ReportParagraph{words(ASSAY_TEXT("Report", "The runs were made alike.")), false});
    else
        section.blocks.push_back(unlikeTable(runs, words));
    section.blocks.push_back(ReportParagraph{
        words(ASSAY_TEXT("Report", "A difference is the run's value minus the reference's, with its 95 % interval; paired where both asked the same "
                                   "prompts or repetitions. Where the interval holds no difference at all, the difference is smaller than noise.")),
        false});
    const RunDifference *first = nullptr;
    for (const RunDifference &row : runs.rows) {
        if (!first || first->run != row.run || first->point != row.point) {
            section.blocks.push_back(differenceTable(runs, row, words));
            first = &row;
        }
        std::get<ReportTable>(section.blocks.back())
            .rows.push_back({row.label, row.referenceText, row.valueText, row.absoluteText, row.percentText, row.intervalText, row.judgement});
    }
    for (const ChartSpec &forest : runs.charts) {
        for (ChartSpec &sheet : sheetsOf(forest))
            section.blocks.push_back(std::move(sheet));
    }
    return section;
}

} // namespace

Report buildRunReport(const std::vector<ComparedRun> &runs, const std::string &language, const Translate &translate, const FindNotes &findNotes)
{
    const ReportWords words{translate};
    Report report = buildReport(comparisonOf(runs), language, translate, findNotes);
    report.runs = compareRuns(runs, translate);
    report.title = words(ASSAY_TEXT("Report", "Comparison of runs"));
    report.subjectNames = report.runs->names;
    report.verdict = sentences(report.runs->notes);
    if (!report.sections.empty() && report.sections.front().id == "summary")
        report.sections.front().blocks.front() = ReportParagraph{report.verdict, true};
    ReportSection section = runsSection(*report.runs, words);
    for (const ReportBlock &block : section.blocks) {
        if (const auto *chart = std::get_if<ChartSpec>(&block))
            report.chartTables[chart->id] = chartTable(*chart, words);
    }
    report.sections.insert(report.sections.begin() + std::min<ptrdiff_t>(1, ptrdiff_t(report.sections.size())), std::move(section));
    return report;
}

} // namespace assay
