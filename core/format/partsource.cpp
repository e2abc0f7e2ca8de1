// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/partsource.h"

#include <algorithm>
#include <cstring>

namespace assay {
namespace {

Result<void> checkRange(const ByteSource &source, uint64_t offset, size_t bytes)
{
    if (offset > source.size() || bytes > source.size() - offset)
        return failure(ErrorCode::FileUnreadable, {source.label(), ASSAY_TEXT("Reason", "it ends too early")},
                       "byte " + std::to_string(source.size()));
    return {};
}

} // namespace

PartSource::PartSource(std::shared_ptr<const ByteSource> whole, std::string label, uint64_t begin, uint64_t bytes)
    : m_whole(std::move(whole)), m_label(std::move(label)), m_begin(std::min(begin, m_whole->size())),
      m_bytes(std::min(bytes, m_whole->size() - m_begin))
{
}

Result<void> PartSource::readAt(uint64_t offset, std::span<std::byte> buffer) const
{
    if (auto inside = checkRange(*this, offset, buffer.size()); !inside)
        return inside;
    return m_whole->readAt(m_begin + offset, buffer);
}

Result<void> MemorySource::readAt(uint64_t offset, std::span<std::byte> buffer) const
{
    if (auto inside = checkRange(*this, offset, buffer.size()); !inside)
        return inside;
    if (!buffer.empty())
        std::memcpy(buffer.data(), m_bytes.data() + offset, buffer.size());
    return {};
}

} // namespace assay
