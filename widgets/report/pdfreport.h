// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report.h"

#include <QByteArray>
#include <QPageSize>

namespace assay {

/// The report as a PDF document: cover, contents, numbered sections with text, tables and charts as vectors, page
/// numbers, embedded fonts; the raw results (reportJson) are attached as results.json. Errors: Internal.
Result<QByteArray> pdfReport(const Report &report, QPageSize::PageSizeId paper);

} // namespace assay
