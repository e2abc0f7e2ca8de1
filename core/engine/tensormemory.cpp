// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/tensormemory.h"

#include "core/engine/processor.h"
#include "core/engine/torch.h"

#include <algorithm>
#include <atomic>
#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <cstring>
#include <malloc.h>
#include <sys/mman.h>

namespace assay::engine {
namespace {

std::atomic<int64_t> liveBytes = 0;
std::atomic<int64_t> peakBytes = 0;
at::Allocator *underlying = nullptr;
constexpr uint64_t kNoFailure = ~uint64_t(0);
std::atomic<uint64_t> freeAtFailure = kNoFailure;

// A tensor freed here may have been allocated before counting began only if someone counted late; the worker
// and the trainer count from their start. The size is what malloc says, so no header beside the data is
// needed.
void release(void *data)
{
    liveBytes -= int64_t(::malloc_usable_size(data));
    underlying->raw_deallocate(data);
}

// libtorch 1.13 asks for a const allocate, 2.3 and later for one that is not and for copy_data: what matches
// the base class overrides it, the rest are plain functions. Hence no `override` on the three.
class CountingAllocator final : public at::Allocator
{
public:
    at::DataPtr allocate(size_t bytes) const { return counted(bytes); }
    at::DataPtr allocate(size_t bytes) { return counted(bytes); }
    void copy_data(void *to, const void *from, size_t bytes) const { std::memcpy(to, from, bytes); }
    at::DeleterFnPtr raw_deleter() const override { return &release; }

private:
    static at::DataPtr counted(size_t bytes)
    {
        void *data = nullptr;
        try {
            data = underlying->raw_allocate(bytes);
        } catch (...) {
            // Before what is held for the same work is let go.
            freeAtFailure = availableMemory();
            throw;
        }
        const int64_t now = liveBytes += int64_t(::malloc_usable_size(data));
        int64_t peak = peakBytes;
        while (now > peak && !peakBytes.compare_exchange_weak(peak, now)) {
        }
        return {data, data, &release, at::Device(at::kCPU)};
    }
};

} // namespace

void countTensorMemory()
{
    static CountingAllocator allocator;
    if (underlying)
        return;
    underlying = c10::GetCPUAllocator();
    // Above the default's priority, so that a later registration of the default does not undo it.
    c10::SetCPUAllocator(&allocator, 100);
}

TensorMemory tensorMemory()
{
    return {uint64_t(std::max<int64_t>(liveBytes, 0)), uint64_t(std::max<int64_t>(peakBytes, 0))};
}

void resetTensorPeak()
{
    peakBytes = liveBytes.load();
}

std::optional<uint64_t> takeFreeAtFailure()
{
    const uint64_t bytes = freeAtFailure.exchange(kNoFailure);
    return bytes == kNoFailure ? std::nullopt : std::optional(bytes);
}

void adviseLargePages(void *data, uint64_t bytes)
{
    constexpr uint64_t kPage = 2u << 20;
    const auto begin = (reinterpret_cast<uintptr_t>(data) + kPage - 1) / kPage * kPage, end = (reinterpret_cast<uintptr_t>(data) + bytes) / kPage * kPage;
    if (begin < end)
        ::madvise(reinterpret_cast<void *>(begin), end - begin, MADV_HUGEPAGE);
}

} // namespace assay::engine
