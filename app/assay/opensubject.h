// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"

#include <QString>

namespace assay {

/// Opens a subject wherever it is. Of one on a server a terminal shows what has come so far, and Ctrl+C ends it.
Result<Inspection> inspectSubject(const QString &pathOrUrl);

} // namespace assay
