// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/arena.h"

#include <algorithm>
#include <cstring>

namespace assay {
namespace {
constexpr size_t kSmallestBlock = 4u << 10, kLargestBlock = 1u << 20;
}

std::byte *Arena::take(size_t bytes, size_t alignment)
{
    const size_t padding = size_t(-reinterpret_cast<uintptr_t>(m_next)) & (alignment - 1);
    if (!m_next || padding + bytes > m_left) {
        // Blocks double, so that a small model takes little; new[] aligns for every basic type.
        const size_t usual = std::clamp(size_t(m_bytes), kSmallestBlock, kLargestBlock);
        const size_t block = std::max(usual, bytes);
        m_blocks.emplace_back(new std::byte[block]);
        m_bytes += block;
        m_next = m_blocks.back().get();
        m_left = block;
        return take(bytes, alignment);
    }
    std::byte *out = m_next + padding;
    m_next = out + bytes;
    m_left -= padding + bytes;
    return out;
}

std::string_view Arena::text(std::string_view text)
{
    if (text.empty())
        return {};
    std::byte *place = take(text.size(), 1);
    std::memcpy(place, text.data(), text.size());
    return {reinterpret_cast<const char *>(place), text.size()};
}

std::span<const int64_t> Arena::numbers(std::span<const int64_t> numbers)
{
    if (numbers.empty())
        return {};
    std::byte *place = take(numbers.size_bytes(), alignof(int64_t));
    std::memcpy(place, numbers.data(), numbers.size_bytes());
    return {reinterpret_cast<const int64_t *>(place), numbers.size()};
}

} // namespace assay
