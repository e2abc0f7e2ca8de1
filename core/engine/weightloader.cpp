// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weightloader.h"

#include <algorithm>
#include <map>

namespace assay::engine {
namespace {

// Numbers between two looks at the stop token, and the most that conversion holds besides the model.
constexpr uint64_t kPiece = 2u << 20;

std::optional<at::ScalarType> scalarType(Dtype dtype)
{
    switch (dtype) {
    case Dtype::F32:
        return at::kFloat;
    case Dtype::BF16:
        return at::kBFloat16;
    case Dtype::F16:
        return at::kHalf;
    case Dtype::F64:
        return at::kDouble;
    default:
        return std::nullopt;
    }
}

/// Copies one weight of the checkpoint into one tensor of the model.
class Filler
{
public:
    Filler(WeightReader &weight, const TensorSource &source, const at::Tensor &target, const std::stop_token &stop)
        : m_weight(weight), m_source(source), m_target(target.dim() == 1 ? target.view({-1, 1}) : target),
          m_rows(source.count > 0 ? source.count : m_target.size(0)), m_stop(stop)
    {
    }

    Result<void> fill(const std::function<void(uint64_t)> &done)
    {
        return m_source.transposed ? fillTransposed(done) : fillRows(done);
    }

private:
    /// Rows that follow each other in both are read at once.
    Result<void> fillRows(const std::function<void(uint64_t)> &done)
    {
        const int64_t columns = m_target.size(1), most = std::max<int64_t>(1, int64_t(kPiece) / columns);
        const auto left = [&](const RowPattern &pattern, int64_t row) { return pattern.run > 0 ? pattern.run - row % pattern.run : m_rows - row; };
        for (int64_t row = 0; row < m_rows;) {
            if (m_stop.stop_requested())
                return failure(ErrorCode::Cancelled);
            const int64_t count = std::min({left(m_source.rows, row), left(m_source.into, row), most, m_rows - row});
            const at::Tensor part = m_target.narrow(0, m_source.into.rowOf(row), count);
            if (auto read = copy(uint64_t(m_source.rows.rowOf(row) * columns), part.view(-1)); !read)
                return read;
            row += count;
            done(uint64_t(count * columns));
        }
        return {};
    }

    /// The source holds columns where the model has rows; its leading axes are those of experts or heads.
    Result<void> fillTransposed(const std::function<void(uint64_t)> &done)
    {
        const int64_t columns = m_target.size(1), width = m_source.shape.back();
        for (int64_t row = 0; row < m_rows;) {
            const int64_t matrix = m_source.rows.rowOf(row) / width;
            std::vector<int64_t> from, to;
            for (; row < m_rows && m_source.rows.rowOf(row) / width == matrix; ++row) {
                from.push_back(m_source.rows.rowOf(row) % width);
                to.push_back(m_source.into.rowOf(row));
            }
            if (auto filled = fillMatrix(matrix * columns, width, indices(from), indices(to), done); !filled)
                return filled;
        }
        return {};
    }

    static at::Tensor indices(const std::vector<int64_t> &values)
    {
        return at::tensor(values, at::TensorOptions(at::kLong));
    }

    /// Columns `from` of the matrix [columns of the target, width] that begins with row `first` become rows `to`.
    Result<void> fillMatrix(int64_t first, int64_t width, const at::Tensor &from, const at::Tensor &to, const std::function<void(uint64_t)> &done)
    {
        const int64_t columns = m_target.size(1), most = std::max<int64_t>(1, int64_t(kPiece) / width);
        for (int64_t column = 0; column < columns;) {
            if (m_stop.stop_requested())
                return failure(ErrorCode::Cancelled);
            const int64_t count = std::min(most, columns - column);
            const at::Tensor piece = at::empty({count, width}, at::TensorOptions(at::kFloat));
            if (auto read = copy(uint64_t((first + column) * width), piece.view(-1)); !read)
                return read;
            const at::Tensor values = piece.index_select(1, from).t().to(m_target.options());
            m_target.narrow(1, column, count).index_copy_(0, to.to(m_target.device()), values);
            column += count;
            done(uint64_t(count * to.numel()));
        }
        return {};
    }

    /// Values from `first` on into a flat tensor of any type and device.
    Result<void> copy(uint64_t first, const at::Tensor &flat)
    {
        const auto stored = m_weight.storedAs() ? scalarType(*m_weight.storedAs()) : std::nullopt;
        if (stored && *stored == flat.scalar_type() && flat.is_cpu()) {
            const uint64_t width = flat.element_size();
            return m_weight.readBytes(first * width, {static_cast<std::byte *>(flat.data_ptr()), uint64_t(flat.numel()) * width});
        }
        const bool direct = flat.scalar_type() == at::kFloat && flat.is_cpu();
        const at::Tensor values = direct ? flat : at::empty({flat.numel()}, at::TensorOptions(at::kFloat));
        auto read = m_weight.read(first, {values.data_ptr<float>(), size_t(values.numel())});
        if (read && !direct)
            flat.copy_(values);
        return read;
    }

    WeightReader &m_weight;
    const TensorSource &m_source;
    at::Tensor m_target; ///< [rows, columns]
    int64_t m_rows;
    const std::stop_token &m_stop;
};

} // namespace

at::ScalarType storedType(const std::vector<MatchedWeight> &weights, const Checkpoint &checkpoint)
{
    std::map<at::ScalarType, uint64_t> elements;
    for (const MatchedWeight &weight : weights) {
        uint64_t count = 1;
        for (const int64_t size : weight.slot.shape)
            count *= uint64_t(size);
        elements[scalarType(checkpoint.tensors[weight.pieces.front().tensor].dtype).value_or(at::kBFloat16)] += count;
    }
    return std::ranges::max_element(elements, {}, [](const auto &entry) { return entry.second; })->first;
}

Result<void> loadWeights(Decoder &decoder, const std::vector<MatchedWeight> &weights, const WeightCatalog &catalog,
                         const FileSet &files, const Progress &progress, const std::stop_token &stop)
{
    const std::vector<NamedTensor> parameters = decoder.parameters();
    std::vector<size_t> order(weights.size());
    uint64_t total = 0, done = 0;
    for (size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
        total += uint64_t(parameters[i].tensor.numel());
    }
    // In the order of the files, so that a disk reads ahead.
    std::ranges::sort(order, {}, [&](size_t i) {
        const TensorRecord &record = catalog.checkpoint().tensors[weights[i].pieces.front().tensor];
        return std::tuple(record.file, record.offset, i);
    });
    const auto report = [&](uint64_t elements) {
        done += elements;
        if (progress)
            progress(double(done), double(total));
    };
    for (const size_t i : order) {
        for (const MatchedWeight::Piece &piece : weights[i].pieces) {
            auto weight = openWeight(catalog, piece.tensor, files);
            if (!weight)
                return tl::unexpected(weight.error());
            if (auto filled = Filler(*weight, piece.source, parameters[i].tensor, stop).fill(report); !filled)
                return filled;
        }
    }
    return {};
}

} // namespace assay::engine
