// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/comparison.h"

#include <QString>
#include <QStringList>

namespace assay {

/// Writes one report a file name, each in the format of its ending, and names it on stderr.
Result<void> writeReports(const Comparison &comparison, const QStringList &files);
/// The headline, the warnings and the table of everything, for people.
void printComparison(const Comparison &comparison);

} // namespace assay
