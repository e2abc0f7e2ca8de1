// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace assay {

/// Keeps texts and numbers of many small records together; what it gives stays valid as long as it lives. A model
/// of half a million tensors would else pay for two allocations a tensor.
class Arena
{
public:
    std::string_view text(std::string_view text);
    std::span<const int64_t> numbers(std::span<const int64_t> numbers);
    uint64_t bytes() const { return m_bytes; } ///< taken from the system so far

private:
    std::byte *take(size_t bytes, size_t alignment);
    std::vector<std::unique_ptr<std::byte[]>> m_blocks;
    std::byte *m_next = nullptr;
    size_t m_left = 0;
    uint64_t m_bytes = 0;
};

} // namespace assay
