// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/description.h"
#include "core/engine/layerweights.h"
#include "core/weights/weightvalues.h"

namespace assay::engine {

/// Bytes of the model that were filled.
using OnFilled = std::function<void(uint64_t)>;

/// Copies rows of one weight of the checkpoint into one tensor of the model, a piece at a time: as bytes where both are
/// alike, else by way of float32. Used by one thread at a time; several may fill other rows of the same matrix.
class WeightFiller
{
public:
    WeightFiller(WeightReader &weight, const TensorSource &source, const Matrix &matrix, bool bias, const std::stop_token &stop);

    /// The weight's rows [begin, end) of those that it gives; all of them at once when it is transposed. Errors: Cancelled,
    /// those of WeightReader.
    Result<void> fill(int64_t begin, int64_t end, const OnFilled &filled);

private:
    bool sameBytes() const;
    Result<void> fillRows(int64_t begin, int64_t end, const OnFilled &filled);
    Result<void> fillTransposed(const OnFilled &filled);
    Result<void> fillColumns(const at::Tensor &target, int64_t first, const at::Tensor &from, const at::Tensor &to);
    /// Values of rows from this one of the model on.
    void put(int64_t row, int64_t count, const std::vector<float> &values);

    WeightReader &m_weight;
    const TensorSource &m_source;
    at::Tensor m_target; ///< [rows, columns], or bytes [rows, bytes of a row]
    at::Tensor m_scales;
    kernels::StoredAs m_kept;
    int64_t m_columns;
    uint64_t m_rowBytes;
    const std::stop_token &m_stop;
    std::vector<float> m_values;
    std::vector<std::byte> m_bytes; ///< on their way to another device
};

} // namespace assay::engine
