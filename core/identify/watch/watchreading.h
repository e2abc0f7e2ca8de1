// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/audit.h"
#include "core/identify/watch/slacompliance.h"

#include <span>

namespace assay {

/// A switch from one version of what is bought to another, as somebody wrote it into the audit log.
struct VersionSwitch
{
    std::string at, who; ///< UTC; "2026-11-22T21:38:50Z"
    std::string endpoint, from, to, why, wayBack; ///< endpoint: empty where none was named
    int64_t entry = 0;   ///< of the log
};
std::vector<VersionSwitch> versionSwitches(std::span<const AuditEntry> entries);

/// Everything that lies on the disk of a watch, for showing it and for reports. Reading it hinders no monitor that runs.
struct WatchReading
{
    std::string path; ///< of the watch file
    WatchFile file;
    WatchHistory history;
    std::optional<AuditReport> audit; ///< nothing while there is none, and where it is broken
    std::optional<Error> auditError;  ///< AuditBroken: the chain ends at an entry that is not as it was written; or it cannot be read
    std::optional<Error> damage;      ///< of the history
    std::vector<VersionSwitch> switches;
    std::vector<SlaRow> compliance;   ///< slaByVersion() at the time of reading

    std::optional<int64_t> lastCheck() const; ///< Unix seconds; nothing while nothing was checked
    std::optional<int64_t> nextDue() const;   ///< nothing where a check was never made, or is to be made anew: it is due at once
    size_t alarms() const; ///< changes that were found, limits that were broken
};
/// now: Unix seconds. Errors: those of the watch file; what else is damaged is part of the reading.
Result<WatchReading> readWatch(const std::filesystem::path &file, int64_t now);

} // namespace assay
