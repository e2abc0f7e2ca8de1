// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/gguflayout.h"

#include <algorithm>
#include <numeric>

namespace assay {
namespace {

/// A kind of oddity: how many tensors have it, and the first of them.
struct Oddity
{
    uint64_t count = 0;
    std::string example;

    void add(const TensorRecord &tensor)
    {
        if (count++ == 0)
            example = tensor.name;
    }
};

/// Indices of the tensors, by their place.
std::vector<uint32_t> byPlace(const std::vector<TensorRecord> &tensors)
{
    std::vector<uint32_t> order(tensors.size());
    std::iota(order.begin(), order.end(), 0u);
    const auto before = [&](uint32_t a, uint32_t b) { return tensors[a].offset < tensors[b].offset; };
    if (!std::is_sorted(order.begin(), order.end(), before)) // mostly they are
        std::stable_sort(order.begin(), order.end(), before);
    return order;
}

/// What shape and type ask for; of an unknown type what lies before the next tensor. Rows must fill whole blocks.
void takeBytes(TensorRecord &tensor, uint64_t room, Oddity &ragged)
{
    const uint32_t block = dtypeBlock(tensor.dtype).elements;
    const auto bytes = dtypeBytes(tensor.dtype, tensor.elements);
    const bool whole = block <= 1 || tensor.shape.empty() || tensor.shape[tensor.shape.size() - 1] % block == 0;
    if (tensor.dtype != Dtype::Unknown && (!bytes || !whole))
        ragged.add(tensor);
    tensor.bytes = bytes ? *bytes : tensor.elements == 0 ? 0 : room;
}

/// Walks over the tensors by place and finds what they share, what lies between them and what is not there.
class Walk
{
public:
    Walk(GgufHeader &header, uint64_t fileBytes) : m_header(header), m_fileBytes(fileBytes) {}

    void run()
    {
        const auto order = byPlace(m_header.tensors);
        m_end = m_header.dataOffset;
        for (size_t i = 0; i < order.size(); ++i) {
            TensorRecord &tensor = m_header.tensors[order[i]];
            place(tensor, i + 1 < order.size() ? &m_header.tensors[order[i + 1]] : nullptr);
        }
    }

    void tell(const std::string &file)
    {
        const auto tellCounted = [&](FindingCode code, const Oddity &odd) {
            if (odd.count > 0)
                m_header.findings.push_back({code, {std::to_string(odd.count), file, odd.example}, odd.example});
        };
        tellCounted(FindingCode::TensorsBeyondFile, m_beyond);
        tellCounted(FindingCode::ShardOverlap, m_overlaps);
        tellCounted(FindingCode::TensorSizeWrong, m_ragged);
        if (m_gaps > 0)
            m_header.findings.push_back({FindingCode::TensorGaps, {std::to_string(m_gaps), file}, file});
        if (m_beyond.count == 0 && m_fileBytes > padded(m_end))
            m_header.findings.push_back(
                {FindingCode::TrailingBytes, {file, std::to_string(m_fileBytes - padded(m_end))}, file});
    }

private:
    /// The next place where a tensor may begin.
    uint64_t padded(uint64_t end) const
    {
        const uint64_t rest = (end - m_header.dataOffset) % m_header.alignment;
        return rest == 0 || end > ~uint64_t(0) - m_header.alignment ? end : end + m_header.alignment - rest;
    }

    /// Offsets still count from the beginning of the data; `next` is the neighbour behind.
    void place(TensorRecord &tensor, const TensorRecord *next)
    {
        const uint64_t available = m_fileBytes > m_header.dataOffset ? m_fileBytes - m_header.dataOffset : 0;
        const uint64_t behind = next ? next->offset : std::max(available, tensor.offset);
        takeBytes(tensor, std::min(behind - tensor.offset, available), m_ragged);
        uint64_t end = 0;
        // An offset that no file can have must not wrap round when it is added to.
        if (__builtin_add_overflow(tensor.offset, m_header.dataOffset, &tensor.offset)
            || __builtin_add_overflow(tensor.offset, tensor.bytes, &end)) {
            tensor.offset = kNoOffset;
            m_beyond.add(tensor);
            return;
        }
        if (end > m_fileBytes)
            m_beyond.add(tensor);
        if (tensor.offset > padded(m_end) && tensor.offset <= m_fileBytes)
            m_gaps += tensor.offset - padded(m_end);
        else if (tensor.offset < m_end && tensor.bytes > 0)
            m_overlaps.add(tensor);
        m_end = std::max(m_end, end);
    }

    GgufHeader &m_header;
    uint64_t m_fileBytes;
    uint64_t m_end = 0; ///< of all tensors so far, in the file
    uint64_t m_gaps = 0;
    Oddity m_beyond, m_overlaps, m_ragged;
};

} // namespace

void layOutGguf(GgufHeader &header, uint64_t fileBytes, const std::string &file)
{
    Walk walk(header, fileBytes);
    walk.run();
    walk.tell(file);
}

} // namespace assay
