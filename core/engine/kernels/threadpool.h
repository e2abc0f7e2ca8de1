// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <vector>

namespace assay::kernels {

/// What a loop ends with whose caller is no longer wanted to work.
struct Stopped : std::exception
{
    const char *what() const noexcept override { return "stopped"; }
};

/// While it lives, loops that this thread begins look at the token between their parts and throw Stopped.
class StopScope
{
public:
    explicit StopScope(const std::stop_token &stop);
    ~StopScope();
    StopScope(const StopScope &) = delete;
    StopScope &operator=(const StopScope &) = delete;

private:
    const std::stop_token *m_before;
};

/// Threads for loops of microseconds. A worker waits awake for a few of them, then sleeps, so that it starves
/// nobody; the caller works too, and waits only for parts that a worker has begun. A loop inside a loop, or
/// one of a second caller at the same time, runs on its caller's thread alone. Nothing is allocated by a
/// loop.
class ThreadPool
{
public:
    /// So many threads together with the caller's; at least one.
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool &) = delete;
    ThreadPool &operator=(const ThreadPool &) = delete;

    int threads() const { return int(m_workers.size()) + 1; }

    /// Calls body(begin, end) for parts of [0, count) of at most `grain` each, until all is done. Each thread goes
    /// through a share of its own from its beginning, so that it reads memory in one go, then helps the others with
    /// theirs. What the body throws, such as memory running out, ends the loop and comes out on the caller's thread.
    template <class Body> void parallelFor(int64_t count, int64_t grain, Body &&body)
    {
        using Plain = std::remove_reference_t<Body>;
        const auto call = [](const void *context, int64_t begin, int64_t end) {
            (*static_cast<Plain *>(const_cast<void *>(context)))(begin, end);
        };
        run({call, std::addressof(body), count, grain < 1 ? 1 : grain, nullptr});
    }

private:
    struct Loop
    {
        void (*call)(const void *context, int64_t begin, int64_t end) = nullptr;
        const void *context = nullptr;
        int64_t count = 0, grain = 1;
        const std::stop_token *stop = nullptr;

        void part(int64_t begin, int64_t end) const
        {
            if (stop && stop->stop_requested())
                throw Stopped();
            call(context, begin, end < count ? end : count);
        }
    };

    /// What is left of one thread's share; a line of the cache each.
    struct alignas(64) Share
    {
        std::atomic<int64_t> next = 0;
        int64_t end = 0;
    };

    void run(Loop loop);
    void divide(const Loop &loop);
    void work(size_t thread);
    void workCaught(size_t thread);
    void serve(size_t thread);
    bool waitForLoop(uint32_t served);
    void waitForWorkers();

    std::vector<std::thread> m_workers;
    std::atomic<bool> m_taken = false; ///< a caller's loop is in the pool
    Loop m_loop;                       ///< changes only while it is closed and no worker is in it
    std::vector<Share> m_shares;       ///< of the caller, then of each worker
    /// The loop's number in the upper half, then whether it is open, then how many workers are in it.
    std::atomic<uint32_t> m_state = 0;
    std::atomic<int> m_sleeping = 0;
    std::atomic<bool> m_callerSleeps = false, m_over = false;
    std::mutex m_mutex;
    std::exception_ptr m_thrown; ///< the first, of the loop under way
    std::condition_variable m_wakeWorkers, m_wakeCaller;
};

} // namespace assay::kernels
