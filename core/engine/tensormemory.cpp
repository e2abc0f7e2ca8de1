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
#include <unistd.h>

namespace assay::engine {
namespace {

std::atomic<int64_t> liveBytes = 0;
std::atomic<int64_t> peakBytes = 0;
at::Allocator *underlying = nullptr;
constexpr uint64_t kNoFailure = ~uint64_t(0);
std::atomic<uint64_t> freeAtFailure = kNoFailure;

void counted(int64_t bytes)
{
    const int64_t now = liveBytes += bytes;
    int64_t peak = peakBytes;
    while (now > peak && !peakBytes.compare_exchange_weak(peak, now)) {
    }
}

uint64_t wholePages(uint64_t bytes)
{
    const auto page = uint64_t(::sysconf(_SC_PAGESIZE));
    return (bytes + page - 1) / page * page;
}

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
    at::DataPtr allocate(size_t bytes) const { return allocateCounted(bytes); }
    at::DataPtr allocate(size_t bytes) { return allocateCounted(bytes); }
    void copy_data(void *to, const void *from, size_t bytes) const { std::memcpy(to, from, bytes); }
    at::DeleterFnPtr raw_deleter() const override { return &release; }

private:
    static at::DataPtr allocateCounted(size_t bytes)
    {
        void *data = nullptr;
        try {
            data = underlying->raw_allocate(bytes);
        } catch (...) {
            // Before what is held for the same work is let go.
            freeAtFailure = availableMemory();
            throw;
        }
        counted(int64_t(::malloc_usable_size(data)));
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
    const auto at = reinterpret_cast<uintptr_t>(data);
    const uintptr_t begin = (at + kLargePage - 1) / kLargePage * kLargePage, end = (at + bytes) / kLargePage * kLargePage;
    if (begin < end)
        ::madvise(reinterpret_cast<void *>(begin), end - begin, MADV_HUGEPAGE);
}

void *mapLargePages(uint64_t bytes)
{
    const uint64_t length = wholePages(bytes), mapped = length + kLargePage;
    void *memory = ::mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        freeAtFailure = availableMemory();
        return nullptr;
    }
    // What lies before the first large page goes back, and what is left of it behind the end.
    const auto from = reinterpret_cast<uintptr_t>(memory), begin = (from + kLargePage - 1) / kLargePage * kLargePage;
    if (begin > from)
        ::munmap(memory, begin - from);
    if (from + mapped > begin + length)
        ::munmap(reinterpret_cast<void *>(begin + length), from + mapped - begin - length);
    void *data = reinterpret_cast<void *>(begin);
    adviseLargePages(data, length);
    counted(int64_t(length));
    return data;
}

void unmapLargePages(void *data, uint64_t bytes)
{
    const uint64_t length = wholePages(bytes);
    ::munmap(data, length);
    liveBytes -= int64_t(length);
}

} // namespace assay::engine
