// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/workers.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace assay {

void forEachOnThreads(size_t count, unsigned threads, const std::stop_token &stop, const std::function<void(size_t)> &work)
{
    constexpr unsigned kMost = 64; // more only hold memory: the disk is the limit long before
    const size_t wanted = std::clamp(threads == 0 ? std::thread::hardware_concurrency() : threads, 1u, kMost);
    std::atomic<size_t> next = 0;
    const auto run = [&] {
        for (size_t index = next++; index < count && !stop.stop_requested(); index = next++)
            work(index);
    };
    std::vector<std::jthread> others;
    try {
        for (size_t i = 1; i < std::min(wanted, count); ++i)
            others.emplace_back(run);
    } catch (const std::system_error &) {
        // The system gives no more threads: those that there are do the work.
    }
    run();
}

} // namespace assay
