// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/eventloop.h"
#include "core/endpoint/levelstate.h"

#include <queue>

namespace assay {

/// What does not change from level to level.
struct ClientSetup
{
    EndpointTarget target;
    const Dialect *dialect = nullptr;
    std::string url;
    CurlHeaders headers;
};

/// One thread's share of a level: sends when it is time, repeats, watches the limits, and hands records on. Connections are
/// kept from level to level.
class LoadWorker
{
public:
    LoadWorker(const ClientSetup &setup, int64_t origin);
    /// share of count threads. Returns when its last request has ended. At most one thread at a time.
    void run(LevelState &level, int share, int count);
    bool isReady() const { return m_loop.isReady(); } ///< false: the system gave it no files
    void wake() const { m_loop.wake(); }              ///< looks at the level's state again; safe from any thread
    const LoadCounters &counters() const { return m_counters; }
    int64_t chunks() const { return m_thread.chunks.load(std::memory_order_relaxed); }
    int64_t bytes() const { return m_thread.bytes.load(std::memory_order_relaxed); }

private:
    struct Retry
    {
        int64_t due;
        RequestRecord record; ///< as it begins
        std::string body;
        bool operator<(const Retry &other) const { return due > other.due; } // the earliest on top
    };
    void prepare(LevelState &level, int share, int count);
    void launchDue();
    void launchClosed(int64_t now);
    void launchOpen(int64_t now);
    void launchRetries(int64_t now);
    void startRequest(int64_t index, int64_t scheduled);
    void startTry(RequestRecord record, std::string body);
    void add(Transfer &transfer);
    void over(Transfer &transfer, CURLcode code);
    void record(Transfer &transfer);
    bool maybeRetry(const RequestRecord &record, const std::string &body);
    bool refusesUsage(const RequestRecord &record) const;
    bool repeat(const RequestRecord &failed, std::string body, int64_t due);
    void checkDeadlines();
    void stop();
    void dropWaiting(bool asCancelled);
    bool mayStart(int64_t now) const;
    bool hasRoom() const;
    bool finished() const;
    int64_t nextMoment() const;
    void tell();
    RequestRecord recordOf(int64_t index, int64_t scheduled) const;
    size_t underWay() const { return m_active.size(); }

    const ClientSetup &m_setup;
    TransferThread m_thread;
    EventReader m_events;
    EventLoop m_loop;
    LoadCounters m_counters;
    std::vector<std::unique_ptr<Transfer>> m_idle;
    std::vector<std::unique_ptr<Transfer>> m_active;

    LevelState *m_level = nullptr;
    std::vector<int64_t> m_free;                       ///< of a closed loop: since when each free place is free
    std::deque<std::pair<int64_t, int64_t>> m_waiting; ///< of an open loop: index within the level and moment of what is due
    std::priority_queue<Retry> m_retries;
    int64_t m_nextArrival = 0, m_step = 1; ///< index within the level
    size_t m_most = 0;                     ///< in flight; 0: no cap
    int64_t m_endOfSending = 0;
    bool m_asksUsage = true; ///< until a server refuses the question
    int m_deferred = 0;      ///< rounds for which limits were not looked at
};

} // namespace assay
