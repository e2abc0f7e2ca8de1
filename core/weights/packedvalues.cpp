// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/valuedecoder.h"

#include <algorithm>

namespace assay {
namespace {

/// Rows of codes of a few bits in 32-bit words, with a scale and an offset for each group of a row: value =
/// code x scale + offset.
struct PackedLayout
{
    int bits = 4;
    uint64_t rows = 0, columns = 0, words = 0; ///< words of a row
    uint64_t groups = 1, groupSize = 1;        ///< of a row
    uint64_t scaleColumns = 1;
    bool acrossWords = false; ///< MLX: codes go across words; else each word holds whole codes
    bool centred = false;     ///< codes stand 2^(bits-1) above what they mean
    std::vector<uint32_t> groupOf; ///< of each column where it is stored; else by groupSize
};

class PackedDecoder final : public RowDecoder
{
public:
    PackedDecoder(PackedLayout layout, StoredTensor codes, std::unique_ptr<PlainDecoder> scales,
                  std::unique_ptr<PlainDecoder> offsets, std::optional<StoredTensor> zeros)
        : RowDecoder(layout.columns), m_layout(std::move(layout)), m_codes(std::move(codes)), m_scales(std::move(scales)),
          m_offsets(std::move(offsets)), m_zeros(std::move(zeros))
    {
    }

private:
    Result<void> readRow(uint64_t row, uint64_t column, std::span<float> out) override;
    Result<void> loadGroups(uint64_t row);

