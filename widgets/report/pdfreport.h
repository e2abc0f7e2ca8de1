// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report.h"

#include <QByteArray>
#include <QPageSize>

#include <memory>

namespace assay {

/// The report as a PDF document: cover, contents, numbered sections with text, tables and charts as vectors, page
/// numbers, embedded fonts; the raw results are attached as results.json. Made in small steps, so that a window can
/// go on living between them. In the thread of the QApplication, since charts are drawn by widgets.
class PdfReport
{
public:
    /// rawResults: reportJson(report). The report must outlive this.
    PdfReport(const Report &report, const std::string &rawResults, QPageSize::PageSizeId paper);
    ~PdfReport();

    bool step(); ///< false when nothing is left to do
    /// The document, after the last step. Errors: Internal.
    Result<QByteArray> document();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// All steps at once.
Result<QByteArray> pdfReport(const Report &report, QPageSize::PageSizeId paper);

} // namespace assay
