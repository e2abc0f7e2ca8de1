// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/threadpool.h"

#include <algorithm>
#include <chrono>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace assay::kernels {
namespace {

constexpr uint32_t kNumber = 1u << 16, kOpen = 1u << 15, kInside = kOpen - 1;
// From one product of a token to the next it takes less; to be woken takes as long again.
constexpr std::chrono::microseconds kAwake{50};

void relax()
{
#if defined(__x86_64__)
    _mm_pause();
#else
    std::this_thread::yield();
#endif
}

/// Asks until it is so, for a short time only; false when it is not so by then.
template <class Condition> bool spinUntil(const Condition &condition)
{
    const auto end = std::chrono::steady_clock::now() + kAwake;
    do {
        for (int i = 0; i < 32; ++i) {
            if (condition())
                return true;
            relax();
        }
    } while (std::chrono::steady_clock::now() < end);
    return condition();
}

} // namespace

ThreadPool::ThreadPool(int threads)
{
    for (int i = 1; i < std::min(threads, int(kInside)); ++i)
        m_workers.emplace_back([this] { serve(); });
}

ThreadPool::~ThreadPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_over = true;
    }
    m_wakeWorkers.notify_all();
    for (std::thread &worker : m_workers)
        worker.join();
}

void ThreadPool::run(const Loop &loop)
{
    if (loop.count <= 0)
        return;
    if (m_workers.empty() || loop.count <= loop.grain || m_taken.exchange(true)) {
        for (int64_t begin = 0; begin < loop.count; begin += loop.grain)
            loop.call(loop.context, begin, std::min(begin + loop.grain, loop.count));
        return;
    }
    m_loop = loop;
    m_next = 0;
    m_state = ((m_state & ~(kNumber - 1)) + kNumber) | kOpen;
    if (m_sleeping > 0) {
        const std::lock_guard lock(m_mutex);
        m_wakeWorkers.notify_all();
    }
    work();
    m_state &= ~kOpen;
    waitForWorkers();
    m_taken = false;
}

void ThreadPool::work()
{
    const Loop loop = m_loop;
    for (int64_t begin = m_next.fetch_add(loop.grain); begin < loop.count;
         begin = m_next.fetch_add(loop.grain))
        loop.call(loop.context, begin, std::min(begin + loop.grain, loop.count));
}

void ThreadPool::waitForWorkers()
{
    const auto allOut = [this] { return (m_state & kInside) == 0; };
    if (spinUntil(allOut))
        return;
    std::unique_lock lock(m_mutex);
    m_callerSleeps = true;
    m_wakeCaller.wait(lock, allOut);
    m_callerSleeps = false;
}

/// Waits for an open loop other than the one that was served last; false when the pool ends.
bool ThreadPool::waitForLoop(uint32_t served)
{
    const auto something = [&] {
        const uint32_t state = m_state;
        return m_over || ((state & kOpen) != 0 && state / kNumber != served);
    };
    if (!spinUntil(something)) {
        std::unique_lock lock(m_mutex);
        ++m_sleeping;
        m_wakeWorkers.wait(lock, something);
        --m_sleeping;
    }
    return !m_over;
}

void ThreadPool::serve()
{
    uint32_t served = 0;
    while (waitForLoop(served)) {
        uint32_t state = m_state;
        while ((state & kOpen) != 0 && !m_state.compare_exchange_weak(state, state + 1)) {
        }
        if ((state & kOpen) == 0)
            continue;
        served = state / kNumber;
        work();
        // Out of the loop; the caller may sleep until the last is.
        if (((m_state.fetch_sub(1) - 1) & kInside) == 0 && m_callerSleeps) {
            const std::lock_guard lock(m_mutex);
            m_wakeCaller.notify_one();
        }
    }
}

} // namespace assay::kernels
