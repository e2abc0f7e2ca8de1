// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/linear.h"

#include "core/engine/rowdot.h"

#include <algorithm>

namespace assay::engine {
namespace {

// Weights that one thread should at least have to read, so that starting it pays.
constexpr int64_t kGrainElements = 32 * 1024;

bool suitsRowDot(const at::Tensor &x, const at::Tensor &weight, int64_t rows)
{
    const at::ScalarType type = weight.scalar_type();
    return rows <= kRowDotVectors && weight.is_cpu() && weight.is_contiguous() && x.scalar_type() == type &&
           (type == at::kFloat || type == at::kBFloat16) && !at::GradMode::is_enabled();
}

at::Tensor fewRows(const at::Tensor &x, const at::Tensor &weight, int64_t rows)
{
    const int64_t in = weight.size(1), out = weight.size(0);
    const at::Tensor vectors = x.reshape({rows, in}).to(at::kFloat).contiguous();
    at::Tensor result = at::empty({rows, out}, vectors.options());
    const RowDotProblem problem{vectors.data_ptr<float>(), result.data_ptr<float>(), rows, in, out};
    const int64_t grain = std::max<int64_t>(1, kGrainElements / in);
    const bool isFloat = weight.scalar_type() == at::kFloat;
    const void *data = weight.data_ptr();
    at::parallel_for(0, out, grain, [&](int64_t begin, int64_t end) {
        if (isFloat)
            rowDot(static_cast<const float *>(data), problem, begin, end);
        else
            rowDot(static_cast<const BFloat16Bits *>(data), problem, begin, end);
    });
    return result;
}

} // namespace

at::Tensor linear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias)
{
    const int64_t rows = x.numel() / weight.size(1);
    if (!suitsRowDot(x, weight, rows))
        return bias.defined() ? at::linear(x, weight, bias) : at::linear(x, weight);
    at::Tensor result = fewRows(x, weight, rows);
    if (bias.defined())
        result.add_(bias);
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = weight.size(0);
    return result.view(shape).to(x.scalar_type());
}

} // namespace assay::engine
