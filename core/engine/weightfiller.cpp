// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weightfiller.h"

#include "core/engine/kernels/quantise.h"
#include "core/engine/kernels/rows.h"
#include "core/engine/linear.h"
#include "core/engine/weightstorage.h"

#include <algorithm>

namespace assay::engine {
namespace {

using kernels::StoredAs;

// Between two looks at the stop token; numbers are the most that a thread holds besides the model.
constexpr int64_t kPieceBytes = 4 << 20, kPieceNumbers = 512 << 10;

at::Tensor indices(const std::vector<int64_t> &values)
{
    return at::tensor(values, at::TensorOptions(at::kLong));
}

} // namespace

WeightFiller::WeightFiller(WeightReader &weight, const TensorSource &source, const Matrix &matrix, bool bias, const std::stop_token &stop)
    : m_weight(weight), m_source(source), m_stop(stop)
{
    const bool blocks = !bias && matrix.blocks.defined();
    const at::Tensor &tensor = bias ? matrix.bias : blocks ? matrix.blocks : matrix.weight;
    m_target = tensor.dim() == 1 ? tensor.view({-1, 1}) : tensor;
    m_kept = blocks ? matrix.storedAs : storedAs(tensor.scalar_type()).value_or(StoredAs::F32);
    m_scales = blocks ? matrix.scales : at::Tensor();
    m_columns = blocks ? matrix.columns : m_target.size(1);
    m_rowBytes = uint64_t(m_target.size(1)) * m_target.element_size();
}

bool WeightFiller::sameBytes() const
{
    const auto stored = m_weight.storedAs();
    return stored && storedAsOf(*stored) == m_kept;
}

Result<void> WeightFiller::fill(int64_t begin, int64_t end, const OnFilled &filled)
{
    return m_source.transposed ? fillTransposed(filled) : fillRows(begin, end, filled);
}

/// Rows that follow each other in both are taken at once.
Result<void> WeightFiller::fillRows(int64_t begin, int64_t end, const OnFilled &filled)
{
    const bool bytes = sameBytes();
    const int64_t most = std::max<int64_t>(1, bytes ? kPieceBytes / int64_t(m_rowBytes) : kPieceNumbers / m_columns);
    const auto left = [&](const RowPattern &pattern, int64_t row) { return pattern.run > 0 ? pattern.run - row % pattern.run : end - row; };
    for (int64_t row = begin; row < end;) {
        if (m_stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        const int64_t count = std::min({left(m_source.rows, row), left(m_source.into, row), most, end - row});
        const auto from = uint64_t(m_source.rows.rowOf(row));
        const int64_t to = m_source.into.rowOf(row);
        Result<void> read;
        if (bytes && !m_target.is_cpu()) {
            m_bytes.resize(uint64_t(count) * m_rowBytes);
            read = m_weight.readBytes(from * m_rowBytes, m_bytes);
            if (read)
                m_target.narrow(0, to, count).copy_(at::from_blob(m_bytes.data(), {count, m_columns}, at::TensorOptions(m_target.scalar_type())));
        } else if (bytes) {
            auto *place = static_cast<std::byte *>(m_target.data_ptr()) + uint64_t(to) * m_rowBytes;
            read = m_weight.readBytes(from * m_rowBytes, {place, uint64_t(count) * m_rowBytes});
        } else {
            m_values.resize(size_t(count * m_columns));
            read = m_weight.read(from * uint64_t(m_columns), m_values);
            if (read)
                put(to, count, m_values);
        }
        if (!read)
            return read;
        row += count;
        filled(uint64_t(count) * m_rowBytes);
    }
    return {};
}

void WeightFiller::put(int64_t row, int64_t count, const std::vector<float> &values)
{
    const at::Tensor rows = m_target.narrow(0, row, count);
    if (m_kept == StoredAs::I8Rows) {
        kernels::quantiseRows(kernels::matrixOf(StoredAs::F32, values.data(), count, m_columns), static_cast<int8_t *>(rows.data_ptr()),
                              m_scales.data_ptr<float>() + row, threadPool());
    } else if (rows.is_cpu()) {
        kernels::narrow(values.data(), count * m_columns, m_kept, rows.data_ptr());
    } else {
        rows.copy_(at::from_blob(const_cast<float *>(values.data()), {count, m_columns}, at::TensorOptions(at::kFloat)));
    }
}

/// The source holds columns where the model has rows; its leading axes are those of experts or heads.
Result<void> WeightFiller::fillTransposed(const OnFilled &filled)
{
    const int64_t rows = m_source.count > 0 ? m_source.count : m_target.size(0), width = m_source.shape.back();
    // A row's scale is known only when all of its columns are.
    const bool rounded = m_kept == StoredAs::I8Rows;
    const at::Tensor target = rounded ? at::empty({m_target.size(0), m_columns}, at::TensorOptions(at::kFloat)) : m_target;
    for (int64_t row = 0; row < rows;) {
        const int64_t matrix = m_source.rows.rowOf(row) / width;
        std::vector<int64_t> from, to;
        for (; row < rows && m_source.rows.rowOf(row) / width == matrix; ++row) {
            from.push_back(m_source.rows.rowOf(row) % width);
            to.push_back(m_source.into.rowOf(row));
        }
        const at::Tensor targets = indices(to).to(target.device());
        if (auto done = fillColumns(target, matrix * m_columns * width, indices(from), targets); !done)
            return done;
        if (rounded) {
            for (const int64_t each : to) {
                const auto *values = target.data_ptr<float>() + each * m_columns;
                put(each, 1, {values, values + m_columns});
            }
        }
        filled(uint64_t(to.size()) * m_rowBytes);
    }
    return {};
}

/// Columns `from` of the matrix [columns of the target, width] that begins with element `first` become rows `to`.
Result<void> WeightFiller::fillColumns(const at::Tensor &target, int64_t first, const at::Tensor &from, const at::Tensor &to)
{
    const int64_t width = m_source.shape.back(), most = std::max<int64_t>(1, kPieceNumbers / width);
    for (int64_t column = 0; column < m_columns;) {
        if (m_stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        const int64_t count = std::min(most, m_columns - column);
        const at::Tensor piece = at::empty({count, width}, at::TensorOptions(at::kFloat));
        if (auto read = m_weight.read(uint64_t(first + column * width), {piece.data_ptr<float>(), size_t(piece.numel())}); !read)
            return read;
        target.narrow(1, column, count).index_copy_(0, to, piece.index_select(1, from).t().to(target.options()));
        column += count;
    }
    return {};
}

} // namespace assay::engine
