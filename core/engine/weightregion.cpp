// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weightregion.h"

#include "core/engine/tensormemory.h"
#include "core/engine/weightstorage.h"

#include <c10/util/Exception.h>
#include <c10/util/accumulate.h>

namespace assay::engine {
namespace {

using kernels::StoredAs;

uint64_t aligned(uint64_t bytes)
{
    constexpr uint64_t kLine = 64;
    return (bytes + kLine - 1) / kLine * kLine;
}

/// Those that lie in one tensor with others take less.
uint64_t bytesOf(const std::vector<TensorSlot> &slots, const std::vector<StoredAs> &kept)
{
    uint64_t out = 0;
    for (size_t i = 0; i < slots.size(); ++i) {
        const uint64_t scales = kept[i] == StoredAs::I8Rows ? uint64_t(slots[i].shape[0]) * sizeof(float) : 0;
        out += aligned(bytesKept(slots[i], kept[i]) - scales) + aligned(scales);
    }
    return out;
}

at::Tensor allocate(uint64_t bytes)
{
    // A small model has no use for large pages, and whole pages would be much of it.
    if (bytes < 2 * kLargePage)
        return at::empty({int64_t(bytes)}, at::TensorOptions(at::kByte));
    void *memory = mapLargePages(bytes);
    // In the words of libtorch's allocator, which are known where errors are told.
    TORCH_CHECK(memory, "can't allocate memory: you tried to allocate ", bytes, " bytes.");
    return at::from_blob(memory, {int64_t(bytes)}, [bytes](void *data) { unmapLargePages(data, bytes); }, at::TensorOptions(at::kByte));
}

} // namespace

WeightRegion::WeightRegion(const std::vector<TensorSlot> &slots, const std::vector<StoredAs> &kept) : m_memory(allocate(bytesOf(slots, kept)))
{
}

at::Tensor WeightRegion::take(at::IntArrayRef shape, at::ScalarType type)
{
    const uint64_t bytes = uint64_t(c10::multiply_integers(shape)) * c10::elementSize(type), begin = m_used;
    TORCH_CHECK(begin + bytes <= m_memory.nbytes(), "the weights take more memory than was added up");
    m_used = begin + aligned(bytes);
    return at::from_blob(static_cast<std::byte *>(m_memory.data_ptr()) + begin, shape, [owner = m_memory](void *) {}, at::TensorOptions(type));
}

} // namespace assay::engine
