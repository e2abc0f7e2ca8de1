// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/mailbox.h"
#include "core/service/verify/monitor.h"

#include <QObject>

#include <memory>
#include <thread>

namespace assay {

/// A monitor on a thread of its own: nothing that it asks or waits for keeps the window. Signals come in the owner's thread.
class WatchRunner : public QObject
{
    Q_OBJECT
public:
    enum class State : uint8_t {
        Paused,
        Asking,   ///< what is due, one call after the other
        Waiting,  ///< until waitsUntil()
        Stopping, ///< the call that is under way is being given up
    };
    WatchRunner(std::string path, MonitorClock clock, QObject *parent = nullptr);
    ~WatchRunner() override;

    void start(); ///< nothing while it runs
    void stop();  ///< returns at once; Paused comes later
    State state() const { return m_state; }
    int64_t waitsUntil() const { return m_waitsUntil; } ///< Unix seconds
    const std::optional<Error> &error() const { return m_error; } ///< why it ended by itself

signals:
    void changed();
    void recorded(const assay::WatchRecord &record);
    void told(const assay::Told &told);

private:
    static Result<void> watch(const std::string &path, MonitorClock clock, const std::shared_ptr<Mailbox> &mailbox, WatchRunner *self, const std::stop_token &stop);
    void set(State state);
    void ended(std::optional<Error> error);

    std::string m_path;
    MonitorClock m_clock;
    State m_state = State::Paused;
    int64_t m_waitsUntil = 0;
    std::optional<Error> m_error;
    std::shared_ptr<Mailbox> m_mailbox;
    std::jthread m_thread; ///< last: joined before anything else goes
};

} // namespace assay
