// SPDX-License-Identifier: GPL-3.0-or-later
// One file: no scripts, nothing loaded from anywhere; the policy in its head forbids both.
#include "core/base/text.h"
#include "core/report/report.h"

#include <algorithm>
#include <utility>

namespace assay {
namespace {

using ChartSvg = std::function<std::string(const ChartSpec &)>;

constexpr const char *kStyle = R"(
:root { color-scheme: light dark; --text: #1b1b1b; --back: #ffffff; --soft: #5f5f5f; --line: #d0d0d0; --mark: #eef4f9; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e6e6; --back: #1c1c1e; --soft: #a5a5a5; --line: #444446; --mark: #24313b; } }
body { margin: 2rem auto; max-width: 64rem; padding: 0 1rem; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
.by, figcaption, .note { color: var(--soft); } .verdict { background: var(--mark); padding: .8rem 1rem; border-radius: 4px; }
.wide { overflow-x: auto; } figure { margin: 1.5rem 0; } figure svg { max-width: 100%; height: auto; background: #ffffff; }
table { border-collapse: collapse; margin: .6rem 0 1.4rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .7rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td.n, th.n { text-align: right; white-space: nowrap; }
nav ul { columns: 2; padding-left: 1.2rem; } a { color: inherit; }
)";

std::string escaped(const std::string &text)
{
    std::string out;
    for (char c : validUtf8(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
                out += c;
        }
    }
    return out;
}

std::string cells(const std::vector<std::string> &texts, const std::vector<bool> &numeric, const char *tag)
{
    std::string out = "<tr>";
    for (size_t i = 0; i < texts.size(); ++i) {
        const bool right = i < numeric.size() && numeric[i];
        out += std::string("<") + tag + (right ? " class=\"n\">" : ">") + escaped(texts[i]) + "</" + tag + ">";
    }
    return out + "</tr>\n";
}

std::string tableHtml(const ReportTable &table)
{
    std::string out = "<div class=\"wide\"><table>\n";
    if (!table.title.empty())
        out += "<caption>" + escaped(table.title) + "</caption>\n";
    out += "<thead>" + cells(table.header, table.numeric, "th") + "</thead>\n<tbody>\n";
    for (const std::vector<std::string> &row : table.rows)
        out += cells(row, table.numeric, "td");
    return out + "</tbody></table></div>\n";
}

std::string chartHtml(const Report &report, const ChartSpec &chart, const ChartSvg &chartSvg)
{
    const std::string svg = chartSvg ? chartSvg(chart) : std::string();
    std::string out = "<figure>\n<h3>" + escaped(chart.title) + "</h3>\n<figcaption>" + escaped(chart.subtitle) + "</figcaption>\n";
    ReportTable twin;
    if (const auto it = report.chartTables.find(chart.id); it != report.chartTables.end())
        twin = it->second;
    const std::string title = std::exchange(twin.title, {});
    if (svg.empty())
        out += tableHtml(twin);
    else
        out += svg + "\n<details><summary>" + escaped(title) + "</summary>\n" + tableHtml(twin) + "</details>\n";
    if (!chart.note.empty())
        out += "<p class=\"note\">" + escaped(chart.note) + "</p>\n";
    return out + "</figure>\n";
}

std::string blockHtml(const Report &report, const ReportBlock &block, const ChartSvg &chartSvg)
{
    if (const auto *text = std::get_if<ReportParagraph>(&block))
        return (text->emphasis ? "<p class=\"verdict\">" : "<p>") + escaped(text->text) + "</p>\n";
    if (const auto *table = std::get_if<ReportTable>(&block))
        return tableHtml(*table);
    return chartHtml(report, std::get<ChartSpec>(block), chartSvg);
}

std::string headHtml(const Report &report)
{
    std::string language = report.language.empty() ? "en" : report.language;
    std::replace(language.begin(), language.end(), '_', '-');
    return "<!DOCTYPE html>\n<html lang=\"" + escaped(language)
           + "\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
           + escaped(report.title) + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n";
}

} // namespace

std::string reportHtml(const Report &report, const ChartSvg &chartSvg)
{
    std::string out = headHtml(report) + "<h1>" + escaped(report.title) + "</h1>\n<p>";
    for (size_t i = 0; i < report.subjectNames.size(); ++i)
        out += (i > 0 ? " &middot; " : "") + escaped(report.subjectNames[i]);
    out += "</p>\n<p class=\"by\">Assay " + escaped(report.assayVersion) + ", " + escaped(report.createdAt) + "</p>\n<nav><ul>\n";
    for (const ReportSection &section : report.sections)
        out += "<li><a href=\"#" + escaped(section.id) + "\">" + escaped(section.title) + "</a></li>\n";
    out += "</ul></nav>\n";
    for (const ReportSection &section : report.sections) {
        out += "<section id=\"" + escaped(section.id) + "\">\n<h2>" + escaped(section.title) + "</h2>\n";
        for (const ReportBlock &block : section.blocks)
            out += blockHtml(report, block, chartSvg);
        out += "</section>\n";
    }
    return out + "</body>\n</html>\n";
}

} // namespace assay
