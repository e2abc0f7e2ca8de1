// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"
#include "core/service/keys.h"
#include "core/service/subjectopening.h"

#include <QString>

namespace assay {

/// Opens a subject wherever and whatever it is. Of one on a server a terminal shows what has come so far, and Ctrl+C ends it.
Result<OpenedSubject> openAnySubject(const QString &pathOrUrl, const KeyPlace &key = {}, const Transport &transport = {});
/// The same for commands that read weights or configs. Error for an endpoint: BadUsage.
Result<Inspection> inspectSubject(const QString &pathOrUrl);

} // namespace assay
