// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/threadpool.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>
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

thread_local const std::stop_token *t_stop = nullptr;

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

StopScope::StopScope(const std::stop_token &stop) : m_before(std::exchange(t_stop, &stop))
{
}

StopScope::~StopScope()
{
    t_stop = m_before;
}

ThreadPool::ThreadPool(int threads) : m_shares(size_t(std::clamp(threads, 1, int(kInside))))
{
    try {
        for (size_t i = 1; i < m_shares.size(); ++i)
            m_workers.emplace_back([this, i] { serve(i); });
    } catch (const std::system_error &) {
        // The system gives no more threads: those that there are do the work of the others.
    }
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

void ThreadPool::run(Loop loop)
{
    if (loop.count <= 0)
        return;
    loop.stop = t_stop;
    if (m_workers.empty() || loop.count <= loop.grain || m_taken.exchange(true)) {
        for (int64_t begin = 0; begin < loop.count; begin += loop.grain)
            loop.part(begin, begin + loop.grain);
        return;
    }
    m_loop = loop;
    divide(loop);
    m_state = ((m_state & ~(kNumber - 1)) + kNumber) | kOpen;
    if (m_sleeping > 0) {
        const std::lock_guard lock(m_mutex);
        m_wakeWorkers.notify_all();
    }
    workCaught(0);
    m_state &= ~kOpen;
    waitForWorkers();
    const std::exception_ptr thrown = std::exchange(m_thrown, nullptr);
    m_taken = false;
    if (thrown)
        std::rethrow_exception(thrown);
}

void ThreadPool::workCaught(size_t thread)
{
    try {
        work(thread);
    } catch (...) {
        const std::lock_guard lock(m_mutex);
        if (!m_thrown)
            m_thrown = std::current_exception();
        for (Share &share : m_shares)
            share.next = share.end; // nobody begins another part
    }
}

/// Shares in whole grains, as equal as they can be.
void ThreadPool::divide(const Loop &loop)
{
    const int64_t grains = (loop.count + loop.grain - 1) / loop.grain, shares = int64_t(m_shares.size());
    for (int64_t i = 0; i < shares; ++i) {
        m_shares[size_t(i)].next = grains * i / shares * loop.grain;
        m_shares[size_t(i)].end = std::min(grains * (i + 1) / shares * loop.grain, loop.count);
    }
}

void ThreadPool::work(size_t thread)
{
    const Loop loop = m_loop;
    for (size_t i = 0; i < m_shares.size(); ++i) {
        Share &share = m_shares[(thread + i) % m_shares.size()];
        while (share.next < share.end) {
            const int64_t begin = share.next.fetch_add(loop.grain);
            if (begin < share.end)
                loop.part(begin, std::min(begin + loop.grain, share.end));
        }
    }
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

void ThreadPool::serve(size_t thread)
{
    uint32_t served = 0;
    while (waitForLoop(served)) {
        uint32_t state = m_state;
        while ((state & kOpen) != 0 && !m_state.compare_exchange_weak(state, state + 1)) {
        }
        if ((state & kOpen) == 0)
            continue;
        served = state / kNumber;
        workCaught(thread);
        // Out of the loop; the caller may sleep until the last is.
        if (((m_state.fetch_sub(1) - 1) & kInside) == 0 && m_callerSleeps) {
            const std::lock_guard lock(m_mutex);
            m_wakeCaller.notify_one();
        }
    }
}

} // namespace assay::kernels
