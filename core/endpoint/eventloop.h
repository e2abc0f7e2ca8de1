// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/transfer.h"

#include <functional>

namespace assay {

/// libcurl's transfers of one thread, driven by epoll: what an event costs does not grow with how many are open. Moments are
/// ns of the monotonic clock.
class EventLoop
{
public:
    explicit EventLoop(TransferThread &thread);
    ~EventLoop();
    EventLoop(const EventLoop &) = delete;
    EventLoop &operator=(const EventLoop &) = delete;

    /// False: the system gave it no files.
    bool isReady() const { return m_epoll >= 0 && m_timer >= 0 && m_wake >= 0; }
    bool add(Transfer &transfer);
    void remove(Transfer &transfer);
    /// Lets libcurl do what its own timers ask for, and tells of each transfer that is over.
    void work(const std::function<void(Transfer &, CURLcode)> &over);
    /// Waits for bytes, for libcurl's timers or until this moment, and lets libcurl read; `between` is called now and then in
    /// a long row of reads.
    void wait(int64_t until, const std::function<void()> &between);
    /// Ends a wait early; safe from any thread.
    void wake() const;
    /// More was there to read than the last wait took: whoever seems late may have been heard without being read.
    bool isBehind() const { return m_behind; }

private:
    static int onSocket(CURL *, curl_socket_t socket, int what, void *self, void *known);
    static int onTimer(CURLM *, long milliseconds, void *self);
    void arm(int64_t moment);
    /// With many streams each look would bring one chunk, and being woken costs more than reading it: then a look waits until some
    /// have come. Their moments are late by a rest at most, which the self-test counts like everything else.
    void restIfBusy();
    void act(curl_socket_t socket, int mask);

    struct FreeMulti
    {
        void operator()(CURLM *multi) const { curl_multi_cleanup(multi); }
    };
    TransferThread &m_thread;
    int m_epoll = -1, m_timer = -1, m_wake = -1;
    int64_t m_curlMoment, m_armed;
    bool m_behind = false;
    int64_t m_lastLook = 0;
    int m_looks = 0;
    std::unique_ptr<CURLM, FreeMulti> m_multi;
};

} // namespace assay
