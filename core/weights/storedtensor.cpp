// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/storedtensor.h"

#include "core/weights/byteorder.h"

#include <algorithm>

namespace assay {
namespace {

/// From the first to the last byte, gaps of strides included; nothing when it does not fit.
std::optional<uint64_t> extentBytes(const TensorRecord &record)
{
    if (record.strides.empty())
        return dtypeBytes(record.dtype, record.elements);
    if (record.elements == 0)
        return 0;
    const DtypeBlock block = dtypeBlock(record.dtype);
    if (block.elements != 1 || record.strides.size() != record.shape.size())
        return std::nullopt;
    uint64_t last = 0;
    for (size_t axis = 0; axis < record.shape.size(); ++axis) {
        uint64_t reach = 0;
        if (record.strides[axis] < 0 || record.shape[axis] < 1
            || __builtin_mul_overflow(uint64_t(record.strides[axis]), uint64_t(record.shape[axis] - 1), &reach)
            || __builtin_add_overflow(last, reach, &last))
            return std::nullopt;
    }
    uint64_t bytes = 0;
    if (last == ~uint64_t(0) || __builtin_mul_overflow(last + 1, uint64_t(block.bytes), &bytes))
        return std::nullopt;
    return bytes;
}

} // namespace

Error weightsUnreadable(std::string_view name, const char *reason)
{
    return Error{ErrorCode::WeightsUnreadable, {std::string(name), reason}, {}};
}

Error StoredTensor::unreadable(const char *reason) const
{
    return weightsUnreadable(m_record->name, reason);
}

Result<StoredTensor> StoredTensor::open(const WeightCatalog &catalog, uint32_t tensor, const FileSet &files)
{
    StoredTensor stored;
    stored.m_record = &catalog.checkpoint().tensors[tensor];
    const TensorRecord &record = *stored.m_record;
    if (record.file >= catalog.checkpoint().files.size() || !catalog.checkpoint().files[record.file].present)
        return tl::unexpected(stored.unreadable(ASSAY_TEXT("Reason", "its file is missing")));
    if (record.offset == kNoOffset)
        return tl::unexpected(stored.unreadable(ASSAY_TEXT("Reason", "they do not lie in the file one after another")));
    const std::optional<uint64_t> extent = extentBytes(record);
    if (!extent)
        return tl::unexpected(stored.unreadable(ASSAY_TEXT("Reason", "its size does not fit its shape and type")));
    const CheckpointFile &file = catalog.checkpoint().files[record.file];
    auto source = files.open(file.name);
    if (!source)
        return tl::unexpected(source.error());
    const uint64_t size = (*source)->size();
    if (record.offset > size || *extent > size - record.offset)
        return tl::unexpected(stored.unreadable(ASSAY_TEXT("Reason", "the file ends too early")));
    stored.m_source = std::move(*source);
    stored.m_bytes = *extent;
    stored.m_bigEndian = file.bigEndian;
    if (file.path.empty())
        stored.m_readAhead = kRemoteReadAhead;
    return stored;
}

Result<void> StoredTensor::read(uint64_t offset, std::span<std::byte> out) const
{
    if (offset > m_bytes || out.size() > m_bytes - offset)
        return tl::unexpected(unreadable(ASSAY_TEXT("Reason", "the file ends too early")));
    return m_source->readAt(m_record->offset + offset, out);
}

Result<const std::byte *> StoredTensor::view(uint64_t offset, uint64_t bytes)
{
    if (offset >= m_windowOffset && offset + bytes <= m_windowOffset + m_windowBytes)
        return m_window.data() + (offset - m_windowOffset);
    if (offset > m_bytes || bytes > m_bytes - offset)
        return tl::unexpected(unreadable(ASSAY_TEXT("Reason", "the file ends too early")));
    // A window begins and ends between two blocks, so that each can be turned round by itself.
    const uint64_t block = dtypeBlock(m_record->dtype).bytes;
    const uint64_t begin = offset / block * block;
    uint64_t size = std::max(offset + bytes - begin, std::min(m_readAhead, m_bytes - begin));
    size = std::min((size + block - 1) / block * block, m_bytes - begin);
    if (m_window.size() < size)
        m_window.resize(size);
    m_windowBytes = 0;
    if (auto done = m_source->readAt(m_record->offset + begin, {m_window.data(), size}); !done)
        return tl::unexpected(done.error());
    if (m_bigEndian)
        fromBigEndian(m_record->dtype, {m_window.data(), size});
    m_windowOffset = begin;
    m_windowBytes = size;
    return m_window.data() + (offset - begin);
}

} // namespace assay
