// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <sys/mman.h>
#include <thread>
#include <vector>

namespace assay::benchmark {

inline double seconds(std::chrono::steady_clock::time_point since)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

inline double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

/// Nothing but loads, as wide as the compiler may make them, each line asked for a page early.
inline void readAll(std::span<const std::byte> memory)
{
    using Line = uint64_t __attribute__((vector_size(64), aligned(8), may_alias));
    constexpr int64_t kAhead = 4096;
    Line sums[4] = {};
    const auto *from = reinterpret_cast<const Line *>(memory.data());
    for (size_t i = 0; i + 4 <= memory.size() / sizeof(Line); i += 4) {
#pragma GCC unroll 4
        for (size_t k = 0; k < 4; ++k) {
            __builtin_prefetch(reinterpret_cast<const std::byte *>(from + i + k) + kAhead);
            sums[k] |= from[i + k];
        }
    }
    // Looked at, so that no compiler leaves the loop out.
    const Line all = sums[0] | sums[1] | sums[2] | sums[3];
    if (all[0] == 1)
        std::abort();
}

/// How fast this machine's memory is read by several threads together, each through a part of its own, as the engine's
/// products read weights.
class Bandwidth
{
public:
    explicit Bandwidth(int threads) : m_threads(size_t(threads))
    {
        // In large pages, like the engine's weights; they are given when the memory is first written.
        constexpr size_t kPage = size_t(2) << 20;
        m_memory.reset(static_cast<std::byte *>(std::aligned_alloc(kPage, kBytes)));
        ::madvise(m_memory.get(), kBytes, MADV_HUGEPAGE);
        std::fill_n(m_memory.get(), kBytes, std::byte(0));
    }

    /// Bytes a second of one pass over more than any cache holds.
    double measure() const
    {
        const size_t part = kBytes / m_threads / 256 * 256;
        const auto begin = std::chrono::steady_clock::now();
        {
            std::vector<std::jthread> readers;
            for (size_t i = 1; i < m_threads; ++i)
                readers.emplace_back([this, i, part] { readAll(std::span(m_memory.get() + i * part, part)); });
            readAll(std::span(m_memory.get(), part));
        }
        return double(part * m_threads) / seconds(begin);
    }

private:
    static constexpr size_t kBytes = size_t(512) << 20;
    size_t m_threads;
    struct Free
    {
        void operator()(std::byte *memory) const { std::free(memory); }
    };
    std::unique_ptr<std::byte, Free> m_memory;
};

} // namespace assay::benchmark
