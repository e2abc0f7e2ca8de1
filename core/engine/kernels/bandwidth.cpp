// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/bandwidth.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <sys/mman.h>
#include <thread>
#include <vector>

namespace assay::kernels {

void readAll(std::span<const std::byte> memory)
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

namespace {

// In large pages, like the engine's weights; they are given when the memory is first written.
constexpr size_t kPage = size_t(2) << 20;

} // namespace

void ReadBandwidth::Free::operator()(std::byte *memory) const
{
    std::free(memory);
}

ReadBandwidth::ReadBandwidth(int threads, size_t bytes) : m_threads(size_t(std::max(threads, 1))), m_bytes((bytes + kPage - 1) / kPage * kPage)
{
    m_memory.reset(static_cast<std::byte *>(std::aligned_alloc(kPage, m_bytes)));
    if (!m_memory)
        throw std::bad_alloc();
    ::madvise(m_memory.get(), m_bytes, MADV_HUGEPAGE);
    std::fill_n(m_memory.get(), m_bytes, std::byte(0));
}

double ReadBandwidth::measure() const
{
    const size_t part = m_bytes / m_threads / 256 * 256;
    const auto begin = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> readers;
        for (size_t i = 1; i < m_threads; ++i)
            readers.emplace_back([this, i, part] { readAll(std::span(m_memory.get() + i * part, part)); });
        readAll(std::span(m_memory.get(), part));
    }
    return double(part * m_threads) / std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace assay::kernels
