// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/audit.h"
#include "core/identify/watch/baseline.h"

namespace assay {

/// A history that one monitor has for itself: lines are added, each on the disk before anything follows from it.
class HistoryFile
{
public:
    /// Error: FileUnwritable, also where another monitor has it.
    static Result<HistoryFile> open(const std::string &path);
    HistoryFile(HistoryFile &&other) noexcept;
    HistoryFile &operator=(HistoryFile &&) = delete;
    ~HistoryFile();

    /// What is there. A crash may have left half a line: it is ended, so that the next one is whole. Errors: those of reading.
    Result<WatchHistory> read();
    Result<void> add(const std::string &line);

private:
    HistoryFile(std::string path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}
    std::string m_path;
    int m_descriptor;
};

/// What lies on the disk when a monitor begins.
struct MonitorState
{
    WatchHistory history;
    WatchBaseline baseline;
    bool lastIsAudited = true; ///< of the history's last check
    std::vector<Told> told;
};
/// Holds the baseline against the hash that the audit log has of it. Errors: AuditBroken, MonitorDamaged, those of files.
Result<MonitorState> readMonitorState(const WatchFile &file, HistoryFile &history);

} // namespace assay
