// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/headerlayout.h"

#include <algorithm>

namespace assay {
namespace {

/// Counts elements and holds the span of the offsets against dtype and shape.
Result<void> checkSize(TensorRecord &tensor, HeaderOddities &oddities)
{
    const auto elements = tensor.shape.elements();
    uint64_t bits = 0;
    // The bits of an unknown dtype are counted as one, so that sums of elements stay in range as well.
    if (!elements || __builtin_mul_overflow(*elements, uint64_t(std::max(dtypeBits(tensor.dtype), 1)), &bits))
        return failure(ErrorCode::SafetensorsShapeOverflow, {std::string(tensor.name)});
    tensor.elements = *elements;
    if (tensor.dtype != Dtype::Unknown && (bits % 8 != 0 || bits / 8 != tensor.bytes))
        oddities.sizeWrong.add(tensor);
    return {};
}

} // namespace

Result<void> layOut(SafetensorsHeader &header, uint64_t fileSize)
{
    const auto before = [](const TensorRecord &a, const TensorRecord &b) {
        return a.offset != b.offset ? a.offset < b.offset : a.bytes < b.bytes;
    };
    // Most writers list them so.
    if (!std::is_sorted(header.tensors.begin(), header.tensors.end(), before))
        std::stable_sort(header.tensors.begin(), header.tensors.end(), before);
    HeaderOddities &oddities = header.oddities;
    const uint64_t available = fileSize - header.headerBytes;
    uint64_t covered = 0; // all bytes before are some tensor's or part of a gap
    for (TensorRecord &tensor : header.tensors) {
        if (auto size = checkSize(tensor, oddities); !size)
            return size;
        const uint64_t end = tensor.offset + tensor.bytes;
        if (tensor.offset < covered && tensor.bytes > 0)
            oddities.overlapping.add(tensor);
        if (tensor.offset > covered)
            oddities.gapBytes += std::min(tensor.offset, available) - std::min(covered, available);
        if (end > available)
            oddities.beyondFile.add(tensor);
        covered = std::max(covered, end);
        tensor.offset += header.headerBytes;
    }
    oddities.trailingBytes = available - std::min(covered, available);
    return {};
}

} // namespace assay
