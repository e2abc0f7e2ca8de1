// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mock/loop.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <ctime>
#include <unistd.h>

namespace assay {

namespace {

constexpr uint64_t kListenerId = 0, kTimerId = 1; ///< of epoll's events; connections come after, the wake-up is the largest
constexpr uint64_t kWakeId = ~uint64_t(0);
/// Writes that are due within so short a time go out together: a thousand streams cost some thousand wake-ups a second, not
/// fifty thousand. What is recorded is when they really went.
constexpr int64_t kTick = 100'000;
/// Steps in a row before sockets are looked at again.
constexpr int kMostSteps = 4096;

std::string lastWords()
{
    return std::strerror(errno);
}

} // namespace

int64_t monotonicNow()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return int64_t(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

void Descriptor::reset(int value)
{
    if (m_value >= 0)
        ::close(m_value);
    m_value = value;
}

Result<uint16_t> MockLoop::listen(uint16_t port)
{
    const auto failed = [] { return failure(ErrorCode::ServerUnreachable, {"127.0.0.1", lastWords()}); };
    m_listener.reset(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (m_listener.get() < 0)
        return failed();
    const int on = 1;
    setsockopt(m_listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    socklen_t length = sizeof address;
    if (bind(m_listener.get(), reinterpret_cast<sockaddr *>(&address), length) != 0 || ::listen(m_listener.get(), 4096) != 0
        || getsockname(m_listener.get(), reinterpret_cast<sockaddr *>(&address), &length) != 0)
        return failed();
    m_epoll.reset(epoll_create1(EPOLL_CLOEXEC));
    m_timer.reset(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
    m_wake.reset(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (m_epoll.get() < 0 || m_timer.get() < 0 || m_wake.get() < 0)
        return failed();
    const auto add = [&](int descriptor, uint64_t id, uint32_t events) {
        epoll_event event{};
        event.events = events;
        event.data.u64 = id;
        return epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, descriptor, &event) == 0;
    };
    // The timer is edge-triggered, so that it need not be read each time.
    if (!add(m_listener.get(), kListenerId, EPOLLIN) || !add(m_timer.get(), kTimerId, EPOLLIN | EPOLLET) || !add(m_wake.get(), kWakeId, EPOLLIN))
        return failed();
    return ntohs(address.sin_port);
}

void MockLoop::stop()
{
    m_stop = true;
    const uint64_t one = 1;
    if (write(m_wake.get(), &one, sizeof one) < 0)
        return; // full: the loop is awake already
}

void MockLoop::run()
{
    m_started = monotonicNow();
    std::vector<epoll_event> events(1024);
    while (!m_stop) {
        const int count = epoll_wait(m_epoll.get(), events.data(), int(events.size()), -1);
        if (standStill())
            break;
        for (int i = 0; i < count && !m_stop; ++i)
            handle(events[size_t(i)].data.u64, events[size_t(i)].events);
        runDue();
        sweep();
        armTimer();
    }
    m_connections.clear();
}

std::shared_ptr<const MockScript> MockLoop::script() const
{
    const std::lock_guard lock(m_shared.mutex);
    return m_shared.script;
}

std::shared_ptr<const MockHooks> MockLoop::hooks() const
{
    const std::lock_guard lock(m_shared.mutex);
    return m_shared.hooks;
}

/// Sleeps where the script says that the whole server stands still. True: told to stop meanwhile.
bool MockLoop::standStill()
{
    const std::shared_ptr<const MockScript> script = this->script();
    if (script->stallAt < 0 || script->stallFor <= 0)
        return false;
    const double begin = double(m_started) + script->stallAt * 1e9, end = begin + script->stallFor * 1e9;
    while (!m_stop && double(monotonicNow()) >= begin && double(monotonicNow()) < end) {
        timespec nap{0, 5'000'000};
        nanosleep(&nap, nullptr);
    }
    return m_stop;
}

void MockLoop::armTimer()
{
    if (m_due.empty() || m_due.top().at == m_armed)
        return;
    m_armed = m_due.top().at;
    const int64_t at = std::max<int64_t>(m_armed, monotonicNow() + kTick);
    itimerspec spec{};
    spec.it_value.tv_sec = at / 1'000'000'000;
    spec.it_value.tv_nsec = at % 1'000'000'000;
    timerfd_settime(m_timer.get(), TFD_TIMER_ABSTIME, &spec, nullptr);
}

void MockLoop::runDue()
{
    const int64_t now = monotonicNow();
    for (int steps = 0; !m_due.empty() && m_due.top().at <= now && steps < kMostSteps && !m_stop; ++steps) {
        const uint64_t id = m_due.top().connection;
        m_due.pop();
        m_armed = 0;
        const auto found = m_connections.find(id);
        if (found != m_connections.end() && found->second->reply && found->second->pending.empty())
            step(*found->second);
    }
}

/// Connections that ended are destroyed here, when nobody up the stack holds them.
void MockLoop::sweep()
{
    for (const uint64_t id : m_closed)
        m_connections.erase(id);
    if (!m_closed.empty() && !m_listening) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = kListenerId;
        m_listening = epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, m_listener.get(), &event) == 0;
    }
    m_closed.clear();
}

void MockLoop::accept()
{
    for (;;) {
        const int socket = accept4(m_listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) {
            if (errno == EMFILE || errno == ENFILE) { // until one is closed; else epoll would wake us for ever
                epoll_event event{};
                event.data.u64 = kListenerId;
                m_listening = epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, m_listener.get(), &event) != 0;
            }
            return;
        }
        const int on = 1;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto connection = std::make_unique<Connection>();
        connection->id = m_nextId++;
        connection->socket.reset(socket);
        epoll_event event{};
        event.events = EPOLLIN | EPOLLRDHUP;
        event.data.u64 = connection->id;
        if (epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, socket, &event) == 0)
            m_connections.emplace(connection->id, std::move(connection));
    }
}

void MockLoop::handle(uint64_t id, uint32_t events)
{
    if (id == kListenerId)
        return accept();
    if (id == kTimerId) {
        m_armed = 0;
        return;
    }
    const auto found = m_connections.find(id);
    if (id == kWakeId || found == m_connections.end())
        return;
    Connection &connection = *found->second;
    if ((events & (EPOLLHUP | EPOLLERR)) != 0)
        return close(connection);
    if ((events & EPOLLIN) != 0 && !read(connection))
        return;
    if ((events & EPOLLOUT) != 0 && connection.socket.get() >= 0)
        flush(connection);
}

void MockLoop::watch(Connection &connection, bool write)
{
    if (connection.wantsWrite == write || connection.socket.get() < 0)
        return;
    connection.wantsWrite = write;
    epoll_event event{};
    event.events = EPOLLIN | EPOLLRDHUP | (write ? EPOLLOUT : 0u);
    event.data.u64 = connection.id;
    epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, connection.socket.get(), &event);
}

/// False: the connection is gone.
bool MockLoop::read(Connection &connection)
{
    char bytes[16384];
    for (;;) {
        const ssize_t count = recv(connection.socket.get(), bytes, sizeof bytes, 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        if (count <= 0 || (!connection.draining && !connection.reader.append({bytes, size_t(count)}))) {
            close(connection);
            return false;
        }
        if (size_t(count) < sizeof bytes)
            break;
    }
    if (!connection.draining)
        answerNext(connection);
    return connection.socket.get() >= 0;
}

/// Closes in order: with bytes unread the system would send a reset, and the client might lose the answer.
void MockLoop::endWriting(Connection &connection)
{
    shutdown(connection.socket.get(), SHUT_WR);
    connection.draining = true;
}

void MockLoop::close(Connection &connection, bool reset)
{
    if (connection.socket.get() < 0)
        return;
    if (reset) {
        const linger at0{1, 0};
        setsockopt(connection.socket.get(), SOL_SOCKET, SO_LINGER, &at0, sizeof at0);
    }
    finish(connection, false);
    connection.socket.reset();
    m_closed.push_back(connection.id);
}

} // namespace assay
