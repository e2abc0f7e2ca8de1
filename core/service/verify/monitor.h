// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/audit.h"
#include "core/identify/watch/baseline.h"
#include "core/identify/watch/slacompliance.h"
#include "core/identify/watch/watchseries.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace assay {

/// The time, and waiting for it: a test has a month in seconds.
struct MonitorClock
{
    std::function<int64_t()> now; ///< Unix seconds
    std::function<void(int64_t until, const std::stop_token &stop)> wait; ///< may return early
};
MonitorClock systemClock();

/// Watches the endpoints of a file: runs the checks that are due, one call after the other, keeps each in the history, learns the
/// baseline, writes the audit log, tells of changes. Everything is derived from these files, so that it can be ended at any time.
class Monitor
{
public:
    /// Errors: MonitorDamaged (baseline, history), AuditBroken, those of files; FileUnwritable where another monitor has the history.
    static Result<std::unique_ptr<Monitor>> open(WatchFile file, std::string who, MonitorClock clock);
    ~Monitor();
    Monitor(const Monitor &) = delete;
    Monitor &operator=(const Monitor &) = delete;

    /// Runs what is due now. Error: a file could not be written; what was asked before it is kept.
    Result<void> round(const std::stop_token &stop);
    /// Rounds until the stop, or until this time has come.
    Result<void> run(std::optional<int64_t> until, const std::stop_token &stop);
    int64_t nextDue() const; ///< Unix seconds
    /// Forgets what checks were compared with, of one endpoint and check or of all: the next ones learn anew, and are due at once.
    /// Written to the history and, with who and why, to the audit log. Errors: BadUsage where there is no such check; those of files.
    Result<void> renewBaseline(const std::string &why, const std::string &endpoint = {}, std::optional<WatchCheck> check = {});

    /// Called with each record as soon as it is kept.
    std::function<void(const WatchRecord &)> onRecord;
    /// Called with what else there is to say.
    std::function<void(const Told &)> onTold;

    const std::vector<WatchRecord> &history() const;
    /// Those of this program's time alone.
    const std::vector<WatchRecord> &made() const;
    std::vector<SlaRow> compliance() const; ///< slaByVersion()
    /// Of made(): a change was found: Contradicted; a check was inconclusive, or none compared anything: Inconclusive; else Ok. New
    /// baselines that were asked for count for nothing.
    ExitCode exitCode() const;

private:
    struct Private;
    explicit Monitor(std::unique_ptr<Private> data);
    std::unique_ptr<Private> d;
};

/// "user@host": who is told in the audit log.
std::string whoIsHere();

} // namespace assay
