// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report.h"

#include <QString>

#include <functional>
#include <memory>

class QObject;

namespace assay {

/// What can be known to be wrong with a report's file before anything is measured for it: BadUsage for an extension
/// that is no format, FileUnwritable where its folder does not exist.
Result<void> checkReportFile(const QString &file);

/// Writes the report in the format of the file's extension: .pdf, .html, .md, .csv or .json. The file is old or
/// new, never half. Errors: BadUsage for another extension, FileUnwritable, DiskFull. Needs a QApplication and its
/// thread, since charts are drawn by widgets.
Result<void> exportReport(const Report &report, const QString &file);

/// The same without stopping the window: in short turns of the event loop, and the rest on another thread. done is
/// called in this thread, unless owner is gone by then.
void exportReportLater(QObject *owner, std::shared_ptr<const Report> report, const QString &file,
                       std::function<void(const Result<void> &)> done);

} // namespace assay
