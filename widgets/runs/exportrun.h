// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "widgets/runs/rundetails.h"

namespace assay {

/// A run as a file: everything with its raw samples (.json), its numbers, or its requests one a line (.csv).
enum class RunExport { Json, NumbersCsv, RequestsCsv };

/// On any thread. Error: FileUnwritable.
Result<void> exportRun(const RunDetails &details, RunExport format, const QString &file);

} // namespace assay
