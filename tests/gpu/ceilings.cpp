// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gpu/ceilings.h"

#include "core/engine/device.h"
#include "core/engine/marks.h"

#include <algorithm>

namespace assay::gpu {
namespace {

/// A quarter of what is free, 2 GiB at most: far more than any cache.
at::Tensor largeTensor(at::Device device)
{
    const uint64_t bytes = std::min<uint64_t>(uint64_t(2) << 30, engine::freeMemory(device) / 4);
    return at::rand({int64_t(bytes / sizeof(float))}, at::TensorOptions(at::kFloat).device(device));
}

} // namespace

double secondsOf(at::Device device, const std::function<void()> &work, int times)
{
    work();
    engine::synchronise(device);
    engine::Marks marks(device);
    marks.add();
    for (int i = 0; i < times; ++i) {
        work();
        marks.add();
    }
    const std::vector<double> at = marks.seconds();
    std::vector<double> each;
    for (size_t i = 1; i < at.size(); ++i)
        each.push_back(at[i] - at[i - 1]);
    std::ranges::sort(each);
    return each[each.size() / 2];
}

double readBandwidth(at::Device device)
{
    const at::Tensor from = largeTensor(device);
    return double(from.nbytes()) / secondsOf(device, [&] { from.sum(); });
}

double copyBandwidth(at::Device device)
{
    const at::Tensor from = largeTensor(device);
    at::Tensor to = at::empty_like(from);
    return 2 * double(from.nbytes()) / secondsOf(device, [&] { to.copy_(from); });
}

double productRate(at::Device device, at::ScalarType type, int64_t tokens, const std::vector<std::pair<int64_t, int64_t>> &shapes)
{
    const auto options = at::TensorOptions(at::kFloat).device(device);
    std::vector<std::pair<at::Tensor, at::Tensor>> pairs;
    double operations = 0;
    for (const auto &[in, out] : shapes) {
        pairs.emplace_back(at::randn({tokens, in}, options).to(type), at::randn({out, in}, options).to(type));
        operations += 2 * double(tokens) * double(in) * double(out);
    }
    const double seconds = secondsOf(device, [&] {
        for (const auto &[x, weight] : pairs)
            at::linear(x, weight);
    });
    return operations / seconds;
}

} // namespace assay::gpu
