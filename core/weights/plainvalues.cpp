// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/valuedecoder.h"

#include <algorithm>
#include <cstring>

namespace assay {
namespace {

constexpr uint64_t kPanelBytes = 4 * 1024 * 1024;
constexpr uint64_t kHopReadAhead = 4096;

/// A tensor of PyTorch that is a view of its storage: transposed, sliced or expanded.
class StridedDecoder final : public RowDecoder
{
public:
    StridedDecoder(StoredTensor stored, BlockDecoder decode, std::vector<int64_t> shape)
        : RowDecoder(uint64_t(shape.back())), m_stored(std::move(stored)), m_decode(decode), m_shape(std::move(shape)),
          m_strides(m_stored.record().strides.sizes()), m_width(dtypeBlock(m_stored.record().dtype).bytes)
    {
        if (m_strides.back() != 1)
            m_stored.setReadAhead(kHopReadAhead);
    }

private:
    Result<void> readRow(uint64_t row, uint64_t column, std::span<float> out) override;
    Result<void> readTransposed(uint64_t row, uint64_t column, std::span<float> out);
    uint64_t startOf(uint64_t row) const;

    StoredTensor m_stored;
    BlockDecoder m_decode;
    std::vector<int64_t> m_shape, m_strides;
    uint64_t m_width;
    std::vector<float> m_panel; ///< some rows' values for a range of columns, column after column
    uint64_t m_panelRow = 0, m_panelRows = 0, m_panelColumn = 0, m_panelColumns = 0;
};

/// Where a row begins, in elements.
uint64_t StridedDecoder::startOf(uint64_t row) const
{
    uint64_t start = 0;
    for (size_t axis = m_shape.size() - 1; axis-- > 0;) {
        start += row % uint64_t(m_shape[axis]) * uint64_t(m_strides[axis]);
        row /= uint64_t(m_shape[axis]);
    }
    return start;
}

Result<void> StridedDecoder::readRow(uint64_t row, uint64_t column, std::span<float> out)
{
    const bool transposed = m_shape.size() == 2 && m_strides[0] == 1 && m_strides[1] > 1;
    if (transposed)
        return readTransposed(row, column, out);
    const uint64_t start = startOf(row), step = uint64_t(m_strides.back());
    if (step == 1) {
        const auto bytes = m_stored.view((start + column) * m_width, out.size() * m_width);
        if (!bytes)
            return tl::unexpected(bytes.error());
        m_decode(*bytes, out.size(), out.data());
        return {};
    }
    for (size_t i = 0; i < out.size(); ++i) {
        const auto bytes = m_stored.view((start + (column + i) * step) * m_width, m_width);
        if (!bytes)
            return tl::unexpected(bytes.error());
        m_decode(*bytes, 1, &out[i]);
    }
    return {};
}

/// The columns lie one after another: takes many rows of them at once and keeps those for the next rows.
Result<void> StridedDecoder::readTransposed(uint64_t row, uint64_t column, std::span<float> out)
{
    const bool kept = row >= m_panelRow && row < m_panelRow + m_panelRows && column >= m_panelColumn
                      && column + out.size() <= m_panelColumn + m_panelColumns;
    if (!kept) {
        const uint64_t rows = std::clamp<uint64_t>(kPanelBytes / sizeof(float) / out.size(), 1, uint64_t(m_shape[0]) - row);
        m_panel.resize(size_t(rows * out.size()));
        m_panelRows = 0;
        for (size_t i = 0; i < out.size(); ++i) {
            const auto bytes = m_stored.view((row + (column + i) * uint64_t(m_strides[1])) * m_width, rows * m_width);
            if (!bytes)
                return tl::unexpected(bytes.error());
            m_decode(*bytes, size_t(rows), m_panel.data() + i * rows);
        }
        m_panelRow = row;
        m_panelRows = rows;
        m_panelColumn = column;
        m_panelColumns = out.size();
    }
    const float *from = m_panel.data() + (column - m_panelColumn) * m_panelRows + (row - m_panelRow);
    for (size_t i = 0; i < out.size(); ++i)
        out[i] = from[i * m_panelRows];
    return {};
}

} // namespace

Result<OpenedValues> openPlain(const OpenContext &context)
{
    auto stored = context.weight();
    if (!stored)
        return tl::unexpected(stored.error());
    auto decoder = PlainDecoder::make(std::move(*stored));
    if (!decoder)
        return tl::unexpected(decoder.error());
    return OpenedValues{std::move(*decoder), context.record().shape.sizes()};
}

Result<OpenedValues> openStrided(const OpenContext &context)
{
    auto stored = context.weight();
    if (!stored)
        return tl::unexpected(stored.error());
    const BlockDecoder decode = blockDecoder(context.record().dtype);
    if (!decode)
        return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its type has no known values")));
    const std::vector<int64_t> shape = context.record().shape.sizes();
    if (context.record().elements == 0 || shape.empty())
        return openPlain(context);
    return OpenedValues{std::make_unique<StridedDecoder>(std::move(*stored), decode, shape), shape};
}

} // namespace assay
