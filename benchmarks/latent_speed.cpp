// SPDX-License-Identifier: GPL-3.0-or-later
// What latent attention (DeepSeek's) pays a token and layer to bring queries into the latent space and results out of it,
// with DeepSeek-R1's widths: by the engine's loops, which read the matrix as it is stored, and by libtorch's operators,
// which need it in float32. Figures are medians of pairs taken one after the other.
#include "benchmarks/bandwidth.h"
#include "core/engine/engine.h"
#include "core/engine/kernels/headproducts.h"
#include "core/engine/linear.h"
#include "core/engine/openmp.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <cstdio>

using namespace assay;
using namespace assay::benchmark;

namespace {

constexpr int64_t kRank = 512, kRope = 64, kNope = 128, kValues = 128;
constexpr int kPairs = 15, kLayers = 4; // layers in turn, so that none is still in the caches

struct Layer
{
    at::Tensor up;            ///< [heads * (kNope + kValues), kRank]
    at::Tensor queries, mixed; ///< [1, 1, heads, kNope], [1, 1, heads, kRank]
};

void byLoops(const Layer &layer, int64_t heads)
{
    const auto width = int64_t(layer.up.element_size()) * kRank;
    const auto *data = static_cast<const std::byte *>(layer.up.data_ptr());
    const auto part = [&](int64_t first, int64_t rows) {
        return kernels::HeadMatrices{*engine::storedAs(layer.up.scalar_type()), data + first * width, rows, kRank, width,
                                     (kNope + kValues) * width};
    };
    const auto view = [heads](const at::Tensor &x) {
        return kernels::Heads{x.data_ptr<float>(), 1, heads, heads * x.size(3), x.size(3)};
    };
    const at::Tensor moved = at::empty({1, 1, heads, kRank + kRope}), out = at::empty({1, 1, heads, kValues});
    kernels::mixHeadRows(part(0, kNope), view(layer.queries), view(moved), engine::threadPool());
    kernels::multiplyHeads(part(kNope, kValues), view(layer.mixed), view(out), engine::threadPool());
}

void byOperators(const Layer &layer, int64_t heads)
{
    const at::Tensor up = layer.up.to(at::kFloat).unflatten(0, {heads, kNope + kValues});
    at::einsum("bthn,hnr->bthr", {layer.queries, up.narrow(1, 0, kNope)});
    at::einsum("bthr,hvr->bthv", {layer.mixed, up.narrow(1, kNope, kValues)});
}

template <class Way> double secondsOf(const std::vector<Layer> &layers, int64_t heads, const Way &way)
{
    const auto begin = std::chrono::steady_clock::now();
    for (const Layer &layer : layers)
        way(layer, heads);
    return seconds(begin) / double(layers.size());
}

void measure(int64_t heads, at::ScalarType type)
{
    std::vector<Layer> layers;
    for (int i = 0; i < kLayers; ++i)
        layers.push_back({at::rand({heads * (kNope + kValues), kRank}).to(type), at::rand({1, 1, heads, kNope}), at::rand({1, 1, heads, kRank})});
    std::vector<double> loops, operators;
    for (int pair = 0; pair < kPairs; ++pair) {
        operators.push_back(secondsOf(layers, heads, byOperators));
        loops.push_back(secondsOf(layers, heads, byLoops));
    }
    const double bytes = double(layers.front().up.numel()) * double(layers.front().up.element_size());
    std::printf("%3lld heads %-8s loops %7.1f us (%5.1f GB/s)  operators %7.1f us  ratio %.1f\n", static_cast<long long>(heads), at::toString(type),
                median(loops) * 1e6, bytes / median(loops) / 1e9, median(operators) * 1e6, median(operators) / median(loops));
}

} // namespace

int main(int, char **arguments)
{
    engine::waitPassively(arguments);
    engine::setThreads(0);
    const c10::InferenceMode guard;
    for (const int64_t heads : {16, 32, 128}) {
        for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kHalf})
            measure(heads, type);
    }
    return 0;
}
