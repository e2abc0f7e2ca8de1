// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/watch/watchreading.h"
#include "core/service/verify/watchrunner.h"

#include <functional>
#include <vector>

namespace assay {

/// A watch file that is open, with what lies on the disk of it.
struct OpenWatch
{
    std::string path;
    std::shared_ptr<const WatchReading> reading; ///< null until it was read once
    std::optional<Error> error;                  ///< why it cannot be read; what was read before stays
    std::optional<Told> told;                    ///< what else its monitor said last
    bool reads = false, readAgain = false;
    std::unique_ptr<WatchRunner> runner;
    std::vector<std::function<Result<void>()>> waiting; ///< to be done while no monitor has the files
    bool works = false, goesOn = false;          ///< such a thing is being done; the monitor goes on afterwards

    WatchRunner::State state() const { return runner->state(); }
    bool runs() const { return state() != WatchRunner::State::Paused; }
    std::string name() const; ///< of the watch, else of its file
};

/// The watches that are open in the window: each is read and, when asked to, run in the background. Whatever changes a watch's files
/// is done between two rounds of its monitor.
class WatchDesk : public QObject
{
    Q_OBJECT
public:
    explicit WatchDesk(MonitorClock clock = systemClock(), QObject *parent = nullptr);
    ~WatchDesk() override;

    const std::vector<std::unique_ptr<OpenWatch>> &watches() const { return m_watches; }
    const OpenWatch *find(const std::string &path) const;
    int64_t now() const { return m_clock.now(); }

    void open(const std::string &path); ///< one that is open is read again
    void close(const std::string &path); ///< ends its monitor; nothing on the disk changes
    void read(const std::string &path);
    void run(const std::string &path);
    void pause(const std::string &path);
    void pauseAll();
    /// Writes a new watch file and opens it. A file that is there already is not written over.
    void create(const std::string &path, const WatchFile &file);
    /// Monitor::renewBaseline().
    void renewBaseline(const std::string &path, const std::string &why, const std::string &endpoint = {}, std::optional<WatchCheck> check = {});
    /// Writes a switch into the audit log; where the watch file has limits of the new version, its endpoint is held to them from now on.
    void recordSwitch(const std::string &path, const VersionSwitch &made);

signals:
    void listChanged();
    void changed(const QString &path); ///< what is known of it, or whether it runs
    void alarmed(const QString &path, const assay::WatchRecord &record); ///< a change was found, limits are not met
    void failed(const assay::Error &error);

private:
    OpenWatch *entry(const std::string &path);
    void tell(const OpenWatch &watch);
    void whilePaused(OpenWatch &watch, std::function<Result<void>()> work);
    void workNext(const std::string &path);
    void runnerChanged(const std::string &path);

    MonitorClock m_clock;
    std::vector<std::unique_ptr<OpenWatch>> m_watches;
};

} // namespace assay