    PackedLayout m_layout;
    StoredTensor m_codes;
    std::unique_ptr<PlainDecoder> m_scales, m_offsets; ///< offsets: MLX
    std::optional<StoredTensor> m_zeros;               ///< compressed-tensors: packed along the rows
    uint64_t m_row = ~uint64_t(0);
    std::vector<float> m_scale, m_offset; ///< of the row's groups
};

Result<void> PackedDecoder::loadGroups(uint64_t row)
{
    if (row == m_row)
        return {};
    m_row = ~uint64_t(0);
    m_scale.resize(size_t(m_layout.groups));
    m_offset.assign(size_t(m_layout.groups), 0);
    const uint64_t first = m_layout.scaleColumns == 0 ? 0 : row * m_layout.scaleColumns;
    if (auto done = m_scales->read(first, m_scale); !done)
        return done;
    if (m_offsets) {
        if (auto done = m_offsets->read(row * m_layout.groups, m_offset); !done)
            return done;
    } else {
        const float centre = m_layout.centred ? float(1 << (m_layout.bits - 1)) : 0;
        for (uint64_t g = 0; g < m_layout.groups; ++g) {
            float zero = centre;
            if (m_zeros) {
                const uint64_t each = 32 / uint64_t(m_layout.bits);
                const auto word = m_zeros->view((row / each * m_layout.groups + g) * 4, 4);
                if (!word)
                    return tl::unexpected(word.error());
                zero = float(BitStream(*word, m_layout.bits).at(row % each));
            }
            m_offset[size_t(g)] = -zero * m_scale[size_t(g)];
        }
    }
    m_row = row;
    return {};
}

Result<void> PackedDecoder::readRow(uint64_t row, uint64_t column, std::span<float> out)
{
    if (auto done = loadGroups(row); !done)
        return done;
    const auto words = m_codes.view(row * m_layout.words * 4, m_layout.words * 4);
    if (!words)
        return tl::unexpected(words.error());
    const BitStream stream(*words, m_layout.bits);
    const uint64_t each = 32 / uint64_t(m_layout.bits);
    const bool whole = m_layout.acrossWords || 32 % m_layout.bits == 0;
    for (size_t i = 0; i < out.size(); ++i) {
        const uint64_t c = column + i;
        const uint64_t group = m_layout.groupOf.empty() ? c / m_layout.groupSize : m_layout.groupOf[size_t(c)];
        const uint32_t code = whole ? stream.at(c) : BitStream(*words + c / each * 4, m_layout.bits).at(c % each);
        out[i] = float(code) * m_scale[size_t(group)] + m_offset[size_t(group)];
    }
    return {};
}

/// How many columns a row of the stored words stands for.
Result<PackedLayout> layoutOf(const OpenContext &context, const TensorRecord &scales)
{
    const auto misfit = [&] { return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its scales do not fit its shape"))); };
    const TensorRecord &codes = context.record();
    PackedLayout layout;
    layout.bits = context.catalog.details().bits;
    if (codes.shape.size() < 2 || codes.elements == 0 || scales.elements == 0 || layout.bits < 1 || layout.bits > 8)
        return misfit();
    layout.words = uint64_t(codes.shape[codes.shape.size() - 1]);
    layout.rows = codes.elements / layout.words;
    layout.acrossWords = context.parts.scheme == WeightScheme::Mlx;
    layout.centred = !layout.acrossWords;
    const uint64_t room = layout.acrossWords ? layout.words * 32 / uint64_t(layout.bits) : layout.words * (32 / uint64_t(layout.bits));
    layout.columns = room;
    if (context.parts.has(WeightPart::TrueShape)) {
        const auto shape = context.values(WeightPart::TrueShape, 8);
        if (!shape)
            return tl::unexpected(shape.error());
        if (shape->empty() || !(shape->back() >= 1 && shape->back() <= float(room)))
            return misfit();
        layout.columns = uint64_t(shape->back());
    }
    layout.groups = scales.elements == 1 ? 1 : scales.elements / layout.rows;
    layout.scaleColumns = scales.elements == 1 ? 0 : layout.groups;
    if (layout.groups == 0 || layout.groups > layout.columns || (layout.scaleColumns && layout.groups * layout.rows != scales.elements))
        return misfit();
    const uint64_t size = groupSize(layout.columns, layout.groups, context.catalog.details().groupSize);
    if (size == 0)
        return misfit();
    layout.groupSize = size;
    return layout;
}

/// Zero points packed along the rows, or the order of the columns, where compressed-tensors stores them.
Result<void> readOrder(const OpenContext &context, PackedLayout &layout)
{
    if (!context.parts.has(WeightPart::Order))
        return {};
    const auto order = context.values(WeightPart::Order, layout.columns);
    if (!order)
        return tl::unexpected(order.error());
    for (const float group : *order) {
        if (!(group < float(layout.groups)))
            return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its order names groups that are not there")));
        layout.groupOf.push_back(group >= 0 ? uint32_t(group) : 0);
    }
    const bool unset = std::any_of(order->begin(), order->end(), [](float group) { return group < 0; });
    if (unset || order->size() != layout.columns)
        layout.groupOf.clear(); // -1 everywhere means that the columns keep their order
    return {};
}

} // namespace

Result<OpenedValues> openPackedInts(const OpenContext &context)
{
    auto opened = context.codesAndScales();
    if (!opened)
        return tl::unexpected(opened.error());
    auto &[codes, scales] = *opened;
    if (!codes.record().strides.empty())
        return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its codes are not stored row by row")));
    auto layout = layoutOf(context, scales->record());
    if (!layout)
        return tl::unexpected(layout.error());
    if (auto done = readOrder(context, *layout); !done)
        return tl::unexpected(done.error());
    std::unique_ptr<PlainDecoder> offsets;
    std::optional<StoredTensor> zeros;
    if (const TensorRecord *record = context.record(WeightPart::Zeros)) {
        const bool mlx = context.parts.scheme == WeightScheme::Mlx;
        const uint64_t each = 32 / uint64_t(layout->bits);
        const uint64_t wanted = mlx ? layout->rows * layout->groups : (layout->rows + each - 1) / each * layout->groups;
        if (record->elements != wanted || (!mlx && record->dtype != Dtype::I32))
            return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its scales do not fit its shape")));
        if (mlx) {
            auto plain = context.plain(WeightPart::Zeros);
            if (!plain)
                return tl::unexpected(plain.error());
            offsets = std::move(*plain);
        } else {
            auto stored = context.stored(WeightPart::Zeros);
            if (!stored)
                return tl::unexpected(stored.error());
            zeros = std::move(*stored);
        }
    }
    std::vector<int64_t> shape = context.record().shape.sizes();
    shape.back() = int64_t(layout->columns);
    return OpenedValues{std::make_unique<PackedDecoder>(std::move(*layout), std::move(codes), std::move(scales),
                                                        std::move(offsets), std::move(zeros)),
                        shape};
}

} // namespace assay
