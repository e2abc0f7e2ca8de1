// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/watchrunner.h"

namespace assay {

WatchRunner::WatchRunner(std::string path, MonitorClock clock, QObject *parent)
    : QObject(parent), m_path(std::move(path)), m_clock(std::move(clock)), m_mailbox(std::make_shared<Mailbox>(this))
{
}

WatchRunner::~WatchRunner()
{
    m_mailbox->close();
}

/// On the runner's thread: `self` is touched by what the mailbox delivers alone.
Result<void> WatchRunner::watch(const std::string &path, MonitorClock clock, const std::shared_ptr<Mailbox> &mailbox, WatchRunner *self, const std::stop_token &stop)
{
    auto file = readWatchFile(std::filesystem::path(path));
    if (!file)
        return tl::unexpected(file.error());
    clock.wait = [wait = clock.wait, mailbox, self](int64_t until, const std::stop_token &token) {
        mailbox->post([self, until] {
            self->m_waitsUntil = until;
            self->set(State::Waiting);
        });
        wait(until, token);
    };
    auto monitor = Monitor::open(std::move(*file), whoIsHere(), std::move(clock));
    if (!monitor)
        return tl::unexpected(monitor.error());
    (*monitor)->onRecord = [mailbox, self](const WatchRecord &record) {
        mailbox->post([self, record] {
            self->set(State::Asking);
            emit self->recorded(record);
        });
    };
    (*monitor)->onTold = [mailbox, self](const Told &told) { mailbox->post([self, told] { emit self->told(told); }); };
    return (*monitor)->run({}, stop);
}

void WatchRunner::start()
{
    if (m_state != State::Paused)
        return;
    m_error.reset();
    set(State::Asking);
    m_thread = std::jthread([path = m_path, clock = m_clock, mailbox = m_mailbox, self = this](const std::stop_token &stop) {
        const auto done = watch(path, clock, mailbox, self, stop);
        mailbox->post([self, error = done ? std::optional<Error>() : std::optional(done.error())] { self->ended(error); });
    });
}

void WatchRunner::stop()
{
    if (m_state == State::Paused || m_state == State::Stopping)
        return;
    set(State::Stopping);
    m_thread.request_stop();
}

void WatchRunner::set(State state)
{
    if (m_state == state || (m_state == State::Stopping && state != State::Paused))
        return;
    m_state = state;
    emit changed();
}

void WatchRunner::ended(std::optional<Error> error)
{
    m_thread = {}; // it has nothing left to do
    m_error = std::move(error);
    set(State::Paused);
}

} // namespace assay
