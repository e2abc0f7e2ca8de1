// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>
#include <vector>

namespace assay {

/// The moments of arrivals in a file, in seconds (parseTrace() of schedule.h says how it may look). Reads at once: of a file of
/// the user's choice not in the window's thread. Errors: FileUnreadable, BadUsage with the line, FileTooLarge.
Result<std::vector<double>> readTrace(const QString &path);

} // namespace assay
