// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/identify/told.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// One line of an audit log. Its hash is SHA-256 over the hash before it, a line feed and the entry without its hash as JSON, the
/// names sorted, without spaces, all but ASCII escaped; so no entry can be changed, taken out, put in or moved without trace.
struct AuditEntry
{
    int64_t number = 0;
    std::string at;   ///< UTC, "2026-11-22T21:38:50Z"
    std::string who;  ///< user@host or a program's name
    std::string kind; ///< "opened", "check", "alert", "switch", "baseline", "note", "clock", "recovered"
    std::string what; ///< a sentence
    nlohmann::json details = nlohmann::json::object();
    std::string previous, hash; ///< lower-case hexadecimal
};

/// The line of an entry, with its line feed; its hash is made anew.
std::string auditLine(const AuditEntry &entry);
/// The hash that the entry must have.
std::string auditHash(const AuditEntry &entry);

/// The entry that this line (without its line feed) is, byte for byte; nothing where anything of it was changed.
std::optional<AuditEntry> intactAuditEntry(std::string_view line);

/// How far the log had come, kept beside it in FILE.head: without it nobody could tell that its end is missing.
struct AuditHead
{
    int64_t entries = 0;
    std::string hash; ///< of the last entry
};
std::optional<AuditHead> auditHeadFrom(std::string_view json); ///< nothing where it is damaged

/// What a whole log holds.
struct AuditReport
{
    std::vector<AuditEntry> entries;
    std::string torn;                   ///< half a line at the end, which a crash left
    std::vector<int64_t> clockWentBack; ///< entries that are earlier than the one before
    bool endKnown = false;              ///< FILE.head, or what the caller remembered, says that nothing is missing at the end
};
/// Holds each entry against the one before it and the end against the head. Error: AuditBroken, with the first entry that is not
/// as it was written and what became of it.
Result<AuditReport> checkAudit(std::string_view text, const std::optional<AuditHead> &head, const std::string &name);
/// The same of a file and the head beside it. `remembered`: an end that was kept elsewhere; later entries may follow it. Further
/// errors: those of reading a file; more than 256 MiB are refused.
Result<AuditReport> verifyAudit(const std::filesystem::path &file, const std::optional<AuditHead> &remembered = {});

/// What is to be written; the rest of an entry follows from the log.
struct AuditNote
{
    std::string who, kind, what;
    nlohmann::json details = nlohmann::json::object();
};
struct AuditAppended
{
    AuditEntry entry;
    std::vector<Told> told; ///< half a line was set aside; the clock went back
};
/// Writes an entry behind the last one: locked against other processes, in one write, on the disk when it returns. A new file gets
/// an entry first that names the format. Half a line, which a crash left, goes to FILE.torn, and an entry says so. now: Unix seconds.
/// Errors: AuditBroken where the last entry is not as it was written or the end is missing; FileUnwritable; DiskFull.
Result<AuditAppended> appendAudit(const std::filesystem::path &file, const AuditNote &note, int64_t now);

} // namespace assay
