// SPDX-License-Identifier: GPL-3.0-or-later
// The sections that say what was found: summary, subjects, results, charts, pairs, outcomes.
#include "core/base/units.h"
#include "core/compare/joined.h"
#include "core/report/sections.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

/// The rows that the summary shows of each subject.
constexpr std::array kKeyRows{"run.dtype", "metric.ttft", "metric.tpot", "metric.throughput", "metric.pass_time", "metric.input_speed", "metric.memory.tensor_peak"};

/// What a load changes, of generation and of passes.
constexpr std::array kTimedMetrics{"ttft", "tpot", "throughput"};
constexpr std::array kPassMetrics{"pass_time", "pass_time.p95", "input_speed"};

/// One table a group: label, then a column a subject.
void addGroupTables(const ReportSource &source, const char *family, ReportSection &section)
{
    ReportTable table;
    std::string group;
    for (const ComparisonRow &row : source.rows) {
        if (!isOf(row, family))
            continue;
        if (row.group != group) {
            if (!table.rows.empty())
                section.blocks.push_back(std::move(table));
            group = row.group;
            table = subjectTable(source, group, group);
        }
        std::vector<std::string> cells{row.label};
        for (const ComparisonCell &cell : row.cells)
            cells.push_back(cell.text);
        table.rows.push_back(std::move(cells));
    }
    if (!table.rows.empty())
        section.blocks.push_back(std::move(table));
}

ReportTable ratioTable(const ReportSource &source)
{
    const size_t reference = std::min(source.comparison.reference, source.comparison.subjects.size() - 1);
    ReportTable table = subjectTable(source, source.words(ASSAY_TEXT("Report", "Ratios to %1"), {source.name(reference)}),
                                     source.words(ASSAY_TEXT("Report", "Metric")));
    for (const ComparisonRow &row : source.rows) {
        const auto has = [](const ComparisonCell &cell) { return cell.ratio.has_value(); };
        if (std::none_of(row.cells.begin(), row.cells.end(), has))
            continue;
        std::vector<std::string> cells{row.label};
        for (const ComparisonCell &cell : row.cells)
            cells.push_back(cell.ratio ? threeDigits(*cell.ratio) : "-");
        table.rows.push_back(std::move(cells));
    }
    return table;
}

/// The timed metrics under every load, where there is more than one.
ReportTable loadsTable(const ReportSource &source)
{
    const ReportWords &words = source.words;
    std::vector<BenchPoint> points;
    for (const ComparedSubject &subject : source.comparison.subjects) {
        for (const BenchPoint &point : countedPoints(subject)) {
            if (std::find(points.begin(), points.end(), point) == points.end())
                points.push_back(point);
        }
    }
    std::sort(points.begin(), points.end());
    ReportTable table = subjectTable(source, words(ASSAY_TEXT("Report", "Every load")), words(ASSAY_TEXT("Report", "Load")));
    table.header.insert(table.header.begin() + 1, words(ASSAY_TEXT("Report", "Metric")));
    table.numeric.insert(table.numeric.begin() + 1, false);
    for (const BenchPoint &point : points.size() > 1 ? points : std::vector<BenchPoint>{}) {
        for (const char *id : point.isPass() ? kPassMetrics : kTimedMetrics) {
            const MetricDefinition &metric = *findMetric(id);
            std::vector<std::string> cells{comparedText(source.comparison, point, words.translate), words.translate("Metric", metric.label)};
            for (const ComparedSubject &subject : source.comparison.subjects) {
                const std::vector<MetricValue> values = subject.bench ? metricsAt(*subject.bench, point) : std::vector<MetricValue>{};
                const MetricValue *value = findValue(values, id);
                cells.push_back(value ? formatEstimate(metric.unit, value->estimate) : "-");
            }
            table.rows.push_back(std::move(cells));
        }
    }
    return table;
}

