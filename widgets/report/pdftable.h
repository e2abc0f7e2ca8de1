// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report.h"
#include "widgets/report/pdfflow.h"
#include "widgets/report/pdftype.h"

namespace assay {

/// Puts a table into the flow: cells wrapped, never cut; the header again on every page; a row that is taller than
/// a page goes on on the next; columns that do not fit side by side follow as further tables with the first
/// column repeated.
void flowTable(PdfFlow &flow, const PdfType &type, const ReportTable &table);

/// Which columns stand side by side, and how wide. Exposed for tests of the arithmetic: minimum and preferred
/// widths in, one list of widths for each part, the first column in every part.
struct PdfColumns
{
    std::vector<size_t> columns;
    std::vector<double> widths;
};
std::vector<PdfColumns> distributeColumns(const std::vector<double> &least, const std::vector<double> &preferred,
                                          double width);

} // namespace assay
