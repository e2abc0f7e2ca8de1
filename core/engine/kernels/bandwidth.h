// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace assay::kernels {

/// Nothing but loads, as wide as the compiler may make them, each line asked for a page early.
void readAll(std::span<const std::byte> memory);

/// How fast this machine's memory is read by several threads together, each through a part of its own, as the engine's
/// products read weights: nothing but loads.
class ReadBandwidth
{
public:
    /// What is read must be many times larger than all caches together. Throws std::bad_alloc.
    ReadBandwidth(int threads, size_t bytes);

    /// Bytes a second of one pass.
    double measure() const;
    size_t bytes() const { return m_bytes; }

private:
    struct Free
    {
        void operator()(std::byte *memory) const;
    };
    size_t m_threads, m_bytes;
    std::unique_ptr<std::byte, Free> m_memory;
};

} // namespace assay::kernels
