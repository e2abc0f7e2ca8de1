// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "core/report/report.h"

#include <QStringList>

namespace assay {

/// Writes the report once a file name, each in the format of its ending, and names it on stderr.
Result<void> writeReports(const Report &report, const QStringList &files);
Result<void> writeReports(const Comparison &comparison, const QStringList &files);
/// --report, which both take. Errors: the first of its files that cannot be written as it is called.
void addReportOption(Arguments &options);
Result<void> checkReportFiles(const Arguments &options);
/// The headline, the warnings and the table of everything, for people.
void printComparison(const Comparison &comparison);

} // namespace assay
