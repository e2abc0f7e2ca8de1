// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report.h"

namespace assay {

/// Of one watch: what was checked, what changed when, agreed limits by version, switches of versions, the audit log's state.
Report buildWatchReport(const WatchReading &reading, const std::string &language, const Translate &translate = untranslated);

} // namespace assay
