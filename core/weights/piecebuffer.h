// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace assay {

/// Room for a piece of values that begins with a page: the kernel copies into such a third faster.
template <class Value> class PieceBuffer
{
public:
    explicit PieceBuffer(uint64_t bytes) : m_size(size_t(bytes / sizeof(Value))), m_room(size_t(bytes) + kPage)
    {
        void *begin = m_room.data();
        size_t space = m_room.size();
        m_values = static_cast<Value *>(std::align(kPage, size_t(bytes), begin, space));
    }
    PieceBuffer(const PieceBuffer &) = delete;
    PieceBuffer &operator=(const PieceBuffer &) = delete;
    std::span<Value> first(uint64_t count) { return {m_values, size_t(std::min<uint64_t>(count, m_size))}; }

private:
    static constexpr size_t kPage = 4096;
    size_t m_size;
    std::vector<std::byte> m_room;
    Value *m_values;
};

} // namespace assay
