// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/machine.h"

#include "core/engine/devicestate.h"
#include "core/engine/implementation.h"
#include "core/engine/kernels/bandwidth.h"
#include "core/engine/kernels/product.h"
#include "core/engine/linear.h"
#include "core/engine/marks.h"
#include "core/engine/nvml.h"
#include "core/engine/processor.h"
#include "core/engine/sensors.h"

#include <algorithm>
#include <thread>

namespace assay::engine {
namespace {

constexpr double kEach = 0.25; // seconds of tries of each measurement

/// The best of tries until they took long enough, at least three.
template <class Try> Result<double> bestOf(const std::stop_token &stop, Try once)
{
    const Watch watch;
    double best = 0;
    for (int tries = 0; tries < 3 || watch.seconds() < kEach; ++tries) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        best = std::max(best, once());
    }
    return best;
}

/// More than the caches hold by far, and never more than a quarter of what is free.
size_t bytesToRead(uint64_t unused, uint64_t lastCache)
{
    constexpr uint64_t kUsual = uint64_t(512) << 20, kLeast = uint64_t(32) << 20;
    return size_t(std::max(kLeast, std::min(std::max(kUsual, 4 * lastCache), unused / 4)));
}

/// How long the device took for something, by its own clock.
template <class Work> double secondsOf(at::Device device, Work work)
{
    Marks marks(device);
    marks.add();
    work();
    marks.add();
    return marks.seconds().back();
}

/// Operations a second of products of square matrices by libtorch.
Result<double> torchRate(at::Device device, at::ScalarType type, int64_t size, const std::stop_token &stop)
{
    // Some devices multiply what is all alike faster, since it takes less power.
    const auto random = [&] { return at::rand({size, size}, at::TensorOptions(device).dtype(at::kFloat)).sub(0.5).to(type); };
    const at::Tensor a = random(), b = random();
    at::Tensor out = at::mm(a, b); // what is set up at the first call stays out
    const double flops = 2 * double(size) * double(size) * double(size);
    return bestOf(stop, [&] { return flops / secondsOf(device, [&] { at::mm_out(out, a, b); }); });
}

/// The same by the engine's own kernels on the CPU, with weights stored in this way.
Result<double> kernelRate(kernels::StoredAs type, const std::stop_token &stop)
{
    // A layer of a small model over a piece of a prefill; the weights stay in the caches, as the limit has it.
    constexpr int64_t kRows = 1024, kColumns = 1024, kVectors = 512;
    const std::vector<std::byte> weights(size_t(kRows * kernels::bytesOfRow(type, kColumns)));
    const std::vector<float> scales(kRows, 1), x(size_t(kVectors * kColumns), 1);
    std::vector<float> out(size_t(kVectors * kRows));
    const kernels::MatrixView matrix = kernels::matrixOf(type, weights.data(), kRows, kColumns, scales.data());
    const double flops = 2.0 * kRows * kColumns * kVectors;
    return bestOf(stop, [&] {
        return flops / secondsOf(at::kCPU, [&] { kernels::product(matrix, x.data(), kVectors, out.data(), nullptr, threadPool()); });
    });
}

/// Bytes a second that a GPU reads to add up numbers.
Result<double> torchReading(at::Device device, uint64_t bytes, const std::stop_token &stop)
{
    const at::Tensor numbers = at::zeros({int64_t(bytes / sizeof(float))}, at::TensorOptions(device).dtype(at::kFloat));
    at::Tensor sum = numbers.sum();
    return bestOf(stop, [&] { return double(numbers.nbytes()) / secondsOf(device, [&] { sum = numbers.sum(); }); });
}

/// What the device uses while it has nothing to do. Nothing where no counter tells; energy counters want five seconds
/// (benchmarking.md 4.16).
Result<std::optional<double>> idlePower(at::Device device, const std::stop_token &stop)
{
    StateWatch state({device});
    if (!state.countsEnergy())
        return std::optional<double>();
    constexpr double kWindow = 5;
    const Watch watch;
    state.begin();
    while (watch.seconds() < kWindow) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    const double seconds = watch.seconds();
    const std::optional<double> joules = state.end().joules;
    return joules ? std::optional(*joules / seconds) : std::nullopt;
}

struct RateToMeasure
{
    const char *dtype;
    Result<double> rate;
};

Result<void> takeRates(std::vector<RateToMeasure> rates, MachineLimits &out)
{
    for (RateToMeasure &each : rates) {
        if (!each.rate)
            return tl::unexpected(each.rate.error());
        out.matrixRates.push_back({each.dtype, *each.rate});
    }
    return {};
}

Result<void> measureProcessor(MachineLimits &out, const std::stop_token &stop)
{
    const ProcessorCaches caches = processorCaches();
    out.name = processorName();
    out.memoryBytes = totalMemory();
    out.caches = caches.one;
    if (!out.caches.empty())
        out.caches.back() = std::max(out.caches.back(), caches.lastInAll);
    out.governor = clockGovernor();
    {
        const kernels::ReadBandwidth memory(threads(), bytesToRead(availableMemory(), caches.lastInAll));
        const auto read = bestOf(stop, [&] { return memory.measure(); });
        if (!read)
            return tl::unexpected(read.error());
        out.readBandwidth = *read;
    }
    constexpr int64_t kSize = 1024;
    const auto byTorch = torchRate(at::kCPU, at::kFloat, kSize, stop), byUs = kernelRate(kernels::StoredAs::F32, stop);
    auto measured = takeRates({{"f32", byTorch && byUs ? Result<double>(std::max(*byTorch, *byUs)) : byUs},
                               {"bf16", kernelRate(kernels::StoredAs::BF16, stop)},
                               {"int8", kernelRate(kernels::StoredAs::I8Rows, stop)}},
                              out);
    out.clockHertz = processorClock();
    out.temperature = processorTemperature();
    return measured;
}

Result<void> measureGpu(at::Device device, MachineLimits &out, const std::stop_token &stop)
{
    out.name = cuda::name(device.index());
    out.memoryBytes = cuda::totalMemory(device.index());
    constexpr uint64_t kMost = uint64_t(4) << 30;
    const auto read = torchReading(device, std::min(kMost, freeMemory(device) / 4), stop);
    if (!read)
        return tl::unexpected(read.error());
    out.readBandwidth = *read;
    constexpr int64_t kSize = 8192;
    auto measured = takeRates({{"f32", torchRate(device, at::kFloat, kSize / 2, stop)},
                               {"bf16", torchRate(device, at::kBFloat16, kSize, stop)},
                               {"f16", torchRate(device, at::kHalf, kSize, stop)}},
                              out);
    if (const auto state = cuda::state(device.index())) {
        out.driver = state->driver;
        out.clockHertz = state->clockHertz;
        out.temperature = state->temperature;
    }
    return measured;
}

} // namespace

Result<MachineLimits> measureMachine(const std::string &device, const std::stop_token &stop)
{
    const auto found = deviceFromId(device);
    if (!found)
        return tl::unexpected(found.error());
    return guarded(*found, stop, [&]() -> Result<MachineLimits> {
        MachineLimits out;
        out.device = found->is_cuda() ? found->str() : "cpu";
        out.cores = usableCores();
        out.threads = threads();
        out.load1 = loadAverage();
        const auto idle = idlePower(*found, stop);
        if (!idle)
            return tl::unexpected(idle.error());
        out.idleWatts = *idle;
        if (auto measured = found->is_cuda() ? measureGpu(*found, out, stop) : measureProcessor(out, stop); !measured)
            return tl::unexpected(measured.error());
        return out;
    });
}

} // namespace assay::engine
