// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/identity/identitytext.h"
#include "core/identify/watch/watchreading.h"

namespace assay {

/// Phrases and tables that window, command line and reports have of a watch; translation context "Compare".

/// "as before", "CHANGED", "learning", "inconclusive", "limits", "new baseline".
std::string recordWord(const WatchRecord &record, const Translate &translate = untranslated);
/// "log-probabilities", "border inputs", "token counts", "latency", "limits".
std::string checkTitle(const WatchRecord &record, const Translate &translate = untranslated);
std::string checkTitle(WatchCheck check, const Translate &translate = untranslated);
/// "1 day", "6 hours": how often something is done.
std::string everyText(int64_t seconds, const Translate &translate = untranslated);
/// Whether the audit log is whole, and if not, from which entry on it is not what was written.
std::string auditStateText(const WatchReading &reading, const Translate &translate = untranslated);
/// In one sentence: how many checks since when, what was found, whether limits hold.
std::string watchSentence(const WatchReading &reading, const Translate &translate = untranslated);

/// Each check of each endpoint: how often, when last, what it said.
IdentityTable checksTable(const WatchReading &reading, const Translate &translate = untranslated);
/// The changes that were found and the limits that were broken, newest first: when, since when, who was told, what.
IdentityTable alarmsTable(const WatchReading &reading, const Translate &translate = untranslated);
/// Agreed limits by version against what was measured.
IdentityTable limitsTable(const WatchReading &reading, const Translate &translate = untranslated);
/// Who switched versions, when, why, and the way back; newest first.
IdentityTable switchesTable(const WatchReading &reading, const Translate &translate = untranslated);
/// The audit log's entries, newest first, at most so many.
IdentityTable auditTable(const WatchReading &reading, size_t most, const Translate &translate = untranslated);

} // namespace assay
