// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report.h"

#include <QString>

namespace assay {

/// Writes the report in the format of the file's extension: .pdf, .html, .md, .csv or .json. The file is old or
/// new, never half. Errors: BadUsage for another extension, FileUnwritable, DiskFull. Needs a QApplication and its
/// thread, since charts are drawn by widgets.
Result<void> exportReport(const Report &report, const QString &file);

} // namespace assay
