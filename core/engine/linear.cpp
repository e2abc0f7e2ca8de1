// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/linear.h"

#include "core/engine/kernels/product.h"
#include "core/engine/kernels/rows.h"
#include "core/engine/parttimes.h"

#include <atomic>
#include <mutex>

namespace assay::engine {
namespace {

using kernels::StoredAs;

std::atomic<bool> g_exact = false, g_libtorchOnly = false;
std::unique_ptr<kernels::ThreadPool> g_pool;

/// The matrix as the kernels see it; nothing where they cannot multiply by it.
std::optional<kernels::MatrixView> viewOf(const Matrix &matrix)
{
    if (matrix.blocks.defined()) {
        return kernels::MatrixView{matrix.storedAs, static_cast<const std::byte *>(matrix.blocks.data_ptr()),
                                   matrix.scales.defined() ? matrix.scales.data_ptr<float>() : nullptr, matrix.blocks.size(0),
                                   matrix.columns, matrix.blocks.stride(0)};
    }
    const at::Tensor &weight = matrix.weight;
    const auto type = storedAs(weight.scalar_type());
    if (!type || !ownKernels(weight.device()) || weight.stride(1) != 1 || at::GradMode::is_enabled())
        return std::nullopt;
    return kernels::MatrixView{*type, static_cast<const std::byte *>(weight.data_ptr()), nullptr, weight.size(0), weight.size(1),
                               weight.stride(0) * int64_t(weight.element_size())};
}

at::Tensor multiply(const at::Tensor &x, const kernels::MatrixView &view, const at::Tensor &bias)
{
    const at::Tensor rows = x.reshape({-1, view.columns}).to(at::kFloat).contiguous();
    const at::Tensor addend = bias.defined() ? bias.to(at::kFloat).contiguous() : at::Tensor();
    at::Tensor result = at::empty({rows.size(0), view.rows}, rows.options());
    kernels::product(view, rows.data_ptr<float>(), rows.size(0), result.data_ptr<float>(),
                     addend.defined() ? addend.data_ptr<float>() : nullptr, threadPool(),
                     g_exact ? kernels::Exactness::Float : kernels::Exactness::Fast);
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = view.rows;
    return result.view(shape).to(x.scalar_type());
}

} // namespace

std::optional<StoredAs> storedAs(at::ScalarType type)
{
    switch (type) {
    case at::kFloat:
        return StoredAs::F32;
    case at::kBFloat16:
        return StoredAs::BF16;
    case at::kHalf:
        return StoredAs::F16;
    default:
        return std::nullopt;
    }
}

bool suitsLoops(const at::Tensor &x)
{
    return ownKernels(x.device()) && x.scalar_type() == at::kFloat && x.is_contiguous() && !at::GradMode::is_enabled();
}

kernels::ThreadPool &threadPool()
{
    // The threads that load a model may be the first to want it, all at once.
    static std::once_flag asked;
    std::call_once(asked, [] {
        if (!g_pool)
            resizeThreadPool(at::get_num_threads());
    });
    return *g_pool;
}

void resizeThreadPool(int threads)
{
    g_pool = std::make_unique<kernels::ThreadPool>(threads);
}

void setExact(bool exact)
{
    g_exact = exact;
}

bool ownKernels(at::Device device)
{
    return device.is_cpu() && !g_libtorchOnly;
}

void setLibtorchOnly(bool only)
{
    g_libtorchOnly = only;
}

at::Tensor linear(const at::Tensor &x, const Matrix &matrix)
{
    const PartScope part(StepPart::Weights);
    if (const auto view = viewOf(matrix))
        return multiply(x, *view, matrix.bias);
    // Types differ where a router or a bias is kept in more bits than the rest.
    const at::Tensor weight = matrix.weight.to(x.scalar_type());
    return matrix.bias.defined() ? at::linear(x, weight, matrix.bias.to(x.scalar_type())) : at::linear(x, weight);
}

at::Tensor rowsOf(const Matrix &matrix, const at::Tensor &ids)
{
    if (!matrix.blocks.defined())
        return at::embedding(matrix.weight, ids);
    const kernels::MatrixView view = *viewOf(matrix);
    const at::Tensor numbers = ids.reshape({-1}).contiguous();
    at::Tensor out = at::empty({numbers.size(0), view.columns}, at::TensorOptions(at::kFloat));
    const auto *number = numbers.data_ptr<int64_t>();
    for (int64_t i = 0; i < numbers.size(0); ++i) {
        TORCH_CHECK_INDEX(number[i] >= 0 && number[i] < view.rows, "a row beyond the matrix");
        kernels::widenRow(view, number[i], out.data_ptr<float>() + i * view.columns);
    }
    std::vector<int64_t> shape = ids.sizes().vec();
    shape.push_back(view.columns);
    return out.view(shape);
}

std::vector<at::Tensor> linearOfEach(const at::Tensor &x, const Matrix &fused, std::initializer_list<const Matrix *> matrices)
{
    std::vector<at::Tensor> out;
    if (!fused.weight.defined() && !fused.blocks.defined()) {
        for (const Matrix *matrix : matrices)
            out.push_back(linear(x, *matrix));
        return out;
    }
    const at::Tensor all = linear(x, fused);
    int64_t at = 0;
    for (const Matrix *matrix : matrices) {
        out.push_back(all.narrow(-1, at, matrix->rows()));
        at += matrix->rows();
    }
    return out;
}

} // namespace assay::engine