ReportTable keyTable(const ReportSource &source)
{
    const ReportWords &words = source.words;
    ReportTable table = subjectTable(source, words(ASSAY_TEXT("Report", "Key figures")), words(ASSAY_TEXT("Report", "Figure")));
    std::vector<std::string> roles{words(ASSAY_TEXT("Report", "Role"))};
    for (size_t i = 0; i < source.comparison.subjects.size(); ++i)
        roles.push_back(source.role(i));
    table.rows.push_back(std::move(roles));
    for (const ComparisonRow &row : source.rows) {
        const bool whole = isOf(row, "accuracy.") && std::count(row.id.begin(), row.id.end(), '.') == 1;
        const bool key = std::any_of(kKeyRows.begin(), kKeyRows.end(), [&](const char *id) { return row.id == id; });
        if (!whole && !key)
            continue;
        std::vector<std::string> cells{whole ? words(ASSAY_TEXT("Report", "Accuracy: %1"), {row.label}) : row.label};
        for (const ComparisonCell &cell : row.cells)
            cells.push_back(cell.text);
        table.rows.push_back(std::move(cells));
    }
    return table;
}

ReportTable findingsTable(const ReportSource &source)
{
    const ReportWords &words = source.words;
    ReportTable table;
    table.title = words(ASSAY_TEXT("Report", "Findings"));
    table.header = {words(ASSAY_TEXT("Report", "Subject")), words(ASSAY_TEXT("Report", "Severity")),
                    words(ASSAY_TEXT("Report", "Finding"))};
    table.numeric = {false, false, false};
    for (size_t i = 0; i < source.comparison.subjects.size(); ++i) {
        const auto &facts = source.comparison.subjects[i].facts;
        for (const Finding &finding : facts ? facts->findings : std::vector<Finding>{})
            table.rows.push_back({source.name(i), words.translate("Severity", severityName(definitionOf(finding.code).severity)),
                                  finding.sentence(words.translate)});
    }
    return table;
}

ReportTable originTable(const ReportSource &source)
{
    const ReportWords &words = source.words;
    ReportTable table;
    table.title = words(ASSAY_TEXT("Report", "Where the subjects come from"));
    table.header = {words(ASSAY_TEXT("Report", "Subject")), words(ASSAY_TEXT("Report", "Role")),
                    words(ASSAY_TEXT("Report", "Path")), words(ASSAY_TEXT("Report", "Fingerprint of the structure"))};
    table.numeric = {false, false, false, false};
    for (size_t i = 0; i < source.comparison.subjects.size(); ++i) {
        const SubjectRef &subject = source.comparison.subjects[i].subject;
        table.rows.push_back({source.name(i), source.role(i), subject.path, subject.fingerprint});
    }
    return table;
}

} // namespace

ReportSection summarySection(const ReportSource &source, const std::string &verdict)
{
    ReportSection section{"summary", source.words(ASSAY_TEXT("Report", "Summary")), {}};
    section.blocks.push_back(ReportParagraph{verdict, true});
    if (std::string standing = accuracySentence(source.comparison, source.words.translate); !standing.empty())
        section.blocks.push_back(ReportParagraph{std::move(standing), false});
    for (const auto &verification : source.comparison.verifications)
        section.blocks.push_back(ReportParagraph{verdictText(source.words, *verification), true});
    for (const std::string &warning : comparisonWarnings(source.comparison, source.words.translate))
        section.blocks.push_back(ReportParagraph{source.words(ASSAY_TEXT("Report", "Note: %1"), {warning}), false});
    if (!source.comparison.subjects.empty())
        section.blocks.push_back(keyTable(source));
    return section;
}

ReportSection subjectsSection(const ReportSource &source)
{
    ReportSection section{"subjects", source.words(ASSAY_TEXT("Report", "Subjects")), {}};
    if (source.comparison.subjects.empty())
        return section;
    section.blocks.push_back(originTable(source));
    addGroupTables(source, "facts.", section);
    ReportTable findings = findingsTable(source);
    if (!findings.rows.empty())
        section.blocks.push_back(std::move(findings));
    return section;
}

