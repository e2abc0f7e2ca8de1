// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/valuedecoder.h"

#include <algorithm>
#include <cstring>

namespace assay {

Result<void> ValueDecoder::readBytes(uint64_t, std::span<std::byte>) const
{
    return failure(ErrorCode::Internal, {"only plain weights give their bytes"});
}

Result<void> RowDecoder::read(uint64_t first, std::span<float> out)
{
    while (!out.empty()) {
        const uint64_t column = first % m_columns;
        const size_t count = size_t(std::min<uint64_t>(out.size(), m_columns - column));
        if (auto done = readRow(first / m_columns, column, out.first(count)); !done)
            return done;
        first += count;
        out = out.subspan(count);
    }
    return {};
}

PlainDecoder::PlainDecoder(StoredTensor stored, BlockDecoder decode)
    : m_stored(std::move(stored)), m_decode(decode), m_block(dtypeBlock(m_stored.record().dtype))
{
}

Result<std::unique_ptr<PlainDecoder>> PlainDecoder::make(StoredTensor stored)
{
    const BlockDecoder decode = blockDecoder(stored.record().dtype);
    if (!decode)
        return tl::unexpected(stored.unreadable(ASSAY_TEXT("Reason", "its type has no known values")));
    return std::unique_ptr<PlainDecoder>(new PlainDecoder(std::move(stored), decode));
}

std::optional<Dtype> PlainDecoder::storedAs() const
{
    return m_stored.bigEndian() ? std::nullopt : std::optional<Dtype>(m_stored.record().dtype);
}

Result<void> PlainDecoder::readBytes(uint64_t offset, std::span<std::byte> out) const
{
    return m_stored.read(offset, out);
}

/// Elements from the middle of one block.
Result<void> PlainDecoder::readPart(uint64_t block, uint64_t skip, std::span<float> out)
{
    const auto bytes = m_stored.view(block * m_block.bytes, m_block.bytes);
    if (!bytes)
        return tl::unexpected(bytes.error());
    m_one.resize(m_block.elements);
    m_decode(*bytes, 1, m_one.data());
    std::copy_n(m_one.begin() + ptrdiff_t(skip), out.size(), out.begin());
    return {};
}

Result<void> PlainDecoder::read(uint64_t first, std::span<float> out)
{
    const uint64_t atOnce = std::max<uint64_t>(StoredTensor::kReadAhead / m_block.bytes, 1);
    while (!out.empty()) {
        const uint64_t block = first / m_block.elements, skip = first % m_block.elements;
        const uint64_t whole = skip == 0 ? std::min<uint64_t>(out.size() / m_block.elements, atOnce) : 0;
        size_t count = size_t(whole * m_block.elements);
        if (whole == 0) {
            count = size_t(std::min<uint64_t>(out.size(), m_block.elements - skip));
            if (auto done = readPart(block, skip, out.first(count)); !done)
                return done;
        } else {
            const auto bytes = m_stored.view(block * m_block.bytes, whole * m_block.bytes);
            if (!bytes)
                return tl::unexpected(bytes.error());
            m_decode(*bytes, size_t(whole), out.data());
        }
        first += count;
        out = out.subspan(count);
    }
    return {};
}

uint64_t groupSize(uint64_t elements, uint64_t groups, int64_t declared)
{
    const uint64_t wanted = declared > 0 ? uint64_t(declared) : 0;
    if (wanted > 0 && wanted <= elements && elements / wanted + (elements % wanted != 0) == groups)
        return wanted;
    return groups > 0 && elements % groups == 0 ? elements / groups : 0;
}

const TensorRecord *OpenContext::record(WeightPart part) const
{
    return parts.has(part) ? &catalog.checkpoint().tensors[parts.part(part)] : nullptr;
}

Result<StoredTensor> OpenContext::stored(WeightPart part) const
{
    if (!parts.has(part))
        return tl::unexpected(unreadable(ASSAY_TEXT("Reason", "its scales or zero points are missing")));
    auto opened = StoredTensor::open(catalog, parts.part(part), files);
    if (opened && !opened->record().strides.empty())
        return tl::unexpected(unreadable(ASSAY_TEXT("Reason", "its scales are not stored row by row")));
    return opened;
}

Result<std::unique_ptr<PlainDecoder>> OpenContext::plain(WeightPart part) const
{
    auto opened = stored(part);
    if (!opened)
        return tl::unexpected(opened.error());
    return PlainDecoder::make(std::move(*opened));
}

Result<CodesAndScales> OpenContext::codesAndScales() const
{
    auto codes = weight();
    if (!codes)
        return tl::unexpected(codes.error());
    auto scales = plain(WeightPart::Scales);
    if (!scales)
        return tl::unexpected(scales.error());
    return CodesAndScales{std::move(*codes), std::move(*scales)};
}

Result<std::vector<float>> OpenContext::values(WeightPart part, uint64_t limit) const
{
    auto decoder = plain(part);
    if (!decoder)
        return tl::unexpected(decoder.error());
    if ((*decoder)->elements() > limit)
        return tl::unexpected(unreadable(ASSAY_TEXT("Reason", "its scales do not fit its shape")));
    std::vector<float> all(size_t((*decoder)->elements()));
    if (auto done = (*decoder)->read(0, all); !done)
        return tl::unexpected(done.error());
    return all;
}

uint32_t BitStream::at(uint64_t index) const
{
    const uint64_t bit = index * uint64_t(m_bits);
    const std::byte *from = m_words + bit / 8;
    const unsigned shift = unsigned(bit % 8), last = (shift + unsigned(m_bits) + 7) / 8;
    uint32_t word = 0; // only the bytes that hold the code: the next one may be beyond the end
    for (unsigned byte = 0; byte < last; ++byte)
        word |= uint32_t(from[byte]) << (8 * byte);
    return (word >> shift) & ((1u << m_bits) - 1);
}

} // namespace assay
