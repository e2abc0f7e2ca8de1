// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/loadnotes.h"
#include "core/compare/comparison.h"
#include "core/compare/runcomparison.h"
#include "core/identify/watch/watchreading.h"

#include <functional>
#include <variant>

namespace assay {

struct ReportParagraph { std::string text; bool emphasis = false; };
struct ReportTable
{
    std::string title;
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::vector<bool> numeric; ///< per column: right-aligned
};
using ReportBlock = std::variant<ReportParagraph, ReportTable, ChartSpec>;
struct ReportSection
{
    std::string id; ///< "summary", "subjects", "results", "pairs", "protocol", "environment", "limits"
    std::string title;
    std::vector<ReportBlock> blocks;
};

/// What a reader must know of an endpoint's figures under one load before comparing them.
struct ReportNote
{
    size_t subject = 0; ///< of the comparison
    BenchPoint point;   ///< of its run
    LoadNote note;
};
/// What finds them; a caller that knows more of the client (service/provennotes.h) gives its own.
using FindNotes = std::function<std::vector<LoadNote>(const BenchRun &, const BenchPoint &)>;

/// The document behind every format: PDF (widgets/report), HTML, Markdown, CSV, JSON.
struct Report
{
    std::string title;
    std::string language; ///< "en", "zh_CN"
    std::string createdAt, assayVersion;
    std::vector<std::string> subjectNames; ///< with roles, for the cover
    std::string verdict; ///< the headline paragraph
    std::vector<ReportSection> sections;
    std::map<std::string, ReportTable> chartTables; ///< the table twin of each drawn chart, by the chart's id
    std::vector<ReportNote> notes;
    Comparison comparison; ///< the raw data
    std::optional<RunComparison> runs = {}; ///< of a report of runs
    std::optional<WatchReading> watch = {}; ///< of a report of a watch (watchreport.h)
};

/// Charts of pairs are drawn for every suite, so far as a document of some pages holds them.
Report buildReport(const Comparison &asked, const std::string &language, const Translate &translate = untranslated,
                   const FindNotes &findNotes = notesOf);

/// Of two runs or more that are set against the first of them: the sections of a comparison with a run for each subject, and
/// before them each metric's difference with its interval and what it is worth.
Report buildRunReport(const std::vector<ComparedRun> &runs, const std::string &language, const Translate &translate = untranslated,
                      const FindNotes &findNotes = notesOf);

/// Raw results and every number of the document, machine-readable; the PDF's attachment.
std::string reportJson(const Report &report);
/// One row per metric and subject: subject, role, group, metric, unit, value, low, high, n, ratio; and one per note on an
/// endpoint's load, "note.failed", whose value is the load and the sentence, and per run that a limit ended, "note.ended_at_limit".
/// Of runs one per difference, too: "difference.ttft". Of a watch one per agreed limit, "limit.VERSION.ttft", and per alarm, "change.CHECK".
std::string reportCsv(const Report &report);
std::string reportMarkdown(const Report &report);
/// One file without outside references; charts are inline SVG made by the caller (empty: their table twins only).
std::string reportHtml(const Report &report, const std::function<std::string(const ChartSpec &)> &chartSvg = {});
/// The chart's points as a table.
ReportTable tableTwin(const ChartSpec &chart, const Translate &translate = untranslated);

} // namespace assay
