// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report.h"

namespace assay {
namespace {

/// One line of text in which nothing is markup: names come from strangers.
std::string inlineText(const std::string &text)
{
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n' || c == '\r' || c == '\t')
            out += ' ';
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            continue;
        else if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else if (std::string_view("\\`*|").find(c) != std::string_view::npos)
            out += std::string("\\") + c;
        else if (c == '(' && i > 0 && text[i - 1] == ']')
            out += "\\("; // else a name could be a link
        else
            out += c;
    }
    return out;
}

/// A paragraph that does not begin like a heading, a list, a quotation or a link's definition.
std::string paragraph(const std::string &text)
{
    const std::string line = inlineText(text);
    const bool special = !line.empty() && std::string_view("#>-+=[~").find(line.front()) != std::string_view::npos;
    return special ? "\\" + line : line;
}

std::string tableText(const ReportTable &table)
{
    std::string out;
    if (!table.title.empty())
        out += "**" + inlineText(table.title) + "**\n\n";
    std::string rule = "|";
    out += "|";
    for (size_t i = 0; i < table.header.size(); ++i) {
        out += " " + inlineText(table.header[i]) + " |";
        rule += i < table.numeric.size() && table.numeric[i] ? " ---: |" : " --- |";
    }
    out += "\n" + rule + "\n";
    for (const std::vector<std::string> &row : table.rows) {
        out += "|";
        for (const std::string &cell : row)
            out += " " + inlineText(cell) + " |";
        out += "\n";
    }
    return out + "\n";
}

std::string blockText(const Report &report, const ReportBlock &block)
{
    if (const auto *text = std::get_if<ReportParagraph>(&block))
        return (text->emphasis ? "> " + paragraph(text->text) : paragraph(text->text)) + "\n\n";
    if (const auto *table = std::get_if<ReportTable>(&block))
        return tableText(*table);
    const auto &chart = std::get<ChartSpec>(block);
    std::string out = "### " + inlineText(chart.title) + "\n\n";
    if (!chart.subtitle.empty())
        out += paragraph(chart.subtitle) + "\n\n";
    if (const auto twin = report.chartTables.find(chart.id); twin != report.chartTables.end())
        out += tableText(twin->second);
    if (!chart.note.empty())
        out += paragraph(chart.note) + "\n\n";
    return out;
}

} // namespace

std::string reportMarkdown(const Report &report)
{
    std::string out = "# " + inlineText(report.title) + "\n\n";
    for (const std::string &name : report.subjectNames)
        out += "- " + paragraph(name) + "\n";
    out += "\nAssay " + report.assayVersion + ", " + report.createdAt + "\n\n";
    for (const ReportSection &section : report.sections) {
        out += "## " + inlineText(section.title) + "\n\n";
        for (const ReportBlock &block : section.blocks)
            out += blockText(report, block);
    }
    return out;
}

} // namespace assay