ReportSection resultsSection(const ReportSource &source)
{
    ReportSection section{"results", source.words(ASSAY_TEXT("Report", "Results")), {}};
    if (source.comparison.subjects.empty())
        return section;
    section.blocks.push_back(ReportParagraph{
        source.words(ASSAY_TEXT("Report", "Intervals are at 95 %: order statistics for medians, Wilson for rates. A value without an "
                                          "interval has too few samples for one; n tells how many.")),
        false});
    if (const std::optional<BenchPoint> point = sharedPoint(source.comparison))
        section.blocks.push_back(ReportParagraph{source.words(ASSAY_TEXT("Report", "Speed and memory are those under this load: %1."),
                                                              {comparedText(source.comparison, *point, source.words.translate)}),
                                                 false});
    addGroupTables(source, "metric.", section);
    addGroupTables(source, "accuracy.", section);
    addGroupTables(source, "samples.", section);
    if (ReportTable loads = loadsTable(source); !loads.rows.empty())
        section.blocks.push_back(std::move(loads));
    ReportTable ratios = ratioTable(source);
    if (!ratios.rows.empty() && source.comparison.subjects.size() > 1)
        section.blocks.push_back(std::move(ratios));
    return section;
}

ReportSection chartsSection(const ReportSource &source)
{
    ReportSection section{"charts", source.words(ASSAY_TEXT("Report", "Charts")), {}};
    for (ChartSpec &chart : comparisonCharts(source.comparison, source.words.translate)) {
        if (chart.missing.empty())
            section.blocks.push_back(std::move(chart));
        else
            section.blocks.push_back(
                ReportParagraph{source.words(ASSAY_TEXT("Report", "%1: not drawn. %2"), {chart.title, chart.missing}), false});
    }
    return section;
}

ReportSection pairsSection(const ReportSource &source)
{
    const ReportWords &words = source.words;
    ReportSection section{"pairs", words(ASSAY_TEXT("Report", "Item by item")), {}};
    if (source.pairs.empty())
        return section;
    section.blocks.push_back(ReportParagraph{
        words(ASSAY_TEXT("Report", "Two subjects answered the same items. The difference of their accuracies is in percentage points, "
                                   "first minus second, with Newcombe's interval for paired proportions; p is McNemar's exact test on "
                                   "the items that only one of them has right. Of repeated samples, graded scores and clusters "
                                   "it is a permutation test, which changes signs of the items' or clusters' differences.")),
        false});
    section.blocks.push_back(ReportParagraph{
        words(ASSAY_TEXT("Report", "The verdict is on the first: better when its interval lies above 0, not inferior above the margin of -%1 points, inferior below it, else "
                                   "undecided. Items to tell apart: how many it takes to show a difference of this size with a power of 80 %.")
              ,{threeDigits(source.comparison.margin * 100)}),
        false});
    ReportTable table;
    table.header = {words(ASSAY_TEXT("Report", "Suite")),       words(ASSAY_TEXT("Report", "First")),
                    words(ASSAY_TEXT("Report", "Second")),      words(ASSAY_TEXT("Report", "n")),
                    words(ASSAY_TEXT("Report", "Both right")),  words(ASSAY_TEXT("Report", "Only first")),
                    words(ASSAY_TEXT("Report", "Only second")), words(ASSAY_TEXT("Report", "Neither")),
                    words(ASSAY_TEXT("Report", "Difference")),  words(ASSAY_TEXT("Report", "p")),
                    words(ASSAY_TEXT("Report", "Items to tell apart")), words(ASSAY_TEXT("Report", "Verdict"))};
    table.numeric = {false, false, false, true, true, true, true, true, true, true, true, false};
    for (const PairRow &pair : source.pairs) {
        const PairedResult &result = pair.result;
        table.rows.push_back({pair.suite, source.name(pair.first), source.name(pair.second), std::to_string(result.n),
                              std::to_string(result.bothRight), std::to_string(result.onlyFirst), std::to_string(result.onlySecond),
                              std::to_string(result.bothWrong), pair.difference, pair.p,
                              pair.itemsToTell ? groupedDigits(int64_t(*pair.itemsToTell)) : "-", pair.verdict});
    }
    section.blocks.push_back(std::move(table));
    return section;
}

ReportSection outcomesSection(const ReportSource &source)
{
    ReportSection section{"outcomes", source.words(ASSAY_TEXT("Report", "Outcomes")), {}};
    addGroupTables(source, "outcomes.", section);
    if (!section.blocks.empty())
        section.blocks.insert(
            section.blocks.begin(),
            ReportParagraph{source.words(ASSAY_TEXT("Report", "What became of the items. Unparsed: an answer that the suite's rule does "
                                                              "not find. Truncated: the output ended at its limit or while thinking. "
                                                              "Error: no output. All of them count as not right.")),
                            false});
    return section;
}

} // namespace assay
