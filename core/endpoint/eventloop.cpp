// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/eventloop.h"

#include <array>
#include <cerrno>
#include <ctime>
#include <limits>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace assay {
namespace {

constexpr int64_t kNo = std::numeric_limits<int64_t>::max();
constexpr long kMostConnections = 16384; // kept ones
constexpr size_t kBetween = 16;          // reads
constexpr int64_t kRest = 100'000;       // ns between two looks where they follow each other fast
constexpr int kManyLooks = 64;           // in a row, each within four rests of the one before: then they follow fast

void closeFile(int &file)
{
    if (file >= 0)
        close(file);
    file = -1;
}

void drain(int file)
{
    uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = read(file, &count, sizeof count);
}

void watch(int epoll, int file)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = file;
    epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event);
}

} // namespace

EventLoop::EventLoop(TransferThread &thread)
    : m_thread(thread), m_epoll(epoll_create1(EPOLL_CLOEXEC)),
      m_timer(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)), m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_curlMoment(kNo), m_armed(kNo)
{
    startCurl();
    m_multi.reset(curl_multi_init());
    CURLM *multi = m_multi.get();
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &EventLoop::onSocket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &EventLoop::onTimer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kMostConnections);
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, long(CURLPIPE_MULTIPLEX));
    watch(m_epoll, m_timer);
    watch(m_epoll, m_wake);
}

EventLoop::~EventLoop()
{
    m_multi.reset(); // closes its sockets, and tells onSocket
    closeFile(m_wake);
    closeFile(m_timer);
    closeFile(m_epoll);
}

bool EventLoop::add(Transfer &transfer)
{
    return curl_multi_add_handle(m_multi.get(), transfer.handle()) == CURLM_OK;
}

void EventLoop::remove(Transfer &transfer)
{
    curl_multi_remove_handle(m_multi.get(), transfer.handle());
}

int EventLoop::onSocket(CURL *, curl_socket_t socket, int what, void *self, void *known)
{
    auto &loop = *static_cast<EventLoop *>(self);
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(loop.m_epoll, EPOLL_CTL_DEL, socket, nullptr);
        return 0;
    }
    epoll_event event{};
    event.events =
        ((what & CURL_POLL_IN) != 0 ? unsigned(EPOLLIN) : 0u) | ((what & CURL_POLL_OUT) != 0 ? unsigned(EPOLLOUT) : 0u);
    event.data.fd = socket;
    if (known == nullptr)
        curl_multi_assign(loop.m_multi.get(), socket, self); // any mark will do
    if (epoll_ctl(loop.m_epoll, known == nullptr ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event) != 0)
        epoll_ctl(loop.m_epoll, errno == EEXIST ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
    return 0;
}

int EventLoop::onTimer(CURLM *, long milliseconds, void *self)
{
    static_cast<EventLoop *>(self)->m_curlMoment = milliseconds < 0 ? kNo : momentNow() + int64_t(milliseconds) * 1'000'000;
    return 0;
}

void EventLoop::act(curl_socket_t socket, int mask)
{
    ++m_thread.turn;
    int running = 0;
    curl_multi_socket_action(m_multi.get(), socket, mask, &running);
}

void EventLoop::work(const std::function<void(Transfer &, CURLcode)> &over)
{
    // A timer of now is set anew by each round until nothing is left to begin.
    if (m_curlMoment <= momentNow()) {
        m_curlMoment = kNo;
        act(CURL_SOCKET_TIMEOUT, 0);
    }
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi.get(), &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        Transfer &transfer = *Transfer::of(message->easy_handle);
        const CURLcode code = message->data.result; // the message dies with the handle's removal
        remove(transfer);
        over(transfer, code);
    }
}

void EventLoop::arm(int64_t moment)
{
    if (moment == m_armed)
        return;
    m_armed = moment;
    itimerspec when{};
    if (moment != kNo) {
        when.it_value.tv_sec = moment / 1'000'000'000;
        when.it_value.tv_nsec = moment % 1'000'000'000;
    }
    timerfd_settime(m_timer, TFD_TIMER_ABSTIME, &when, nullptr);
}

void EventLoop::restIfBusy()
{
    const int64_t now = momentNow(), since = now - m_lastLook;
    m_looks = since < 4 * kRest ? std::min(m_looks + 1, kManyLooks) : 0;
    m_lastLook = now;
    if (m_looks < kManyLooks || since >= kRest)
        return;
    const timespec rest{0, kRest - since};
    nanosleep(&rest, nullptr);
    m_lastLook = now + kRest - since;
}

void EventLoop::wait(int64_t until, const std::function<void()> &between)
{
    const int64_t moment = std::min(until, m_curlMoment);
    const bool now = moment <= momentNow();
    if (!now) {
        arm(moment);
        restIfBusy();
    }
    std::array<epoll_event, 256> events;
    const int count = epoll_wait(m_epoll, events.data(), int(events.size()), now ? 0 : -1);
    m_behind = count == int(events.size());
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[size_t(i)];
        if (event.data.fd == m_timer || event.data.fd == m_wake) {
            drain(event.data.fd);
            m_armed = event.data.fd == m_timer ? kNo : m_armed;
            continue;
        }
        // After an error reading or writing tells which one it was.
        const bool wrong = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
        act(event.data.fd, ((event.events & EPOLLIN) != 0 || wrong ? CURL_CSELECT_IN : 0) |
                               ((event.events & EPOLLOUT) != 0 || wrong ? CURL_CSELECT_OUT : 0));
        if (size_t(i) % kBetween == kBetween - 1)
            between();
    }
}

void EventLoop::wake() const
{
    const uint64_t one = 1;
    [[maybe_unused]] const ssize_t put = write(m_wake, &one, sizeof one);
}

} // namespace assay
