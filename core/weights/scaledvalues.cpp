// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/valuedecoder.h"

#include <algorithm>

namespace assay {
namespace {

constexpr float kInt8Range = 127; // bitsandbytes: a row's scale is its largest absolute value

/// A stack of matrices; axes before the last two count as one.
struct MatrixStack
{
    uint64_t matrices = 1, rows = 1, columns = 1;
};

MatrixStack stackOf(const Shape &shape)
{
    MatrixStack stack;
    const size_t axes = shape.size();
    if (axes > 0)
        stack.columns = uint64_t(shape[axes - 1]);
    if (axes > 1)
        stack.rows = uint64_t(shape[axes - 2]);
    for (size_t axis = 0; axis + 2 < axes; ++axis)
        stack.matrices *= uint64_t(shape[axis]);
    return stack;
}

/// Which scale belongs to an element: rows and columns of a block, and how the scales are laid out.
struct ScaleGrid
{
    MatrixStack scales;
    uint64_t blockRows = 1, blockColumns = 1;
};

/// The block that cuts `length` into `parts`: the declared one, which must fit; undeclared DeepSeek's 128, else parts that are
/// all alike. One scale for all and one for each are what they are.
std::optional<uint64_t> blockOf(uint64_t length, uint64_t parts, int64_t declared)
{
    if (parts == 0 || parts > length)
        return std::nullopt;
    if (parts == 1 || parts == length)
        return length / parts;
    const uint64_t block = declared > 0 ? uint64_t(declared) : 128;
    if (length / block + (length % block != 0) == parts)
        return block;
    return declared > 0 || length % parts != 0 ? std::nullopt : std::optional(length / parts);
}

std::optional<ScaleGrid> gridOf(const MatrixStack &weight, const TensorRecord &scales, const QuantizationDetails &details)
{
    ScaleGrid grid;
    const auto sizes = scales.shape.sizes();
    if (scales.elements == 1)
        grid.scales = {1, 1, 1};
    else if (scales.elements == weight.matrices && weight.matrices > 1)
        grid.scales = {weight.matrices, 1, 1}; // one for each expert
    else if (sizes.size() == 1)
        grid.scales = {1, uint64_t(sizes[0]), 1}; // one for each row
    else
        grid.scales = stackOf(scales.shape);
    if (grid.scales.matrices != 1 && grid.scales.matrices != weight.matrices)
        return std::nullopt;
    const bool declared = details.block.size() == 2;
    const auto rows = blockOf(weight.rows, grid.scales.rows, declared ? details.block[0] : 0);
    const auto columns = blockOf(weight.columns, grid.scales.columns, declared ? details.block[1] : 0);
    if (!rows || !columns)
        return std::nullopt;
    grid.blockRows = *rows;
    grid.blockColumns = *columns;
    return grid;
}

class ScaledDecoder final : public RowDecoder
{
public:
    ScaledDecoder(std::unique_ptr<PlainDecoder> codes, std::unique_ptr<PlainDecoder> scales, const MatrixStack &weight,
                  const ScaleGrid &grid, float factor)
        : RowDecoder(weight.columns), m_codes(std::move(codes)), m_scales(std::move(scales)), m_weight(weight),
          m_grid(grid), m_factor(factor)
    {
    }

private:
    Result<void> readRow(uint64_t row, uint64_t column, std::span<float> out) override
    {
        if (auto done = m_codes->read(row * m_columns + column, out); !done)
            return done;
        const uint64_t matrix = m_grid.scales.matrices == 1 ? 0 : row / m_weight.rows;
        const uint64_t scaleRow = matrix * m_grid.scales.rows + row % m_weight.rows / m_grid.blockRows;
        if (auto done = loadScales(scaleRow, column / m_grid.blockColumns, (column + out.size() - 1) / m_grid.blockColumns); !done)
            return done;
        for (size_t i = 0; i < out.size();) {
            const uint64_t block = (column + i) / m_grid.blockColumns;
            const size_t end = size_t(std::min<uint64_t>(out.size(), (block + 1) * m_grid.blockColumns - column));
            const float scale = m_row[size_t(block - m_firstBlock)] * m_factor;
            for (; i < end; ++i)
                out[i] *= scale;
        }
        return {};
    }

    /// The scales of these blocks of a row, kept for the rows that share them.
    Result<void> loadScales(uint64_t row, uint64_t first, uint64_t last)
    {
        if (row == m_scaleRow && first >= m_firstBlock && last < m_firstBlock + m_row.size())
            return {};
        m_scaleRow = ~uint64_t(0);
        m_row.resize(size_t(last - first + 1));
        auto done = m_scales->read(row * m_grid.scales.columns + first, m_row);
        m_scaleRow = row;
        m_firstBlock = first;
        if (!done)
            m_scaleRow = ~uint64_t(0);
        return done;
    }

    std::unique_ptr<PlainDecoder> m_codes, m_scales;
    MatrixStack m_weight;
    ScaleGrid m_grid;
    float m_factor;
    std::vector<float> m_row;
    uint64_t m_scaleRow = ~uint64_t(0), m_firstBlock = 0;
};

} // namespace

Result<OpenedValues> openScaled(const OpenContext &context)
{
    if (!context.record().strides.empty())
        return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its codes are not stored row by row")));
    auto weight = context.weight();
    if (!weight)
        return tl::unexpected(weight.error());
    auto codes = PlainDecoder::make(std::move(*weight));
    if (!codes)
        return tl::unexpected(codes.error());
    auto scales = context.plain(WeightPart::Scales);
    if (!scales)
        return tl::unexpected(scales.error());
    const std::vector<int64_t> shape = context.record().shape.sizes();
    if (context.record().elements == 0)
        return OpenedValues{std::move(*codes), shape};
    const MatrixStack stack = stackOf(context.record().shape);
    const auto grid = gridOf(stack, (*scales)->record(), context.catalog.details());
    if (!grid)
        return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its scales do not fit its shape")));
    const bool ofRows = (*scales)->record().name.ends_with(".SCB");
    const float factor = ofRows ? 1 / kInt8Range : 1;
    return OpenedValues{std::make_unique<ScaledDecoder>(std::move(*codes), std::move(*scales), stack, *grid, factor), shape};
}

} // namespace assay
