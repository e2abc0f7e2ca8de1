// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/loadrunner.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace assay {

/// Hands records on from a thread of its own: what a sink does (encoding, a disk) must not hold up a thread that reads.
class RecordQueue
{
public:
    explicit RecordQueue(const RecordSink &sink);
    ~RecordQueue(); ///< when all that were put have been handed on
    RecordQueue(const RecordQueue &) = delete;
    RecordQueue &operator=(const RecordQueue &) = delete;
    void put(RequestRecord &&record);

private:
    void run();
    const RecordSink &m_sink;
    std::mutex m_mutex;
    std::condition_variable m_more;
    std::deque<RequestRecord> m_records;
    bool m_over = false;
    std::thread m_thread;
};

/// A level under way, as all threads of a runner see it.
struct LevelState
{
    const LoadLevel &level;
    const MakeRequest &make;
    RecordQueue &records;
    int64_t begin = 0;                ///< ns of the monotonic clock
    std::atomic<int64_t> next = 0;    ///< of a closed loop: how many requests were begun
    std::atomic<bool> noMore = false; ///< `make` had none
    std::atomic<bool> stopped = false;
    int64_t total() const { return level.warmup + level.requests; }
    bool isOpenLoop() const { return level.concurrency <= 0; }
};

/// Adds for a live view; each thread has its own.
struct LoadCounters
{
    std::atomic<int64_t> inFlight = 0, started = 0, finished = 0, failed = 0, waiting = 0;
};

} // namespace assay
