// SPDX-License-Identifier: GPL-3.0-or-later
// How far subjects are from the reference that they stand for: the figures; the charts stand among the others.
#include "core/report/sections.h"

#include <algorithm>

namespace assay {

ReportSection fidelitySection(const ReportSource &source)
{
    const ReportWords &words = source.words;
    ReportSection section{"fidelity", words(ASSAY_TEXT("Report", "Fidelity")), {}};
    std::vector<ReportTable> tables;
    bool divergences = false; // or nothing but answers, which need no explanation of their own
    for (const ComparisonRow &row : source.rows) {
        if (!isOf(row, "fidelity."))
            continue;
        divergences = divergences || !row.id.starts_with("fidelity.answers.");
        // A reference and a text make a table of their own.
        if (tables.empty() || tables.back().title != row.group)
            tables.push_back(subjectTable(source, row.group, words(ASSAY_TEXT("Report", "Figure"))));
        std::vector<std::string> cells{row.label};
        for (const ComparisonCell &cell : row.cells)
            cells.push_back(cell.text);
        tables.back().rows.push_back(std::move(cells));
    }
    if (divergences)
        section.blocks.push_back(ReportParagraph{words(ASSAY_TEXT("Report", "Divergences are KL(reference || subject) of the next token in nats, at temperature 1. In brackets stand 95 % intervals with parts of "
                                   "the text taken as independent, behind \u00b1 standard errors with positions taken as independent, as llama.cpp prints them. A "
                                   "figure behind \u2265 is a lower bound: of the reference only the likeliest tokens were kept.")),
                                                 false});
    for (ReportTable &table : tables)
        section.blocks.push_back(std::move(table));
    return section;
}

} // namespace assay
