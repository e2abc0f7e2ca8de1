// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report.h"
#include "widgets/report/pdfflow.h"
#include "widgets/report/pdftype.h"

#include <QCoreApplication>

namespace assay {

/// An entry of the table of contents.
struct PdfEntry
{
    QString title;
    size_t page = 0; ///< of the body, from 0
};

/// Lays the parts of a report out. The report must outlive the flows.
class PdfSections
{
    Q_DECLARE_TR_FUNCTIONS(assay::PdfReport)
public:
    PdfSections(const Report &report, const PdfType &type) : m_report(report), m_type(type) {}

    void cover(PdfFlow &flow) const;
    void contents(PdfFlow &flow, const std::vector<PdfEntry> &entries, size_t firstPage) const;
    std::vector<PdfEntry> body(PdfFlow &flow);

private:
    void section(PdfFlow &flow, const ReportSection &section);
    void text(PdfFlow &flow, const QString &content, PdfText kind, double after) const;
    void inRows(PdfFlow &flow, std::vector<const ChartSpec *> waiting);
    void charts(PdfFlow &flow, const std::vector<const ChartSpec *> &row);
    void subjects(PdfFlow &flow) const;

    const Report &m_report;
    const PdfType &m_type;
    int m_figures = 0;
};

} // namespace assay
