// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/cuda.h"

// ASSAY_CUDA is set where libtorch was built with CUDA (core/engine/CMakeLists.txt).
#if defined(ASSAY_CUDA)

#include "core/engine/nvml.h"
#include "core/engine/torch.h"

#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <cstdio>

namespace assay::engine::cuda {
namespace {

namespace allocator = c10::cuda::CUDACachingAllocator;
// Index of the totals over the allocator's pools; the enumeration changed its namespace between versions.
constexpr size_t kAggregate = 0;

/// Of CUDA itself: libtorch's own header for it wants those of more libraries than an installation of Python has.
cudaDeviceProp propertiesOf(int index)
{
    cudaDeviceProp out{};
    C10_CUDA_CHECK(cudaGetDeviceProperties(&out, index));
    return out;
}

std::string pciAddress(int index)
{
    const cudaDeviceProp properties = propertiesOf(index);
    char text[32];
    std::snprintf(text, sizeof text, "%08x:%02x:%02x.0", unsigned(properties.pciDomainID), unsigned(properties.pciBusID),
                  unsigned(properties.pciDeviceID));
    return text;
}

} // namespace

int count()
{
    return c10::cuda::device_count();
}

std::string name(int index)
{
    return propertiesOf(index).name;
}

uint64_t totalMemory(int index)
{
    return propertiesOf(index).totalGlobalMem;
}

uint64_t freeMemory(int index)
{
    const c10::cuda::CUDAGuard guard{at::DeviceIndex(index)};
    size_t unused = 0, total = 0;
    if (cudaMemGetInfo(&unused, &total) != cudaSuccess)
        return 0;
    const auto stats = allocator::getDeviceStats(at::DeviceIndex(index));
    return unused +
           uint64_t(stats.reserved_bytes[kAggregate].current - stats.allocated_bytes[kAggregate].current);
}

Memory memory(int index)
{
    Memory out;
    const auto stats = allocator::getDeviceStats(at::DeviceIndex(index));
    out.tensorPeak = uint64_t(stats.allocated_bytes[kAggregate].peak);
    out.tensorCurrent = uint64_t(stats.allocated_bytes[kAggregate].current);
    out.reservedPeak = uint64_t(stats.reserved_bytes[kAggregate].peak);
    if (const auto driver = readNvml(pciAddress(index))) {
        out.processDevice = driver->process;
        out.deviceUsed = driver->used;
    }
    return out;
}

std::optional<NvmlState> state(int index)
{
    return readNvmlState(pciAddress(index));
}

void resetPeaks(int index)
{
    allocator::resetPeakStats(at::DeviceIndex(index));
}

void synchronise(int index)
{
    const c10::cuda::CUDAGuard guard{at::DeviceIndex(index)};
    c10::cuda::device_synchronize();
}

Event::Event(int index)
{
    const c10::cuda::CUDAGuard guard{at::DeviceIndex(index)};
    cudaEvent_t event = nullptr;
    C10_CUDA_CHECK(cudaEventCreate(&event));
    m_event = {event, [](void *each) { cudaEventDestroy(static_cast<cudaEvent_t>(each)); }};
    C10_CUDA_CHECK(cudaEventRecord(event, c10::cuda::getCurrentCUDAStream(at::DeviceIndex(index))));
}

void Event::wait() const
{
    C10_CUDA_CHECK(cudaEventSynchronize(static_cast<cudaEvent_t>(m_event.get())));
}

double Event::secondsSince(const Event &earlier) const
{
    float milliseconds = 0;
    C10_CUDA_CHECK(cudaEventElapsedTime(&milliseconds, static_cast<cudaEvent_t>(earlier.m_event.get()), static_cast<cudaEvent_t>(m_event.get())));
    return double(milliseconds) / 1e3;
}

} // namespace assay::engine::cuda

#else

namespace assay::engine::cuda {

int count()
{
    return 0;
}

std::string name(int)
{
    return {};
}

uint64_t totalMemory(int)
{
    return 0;
}

uint64_t freeMemory(int)
{
    return 0;
}

Memory memory(int)
{
    return {};
}

std::optional<NvmlState> state(int)
{
    return std::nullopt;
}

void resetPeaks(int) {}
void synchronise(int) {}

Event::Event(int) {}
void Event::wait() const {}

double Event::secondsSince(const Event &) const
{
    return 0;
}

} // namespace assay::engine::cuda

#endif
