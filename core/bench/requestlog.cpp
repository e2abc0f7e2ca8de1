// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/requestlog.h"

#include <algorithm>
#include <atomic>
#include <mutex>

namespace assay {
namespace {

constexpr size_t kBlockBytes = 256 * 1024;

} // namespace

struct RequestLog::Block
{
    size_t first = 0;         ///< index of its first record
    std::string bytes;
    std::vector<size_t> ends; ///< of each record within the bytes
};

struct RequestLog::Derived
{
    std::mutex mutex;
    std::shared_ptr<const void> value;
    std::atomic<bool> asked = false;
};

std::shared_ptr<RequestLog::Derived> RequestLog::newDerived()
{
    return std::make_shared<Derived>();
}

std::shared_ptr<const void> RequestLog::derived(const std::function<std::shared_ptr<const void>()> &make) const
{
    m_derived->asked = true;
    const std::lock_guard lock(m_derived->mutex);
    if (!m_derived->value)
        m_derived->value = make();
    return m_derived->value;
}

void RequestLog::appendEncoded(std::string_view bytes)
{
    if (m_derived->asked || m_derived.use_count() > 1) // what is derived of a copy must not change with this one
        m_derived = newDerived();
    if (m_last && m_last->bytes.size() + bytes.size() > kBlockBytes) {
        m_last->bytes.shrink_to_fit();
        m_last->ends.shrink_to_fit();
        m_full.push_back(std::move(m_last));
        m_last.reset();
    }
    if (!m_last) {
        m_last = std::make_shared<Block>();
        m_last->first = m_size;
        m_last->bytes.reserve(std::min(kBlockBytes, std::max(bytes.size(), size_t(4096))));
    } else if (m_last.use_count() > 1) {
        m_last = std::make_shared<Block>(*m_last);
    } else {
        // Whoever held it may have read it on another thread until just now.
        std::atomic_thread_fence(std::memory_order_acquire);
    }
    m_last->bytes.append(bytes);
    m_last->ends.push_back(m_last->bytes.size());
    ++m_size;
}

const RequestLog::Block &RequestLog::blockOf(size_t index) const
{
    if (m_last && index >= m_last->first)
        return *m_last;
    const auto after = std::upper_bound(m_full.begin(), m_full.end(), index,
                                        [](size_t wanted, const auto &block) { return wanted < block->first; });
    return **(after - 1);
}

std::string_view RequestLog::encoded(size_t index) const
{
    if (index >= m_size)
        return {};
    const Block &block = blockOf(index);
    const size_t within = index - block.first;
    const size_t begin = within > 0 ? block.ends[within - 1] : 0;
    return std::string_view(block.bytes).substr(begin, block.ends[within] - begin);
}

RequestRecord RequestLog::at(size_t index) const
{
    if (Result<RequestRecord> record = decodeRecord(encoded(index)))
        return std::move(*record);
    RequestRecord broken;
    broken.failure = Failure::Malformed;
    return broken;
}

uint64_t RequestLog::memoryBytes() const
{
    const auto bytesOf = [](const Block &block) {
        return sizeof(Block) + block.bytes.capacity() + block.ends.capacity() * sizeof(size_t);
    };
    uint64_t total = m_full.capacity() * sizeof(m_full.front()) + (m_last ? bytesOf(*m_last) : 0);
    for (const auto &block : m_full)
        total += bytesOf(*block);
    return total;
}

} // namespace assay
